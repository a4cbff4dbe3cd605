"""From probabilities to labels: thresholds, at most two prompts, exactly one code where a facet asks for one.

A threshold is the probability from which a code is given; where one code must be given, it is the one that exceeds its threshold by the
largest factor. The thresholds stand in `data/thresholds.toml`, which says on what they were chosen. All arrays are sentences by codes.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

HALF = 0.5


@dataclass(frozen=True)
class Thresholds:
    """Per facet and code the probability from which a code is given; the floor from which a near miss is kept; where they come from."""

    of: dict[str, dict[str, float]]
    floor: float
    provenance: dict[str, Any]

    def array(self, facet: str, codes: Sequence[str]) -> np.ndarray:
        """The thresholds of these codes; one half where none was chosen."""
        chosen = self.of.get(facet, {})
        return np.array([chosen.get(code, HALF) for code in codes])


@cache
def load() -> Thresholds:
    """The committed thresholds."""
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "thresholds.toml").read_text(encoding="utf-8"))
    return Thresholds(values["facet"], values["floor"], values["provenance"])


def clearest(probable: np.ndarray, thresholds: np.ndarray, maximum: int) -> np.ndarray:
    """True where a code is at or over its threshold and among the `maximum` that exceed theirs by the largest factor."""
    factor = probable / thresholds
    rank = np.argsort(np.argsort(-factor, axis=1, kind="stable"), axis=1, kind="stable")
    return (factor >= 1) & (rank < maximum)


def under(given: np.ndarray, probable: np.ndarray, belongs: np.ndarray) -> np.ndarray:
    """For each parent given, its most probable code; `belongs` is codes by parents."""
    chosen = np.zeros(probable.shape, dtype=bool)
    for parent in range(belongs.shape[1]):
        rows = np.flatnonzero(given[:, parent])
        if len(rows):
            codes = np.flatnonzero(belongs[:, parent])
            chosen[rows, codes[np.argmax(probable[np.ix_(rows, codes)], axis=1)]] = True
    return chosen


def one(probable: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """The place of the code that exceeds its threshold by the largest factor, for each sentence."""
    return np.argmax(probable / thresholds, axis=1)


def exactly(places: np.ndarray, width: int) -> np.ndarray:
    """True at these places, one a sentence."""
    return np.arange(width) == places[:, None]
