"""XmR charts by the conventions of NHS Making Data Count, as the R package NHSRplotthedots 0.2.2 has them.

Limits are the mean plus and minus 2.66 mean moving ranges; moving ranges of 3.267 means and more are left out of the limits once.
Four rules, of which the first that holds names a point: outside a limit; a trend of seven; two of three beyond two thirds of the way
to a limit on the same side; a run of seven on one side of the mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# 3 / d2 for moving ranges of two, and D4: the constants of XmR charts (Wheeler, Understanding Variation, 1993).
_LIMIT, _SCREEN = 2.66, 3.267
_RUN = 7
# "Trial limits" are said under this many points (NHSRplotthedots warns below 13, the guide speaks of 12).
FEWEST_POINTS = 12
COMMON, HIGH, LOW = "common cause", "high", "low"
OUTSIDE, TREND, NEAR, SHIFT = "outside a limit", "trend of seven", "two of three near a limit", "run of seven on one side"

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Mean and process limits of a series, in its own unit."""

    mean: float
    lower: float
    upper: float


def limits(values: Values, screen_outliers: bool = True) -> Limits:
    """The limits of a series of at least two points; without screening they are those of the Making Data Count Excel tool."""
    ranges = np.abs(np.diff(values))
    if screen_outliers:
        ranges = ranges[ranges < _SCREEN * ranges.mean()] if ranges.mean() > 0 else ranges
    mean, spread = float(values.mean()), _LIMIT * float(ranges.mean())
    return Limits(mean, mean - spread, mean + spread)


def signals(values: Values, found: Limits) -> list[tuple[str, str]]:
    """For each point (common cause, high or low; the rule that says so or "")."""
    # A mean of equal values can miss them by the last digit: what is that near to a line is on it.
    values = np.where(np.isclose(values, found.mean, rtol=1e-12, atol=0.0), found.mean, values)
    side = np.sign(values - found.mean).astype(int)
    near = np.where(values > found.mean + 2 / 3 * (found.upper - found.mean), 1, 0)
    near = np.where(values < found.mean - 2 / 3 * (found.mean - found.lower), -1, near)
    outside = np.where(values > found.upper, 1, np.where(values < found.lower, -1, 0))
    marks = ((OUTSIDE, outside), (TREND, _spread(trends(values))), (NEAR, two_of_three(near)), (SHIFT, _spread(runs(side))))
    return [next(((HIGH if mark[at] > 0 else LOW, rule) for rule, mark in marks if mark[at]), (COMMON, "")) for at in range(len(values))]


def runs(side: NDArray[np.int_]) -> NDArray[np.int_]:
    """1 or -1 at every point that ends a run of seven or more on one side of the mean (side: 1 above, -1 below, 0 on it)."""
    return _all_same(side, _RUN)


def trends(values: Values) -> NDArray[np.int_]:
    """1 or -1 at every point that ends seven points each above (below) the one before."""
    return _all_same(np.sign(np.diff(values, prepend=values[:1])).astype(int), _RUN - 1)


def two_of_three(near: NDArray[np.int_]) -> NDArray[np.int_]:
    """1 or -1 at every point of three in a row of which two or more are near the same limit (near: 1 upper, -1 lower, 0 neither)."""
    points = 3
    high, low = _in_a_row(near == 1, points), _in_a_row(near == -1, points)
    return _spread(np.where((high >= 2) & (low == 0), 1, np.where((low >= 2) & (high == 0), -1, 0)), points)


def _spread(ends: NDArray[np.int_], points: int = _RUN) -> NDArray[np.int_]:
    """A run or trend is marked at all its points, not only where it becomes one."""
    marks = np.zeros(len(ends), dtype=int)
    for at in np.flatnonzero(ends):
        marks[at - points + 1 : at + 1] = ends[at]
    return marks


def _all_same(signs: NDArray[np.int_], points: int) -> NDArray[np.int_]:
    """1 or -1 at every place that ends so many signs in a row that are 1 (-1)."""
    summed = _in_a_row(signs, points)
    return np.where(np.abs(summed) == points, np.sign(summed), 0)


def _in_a_row(values: NDArray[np.int_] | NDArray[np.bool_], points: int) -> NDArray[np.int_]:
    """For each place the sum of so many values that end there; 0 where there are not so many before it."""
    summed = np.zeros(len(values), dtype=int)
    if len(values) >= points:
        summed[points - 1 :] = np.lib.stride_tricks.sliding_window_view(values, points).sum(axis=1)
    return summed
