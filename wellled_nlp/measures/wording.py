"""Wording: which codes of a lexicon file stand in which sentences. The lists are data; here is only how they are looked for.

For questions that a measure asks of a few sentences; the labels of all sentences are the work of `classify`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from wellled_nlp.codebook import Term, load_lexicon

_NOT_WORDS = re.compile(r"[^\w£%.]+|\.(?!\d)")


def plain(texts: Iterable[str]) -> list[str]:
    """The texts in lower case with one space for each run of marks (a point inside a number stays), and a space at both ends."""
    return [_plain(text) for text in texts]


@lru_cache(maxsize=1 << 14)  # most measures ask of the same sentences
def _plain(text: str) -> str:
    return f" {_NOT_WORDS.sub(' ', text.lower()).strip()} "


def found(texts: pd.Series, lexicon: str, code: str) -> pd.Series:
    """For each text the first term of this code that stands in it, in the order of the file; "" where there is none.

    A phrase matches its words, a stem lets the last have any ending, a regex is matched against the plain text.
    """
    cues = _cues(lexicon, code)
    return pd.Series([one.term if (one := cues.first(text)) else "" for text in plain(texts.tolist())], index=texts.index, dtype="string")


def said(texts: pd.Series, lexicon: str, code: str) -> pd.Series:
    """As `found`, but the words of the text, in lower case, that the term stands for."""
    cues = _cues(lexicon, code)
    return pd.Series([cues.words_in(text) for text in plain(texts.tolist())], index=texts.index, dtype="string")


def before(texts: pd.Series, lexicon: str, code: str) -> pd.Series:
    """The words of each text, in lower case, that stand before the first term of this code; all where there is none."""
    cues = _cues(lexicon, code)
    return pd.Series([text.partition(cues.words_in(text) or "\n")[0] for text in plain(texts.tolist())], index=texts.index, dtype="string")


@dataclass(frozen=True)
class _Term:
    """What is looked for: the pattern, or else the needle. word: one that stands in any text with it; "" where there is no whole one."""

    term: str
    needle: str
    pattern: re.Pattern[str] | None
    word: str


@dataclass(frozen=True)
class _Cues:
    """The terms of one code in the order of the file; most texts have none of their words, and are asked for the others alone."""

    terms: tuple[_Term, ...]
    words: frozenset[str]
    wordless: tuple[_Term, ...]

    def first(self, text: str) -> _Term | None:
        for one in self.wordless if self.words.isdisjoint(text.split()) else self.terms:
            if one.pattern.search(text) if one.pattern else one.needle in text:
                return one
        return None

    def words_in(self, text: str) -> str:
        """The words that the first term stands for; "" where there is none."""
        one = self.first(text)
        match = one.pattern.search(text) if one and one.pattern else None
        return match.group().strip() if match else one.term.lower() if one else ""


@cache
def _cues(lexicon: str, code: str) -> _Cues:
    terms = tuple(_term(one) for one in load_lexicon(lexicon) if one.code == code)
    return _Cues(terms, frozenset(one.word for one in terms if one.word), tuple(one for one in terms if not one.word))


def _term(one: Term) -> _Term:
    if one.kind == "regex":
        return _Term(one.term, "", re.compile(one.term), "")
    needle = _plain(one.term)
    whole = needle.split()[:-1] if one.kind == "stem" else needle.split()
    return _Term(one.term, needle[:-1] if one.kind == "stem" else needle, None, max(whole, key=len, default=""))


def numbers(text: str, pattern: str) -> dict[str, float]:
    """The named groups of this pattern in the text, as numbers. Raises ValueError where the pattern does not stand in it."""
    match = re.search(pattern, plain([text])[0])
    if match is None:
        raise ValueError(f"{pattern!r} does not stand in {text!r}")
    return {name: float(value) for name, value in match.groupdict().items()}
