"""Items to sentences: the unit that is labelled, each with its heading, the sentence before it, its page and its box.

Layout decides first (a block, a paragraph in a table cell, a bullet), then rules for full stops that do not end a sentence. On forty
hand-set sentences with initials, "p.m.", "£3.2m" and "No. 4" such rules reach F1 0.99 where spaCy's sentencizer reaches 0.88
and the trained splitters 0.94 (docs/decisions/0002-sentence-rules.md).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from wellled_nlp.document import Block, Box, Item, Sentence, Structured, box_of

# A full stop after one of these is part of the word, whatever follows.
_TITLES = frozenset(["mr", "mrs", "ms", "mx", "dr", "prof", "sir", "rev", "hon", "st", "cllr", "capt", "col", "lt", "sgt", "messrs", "rt"])
# After these it is part of the word unless a capital that is not a number follows at once.
_SHORT = frozenset(
    ["e.g", "i.e", "etc", "al", "vs", "cf", "p.m", "a.m", "approx", "dept", "est", "fig", "figs", "inc", "ltd", "plc", "no", "nos"]
    + ["para", "paras", "ref", "refs", "vol", "p", "pp", "ch", "sec", "c"]
    + ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
)
# The mark stands before the alternatives, so that the search skips to it: marks and a space, or one mark and a capitalised word at once.
_END = re.compile(r"[.!?…](?:[.!?…]*[)\]’”\"']*(?=\s)|(?<!…)[)\]’”\"']*(?=[A-Z][a-z]))")
# "£50K." ends in a unit and no initial, so letters right after a digit are no word.
_WORD_BEFORE = re.compile(r"(?<!\d)([A-Za-z](?:[A-Za-z.]*[A-Za-z])?)$")
# "7.3 Falls" or "(b) the": a number that opens a paragraph is not a sentence of its own.
_OPENING_NUMBER = re.compile(r"\s*(?:[A-Z]{0,4}[/ -]?\d+(?:[./]\d+)*|[ivxlc]+|[a-z]|\(?[\divxa-z]{1,4}\))[.)]?$", re.IGNORECASE)
# A table cell holds prose where it is long, or shorter with a verb's worth of words and an end mark.
_PROSE_WORDS = 12
_PROSE_WORDS_WITH_STOP = 6


def split(structured: Structured) -> tuple[Sentence, ...]:
    """The sentences of all items in reading order; joined (white space aside) they give the text of `passages` of every block."""
    found: list[Sentence] = []
    for item in structured.items:
        found += _of_item(item, structured.document.document_id, len(found))
    return tuple(found)


def passages(block: Block) -> list[tuple[int, int]]:
    """The stretches of a block's text that hold words to be labelled, as (start, end) offsets.

    All of it, paragraph by paragraph; of a table row with prose, the cells that hold prose; of a row without, the row as one.
    """
    if block.kind != "row" or not block.cells:
        return _lines(block.text, 0, len(block.text))
    spans = _cell_spans(block)
    prose = [span for span in spans if _is_prose(block.text[slice(*span)])]
    if not prose:
        return [(0, len(block.text))] if block.text.strip() else []
    return [line for start, end in prose for line in _lines(block.text, start, end)]


def boundaries(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in a paragraph, without the white space around it."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_here(text, start, match):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text)))
    return [trimmed for span in found if (trimmed := _trim(text, *span)) is not None]


def _of_item(item: Item, document_id: str, done: int) -> Iterator[Sentence]:
    title = f"{item.number} {item.title}".strip()
    heading, previous = title, ""
    for block in item.blocks:
        starts = [line.start for line in block.lines]
        for start, end in passages(block):
            for first, last in boundaries(block.text[start:end]):
                text = " ".join(block.text[start + first : start + last].split())
                page, box = _place(block, starts, start + first, start + last)
                own = heading if block.kind != "heading" or text not in heading else title if title != text else ""
                yield Sentence(
                    sentence_id=f"{document_id}-{done:05d}",
                    document_id=document_id,
                    item_id=item.item_id,
                    position=done,
                    page=page,
                    box=box,
                    heading=own,
                    previous=previous,
                    text=text,
                    kind=block.kind,
                    paper_kind=item.kind,
                )
                done += 1
                previous = text
        if block.kind == "heading":
            heading = " ".join(block.text.split())


def _place(block: Block, starts: list[int], start: int, end: int) -> tuple[int, Box | None]:
    """Page and box of the characters from start to end: the lines that they touch, on the page where they begin.

    starts: where each line of the block begins, in order.
    """
    touched = block.lines[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
    if not touched:
        return block.page, None
    return touched[0].page, box_of(touched, touched[0].page)


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip()
    if not following:
        return True
    if match.group()[0] != ".":
        return not following[0].islower()
    stop = match.start()
    if _OPENING_NUMBER.match(text, start, stop):
        return False
    # The word has no space in it; a search from the start of the sentence would try every letter.
    word = _WORD_BEFORE.search(text, max(start, text.rfind(" ", start, stop)), stop)
    if word is not None:
        last = word.group(1).lower()
        if last in _TITLES or (len(last) == 1 and word.group(1).isupper() and not following[:1].isdigit()):
            return False
        if last in _SHORT and not (
            following[0].isupper() and last not in ("no", "nos", "p", "fig", "ref", "para", "al", "vs", "e.g", "i.e")
        ):
            return False
    return not following[0].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + piece.index(stripped)
    return first, first + len(stripped)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _cell_spans(block: Block) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for cell in block.cells:
        if not cell:
            continue
        found = block.text.find(cell, at)
        if found < 0:  # a heading of two lines: the cell joins what the text has in two rows
            continue
        at = found
        spans.append((at, at + len(cell)))
        at += len(cell)
    return spans


def _is_prose(cell: str) -> bool:
    words = len(cell.split())
    return words >= _PROSE_WORDS or (words >= _PROSE_WORDS_WITH_STOP and cell.rstrip().endswith((".", "?", "!")))
