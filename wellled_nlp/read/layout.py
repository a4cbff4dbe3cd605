"""Sheets to pages of blocks: what is furniture, in which order the rest reads, and what each piece is.

In: the sheets of a whole document and its outline. Out: `Page`s with blocks in reading order. The story, a step a module: furniture by
repetition; tables; reading order; paragraphs; headings and notes; and at last what crosses a page break is put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.document import Block, Line, OutlineEntry, Page
from wellled_nlp.read.columns import runs_of
from wellled_nlp.read.headings import mark_headings
from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.paragraphs import FULL_STOP, Paragraph, paragraphs_of
from wellled_nlp.read.repeats import find_furniture
from wellled_nlp.read.rows import Row, Table, link, tables_of
from wellled_nlp.read.sheet import Ink, Sheet


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
    leaves = [_leaf(sheet, furniture.get(sheet.number, {}), words) for sheet in sheets]
    _link_tables(leaves, words)
    mark_headings([[p for p in leaf.parts if isinstance(p, Paragraph)] for leaf in leaves], outline)
    _join_over_pages(leaves, words)
    by_number = {sheet.number: sheet for sheet in sheets}
    return tuple(_page(leaf, by_number) for leaf in leaves)


def _leaf(sheet: Sheet, furniture: dict[int, str], words: Words) -> Leaf:
    tables = tables_of(sheet, list(furniture), words)
    free = [ink for index, ink in enumerate(sheet.inks) if index not in furniture and ink.cell < 0]
    stand_ins = [_stand_in(table, sheet.number) for table in tables]
    order = _with_tables(sheet, free, tables, stand_ins)
    parts: list[Paragraph | Table] = []
    for run in runs_of(order):
        chunk: list[Ink] = []
        for ink in run:
            if ink.cell == -2:
                parts += paragraphs_of(chunk, words)
                chunk = []
                parts.append(tables[int(ink.text)])
            else:
                chunk.append(ink)
        parts += paragraphs_of(chunk, words)
    aside = []
    for index, reason in sorted(furniture.items()):
        paragraph = Paragraph([sheet.inks[index]], "furniture", reason=reason)
        paragraph.write(words)
        aside.append(paragraph)
    return Leaf(sheet, parts, aside)


def _stand_in(table: Table, page: int) -> Ink:
    """A line that holds the table's place while the page is put in order."""
    x0, y0, x1, y1 = table.box
    return Ink("", x0, y0, x1, y1, y1, 1.0, False, False, False, False, 0, -2, page)


def _with_tables(sheet: Sheet, free: list[Ink], tables: list[Table], stand_ins: list[Ink]) -> list[Ink]:
    """The free lines in stream order with each table's stand-in where its first line was written."""
    places: dict[int, list[Ink]] = {}
    for number, (table, ink) in enumerate(zip(tables, stand_ins, strict=True)):
        places.setdefault(table.first_ink, []).append(ink._replace(text=str(number)))
    if not places:
        return free
    kept = {id(ink) for ink in free}
    order: list[Ink] = []
    for index, ink in enumerate(sheet.inks):
        order += places.get(index, [])
        if id(ink) in kept:
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


def _join_over_pages(leaves: Sequence[Leaf], words: Words) -> None:
    """Put the rest of a paragraph that a page break divides to its beginning."""
    last: Paragraph | None = None
    for leaf in leaves:
        first = next((part for part in leaf.parts if not (isinstance(part, Paragraph) and part.kind == "note")), None)
        if last is not None and isinstance(first, Paragraph) and _carries_on(last, first):
            last.inks += first.inks
            last.write(words)
            leaf.parts.remove(first)
            if all(isinstance(part, Paragraph) and part.kind == "note" for part in leaf.parts):
                continue
        rest = [part for part in leaf.parts if not (isinstance(part, Paragraph) and part.kind == "note")]
        tail = rest[-1] if rest else None
        last = tail if isinstance(tail, Paragraph) else None


def _carries_on(last: Paragraph, first: Paragraph) -> bool:
    if last.kind not in ("text", "list") or first.kind != "text" or abs(last.size - first.size) > 0.6:
        return False
    if last.last.hyphen:
        return True
    if FULL_STOP.search(last.text) or last.text.endswith((":", ";")):
        return False
    return first.text[:1].islower() or (len(last.text) > 60 and not last.bold and first.text[:1] not in "•")


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
    )


def _lines(paragraph: Paragraph, offset: int, sheets: dict[int, Sheet]) -> list[Line]:
    return [
        Line(offset + start, ink.page, sheets[ink.page].displayed(ink.box))
        for start, ink in zip(paragraph.starts, paragraph.inks, strict=True)
    ]


def _block(p: Paragraph, sheets: dict[int, Sheet]) -> Block:
    return Block(p.text, p.first.page, p.kind, tuple(_lines(p, 0, sheets)), p.size, p.bold, p.level, reason=p.reason)


def _row_block(row: Row, sheets: dict[int, Sheet]) -> Block:
    text, lines, paragraphs = "", [], []
    for cell in row.cells:
        for number, paragraph in enumerate(cell):
            text += "" if not text else "\n" if number else " | "
            lines += _lines(paragraph, len(text), sheets)
            text += paragraph.text
            paragraphs.append(paragraph)
    size = max((p.size for p in paragraphs), default=0.0)
    bold = all(p.bold for p in paragraphs)
    kind, reason = ("furniture", "repeated table header") if row.repeated else ("row", "")
    return Block(text, row.page, kind, tuple(lines), size, bold, 0, tuple(row.texts()), row.header, row.table, reason)
