"""Table rows as blocks: cells filled with paragraphs, headers found and carried on, rows that cross pages put together.

In: sheets with cells, page after page. Out: `Row`s. A table goes on over the page where its columns stand at the same places; a first
row there whose first cell is empty goes on from the last row before it; a header that is printed again is furniture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.ink import Ink
from wellled_nlp.read.paragraphs import Paragraph, carries_on, paragraphs_of
from wellled_nlp.read.sheet import Sheet
from wellled_nlp.read.tables import Cell

SAME = 8.0  # points that column edges may differ from page to page
HEADER_NEAR = 30.0  # points between a header word and the table below it
SECOND_LONGEST = 20  # characters in a cell of a header's second line
HEADER_LONGEST = 60  # characters in a header cell
HEADER_WORDS = re.compile(
    r"\b(?:action|agenda|item|owner|lead|responsib\w+|officer|who|by|due|deadline|when|date|status|progress|update|ref(?:erence)?|no|number|"
    r"risk|score|rating|likelihood|impact|consequence|control|assurance|gap|mitigation|target|actual|measure|indicator|kpi|rag|month|"
    r"name|role|title|time|paper|presenter|purpose|minute|comment|initials|directorate|cause|event)s?\b",
    re.I,
)


@dataclass
class Row:
    """One table row: for each column its paragraphs. header: texts of the table's header row. aside: why it is furniture, or nothing."""

    table: int
    page: int
    cells: list[list[Paragraph]]
    header: tuple[str, ...] = ()
    is_header: bool = False
    aside: str = ""

    def texts(self) -> list[str]:
        """Each cell's paragraphs with line ends between them."""
        return ["\n".join(p.text for p in cell) for cell in self.cells]


@dataclass
class Table:
    """A table of one page. edges: left sides of its columns; box: of the whole. rows in order.

    opening: texts of the rows that the table began with, on whichever page, to tell a header that is printed again.
    """

    number: int
    page: int
    edges: tuple[float, ...]
    box: tuple[float, float, float, float]
    rows: list[Row] = field(default_factory=list)
    first_ink: int = 0
    opening: list[list[str]] = field(default_factory=list)


def tables_of(sheet: Sheet, aside: Sequence[int], words: Words) -> list[Table]:
    """The tables of a page with their text; `aside` are the indices of lines that are furniture."""
    texts: dict[int, list[tuple[int, Ink]]] = {}
    skipped = set(aside)
    for index, ink in enumerate(sheet.inks):
        if ink.cell >= 0 and index not in skipped:
            texts.setdefault(ink.cell, []).append((index, ink))
    tables: dict[int, Table] = {}
    for index, cell in enumerate(sheet.cells):
        table = tables.get(cell.table)
        if table is None:
            members = [c for c in sheet.cells if c.table == cell.table]
            table = tables[cell.table] = _empty(sheet, cell.table, members, texts)
        row = table.rows[cell.row]
        row.cells[cell.column] = paragraphs_of(_in_order([ink for _, ink in texts.get(index, [])]), words, cell.box[2] - 4.0)
    for table in tables.values():
        table.rows = [row for row in table.rows if any(row.cells)]
    return [table for table in tables.values() if table.rows]


def _empty(sheet: Sheet, number: int, members: list[Cell], texts: dict[int, list[tuple[int, Ink]]]) -> Table:
    columns, height = max(c.column for c in members) + 1, max(c.row for c in members) + 1
    edges = tuple(min(c.box[0] for c in members if c.column == k) for k in range(columns))
    box = min(c.box[0] for c in members), min(c.box[1] for c in members), max(c.box[2] for c in members), max(c.box[3] for c in members)
    rows = [Row(0, sheet.number, [[] for _ in range(columns)]) for _ in range(height)]
    inner = [i for i, c in enumerate(sheet.cells) if c.table == number]
    first = min((index for i in inner for index, _ in texts.get(i, [])), default=0)
    return Table(number, sheet.number, edges, box, rows, first)


def _in_order(inks: list[Ink]) -> list[Ink]:
    """Lines of a cell from top to bottom; the stream's order where it already runs down."""
    if all(b.base >= a.base - 0.5 * a.size for a, b in zip(inks, inks[1:], strict=False)):
        return inks
    return sorted(inks, key=lambda ink: (round(ink.base), ink.x0))


def link(pages: Sequence[Sequence[Table]], breaks: dict[int, tuple[bool, bool]], words: Words) -> None:
    """Number the tables through the document, carry headers on, join rows over page breaks; the tables change in place.

    breaks: for each page, whether text stands above its first table, and whether text stands below its last one.
    """
    number, last = 0, None
    for tables in pages:
        for position, table in enumerate(tables):
            goes_on = last is not None and _goes_on(last, table, position, breaks)
            if not goes_on:
                number += 1
                table.opening = [row.texts() for row in table.rows[:3]]
                _mark_header(table)
                if last is not None:
                    _take_header(last, table)
            elif last is not None:
                _carry(last, table, words)
            for row in table.rows:
                row.table = number
            if table.rows:
                last = table
            elif last is not None:
                last = Table(number, table.page, table.edges, table.box, last.rows[-1:], opening=last.opening)


