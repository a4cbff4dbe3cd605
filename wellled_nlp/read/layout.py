"""Sheets to pages of blocks: what is furniture, in which order the rest reads, and what each piece is.

In: the sheets of a whole document and its outline. Out: `Page`s with blocks in reading order. The story, a step a module: furniture by
repetition; tables; reading order; paragraphs; headings and notes; and at last what crosses a page break is put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.document import Block, Figure, Line, OutlineEntry, Page
from wellled_nlp.read.columns import runs_of
from wellled_nlp.read.headings import mark_headings
from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.ink import Ink
from wellled_nlp.read.paragraphs import FULL_STOP, Paragraph, are_alike, carries_on, paragraphs_of
from wellled_nlp.read.repeats import find_furniture
from wellled_nlp.read.rows import Row, Table, link, tables_of
from wellled_nlp.read.sheet import Sheet
from wellled_nlp.read.unruled import Columns, find_unruled

STAND_IN = -2  # the cell number of a line that holds a table's place


@dataclass
class Leaf:
    """A page in the making: paragraphs and tables in reading order, and what was set aside."""

    sheet: Sheet
    parts: list[Paragraph | Table]
    aside: list[Paragraph]


def pages_of(sheets: Sequence[Sheet], outline: Sequence[OutlineEntry] = ()) -> tuple[Page, ...]:
    """The pages of a document, failed ones among them."""
    furniture = find_furniture(sheets)
    words = Words(ink for sheet in sheets for ink in sheet.inks)
    leaves: list[Leaf] = []
    columns: Columns | None = None
    for sheet in sheets:
        leaf, columns = _leaf(sheet, furniture.get(sheet.number, {}), words, columns)
        leaves.append(leaf)
    _link_tables(leaves, words)
    mark_headings([[p for p in leaf.parts if isinstance(p, Paragraph)] for leaf in leaves], outline)
    _join_apart(leaves, words)
    by_number = {sheet.number: sheet for sheet in sheets}
    return tuple(_page(leaf, by_number) for leaf in leaves)


def _leaf(sheet: Sheet, furniture: dict[int, str], words: Words, open_columns: Columns | None) -> tuple[Leaf, Columns | None]:
    tables = tables_of(sheet, list(furniture), words)
    free = [index for index, ink in enumerate(sheet.inks) if index not in furniture and ink.cell < 0]
    loose, taken, open_columns = find_unruled(sheet, free, words, open_columns)
    tables += loose
    kept = {index for index in free if index not in taken}
    parts: list[Paragraph | Table] = []
    for number, run in enumerate(runs_of(_with_tables(sheet, kept, tables))):
        parts += _parts(run, number, tables, words)
    aside = []
    for index, reason in sorted(furniture.items()):
        paragraph = Paragraph([sheet.inks[index]], "furniture", reason=reason)
        paragraph.write(words)
        aside.append(paragraph)
    return Leaf(sheet, parts, aside), open_columns


def _parts(run: Sequence[Ink], number: int, tables: Sequence[Table], words: Words) -> list[Paragraph | Table]:
    """The paragraphs and tables of one run of lines."""
    parts: list[Paragraph | Table] = []
    chunk: list[Ink] = []
    right = max((ink.x1 for ink in run if ink.cell != STAND_IN), default=None)
    for ink in [*run, None]:
        if ink is not None and ink.cell != STAND_IN:
            chunk.append(ink)
            continue
        for paragraph in paragraphs_of(chunk, words, right):
            paragraph.run = (chunk[0].page, number, len(parts) if ink else -1)
            parts.append(paragraph)
        chunk = []
        if ink is not None:
            parts.append(tables[int(ink.text)])
    return parts


def _with_tables(sheet: Sheet, kept: set[int], tables: Sequence[Table]) -> list[Ink]:
    """The free lines in stream order, with a line that holds each table's place where its first line was written."""
    places: dict[int, list[Ink]] = {}
    for number, table in enumerate(tables):
        x0, y0, x1, y1 = table.box
        stand_in = Ink(str(number), x0, y0, x1, y1, y1, 1.0, False, False, False, False, 0, STAND_IN, sheet.number)
        places.setdefault(table.first_ink, []).append(stand_in)
    order: list[Ink] = []
    for index, ink in enumerate(sheet.inks):
        order += places.get(index, [])
        if index in kept:
            order.append(ink)
    return order


