"""How a part of the report stands on a worksheet: prose line by line, grids as named tables, cells with formats.

Nothing is merged and nothing hidden; text from papers is always written as text, never as a formula, an address or a number.
"""

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from wellled_nlp.report import words
from wellled_nlp.report.contents import Absent, Column, Estimate, Grid, Link, Rate
from wellled_nlp.report.drawing import BLUE

# Excel's own limits: characters in a cell, in a text within a formula, and rows on a sheet.
CELL_CHARACTERS, FORMULA_CHARACTERS, SHEET_ROWS = 32_767, 255, 1_048_576
TABLE_STYLE = {"style": "Table Style Light 1", "banded_rows": False}
_CUT = " … cut"
# Letters on a line of prose; widths of columns in letters; heights of rows in points; rows from which a table has filters.
_PROSE_LINE, _FINDING_LINE = 115, 92
_WIDEST, _NARROWEST = 40, 9
_HEIGHTS = {"h1": 28, "h2": 20, "finding": 17}
_LINE_POINTS, _TALLEST = 13, 409
_FILTERS_FROM = 9
_HEAT = {"type": "2_color_scale", "min_color": "#F2F2F2", "max_color": "#6BACE6"}
_NUMBERS = ("whole", "share", "estimate", "rate", "exact", "amount", "score")
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_LEFT = {"align": "left", "indent": 1}
_HEAD = {"bold": True, "text_wrap": True, "bg_color": BLUE, "font_color": "white", "valign": "bottom"}
_FORMATS: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True, **_LEFT},
    "title": {"text_wrap": True, **_LEFT},
    "whole": {"num_format": "#,##0"},
    "share": {"num_format": "0%"},
    "estimate": {"num_format": "0%"},
    "rate": {"num_format": "0.0"},
    "exact": {"num_format": "0.0000"},
    "amount": {"num_format": "#,##0.0"},
    "score": {"num_format": "0.00"},
    "day": {"num_format": "d mmm yyyy", **_LEFT},
    "link": {"font_color": "#0B5394", "underline": 1, "text_wrap": True, **_LEFT},
    "head": {**_HEAD, **_LEFT},
    "head of numbers": {**_HEAD, "align": "right"},
    "h1": {"bold": True, "font_size": 18, "font_color": BLUE},
    "h2": {"bold": True, "font_size": 12, "font_color": BLUE},
    "finding": {"bold": True, "font_size": 12},
    "prose": {},
    "note": {"font_color": "#4C5A64"},
}


class Book:
    """A workbook being written, with the formats that all of its sheets share."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.formats = {name: workbook.add_format({**_FONT, **extra}) for name, extra in _FORMATS.items()}

    def sheet(self, name: str, heading: str, lead: Sequence[str] = ()) -> "Sheet":
        """A new worksheet with its heading and prose; the first paragraph stands out."""
        made = Sheet(self, name)
        made.line(heading, "h1")
        for number, text in enumerate(one for one in lead if one):
            made.prose(text, "finding" if number == 0 else "prose")
        made.row += 1
        return made

    def heads(self, columns: Sequence[Column]) -> list[dict[str, object]]:
        """The heads of a table's columns, over numbers on the right."""
        formats = [self.formats["head of numbers" if column.kind in _NUMBERS else "head"] for column in columns]
        return [{"header": column.heading, "header_format": style} for column, style in zip(columns, formats, strict=True)]


class _Page(Worksheet):  # type: ignore[misc]
    """A worksheet without two cares of xlsxwriter's that take a fifth of its time and of its memory, and that a Sheet does not need."""

    def _prepare_formula(self, formula: str, *_: object) -> str:
        """The formula as it is: every one is a HYPERLINK, and need not be searched for each function that is newer than Excel 2007."""
        return formula.removeprefix("=")

    def add_table(self, *place: int, **options: Any) -> None:
        """The table, whose cells are not kept one by one to find tables that overlap: a Sheet puts each below the one before."""
        super().add_table(*place, **options)
        getattr(self, "table_cells", {}).clear()