def _goes_on(last: Table, table: Table, position: int, breaks: dict[int, tuple[bool, bool]]) -> bool:
    if len(last.edges) != len(table.edges) or table.page - last.page not in (0, 1):
        return False
    shift = table.edges[0] - last.edges[0]
    if any(abs(b - a - shift) > SAME for a, b in zip(last.edges, table.edges, strict=True)):
        return False
    header = last.rows[-1].header
    if any(header) and table.rows[0].texts() == last.opening[0]:
        return True  # the header is printed again, in the next column or overleaf
    apart = breaks[last.page][1] or breaks[table.page][0] or abs(shift) > SAME
    return table.page == last.page + 1 and position == 0 and not apart


def _mark_header(table: Table) -> None:
    """Find the header row, if the first row is one, and give it to the others."""
    first, rest = table.rows[0], table.rows[1:]
    texts = [text.replace("\n", " ") for text in first.texts()]
    filled = [text for text in texts if text]
    if not rest or not filled or any(len(text) > HEADER_LONGEST for text in filled):
        return
    words = sum(1 for text in filled if HEADER_WORDS.search(text))
    bold = all(p.bold for cell in first.cells for p in cell)
    bold_rest = all(p.bold for row in rest for cell in row.cells for p in cell)
    full = len(filled) > len(texts) / 2
    named = len(filled) >= 3 and words >= max(2, len(filled) / 2)
    if (full and bold and not bold_rest) or named:
        first.is_header = True
        if len(rest) > 1 and _is_second_line(rest[0], texts):
            texts = _two_lines(texts, rest[0].texts())
            for cell, more in zip(first.cells, rest[0].cells, strict=True):
                cell += more
            table.rows.remove(rest[0])
        for row in table.rows:
            row.header = tuple(texts)


def _is_second_line(row: Row, above: Sequence[str]) -> bool:
    """Whether a row is the lower half of a header: names or units under some columns, nothing under the first."""
    texts = row.texts()
    filled = [text for text in texts if text]
    short = all(len(text) <= SECOND_LONGEST and not any(c.isdigit() for c in text) and "\n" not in text for text in filled)
    return bool(above[0]) and not texts[0] and bool(filled) and short


def _two_lines(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Each column's name from both lines; a name above stands over the columns to its right that have none of their own."""
    names, over = [], ""
    for upper, lower in zip(above, below, strict=True):
        over = upper or over
        names.append(f"{upper or over} {lower}".strip() if lower else upper)
    return names


def _take_header(last: Table, table: Table) -> None:
    """A row with the one word "Action", at the end of a table that stands right above, names a column of this one."""
    row = last.rows[-1]
    filled = [cell for cell in row.cells if cell]
    if table.rows[0].header or last.page != table.page or len(filled) != 1 or len(filled[0]) != 1:
        return
    name = filled[0][0]
    near = 0 <= table.box[1] - name.last.y1 <= HEADER_NEAR
    if near and HEADER_WORDS.fullmatch(name.text):
        column = sum(1 for edge in table.edges if edge <= name.first.x1) - 1
        header = tuple(name.text if k == column else "" for k in range(len(table.edges)))
        for below in table.rows:
            below.header = header


def _carry(last: Table, table: Table, words: Words) -> None:
    """Give the header of `last` to `table`, mark its repetition, and join a row that goes on from the page before."""
    header = last.rows[-1].header
    for row in table.rows:
        row.header = header
    for row, first in zip(table.rows, last.opening, strict=False):
        if not header or row.texts() != first:
            break
        row.aside = "repeated table header"
    table.opening = last.opening
    fresh = [row for row in table.rows if not row.aside]
    if fresh and _continues(last.rows[-1], fresh[0]):
        _append(last.rows[-1], fresh[0], words)
        table.rows.remove(fresh[0])


def _continues(row: Row, after: Row) -> bool:
    """Whether `after`, first on its page, is the rest of `row`."""
    if not any(row.cells) or row.is_header:
        return False
    if after.cells[0]:
        return False
    return any(after.cells[1:]) and bool(row.cells[0] or any(row.cells))


def _append(row: Row, after: Row, words: Words) -> None:
    for cell, more in zip(row.cells, after.cells, strict=True):
        if cell and more and carries_on(cell[-1], more[0], False):
            cell[-1].inks += more[0].inks
            cell[-1].write(words)
            more = more[1:]
        cell += more
