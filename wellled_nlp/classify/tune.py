"""Thresholds from labelled real sentences: the probability from which each code is given; of rare codes, that of all together.

Of rivals exactly one is given, the one that exceeds its threshold by the largest factor; so only the thresholds' ratios count.
"""

import numpy as np

from wellled_nlp.classify import choose

_GRID = np.arange(0.06, 0.95, 0.01)
# A code that fewer sentences have takes the threshold that is best for all codes together. To draw every code's threshold towards that one
# was tried: it moved no figure on text from which no threshold was taken.
_FEWEST = 10
# The same for rivals, whose thresholds are coarser: each round chooses every code's once.
_RIVAL_GRID = np.arange(0.2, 0.9, 0.04)
_RIVAL_LEAN = 20
_ROUNDS = 3
# Thresholds of rivals, and of acts, within this much of the best F1 are as good; their mean is taken, which is steadier than the best.
AS_GOOD = 0.005


def thresholds(true: np.ndarray, probable: np.ndarray) -> np.ndarray:
    """One threshold a code, for the best F1 of each, or of all where the code is rare; arrays are sentences by codes."""
    common = _GRID[int(np.argmax([_f1(true, probable >= level) for level in _GRID]))]
    support = true.sum(axis=0)
    own = [_best(true[:, place], probable[:, place]) if support[place] >= _FEWEST else common for place in range(true.shape[1])]
    return np.round(np.array(own), 3)


def rivals(true: np.ndarray, probable: np.ndarray) -> np.ndarray:
    """One threshold a code of which exactly one is given, for the best mean F1 over the codes, drawn towards one half where a code is rare.

    One code's threshold is chosen at a time with the others as they stand, three times round. Arrays are sentences by codes.
    """
    chosen = np.full(true.shape[1], choose.HALF)
    support = true.sum(axis=0)
    for _ in range(_ROUNDS):
        for place in np.flatnonzero(support).tolist():
            scores = np.array([_mean_f1(true, probable, _at(chosen, place, level)) for level in _RIVAL_GRID])
            own = _RIVAL_GRID[scores >= scores.max() - AS_GOOD].mean()
            chosen[place] = (support[place] * own + _RIVAL_LEAN * choose.HALF) / (support[place] + _RIVAL_LEAN)
    return np.round(chosen, 3)


def cross_fitted_rivals(true: np.ndarray, probable: np.ndarray, half: np.ndarray) -> np.ndarray:
    """What would be given of rivals if each half's thresholds were chosen on the other half; `half` is 0 or 1 a sentence."""
    given = np.zeros_like(true)
    for one in (0, 1):
        chosen = rivals(true[half != one], probable[half != one])
        given[half == one] = choose.exactly(choose.one(probable[half == one], chosen), true.shape[1])
    return given


def cross_fitted(true: np.ndarray, probable: np.ndarray, half: np.ndarray) -> np.ndarray:
    """What would be given if each half's thresholds were chosen on the other half; `half` is 0 or 1 a sentence."""
    given = np.zeros_like(true)
    for one in (0, 1):
        given[half == one] = probable[half == one] >= thresholds(true[half != one], probable[half != one])
    return given


def _best(true: np.ndarray, probable: np.ndarray) -> float:
    scores = np.array([_f1(true, probable >= level) for level in _GRID])
    return float(_GRID[scores == scores.max()].mean())


def _f1(true: np.ndarray, given: np.ndarray) -> float:
    return float(2 * (true & given).sum() / max(1, true.sum() + given.sum()))


def _at(chosen: np.ndarray, place: int, level: float) -> np.ndarray:
    changed = chosen.copy()
    changed[place] = level
    return changed


def _mean_f1(true: np.ndarray, probable: np.ndarray, limits: np.ndarray) -> float:
    given = choose.exactly(choose.one(probable, limits), true.shape[1])
    return float(np.mean([_f1(true[:, place], given[:, place]) for place in np.flatnonzero(true.any(axis=0))]))
