"""Words: text in, folded words out, so that lexicon and model see one spelling of a word.

Folding takes away what does not change the meaning here: case, the possessive, hyphens, `-ize` for `-ise`, a plural `s`, and the digits
of a number (a year, a sum and a count stay apart). It is applied to lexicons and to papers alike. Acronyms that are also common words
(IT, MADE, PLACE) keep a mark where they stand in capitals, so that "it" is not information technology.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TypeVar

from wellled_nlp.codebook import load_lexicon

ACRONYMS = "acronyms"
# The note that marks an acronym as counting only in capitals.
_CAPITALS = "capitals only"
_MARK = "^"
_WORD = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*[a-z]*|[a-z][a-z0-9]*\^?|[£%]")
# Every ASCII letter stands for itself: one that is missing costs as much as an error.
_PLAIN = {letter: chr(letter) for letter in range(128)} | str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": " ", "—": " ", "-": " ", "‐": " ", "‑": " ", "\xad": "", "é": "e", "&": " and "}
)
_KEPT_S = ("ss", "us", "is")
NUMBER, YEAR = "0", "0000"
# A text this short and all in capitals is an acronym; a longer one is a heading.
_SHORT = 8
# Words that are remembered; a year of packs has some 30,000.
_REMEMBERED = 200_000
Known = TypeVar("Known")


class Remembered(dict[str, Known]):
    """What a function tells of each word, worked out when the word is first met; nothing is looked up quicker than in a dict."""

    def __init__(self, of: Callable[[str], Known]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> Known:
        if len(self) >= _REMEMBERED:
            self.clear()
        known = self[word] = self._of(word)
        return known


# Features and lexicons ask for the words of the same texts, a document at a time.
@lru_cache(maxsize=4096)
def words(text: str) -> list[str]:
    """The folded words of a text, in order; `£` and `%` are words, a number is `0` and a year `0000`. Not to be changed in place."""
    if not text.isupper() or len(text) < _SHORT:
        text = _marked().sub(lambda match: match.group().lower() + _MARK, text)
    plain = text.lower().translate(_PLAIN).replace("'s", "").replace("'", "")
    return list(map(_FOLDED.__getitem__, _WORD.findall(plain)))


def fold(word: str) -> str:
    """One lower-case word in its folded spelling: `organizations` and `organisation` are both `organisation`."""
    return _FOLDED[word]


def any_word(listed: Iterable[str]) -> str:
    """An expression for any of these at the beginning of a word. Each is held to begin one after its first letter, and not by `\\b` before
    it, for so a search skips to where one of their first letters stands.
    """
    begun = "|".join(rf"{word[0]}(?<!\w.){word[1:]}" for word in listed)
    return f"(?:{begun})"


def _fold(word: str) -> str:
    if word[0].isdigit():
        return _number(word)
    word = word.replace("iz", "is").replace("yz", "ys")
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEPT_S):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


@cache
def _marked() -> re.Pattern[str]:
    """The acronyms that count only in capitals."""
    marked = sorted(term.code for term in load_lexicon(ACRONYMS) if term.note == _CAPITALS)
    return re.compile(rf"{any_word(marked)}\b")


def _number(word: str) -> str:
    if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20"):
        return YEAR
    digits = word.lstrip("0123456789.,:/")
    return NUMBER if not digits else NUMBER + digits


_FOLDED = Remembered(_fold)
