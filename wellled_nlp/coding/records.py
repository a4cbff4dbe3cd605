"""What is asked about a sentence and what was answered: the records that all file formats write and read."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_HASH_DIGITS = 16
_LETTERS = re.compile(r"[^\w]+")
# What XML and spreadsheets cannot hold: control characters other than tab and line ends, and halves of surrogate pairs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A cell of a workbook holds 32,767 characters; escapes take some of them.
LONGEST = 30_000


@dataclass(frozen=True)
class Question:
    """One sentence as it is put to a coder. `labels` are the model's by facet, empty in a blind sample."""

    sentence_id: str
    hash: str
    document: str
    page: int
    heading: str
    previous: str
    text: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """The questions of one sample; `sample` is its id, `on` the day that the scan was made (the date inside the files)."""

    sample: str
    on: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Answer:
    """One row of a file that came back: row number as the program that it was filled in with shows it.

    given: codes by facet, only of facets that were answered; an empty tuple says that no code applies.
    """

    row: int
    sentence_id: str
    hash: str
    sample: str
    text: str
    given: Mapping[str, tuple[str, ...]]
    coder: str = ""
    note: str = ""


def text_hash(text: str) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a sentence's text: it changes when the text does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def writable(text: str) -> str:
    """The text without characters that files cannot hold, cut to what a cell holds."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST]


def same_text(shown: str, known: str) -> bool:
    """Whether a text that came back is that of the sentence, whatever happened to its spaces, quotation marks and escapes on the way."""
    came, ours = (_LETTERS.sub("", one).casefold() for one in (shown, writable(known)))
    return came == ours