class Sheet:
    """A worksheet filled from the top; `row` is the next free one, counted from 0."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name, self.row = book, name, 0
        self.widths: dict[int, int] = {}
        self.texts: dict[int, list[tuple[int, str]]] = {}
        self.page = book.workbook.add_worksheet(name, worksheet_class=_Page)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&L&A&CDocumentary evidence only; not a rating&RPage &P of &N")

    def line(self, text: str, style: str = "prose") -> None:
        """One line of prose."""
        if style in _HEIGHTS:
            self.page.set_row(self.row, _HEIGHTS[style])
        self.page.write_string(self.row, 0, limited(text), self.book.formats[style])
        self.row += 1

    def prose(self, text: str, style: str = "prose") -> None:
        """A paragraph, broken into rows: a wrapped cell would need merging to be wide."""
        for part in textwrap.wrap(text, _FINDING_LINE if style == "finding" else _PROSE_LINE):
            self.line(part, style)

    def grid(self, grid: Grid) -> tuple[int, int]:
        """A grid under its caption, as a named table; the first and the last row of its cells."""
        self.line(grid.caption, "h2")
        top, last = self.row, self.row + len(grid.rows)
        if not grid.rows:
            self.prose(grid.empty)
            self.row += 1
            return top, top
        for number, row in enumerate(grid.rows, top + 1):
            for place, (value, column) in enumerate(zip(row, grid.columns, strict=True)):
                self.cell(number, place, value, column.kind)
        self._table(grid, top, last)
        self.row = last + 1
        if grid.note:
            self.prose(grid.note, "note")
        self.row += 1
        return top + 1, last

    def cell(self, row: int, place: int, value: object, kind: str) -> None:
        """One cell, by the kind of its column; what is absent stays empty."""
        address = ""
        if isinstance(value, Link):
            address, value = value.address, value.value
        if isinstance(value, (Rate, Estimate, Absent)):
            value, kind = _plain(value, kind)
        if words.absent(value) or value == "":
            return
        style, shown = self.book.formats[kind], _shown(value)
        if address and not address.startswith("#"):
            style = self.book.formats["link"]
            self.page.write_url(row, place, _external(address), style, string=shown)
        self._write(row, place, value, shown, kind, style)
        self._widen(place, len(shown))
        if isinstance(value, str) and len(shown) > _WIDEST:  # a shorter one fits, for its column becomes as wide
            self.texts.setdefault(row, []).append((place, shown))

    def finish(self) -> None:
        """Sets the widths that the cells asked for, and the heights of rows whose text then takes more than a line."""
        widths = {place: min(_WIDEST, max(_NARROWEST, width + 2)) for place, width in self.widths.items()}
        for place, width in widths.items():
            self.page.set_column(place, place, width)
        for row, texts in self.texts.items():
            self.heighten(row, max(len(textwrap.wrap(text, widths[place])) for place, text in texts))

    def heighten(self, row: int, lines: int) -> None:
        """Makes room for this many lines of text: Excel would do so by itself, LibreOffice does not."""
        if lines > 1:
            self.page.set_row(row, min(_LINE_POINTS * lines + 4, _TALLEST))

    def _write(self, row: int, place: int, value: object, shown: str, kind: str, style: Any) -> None:
        if not isinstance(value, str):
            self.page.write_number(row, place, value, style)
        elif kind == "day" and (when := _as_date(value)):
            self.page.write_datetime(row, place, when, style)
        else:
            self.page.write_string(row, place, shown, self.book.formats["text"] if kind == "day" else style)

    def _table(self, grid: Grid, top: int, last: int) -> None:
        for place, column in enumerate(grid.columns):
            self._widen(place, max(len(word) for word in column.heading.split(" ")) + 3)
            self.texts.setdefault(top, []).append((place, column.heading))
        name = "T_" + re.sub(r"\W", "_", grid.name)
        options = {"name": name, "columns": self.book.heads(grid.columns), "autofilter": len(grid.rows) >= _FILTERS_FROM, **TABLE_STYLE}
        self.page.add_table(top, 0, last, len(grid.columns) - 1, options=options)
        if grid.heat:
            self.page.conditional_format(top + 1, 1, last, len(grid.columns) - 1, _HEAT)

    def _widen(self, place: int, letters: int) -> None:
        self.widths[place] = max(self.widths.get(place, 0), letters)


def limited(text: str) -> str:
    """Text that a cell can hold."""
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(_CUT)] + _CUT


def _plain(value: Rate | Estimate | Absent, kind: str) -> tuple[object, str]:
    """What of such a value a sheet shows, and as which kind."""
    if isinstance(value, Rate):
        return value.value, "rate"
    return (value.text if isinstance(value, Absent) else value.share), kind


def link_formula(address: str, shown: str) -> str:
    """A HYPERLINK formula (a sheet holds 65,530 links of the other kind), or "" where the address is too long for one."""
    if not address or len(address) > FORMULA_CHARACTERS:
        return ""
    doubled = address.replace('"', '""')
    return f'=HYPERLINK("{doubled}","{shown}")'


def _external(address: str) -> str:
    return address if address.startswith("file://") else f"external:{address}"


def _shown(value: object) -> str:
    return limited(words.clean(value)) if isinstance(value, str) else words.number(value)  # type: ignore[arg-type]


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
