"""Regression: sparse rows and their codes in, weights out; scikit-learn's logistic regression with a penalty of its own for every feature.

`fit_flags` takes every code as a yes-or-no question of its own, weighing the rare answer as much as the common one; `fit_choice` takes
the codes as rivals for one unit of probability. A penalty is given by scaling: a feature multiplied by 1/sqrt(p) under one common
penalty is the feature itself under the penalty p. The same rows give the same weights.
"""

import warnings

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

Fitted = tuple[np.ndarray, np.ndarray]
# The bias of a code that no row has: it is never given.
_NEVER = -20.0


def fit_flags(rows: sparse.csr_matrix, true: np.ndarray, penalty: np.ndarray, steps: int) -> Fitted:
    """Weights (columns by codes) and biases of one balanced logistic regression a code; `true` and `penalty` have one column a code."""
    weights, bias = _nothing(rows.shape[1], true.shape[1])
    for code in range(true.shape[1]):
        if true[:, code].any():
            found, start = _fit(rows, true[:, code], penalty[:, code], steps, balanced=True)
            weights[:, code], bias[code] = found[0], start[0]
    return weights, bias


def fit_choice(rows: sparse.csr_matrix, share: np.ndarray, penalty: np.ndarray, steps: int) -> Fitted:
    """Weights (columns by codes) and biases of one multinomial regression; each row of `share` says how its one unit is divided.

    penalty: one number a feature.
    """
    weights, bias = _nothing(rows.shape[1], share.shape[1])
    # A row whose unit is divided stands once for each of its codes, with that part of the weight.
    where, code = np.nonzero(share)
    present = np.unique(code)
    found, start = _fit(rows[where], code, penalty, steps, share[where, code])
    if len(present) == 2:  # scikit-learn has one row of weights for two rivals
        found, start = np.stack([-found[0], found[0]]) / 2, np.array([-start[0], start[0]]) / 2
    weights[:, present], bias[present] = found.T, start
    return weights, bias


def _fit(
    rows: sparse.csr_matrix, answers: np.ndarray, penalty: np.ndarray, steps: int, weight: np.ndarray | None = None, balanced: bool = False
) -> Fitted:
    scale = 1 / np.sqrt(penalty.astype(np.float64))
    machine = LogisticRegression(class_weight="balanced" if balanced else None, max_iter=steps, tol=1e-7)
    with warnings.catch_warnings():
        # Stopping early is meant: more steps fit our own text better and real text worse.
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(rows @ sparse.diags(scale), answers, sample_weight=weight)
    return machine.coef_ * scale, machine.intercept_


def _nothing(features: int, codes: int) -> Fitted:
    return np.zeros((features, codes)), np.full(codes, _NEVER)
