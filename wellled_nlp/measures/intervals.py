"""Intervals over meetings: how far a share could be another had other meetings of the same board been minuted.

The bootstrap resamples whole meetings, since sentences of one meeting are not independent (Efron and Tibshirani 1993, chapter 8).
"""

from itertools import combinations_with_replacement
from math import factorial, prod

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
