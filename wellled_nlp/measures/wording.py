"""Wording: which codes of a lexicon file stand in which sentences. The lists are data; here is only how they are looked for.

For questions that a measure asks of a few sentences; the labels of all sentences are the work of `classify`.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import pandas as pd

from wellled_nlp.codebook import load_lexicon

_NOT_WORDS = re.compile(r"[^\w£%.]+|\.(?!\d)")


def plain(texts: Iterable[str]) -> list[str]:
    """The texts in lower case with one space for each run of marks (a point inside a number stays), and a space at both ends."""
    return [_plain(text) for text in texts]


@lru_cache(maxsize=1 << 16)  # most measures ask of the same sentences
def _plain(text: str) -> str:
    return f" {_NOT_WORDS.sub(' ', text.lower()).strip()} "


def found(texts: pd.Series, lexicon: str, code: str) -> pd.Series:
    """For each text the first term of this code that stands in it, in the order of the file; "" where there is none.

    A phrase matches its words, a stem lets the last have any ending, a regex is matched against the plain text.
    """
    terms = _terms(lexicon, code)
    return pd.Series([_first(text, terms) for text in plain(texts)], index=texts.index, dtype="string")


def _first(text: str, terms: tuple[tuple[str, str, re.Pattern[str] | None], ...]) -> str:
    for term, needle, pattern in terms:
        if pattern.search(text) if pattern else needle in text:
            return term
    return ""


@cache
def _terms(lexicon: str, code: str) -> tuple[tuple[str, str, re.Pattern[str] | None], ...]:
    listed = []
    for term in load_lexicon(lexicon):
        if term.code == code:
            needle = plain([term.term])[0]
            pattern = re.compile(term.term) if term.kind == "regex" else None
            listed.append((term.term, needle[:-1] if term.kind == "stem" else needle, pattern))
    return tuple(listed)


def numbers(text: str, pattern: str) -> dict[str, float]:
    """The named groups of this pattern in the text, as numbers. Raises ValueError where the pattern does not stand in it."""
    match = re.search(pattern, plain([text])[0])
    if match is None:
        raise ValueError(f"{pattern!r} does not stand in {text!r}")
    return {name: float(value) for name, value in match.groupdict().items()}
