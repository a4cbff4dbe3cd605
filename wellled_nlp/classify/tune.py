"""Thresholds from labelled real sentences: the probability from which each code is given, leaning on all codes where one is rare."""

import numpy as np

_GRID = np.arange(0.06, 0.95, 0.02)
# So many sentences of a code weigh as much as the threshold that is best for all codes together.
_LEAN = 10
# Thresholds within this much of the best F1 are as good; their mean is taken, which is steadier than the best.
AS_GOOD = 0.005


def thresholds(true: np.ndarray, probable: np.ndarray) -> np.ndarray:
    """One threshold a code, for the best F1 of each, drawn towards the common one where the code is rare; arrays are sentences by codes."""
    common = _GRID[int(np.argmax([_f1(true, probable >= level) for level in _GRID]))]
    support = true.sum(axis=0)
    own = np.array([_best(true[:, place], probable[:, place]) if support[place] else common for place in range(true.shape[1])])
    return np.round((support * own + _LEAN * common) / (support + _LEAN), 3)


def cross_fitted(true: np.ndarray, probable: np.ndarray, half: np.ndarray) -> np.ndarray:
    """What would be given if each half's thresholds were chosen on the other half; `half` is 0 or 1 a sentence."""
    given = np.zeros_like(true)
    for one in (0, 1):
        given[half == one] = probable[half == one] >= thresholds(true[half != one], probable[half != one])
    return given


def _best(true: np.ndarray, probable: np.ndarray) -> float:
    scores = np.array([_f1(true, probable >= level) for level in _GRID])
    return float(_GRID[scores >= scores.max() - AS_GOOD].mean())


def _f1(true: np.ndarray, given: np.ndarray) -> float:
    return float(2 * (true & given).sum() / max(1, true.sum() + given.sum()))
