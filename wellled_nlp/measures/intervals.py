"""Intervals over meetings: how far a share could be another had other meetings of the same board been minuted.

The bootstrap resamples whole meetings, since sentences of one meeting are not independent, and gives the standard error of the share
(Efron and Tibshirani 1993, chapters 6 and 8). Percentiles of so few resamples are too narrow (Hesterberg 2015, The American Statistician
69:371), so the interval is that of Student's t with meetings less one degrees of freedom, symmetric in log odds: it stays between 0 and 1.
"""

from functools import cache
from itertools import combinations_with_replacement
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, stdtrit

# Up to this many meetings every possible resample is counted with its weight (6,435 of them at 8); beyond, resamples are drawn.
_EXACT = 8
# Of two or three meetings hardly more is known than those meetings themselves; no interval is more honest.
_FEWEST = 4
_SEED = 20170601
# Counts of resamples that are multiplied at once: with more, BLAS begins threads, which cost more than they save, and whose number would
# show in the last digit.
_TOGETHER = 25_000


def ratio_intervals(amounts: NDArray[np.float64], totals: NDArray[np.float64], level: float, resamples: int) -> NDArray[np.float64] | None:
    """(low, high) for each column of amounts, shape (meetings, columns): see `ratio_interval`. All columns share their totals and draws."""
    kept = totals > 0
    amounts, totals = amounts[kept], totals[kept]
    n = len(totals)
    if n < _FEWEST:
        return None
    share = np.minimum(amounts.sum(axis=0) / totals.sum(), 1.0)  # sums of parts of pages may differ in the last digit
    counts, weights = _draws(n, resamples)
    step = max(_TOGETHER // n, 1)
    drawn = (counts[first : first + step].astype(float) for first in range(0, len(counts), step))
    ratios = np.concatenate([(draws @ amounts) / (draws @ totals)[:, None] for draws in drawn])
    # n / (n - 1): the spread of n meetings about their own mean is less than that about the mean of all meetings.
    error = np.sqrt(weights @ (ratios - weights @ ratios) ** 2 * n / (n - 1))
    odds = share * (1 - share)
    reach = stdtrit(n - 1, (1 + level) / 2) * np.divide(error, odds, out=np.zeros_like(odds), where=odds > 0)
    return np.stack([expit(logit(share) - reach), expit(logit(share) + reach)], axis=1)


@cache  # in one byte each: there are as many kinds of n as there are lengths of years and quarters
def _draws(n: int, resamples: int) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """How often each of n meetings is taken in each resample, shape (resamples, n), and the weight of each resample (their sum is 1)."""
    if n > _EXACT:
        random, step = np.random.default_rng(_SEED), max(_TOGETHER // n, 1)
        drawn = np.empty((resamples, n), dtype=np.uint8)
        for first in range(0, resamples, step):
            drawn[first : first + step] = random.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - first))
        return drawn, np.full(resamples, 1 / resamples)
    every = np.array([np.bincount(pick, minlength=n) for pick in combinations_with_replacement(range(n), n)])
    return every.astype(np.uint8), np.array([factorial(n) / prod(factorial(int(k)) for k in draw) for draw in every]) / n**n


def ratio_interval(amounts: NDArray[np.float64], totals: NDArray[np.float64], level: float, resamples: int) -> tuple[float, float] | None:
    """The interval of sum(amounts) / sum(totals) over meetings; None for fewer than four meetings with text.

    Where all meetings have none of it, or nothing else, they do not differ, and both ends are the share. Simulated cover: docs/method.md.
    """
    found = ratio_intervals(amounts[:, None], totals, level, resamples)
    return None if found is None else (float(found[0, 0]), float(found[0, 1]))
