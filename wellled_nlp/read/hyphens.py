"""Words that a line end divides: whether the hyphen belongs to the word is asked of the document itself.

In: the lines of a document. Out: `Words`, which joins two line texts. "com-" + "mittee" is "committee" where the document writes it so
elsewhere, and "non-" + "executive" stays "non-executive" where that form is found.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from wellled_nlp.read.ink import Ink

TAIL = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*$")
HEAD = re.compile(r"^[^\W\d_][\w'’]*(?:-[\w'’]+)*")
WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
# First parts that keep their hyphen in British spelling where the document gives no other evidence.
KEEPERS = frozenset(
    ("non", "self", "co", "cross", "long", "short", "well", "multi", "part", "full", "ex", "post", "pre", "semi", "mid", "half")
    + ("high", "low", "near", "one", "two", "three", "four", "on", "off", "in", "face", "follow", "year", "person", "patient", "risk")
)
LONGEST_WORD = 60  # characters
# Marks that follow a word without a space, as where a raised note number ended the line.
CLINGING = tuple(",.;:)]”’!?%")


class Words:
    """The words of a document, and how its lines are joined."""

    def __init__(self, inks: Iterable[Ink]) -> None:
        self._inks = list(inks)

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often the document writes each word; those that a line end divides are left out."""
        counts: Counter[str] = Counter()
        for ink in self._inks:
            words = WORD.findall(ink.text.lower())
            if words and (ink.hyphen or ink.text.endswith("-")):
                words.pop()
            counts.update(words)
        return counts

    def join(self, before: str, after: str, hyphen: bool) -> str:
        """The two line texts as one; `hyphen` says that a hyphen was taken off the end of the first."""
        if not hyphen and before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalnum():
            before, hyphen = before[:-1], True
        if hyphen:
            return before + self._mark(before, after) + after
        if before.endswith(("–", "/")) and before[-2:-1].isdigit() and after[:1].isdigit():
            return before + after  # a year or a range of figures
        if not before or after.startswith(CLINGING) and not before.endswith((" ", "•")):
            return before + after
        return f"{before} {after}"

    def _mark(self, before: str, after: str) -> str:
        """A hyphen, or nothing, by what the document writes elsewhere."""
        tail, head = TAIL.search(before[-LONGEST_WORD:]), HEAD.match(after[:LONGEST_WORD])
        if not tail or not head or head.group()[0].isupper():
            return "-"
        first, second = tail.group().lower(), head.group().lower()
        with_mark, without = self._counts[f"{first}-{second}"], self._counts[first + second]
        if with_mark or without:
            return "-" if with_mark >= without else ""
        if first in KEEPERS or "-" in first:
            return "-"
        # Both parts are words of their own and long: "board-level"; otherwise a divided word.
        both = self._counts[first] > 1 and self._counts[second] > 1 and min(len(first), len(second)) > 3
        return "-" if both else ""
