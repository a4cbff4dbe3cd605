"""Wording: which codes of a lexicon file stand in which sentences. The lists are data; here is only how they are looked for.

For questions that a measure asks of a few sentences; the labels of all sentences are the work of `classify`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter

import pandas as pd

from wellled_nlp.codebook import Term, load_lexicon

_WORDS = re.compile(r"[\w£%.]+")
_STOP = re.compile(r"\.(?!\d)")
_PLACE = attrgetter("place")


def plain(texts: Iterable[str]) -> list[str]:
    """The texts in lower case with one space for each run of marks (a point inside a number stays), and a space at both ends."""
    return [_plain(text) for text in texts]


@lru_cache(maxsize=1 << 12)  # most measures ask of the same sentences
def _plain(text: str) -> str:
    return f" {_STOP.sub(' ', ' '.join(_WORDS.findall(text.lower()))).strip()} "


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
    """What is looked for: the pattern, or else the needle. place: in the order of the file; word: one that stands in any text with it, ""
    where there is no whole one.
    """

    place: int
    term: str
    needle: str
    pattern: re.Pattern[str] | None
    word: str


@dataclass(frozen=True)
class _Cues:
    """The terms of one code by their word, and those without one: most texts have none of the words, and are asked for the others alone."""

    with_word: Mapping[str, Sequence[_Term]]
    wordless: Sequence[_Term]

    def first(self, text: str) -> _Term | None:
        words = self.with_word.keys() & text.split()
        some = sorted(chain(self.wordless, *map(self.with_word.__getitem__, words)), key=_PLACE) if words else self.wordless
        for one in some:
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
    terms: dict[str, list[_Term]] = {"": []}
    for place, one in enumerate(load_lexicon(lexicon)):
        if one.code == code:
            made = _term(place, one)
            terms.setdefault(made.word, []).append(made)
    return _Cues(terms, terms.pop(""))


def _term(place: int, one: Term) -> _Term:
    if one.kind == "regex":
        return _Term(place, one.term, "", re.compile(one.term), "")
    needle = _plain(one.term)
    whole = needle.split()[:-1] if one.kind == "stem" else needle.split()
    return _Term(place, one.term, needle[:-1] if one.kind == "stem" else needle, None, max(whole, key=len, default=""))


def numbers(text: str, pattern: str) -> dict[str, float]:
    """The named groups of this pattern in the text, as numbers. Raises ValueError where the pattern does not stand in it."""
    match = re.search(pattern, plain([text])[0])
    if match is None:
        raise ValueError(f"{pattern!r} does not stand in {text!r}")
    return {name: float(value) for name, value in match.groupdict().items()}
