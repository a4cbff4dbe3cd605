"""From probabilities to labels: thresholds, at most two prompts, exactly one code where a facet asks for one, near misses kept."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np


@dataclass(frozen=True)
class Thresholds:
    """Per facet and code the probability from which a code is given, and the floor from which a near miss is kept."""

    of: dict[str, dict[str, float]]
    floor: float
    provenance: dict[str, str | int]

    def get(self, facet: str, code: str) -> float:
        """The threshold of this code; one half where none was chosen."""
        return self.of.get(facet, {}).get(code, 0.5)


@cache
def load() -> Thresholds:
    """The committed thresholds, from `data/thresholds.toml`."""
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "thresholds.toml").read_text(encoding="utf-8"))
    return Thresholds(values["facet"], values["floor"], values["provenance"])


def themes_and_prompts(
    themes: np.ndarray, prompts: np.ndarray, theme_ids: Sequence[str], prompt_ids: Sequence[str], parent_of: dict[str, str],
    thresholds: Thresholds, maximum: int,
) -> tuple[list[tuple[str, float, bool]], list[tuple[str, float, bool]]]:  # fmt: skip
    """The (code, score, assigned) rows of the prompts and of the themes that they imply, for one sentence.

    A theme at or over its threshold gives its most probable prompt; a prompt's score never exceeds its theme's.
    """
    of_theme = dict(zip(theme_ids, themes.tolist(), strict=True))
    scores = {code: min(score, of_theme[parent_of[code]]) for code, score in zip(prompt_ids, prompts.tolist(), strict=True)}
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    over = sorted(
        (theme for theme in theme_ids if of_theme[theme] >= thresholds.get("themes", theme)), key=lambda theme: -of_theme[theme]
    )
    given = [next(code for code in ranked if parent_of[code] == theme) for theme in over[:maximum]]
    given_themes = {parent_of[code] for code in given}
    prompt_rows = [(code, scores[code], code in given) for code in ranked if code in given or scores[code] >= thresholds.floor]
    theme_rows = [
        (theme, of_theme[theme], theme in given_themes) for theme in theme_ids if theme in given_themes or of_theme[theme] >= thresholds.floor
    ]
    return prompt_rows, theme_rows


def language(assurance: float, improvement: float, thresholds: Thresholds) -> list[tuple[str, float, bool]]:
    """The rows of language for one sentence from its two flags; exactly one is assigned."""
    one, two = assurance >= thresholds.get("language", "assurance"), improvement >= thresholds.get("language", "improvement")
    scores = {
        "assurance": assurance * (1 - improvement),
        "improvement": improvement * (1 - assurance),
        "both": assurance * improvement,
        "neither": (1 - assurance) * (1 - improvement),
    }
    given = {(True, True): "both", (True, False): "assurance", (False, True): "improvement", (False, False): "neither"}[one, two]
    return [(code, score, code == given) for code, score in scores.items() if code == given or score >= thresholds.floor]


def exactly_one(scores: np.ndarray, codes: Sequence[str], thresholds: Thresholds, given: str | None = None) -> list[tuple[str, float, bool]]:
    """The rows of a choose-one facet for one sentence: `given`, or else the most probable code, is assigned."""
    best = given or codes[int(np.argmax(scores))]
    return [
        (code, score, code == best) for code, score in zip(codes, scores.tolist(), strict=True) if code == best or score >= thresholds.floor
    ]
