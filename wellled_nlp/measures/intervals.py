"""Intervals over meetings: how far a share could be another had other meetings of the same board been minuted.

The bootstrap resamples whole meetings, since sentences of one meeting are not independent (Efron and Tibshirani 1993, chapter 8).
"""

from itertools import combinations_with_replacement
from math import factorial, prod
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

# Up to this many meetings every possible resample is counted with its weight (6,435 of them at 8); beyond, resamples are drawn.
_EXACT = 8
# The bootstrap of two or three meetings shows hardly more than those meetings themselves; no interval is more honest.
_FEWEST = 4
_SEED = 20170601


def ratio_interval(amounts: NDArray[np.float64], totals: NDArray[np.float64], level: float, resamples: int) -> tuple[float, float] | None:
    """The percentile interval of sum(amounts) / sum(totals) over resampled meetings; None for fewer than four meetings with text."""
    kept = totals > 0
    amounts, totals = amounts[kept], totals[kept]
    n = len(totals)
    if n < _FEWEST:
        return None
    if n <= _EXACT:
        draws = np.array([np.bincount(pick, minlength=n) for pick in combinations_with_replacement(range(n), n)], dtype=float)
        weights = np.array([factorial(n) / prod(factorial(int(k)) for k in draw) for draw in draws])
    else:
        draws = np.random.default_rng(_SEED).multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
        weights = np.ones(resamples)
    ratios = (draws @ amounts) / (draws @ totals)
    order = np.argsort(ratios, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    tail = (1 - level) / 2
    low = ratios[order][min(int(np.searchsorted(reached, tail)), len(ratios) - 1)]
    high = ratios[order][min(int(np.searchsorted(reached, 1 - tail)), len(ratios) - 1)]
    return float(low), float(high)


def prediction_powered(
    labelled: NDArray[np.float64], predicted: NDArray[np.float64], unlabelled: NDArray[np.float64], level: float, power: float | None = None
) -> tuple[float, float, float]:
    """(estimate, low, high) of a mean from few labels by people and many by a model (Angelopoulos and others 2023, Science 382:669).

    labelled and predicted: the two labels of the same n sentences; unlabelled: the model's of N others. power: 1 trusts the model fully,
    0 not at all; None chooses the value with the least variance (PPI++, Angelopoulos, Duchi and Zrnic 2023). Raises ValueError for fewer
    than two.
    """
    n, others = len(labelled), len(unlabelled)
    if n != len(predicted) or n < 2 or others < 2:
        raise ValueError(f"two labels for the same sentences are needed, and others: {n}, {len(predicted)}, {others}")
    if power is None:
        spread = float(np.var(np.concatenate([predicted, unlabelled]), ddof=1))
        covariance = float(np.mean((labelled - labelled.mean()) * (predicted - predicted.mean())))
        power = min(max(covariance / ((1 + n / others) * spread), 0.0), 1.0) if spread else 0.0
    estimate = power * float(unlabelled.mean()) + float((labelled - power * predicted).mean())
    error = float(np.sqrt(np.var(power * unlabelled) / others + np.var(labelled - power * predicted) / n))
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return estimate, estimate - reach, estimate + reach
