"""How a part of the report stands on a worksheet: prose line by line, grids as named tables, cells with formats, charts with alt text.

Nothing is merged and nothing hidden; text from papers is always written as text, never as a formula, an address or a number.
"""

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from wellled_nlp.report import words
from wellled_nlp.report.contents import Absent, Column, Estimate, Grid, Link

BLUE, ORANGE, PLUM, PALE = "#12436D", "#F46A25", "#801650", "#DFE3E6"
# Excel's own limits: characters in a cell, in a text within a formula, and rows on a sheet.
CELL_CHARACTERS, FORMULA_CHARACTERS, SHEET_ROWS = 32_767, 255, 1_048_576
_CUT = " … cut"
_LINE_LETTERS = 115
_WIDEST, _NARROWEST = 40, 9
_HEIGHTS = {"h1": 28, "h2": 20, "finding": 17}
_NUMBERS = ("whole", "share", "estimate", "rate", "exact", "amount")
_SHADES = ("#F2F2F2", "#1F6CB0")


class Book:
    """A workbook being written, with the formats that all of its sheets share."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        kinds: dict[str, dict[str, object]] = {
            "text": {"text_wrap": True, "align": "left", "indent": 1}, "title": {"text_wrap": True, "align": "left", "indent": 1}, "whole": {"num_format": "#,##0"}, "share": {"num_format": "0%"},
            "estimate": {"num_format": "0%"}, "rate": {"num_format": "0.0"}, "day": {"num_format": "d mmm yyyy", "align": "left", "indent": 1},
            "exact": {"num_format": "0.0000"}, "amount": {"num_format": "#,##0.0"}, "rate2": {"num_format": "0.00"}, "plain": {"num_format": "0"}, "link": {"font_color": "#0B5394", "underline": 1, "align": "left", "indent": 1},
        }  # fmt: skip
        self.formats = {name: workbook.add_format(font | extra) for name, extra in kinds.items()}
        self.formats |= {
            "head": workbook.add_format(
                {
                    **font,
                    "bold": True,
                    "text_wrap": True,
                    "bg_color": BLUE,
                    "font_color": "white",
                    "valign": "bottom",
                    "align": "left",
                    "indent": 1,
                }
            ),
            "head-n": workbook.add_format(
                {**font, "bold": True, "text_wrap": True, "bg_color": BLUE, "font_color": "white", "valign": "bottom", "align": "right"}
            ),
            "h1": workbook.add_format({**font, "bold": True, "font_size": 18, "font_color": BLUE}),
            "h2": workbook.add_format({**font, "bold": True, "font_size": 12, "font_color": BLUE}),
            "prose": workbook.add_format(font),
            "finding": workbook.add_format({**font, "bold": True, "font_size": 12}),
            "note": workbook.add_format({**font, "font_color": "#4C5A64"}),
        }

    def sheet(self, name: str, heading: str, lead: Sequence[str] = ()) -> "Sheet":
        """A new worksheet with its heading and prose."""
        return Sheet(self, name, heading, lead)


class Sheet:
    """A worksheet filled from the top; `row` is the next free one, counted from 0."""

    def __init__(self, book: Book, name: str, heading: str, lead: Sequence[str]) -> None:
        self.book, self.name, self.row = book, name, 0
        self.page = book.workbook.add_worksheet(name)
        self.widths: dict[int, int] = {}
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer(f"&L&A&C{'Documentary evidence only; not a rating'}&RPage &P of &N")
        self.line(heading, "h1")
        for number, text in enumerate(one for one in lead if one):
            self.prose(text, "finding" if number == 0 else "prose")
        self.row += 1

    def line(self, text: str, style: str = "prose") -> None:
        """One line of prose."""
        if style in _HEIGHTS:
            self.page.set_row(self.row, _HEIGHTS[style])
        self.page.write_string(self.row, 0, text, self.book.formats[style])
        self.row += 1

    def prose(self, text: str, style: str = "prose") -> None:
        """A paragraph, broken into rows: a wrapped cell would need merging to be wide."""
        for part in textwrap.wrap(text, _LINE_LETTERS if style == "prose" else int(_LINE_LETTERS * 0.8)):
            self.line(part, style)

    def grid(self, grid: Grid) -> tuple[int, int]:
        """A grid under its caption, as a named table; the rows (first, last) of its cells."""
        self.line(grid.caption, "h2")
        if not grid.rows:
            self.prose(grid.empty)
            self.row += 1
            return self.row, self.row
        top = self.row
        for number, row in enumerate(grid.rows, top + 1):
            for column, (value, kind) in enumerate(zip(row, grid.columns, strict=True)):
                self.cell(number, column, value, kind)
        last = top + len(grid.rows)
        self._table(grid.name, grid.columns, top, last)
        if grid.heat:
            self.page.conditional_format(
                top + 1, 1, last, len(grid.columns) - 1, {"type": "2_color_scale", "min_color": _SHADES[0], "max_color": "#6BACE6"}
            )
        self.row = last + 1
        if grid.note:
            self.prose(grid.note, "note")
        self.row += 1
        return top + 1, last

    def cell(self, row: int, column: int, value: object, kind: Column) -> None:
        """One cell, by the kind of its column; what is absent stays empty, or says so where a reader could take it for a nought."""
        address = ""
        if isinstance(value, Link):
            value, address = value.value, value.address
        if isinstance(value, Estimate):
            value = value.share
        if isinstance(value, Absent):
            value = value.text
        if words.absent(value) or value == "":
            return
        style = self.book.formats[kind.kind]
        if address and not address.startswith("#"):
            style = self.book.formats["link"]
            self.page.write_url(row, column, _external(address), style, string=_shown(value))
        self._plain(row, column, value, kind.kind, style)
        self._widen(column, len(_shown(value)))

    def finish(self) -> None:
        """Sets the widths that the cells asked for."""
        for column, width in self.widths.items():
            self.page.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 2)))

    def _plain(self, row: int, column: int, value: object, kind: str, style: Any) -> None:
        if isinstance(value, str):
            self._text(row, column, value, kind, style)
        else:
            self.page.write_number(row, column, float(value), style)  # type: ignore[arg-type]

    def _text(self, row: int, column: int, value: str, kind: str, style: Any) -> None:
        when = _as_date(value) if kind == "day" else None
        if when:
            self.page.write_datetime(row, column, when, style)
        else:
            self.page.write_string(row, column, limited(words.clean(value)), self.book.formats["text"] if kind == "day" else style)

    def _table(self, name: str, columns: Sequence[Column], top: int, last: int) -> None:
        heads = [
            {"header": column.heading, "header_format": self.book.formats["head-n" if column.kind in _NUMBERS else "head"]}
            for column in columns
        ]
        for number, column in enumerate(columns):
            self._widen(number, max(len(word) for word in column.heading.split(" ")) + 3)
        wrapped = max(len(textwrap.wrap(column.heading, max(_NARROWEST, self.widths[number]))) for number, column in enumerate(columns))
        self.page.set_row(top, 14 * max(1, wrapped) + 4)
        self.page.add_table(
            top, 0, last, len(columns) - 1,
            {"name": "T_" + re.sub(r"\W", "_", name), "columns": heads, "style": "Table Style Light 1", "autofilter": last - top > 8, "banded_rows": False},
        )  # fmt: skip

    def _widen(self, column: int, letters: int) -> None:
        self.widths[column] = max(self.widths.get(column, 0), letters)


def limited(text: str) -> str:
    """Text that a cell can hold."""
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(_CUT)] + _CUT


def link_formula(address: str, shown: str) -> str:
    """A HYPERLINK formula (a sheet holds 65,530 links of the other kind), or "" where the address is too long for one."""
    if not address or len(address) > FORMULA_CHARACTERS:
        return ""
    doubled = address.replace('"', '""')
    return f'=HYPERLINK("{doubled}","{shown}")'


def _external(address: str) -> str:
    return address if address.startswith("file://") else f"external:{address}"


def _shown(value: object) -> str:
    return limited(words.clean(value)) if isinstance(value, str) else words.number(float(value))  # type: ignore[arg-type]


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
