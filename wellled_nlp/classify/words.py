"""Words: text in, folded words out, so that lexicon and model see one spelling of a word.

Folding takes away what does not change the meaning here: case, the possessive, hyphens, `-ize` for `-ise`, a plural `s`, and the digits
of a number (a year, a sum and a count stay apart). It is applied to lexicons and to papers alike. Acronyms that are also common words
(IT, MADE, PLACE) keep a mark where they stand in capitals, so that "it" is not information technology.
"""

import re
from functools import cache, lru_cache

from wellled_nlp.codebook import load_lexicon

ACRONYMS = "acronyms"
# The note that marks an acronym as counting only in capitals.
_CAPITALS = "capitals only"
_MARK = "^"
_WORD = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*[a-z]*|[a-z][a-z0-9]*\^?|[£%]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": " ", "—": " ", "-": " ", "‐": " ", "‑": " ", "\xad": "", "é": "e", "&": " and "})
_KEPT_S = ("ss", "us", "is")
NUMBER, YEAR = "0", "0000"
# A text this short and all in capitals is an acronym; a longer one is a heading.
_SHORT = 8


# Features and lexicons ask for the words of the same texts, a document at a time.
@lru_cache(maxsize=4096)
def words(text: str) -> list[str]:
    """The folded words of a text, in order; `£` and `%` are words, a number is `0` and a year `0000`. Not to be changed in place."""
    if not text.isupper() or len(text) < _SHORT:
        text = _marked().sub(lambda match: match.group().lower() + _MARK, text)
    plain = text.lower().translate(_PLAIN).replace("'s", "").replace("'", "")
    return [fold(word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One lower-case word in its folded spelling: `organizations` and `organisation` are both `organisation`."""
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
    return re.compile(rf"\b(?:{'|'.join(marked)})\b")


def _number(word: str) -> str:
    if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20"):
        return YEAR
    digits = word.lstrip("0123456789.,:/")
    return NUMBER if not digits else NUMBER + digits
