"""A pack is many papers in one file: where each begins, and its label and title.

A paper begins where a bookmark of the top level points, or on a page that opens with the marks of a cover sheet ("Agenda item 9",
"Report to the Board"). Reports that are one work with chapters (quality accounts, annual reports) are never split.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.document import Block, Document, count_words
from wellled_nlp.structure import doc_type

_LABEL = re.compile(
    r"\b(?i:agenda\s+item|item(?:\s+no\.?)?|enc(?:losure)?|paper|appendix)\b\s*(?i:number|no\.?|:|\|)?\s*"
    r"([A-Z]{0,3}\d{1,3}(?:[./]\d+)*[a-z]?|[A-Z]{1,2})(?![\w])"
)
_COVER = re.compile(
    r"^(?:report to|paper for|meeting of|title of (?:report|paper)|report title|paper title|subject|agenda item|"
    r"item(?: no\.?| number)?\s*[:|]?\s*\d|enclosure|"
    r"(?:executive |board )?(?:lead|sponsor)|author|report author|presented by|purpose(?: of (?:the )?(?:report|paper))?|"
    r"recommendations?|date of meeting|action required)\b",
    re.IGNORECASE,
)
_TITLE_CELL = re.compile(
    r"^(?:title(?: of (?:report|paper))?|report title|paper title|subject|title of paper)\s*[:|]?\s*(.*)$", re.IGNORECASE
)
# A cover sheet shows at least this many different marks among the first blocks of its page.
_COVER_MARKS = 3
_COVER_BLOCKS = 14
_FEWEST_PAPERS = 3
_TITLE_BLOCKS = 8
_TITLE_WORDS = 30  # a longer block is a paragraph, which may name other papers
_BODY_PAGES = 3


@dataclass(frozen=True)
class Part:
    """A stretch of pages that is one paper: its first and last page, label ("9"), title, kind, and whether it opens with a cover sheet."""

    first_page: int
    last_page: int
    label: str
    title: str
    kind: str


def split(document: Document, running: str) -> tuple[str, tuple[Part, ...]]:
    """The type of the file and its papers in order; a file that is one paper has one part over all pages."""
    last = max((page.number for page in document.pages), default=1)
    kind = _kind(document, 1, last, running)
    whole = (Part(1, last, "", _title(_first_blocks(document, 1)), kind),)
    if kind in ("quality account", "annual report"):
        return kind, whole
    starts = _starts(document)
    if len(starts) < _FEWEST_PAPERS:
        return doc_type.of_file(kind), whole
    starts = sorted({1, *starts})
    parts = tuple(_part(document, first, following - 1) for first, following in zip(starts, [*starts[1:], last + 1], strict=True))
    return doc_type.PACK, parts


def _starts(document: Document) -> list[int]:
    covers = {page.number for page in document.pages if _is_cover(_first_blocks(document, page.number))}
    marked = {entry.page for entry in document.outline if entry.depth == 1}
    # Bookmarks alone could be chapters: they count where cover sheets stand at several of them.
    return sorted(covers | marked) if len(covers & marked) >= 2 else sorted(covers)


def _part(document: Document, first: int, last: int) -> Part:
    blocks = _first_blocks(document, first)
    text = " ".join(block.text for block in blocks)
    label = _LABEL.search(text)
    return Part(first, last, label.group(1) if label and _is_cover(blocks) else "", _title(blocks), _kind(document, first, last, ""))


def _kind(document: Document, first: int, last: int, running: str) -> str:
    blocks = _first_blocks(document, first)[:_TITLE_BLOCKS]
    title = " \n ".join([block.text for block in blocks if count_words(block.text) <= _TITLE_WORDS] + [running])
    pages = [page for page in document.pages if first <= page.number <= min(last, first + _BODY_PAGES - 1)]
    body = " \n ".join(block.text for page in pages for block in page.blocks if block.kind != "furniture")
    words = sum(count_words(block.text) for page in document.pages if first <= page.number <= last for block in page.blocks)
    return doc_type.of_paper(title, body, words)


def _first_blocks(document: Document, number: int) -> list[Block]:
    page = next((page for page in document.pages if page.number == number), None)
    return [block for block in page.blocks if block.kind != "furniture"][:_COVER_BLOCKS] if page else []


def _is_cover(blocks: Sequence[Block]) -> bool:
    marks = {
        match.group().lower().split()[0]
        for block in blocks
        for text in (block.cells or (block.text,))
        if (match := _COVER.match(text.strip()))
    }
    return len(marks) >= _COVER_MARKS


def _title(blocks: Sequence[Block]) -> str:
    for block in blocks:
        if len(block.cells) >= 2 and _TITLE_CELL.match(block.cells[0].strip()) and block.cells[1].strip():
            return " ".join(block.cells[1].split())
        match = _TITLE_CELL.match(block.text.strip())
        if not block.cells and match and match.group(1):
            return " ".join(match.group(1).split())
    headings = [block for block in blocks if block.kind == "heading"]
    if headings:
        return " ".join(max(headings, key=lambda block: block.size).text.split())
    return " ".join(blocks[0].text.split()[:12]) if blocks else ""
