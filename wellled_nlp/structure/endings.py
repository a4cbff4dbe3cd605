"""Items of minutes that end in mid-sentence at the foot of a page: tables that do not break over pages lose the rest in the file itself."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wellled_nlp.document import Document, Item, Line, count_words

_ENDED = re.compile(r"""[.!?:;…][)\]’”"'*]*$""")
_FOOT = 0.75  # of the page's height: above it a row has room for its last words
_FEWEST_WORDS = 8  # a shorter line without a stop is an entry of a list
_NAMED = 40  # letters of a title that tell which item is meant


def doubts(document: Document, found: Sequence[Item]) -> Iterator[str]:
    """A sentence for each item of minutes whose last paragraph has no end, where the next item begins on another page."""
    heights = {page.number: page.height for page in document.pages}
    for item, following in pairwise(found):
        if item.kind != "minutes" or not item.blocks or following.first_page <= item.last_page:
            continue
        last = item.blocks[-1]
        text, line = last.text.rstrip(" |\n"), _last_line(last.lines)
        if line is None or line.box is None or line.box.y1 < _FOOT * heights.get(line.page, 0.0):
            continue
        paragraph = text.rsplit("\n", 1)[-1].rsplit(" | ", 1)[-1]
        if count_words(paragraph) >= _FEWEST_WORDS and not _ENDED.search(paragraph):
            title = f"{item.number} {item.title}".strip()[:_NAMED]
            yield f"Item “{title}” ends in mid-sentence at the foot of page {line.page}: the file may have lost what follows."


def _last_line(lines: Sequence[Line]) -> Line | None:
    placed = [line for line in lines if line.box]
    return max(placed, key=lambda line: (line.page, line.box.y1 if line.box else 0.0), default=None)
