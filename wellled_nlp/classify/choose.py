"""From probabilities to labels: thresholds, at most two prompts, exactly one code where a facet asks for one, near misses kept.

A threshold is the probability from which a code is given; where one code must be given, it is the one that exceeds its threshold by the
largest factor. The thresholds stand in `data/thresholds.toml`, which says on what they were chosen.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

_HALF = 0.5
Row = tuple[str, float, bool]


@dataclass(frozen=True)
class Thresholds:
    """Per facet and code the probability from which a code is given; the floor from which a near miss is kept; where they come from."""

    of: dict[str, dict[str, float]]
    floor: float
    provenance: dict[str, Any]

    def get(self, facet: str, code: str) -> float:
        """The threshold of this code; one half where none was chosen."""
        return self.of.get(facet, {}).get(code, _HALF)


@cache
def load() -> Thresholds:
    """The committed thresholds."""
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "thresholds.toml").read_text(encoding="utf-8"))
    return Thresholds(values["facet"], values["floor"], values["provenance"])


def themes(scores: np.ndarray, codes: Sequence[str], thresholds: Thresholds, maximum: int) -> list[str]:
    """The themes given to one sentence: those at or over their thresholds, at most `maximum`, the clearest first."""
    margin = {code: score / thresholds.get("themes", code) for code, score in zip(codes, scores.tolist(), strict=True)}
    return sorted((code for code in codes if margin[code] >= 1), key=lambda code: (-margin[code], code))[:maximum]


def prompts(scores: np.ndarray, codes: Sequence[str], given: Sequence[str], parent_of: dict[str, str]) -> list[str]:
    """For each theme given, its most probable prompt."""
    ranked = sorted(zip(codes, scores.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [next(code for code, _ in ranked if parent_of[code] == theme) for theme in given]


def language(assurance: float, improvement: float, thresholds: Thresholds) -> str:
    """The language of one sentence from the probabilities of its two flags."""
    assured, improving = assurance >= thresholds.get("language", "assurance"), improvement >= thresholds.get("language", "improvement")
    return {(True, True): "both", (True, False): "assurance", (False, True): "improvement", (False, False): "neither"}[assured, improving]


def one(facet: str, scores: np.ndarray, codes: Sequence[str], thresholds: Thresholds) -> str:
    """The code of a choose-one facet: the one that exceeds its threshold by the largest factor."""
    return max(zip(codes, scores.tolist(), strict=True), key=lambda pair: pair[1] / thresholds.get(facet, pair[0]))[0]


def rows(scores: np.ndarray, codes: Sequence[str], given: Sequence[str], thresholds: Thresholds) -> list[Row]:
    """(code, score, given) of the codes given and of those that came near, in the order of the facet."""
    return [
        (code, score, code in given) for code, score in zip(codes, scores.tolist(), strict=True) if code in given or score >= thresholds.floor
    ]
