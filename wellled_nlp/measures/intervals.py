"""Intervals over meetings: how far a share could be another had other meetings of the same board been minuted.

The bootstrap resamples whole meetings, since sentences of one meeting are not independent (Efron and Tibshirani 1993, chapter 8).
"""

from functools import cache
from itertools import combinations_with_replacement
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

# Up to this many meetings every possible resample is counted with its weight (6,435 of them at 8); beyond, resamples are drawn.
_EXACT = 8
# The bootstrap of two or three meetings shows hardly more than those meetings themselves; no interval is more honest.
_FEWEST = 4
_SEED = 20170601


def ratio_intervals(amounts: NDArray[np.float64], totals: NDArray[np.float64], level: float, resamples: int) -> NDArray[np.float64] | None:
    """(low, high) for each column of amounts, shape (meetings, columns): see `ratio_interval`. All columns share their totals and draws."""
    kept = totals > 0
    amounts, totals = amounts[kept], totals[kept]
    if len(totals) < _FEWEST:
        return None
    draws, weights = _draws(len(totals), resamples)
    ratios = (draws @ amounts) / (draws @ totals)[:, None]
    order = np.argsort(ratios, axis=0, kind="stable")
    reached = np.cumsum(weights[order], axis=0) / weights.sum()
    tail = (1 - level) / 2
    ends = [np.minimum((reached < side).sum(axis=0), len(ratios) - 1) for side in (tail, 1 - tail)]
    ranked = np.take_along_axis(ratios, order, axis=0)
    return np.stack([ranked[end, np.arange(ratios.shape[1])] for end in ends], axis=1)


@cache
def _draws(n: int, resamples: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often each of n meetings is taken in each resample, shape (resamples, n), and the weight of each resample."""
    if n > _EXACT:
        drawn = np.random.default_rng(_SEED).multinomial(n, np.full(n, 1 / n), size=resamples)
        return drawn.astype(float), np.ones(resamples)
    every = np.array([np.bincount(pick, minlength=n) for pick in combinations_with_replacement(range(n), n)])
    return every.astype(float), np.array([factorial(n) / prod(factorial(int(k)) for k in draw) for draw in every])


def ratio_interval(amounts: NDArray[np.float64], totals: NDArray[np.float64], level: float, resamples: int) -> tuple[float, float] | None:
    """The percentile interval of sum(amounts) / sum(totals) over resampled meetings; None for fewer than four meetings with text."""
    found = ratio_intervals(amounts[:, None], totals, level, resamples)
    return None if found is None else (float(found[0, 0]), float(found[0, 1]))
