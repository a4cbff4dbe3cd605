"""Table rows as blocks: cells filled with paragraphs, headers found and carried on, rows that cross pages put together.

In: sheets with cells, page after page. Out: `Row`s. A table goes on over the page where its columns stand at the same places; a first
row there whose first cell is empty goes on from the last row before it; a header that is printed again is furniture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.paragraphs import FULL_STOP, Paragraph, is_listed, paragraphs_of
from wellled_nlp.read.sheet import Ink, Sheet

SAME = 8.0  # points that column edges may differ from page to page
HEADER_LONGEST = 60  # characters in a header cell
HEADER_WORDS = re.compile(
    r"\b(?:action|agenda|item|owner|lead|responsib\w+|officer|who|by|due|deadline|when|date|status|progress|update|ref(?:erence)?|no|number|"
    r"risk|score|rating|likelihood|impact|consequence|control|assurance|gap|mitigation|target|actual|measure|indicator|kpi|rag|month|"
    r"name|role|title|time|paper|presenter|purpose|minute|comment|initials|directorate|cause|event)s?\b",
    re.I,
)


@dataclass
class Row:
    """One table row: for each column its paragraphs. header: texts of the table's header row. repeated: a header printed again."""

    table: int
    page: int
    cells: list[list[Paragraph]]
    header: tuple[str, ...] = ()
    is_header: bool = False
    repeated: bool = False

    def texts(self) -> list[str]:
        """Each cell's paragraphs with line ends between them."""
        return ["\n".join(p.text for p in cell) for cell in self.cells]


@dataclass
class Table:
    """A table of one page. edges: left sides of its columns; box: of the whole. rows in order."""

    number: int
    page: int
    edges: tuple[float, ...]
    box: tuple[float, float, float, float]
    rows: list[Row] = field(default_factory=list)
    first_ink: int = 0


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


def _empty(sheet: Sheet, number: int, members: list, texts: dict[int, list[tuple[int, Ink]]]) -> Table:
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
            goes_on = last is not None and position == 0 and _goes_on(last, table, breaks)
            if not goes_on:
                number += 1
                _mark_header(table)
            elif last is not None:
                _carry(last, table, words)
            for row in table.rows:
                row.table = number
            if table.rows:
                last = table
            elif last is not None:
                last = Table(number, table.page, table.edges, table.box, last.rows[-1:])


def _goes_on(last: Table, table: Table, breaks: dict[int, tuple[bool, bool]]) -> bool:
    if table.page != last.page + 1 or breaks[last.page][1] or breaks[table.page][0]:
        return False
    if len(last.edges) == len(table.edges):
        return all(abs(a - b) <= SAME for a, b in zip(last.edges, table.edges, strict=True))
    return False


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
    named = words >= max(2, len(filled) / 2) or (words and len(filled) == 1 and texts[-1])
    if (full and bold and not bold_rest) or named:
        first.is_header = True
        for row in table.rows:
            row.header = tuple(texts)


def _carry(last: Table, table: Table, words: Words) -> None:
    """Give the header of `last` to `table`, mark its repetition, and join a row that goes on from the page before."""
    header = last.rows[-1].header
    for row in table.rows:
        row.header = header
    if header and tuple(t.replace("\n", " ") for t in table.rows[0].texts()) == header:
        table.rows[0].repeated = True
    fresh = [row for row in table.rows if not row.repeated]
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
        if cell and more and not FULL_STOP.search(cell[-1].text) and not is_listed(more[0].text):
            joint = more[0].text[:1].islower() or cell[-1].last.hyphen
            if joint:
                cell[-1].inks += more[0].inks
                cell[-1].write(words)
                more = more[1:]
        cell += more
