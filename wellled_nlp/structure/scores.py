"""Scores of risks as they are printed: "4 x 5 = 20", "20 (4×5)", "16 High", "Likely (4)", a number in a column of its own.

A score is likelihood (1 to 5) times impact (1 to 5), so that only fourteen numbers are scores. What the words of a heading or a level mean
is data (`data/risks.toml`).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_LONGEST_BAND = 40  # characters of a cell with a score and its band
LEVELS = range(1, 6)
SCORES = frozenset(likelihood * impact for likelihood in LEVELS for impact in LEVELS)
_FACTOR = r"(?:[LICS]\s*=?\s*)?([1-5])\s*(?:\([LICS]\))?"
PRODUCT = re.compile(rf"{_FACTOR}\s*[x×*✕]\s*{_FACTOR}(?:\s*=\s*(\d{{1,2}}))?(?!\d)", re.IGNORECASE)
_NAMED = re.compile(r"likelihood\D{0,12}([1-5])\b\W+(?:and|by|x|×)?\s*(?:impact|consequence|severity)\D{0,12}([1-5])\b", re.IGNORECASE)
_PAIR = re.compile(r"\b[L]\s*([1-5])\s*[,/ ]\s*[CIS]\s*([1-5])\b", re.IGNORECASE)
_ONE_NUMBER = re.compile(r"^\D{0,40}(\d{1,2})\D{0,40}$", re.DOTALL)
_LEVEL = re.compile(r"^\D{0,30}([1-5])\D{0,30}$", re.DOTALL)
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})(?!\d|\.\d|%)")


@dataclass(frozen=True)
class Score:
    """Likelihood and impact (1 to 5) and their product, each None where it is not printed."""

    likelihood: int | None = None
    impact: int | None = None
    score: int | None = None


def read(text: str, impact_first: bool = False) -> Score | None:
    """The first score in a cell or phrase, or None where nothing in it is one.

    A product counts before a number that stands alone; a number alone counts only where it is the only one and can be a score. Where both
    factors stand without their product, the product is formed; where a printed product differs from it, the printed one is kept.
    """
    flat = " ".join(text.split())
    found = PRODUCT.search(flat)
    if found:
        first, second = int(found[1]), int(found[2])
        printed = int(found[3]) if found[3] else _beside(flat, found)
        return _score(second if impact_first else first, first if impact_first else second, printed)
    for pattern in (_NAMED, _PAIR):
        named = pattern.search(flat)
        if named:
            return _score(int(named[1]), int(named[2]), _beside(flat, named))
    alone = _ONE_NUMBER.match(flat)
    return Score(score=int(alone[1])) if alone and int(alone[1]) in SCORES else None


def first(text: str) -> Score | None:
    """The first score in a text that may hold other numbers too: a product, or else the first number that can be a score."""
    product = PRODUCT.search(text)
    if product:
        return read(text)
    return next((Score(score=int(one)) for one in _NUMBERS.findall(text) if int(one) in SCORES), None)


def level(text: str, quantity: str) -> int | None:
    """1 to 5 from a cell under likelihood or impact: "4", "4 - Likely", "Almost certain"; None where it is neither (a description)."""
    flat = " ".join(text.lower().split())
    number = _LEVEL.match(flat)
    if number:
        return int(number[1])
    words: Mapping[str, int] = rules()["levels"].get(quantity, {})
    return words.get(flat)


def band(text: str) -> str:
    """The word or colour of a band ("High", "Amber") as printed, or ""; a description is no band."""
    if len(text) > _LONGEST_BAND:
        return ""
    found = re.search(rf"\b(?:{'|'.join(rules()['levels']['band'])})\b", text, re.IGNORECASE)
    return found.group() if found else ""


def matches(text: str, patterns: Sequence[str]) -> bool:
    """Whether one of these patterns stands in the text, in any case."""
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


@cache
def rules() -> dict[str, Any]:
    """`data/risks.toml`."""
    return tomllib.loads((resources.files("wellled_nlp") / "data" / "risks.toml").read_text(encoding="utf-8"))


def _score(likelihood: int, impact: int, printed: int | None) -> Score:
    return Score(likelihood, impact, printed if printed in SCORES else likelihood * impact)


def _beside(text: str, found: re.Match[str]) -> int | None:
    """The score printed beside its two factors: "20 (4×5)"."""
    product = int(found[1]) * int(found[2])
    around = text[max(0, found.start() - 12) : found.start()] + " " + text[found.end() : found.end() + 12]
    return next((int(one) for one in _NUMBERS.findall(around) if int(one) == product), None)