def _link_tables(leaves: Sequence[Leaf], words: Words) -> None:
    pages, breaks = [], {}
    for leaf in leaves:
        tables = [part for part in leaf.parts if isinstance(part, Table)]
        above = bool(leaf.parts) and not isinstance(leaf.parts[0], Table)
        below = bool(leaf.parts) and not isinstance(leaf.parts[-1], Table)
        pages.append(tables)
        breaks[leaf.sheet.number] = (above, below)
    link(pages, breaks, words)


def _join_apart(leaves: Sequence[Leaf], words: Words) -> None:
    """Put the rest of a paragraph that a page's end, a column's end, a table or a figure divides to its beginning."""
    last: Paragraph | None = None
    between = False
    for leaf in leaves:
        kept: list[Paragraph | Table] = []
        for part in leaf.parts:
            if isinstance(part, Table):
                between = True
            elif part.kind == "heading":
                last = None
            elif last is not None and part.run != last.run and carries_on(last, part, between):
                last.inks += part.inks
                last.run = part.run
                last.write(words)
                between = False
                continue
            elif part.kind != "note":
                if last is None or are_alike(last, part) or FULL_STOP.search(last.text):
                    last, between = part, False
                else:
                    between = True  # a caption or a pulled quote stands between
            kept.append(part)
        leaf.parts = kept


def _page(leaf: Leaf, sheets: dict[int, Sheet]) -> Page:
    sheet = leaf.sheet
    blocks: list[Block] = []
    for part in leaf.parts:
        if isinstance(part, Table):
            blocks += [_row_block(row, sheets) for row in part.rows]
        else:
            blocks.append(_block(part, sheets))
    blocks += [_block(part, sheets) for part in leaf.aside]
    return Page(
        sheet.number,
        sheet.width,
        sheet.height,
        tuple(blocks),
        sheet.how,
        sheet.reason,
        sheet.confidence,
        tuple(sorted(sheet.marks.items())),
        tuple(Figure(kind, sheet.displayed(box)) for kind, box in sheet.drawn),
    )


def _lines(paragraph: Paragraph, offset: int, sheets: dict[int, Sheet]) -> list[Line]:
    return [
        Line(offset + start, ink.page, sheets[ink.page].displayed(ink.box))
        for start, ink in zip(paragraph.starts, paragraph.inks, strict=True)
    ]


def _block(p: Paragraph, sheets: dict[int, Sheet]) -> Block:
    return Block(p.text, p.first.page, p.kind, tuple(_lines(p, 0, sheets)), p.size, p.bold, p.level, reason=p.reason)


def _row_block(row: Row, sheets: dict[int, Sheet]) -> Block:
    texts = row.header if row.is_header else tuple(row.texts())
    text, lines = "", []
    for cell, whole in zip(row.cells, texts, strict=True):
        text += " | " if text and whole else ""
        # A name that spans columns stands in the text of each, but is printed in the first: what is printed here ends the cell.
        at = len(text) + len(whole) - sum(len(p.text) + 1 for p in cell) + 1
        for paragraph in cell:
            lines += _lines(paragraph, at, sheets)
            at += len(paragraph.text) + 1
        text += whole
    paragraphs = [paragraph for cell in row.cells for paragraph in cell]
    size = max((p.size for p in paragraphs), default=0.0)
    bold = all(p.bold for p in paragraphs)
    kind = "furniture" if row.aside else "row"
    return Block(text, row.page, kind, tuple(lines), size, bold, 0, texts, row.header, row.table, row.aside)
