"""Regression: sparse rows and their codes in, weights out; two penalised logistic regressions that differ in what they assume.

`fit_flags` takes every code as a yes-or-no question of its own, weighing the rare answer as much as the common one; `fit_choice` takes
the codes as rivals for one unit of probability. Both allow a penalty for every single weight, by which a cue is trusted more for its own
code than for another. Solved by L-BFGS with a fixed number of steps, from zero: the same rows give the same weights.
"""

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

_MEMORY = 6
Fitted = tuple[np.ndarray, np.ndarray]


def fit_flags(rows: sparse.csr_matrix, true: np.ndarray, penalty: np.ndarray, steps: int) -> Fitted:
    """Weights (columns by codes) and biases of one balanced logistic regression a code; `true` and `penalty` have one column a code."""
    count = len(true)
    positive = np.maximum(true.sum(axis=0), 1)
    weight = np.where(true, count / (2 * positive), count / (2 * np.maximum(count - positive, 1))).astype(np.float32)
    sign = np.where(true, 1, -1).astype(np.float32)

    def loss(scores: np.ndarray) -> tuple[float, np.ndarray]:
        margin = scores * sign
        lost = float((weight * np.logaddexp(0, -margin)).sum(dtype=np.float64))
        return lost, -(weight * sign / (1 + np.exp(np.minimum(margin, 50))))

    return _minimise(rows, penalty, loss, steps)


def fit_choice(rows: sparse.csr_matrix, share: np.ndarray, penalty: np.ndarray, steps: int) -> Fitted:
    """Weights (columns by codes) and biases of one multinomial regression; each row of `share` says how its one unit is divided."""
    wanted = share.astype(np.float32)

    def loss(scores: np.ndarray) -> tuple[float, np.ndarray]:
        probable, logarithm = softmax(scores)
        return -float((wanted * logarithm).sum(dtype=np.float64)), probable - wanted

    return _minimise(rows, penalty, loss, steps)


def softmax(scores: np.ndarray) -> Fitted:
    """Probabilities of rival codes, each row adding up to one, and their logarithms."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logarithm = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.exp(logarithm), logarithm


def _minimise(rows: sparse.csr_matrix, penalty: np.ndarray, loss: Callable[[np.ndarray], tuple[float, np.ndarray]], steps: int) -> Fitted:
    width, codes = penalty.shape
    columns = rows.T.tocsr()

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights = values[:-codes].reshape(width, codes).astype(np.float32)
        lost, slope = loss(rows @ weights + values[-codes:].astype(np.float32))
        gradient = columns @ slope.astype(np.float32) + penalty * weights
        total = lost + 0.5 * float((penalty * weights * weights).sum(dtype=np.float64))
        return total, np.concatenate([gradient.ravel(), slope.sum(axis=0)]).astype(np.float64)

    start = np.zeros((width + 1) * codes)
    found = minimize(
        objective, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": _MEMORY, "ftol": 1e-9, "gtol": 1e-7}
    )
    return found.x[:-codes].reshape(width, codes).astype(np.float32), found.x[-codes:].astype(np.float32)
