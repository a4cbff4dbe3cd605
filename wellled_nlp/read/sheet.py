"""A page as the reading process or OCR gave it, before layout: lines in stream order, table cells, and what else was seen.

In: a page record. Out: a `Sheet`. Here, too, text is cleaned: one kind of space, one kind of bullet, no control characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wellled_nlp.document import Box
from wellled_nlp.read.page_frame import BoxTuple, turn_back


class Ink(NamedTuple):
    """A printed line or part of one, as `pdf_lines.Piece` describes it, with the page it stands on."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool
    joined: bool
    hyphen: bool
    angle: int
    cell: int
    page: int

    @property
    def box(self) -> BoxTuple:
        """Left, top, right, bottom on the page as turned for reading."""
        return self.x0, self.y0, self.x1, self.y1


class SheetCell(NamedTuple):
    """A table cell of the page: numbers of table, row and column from 0, columns spanned, box."""

    table: int
    row: int
    column: int
    span: int
    box: BoxTuple


@dataclass
class Sheet:
    """One page before layout. turn: degrees that it was turned further for reading; width and height are as displayed."""

    number: int
    width: float = 0.0
    height: float = 0.0
    turn: int = 0
    inks: list[Ink] = field(default_factory=list)
    cells: list[SheetCell] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    how: str = "text"
    reason: str = ""
    confidence: float = 100.0
    needs_ocr: bool = False
    damaged: bool = False

    @property
    def reading_width(self) -> float:
        """Width of the page as turned for reading."""
        return self.height if self.turn in (90, 270) else self.width

    @property
    def reading_height(self) -> float:
        """Height of the page as turned for reading."""
        return self.width if self.turn in (90, 270) else self.height

    def displayed(self, box: BoxTuple) -> Box:
        """The box on the page as displayed, kept within the page."""
        x0, y0, x1, y1 = turn_back(box, self.turn, self.width, self.height)
        x0, x1 = (min(max(x, 0.0), self.width) for x in (x0, x1))
        y0, y1 = (min(max(y, 0.0), self.height) for y in (y0, y1))
        return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


SCAN_CHARACTERS = 50  # a page with fewer, most of it image, is a scan
SCAN_SHARE = 0.5
MAP_ERRORS = 0.3  # share of characters without a Unicode value from which the text layer is noise


def sheet_of(record: dict[str, Any]) -> Sheet:
    """The sheet of a page record; a record with a reason gives a failed one."""
    number = int(record["page"])
    if record.get("reason"):
        return Sheet(number, how="failed", reason=str(record["reason"]), damaged=bool(record.get("damaged")))
    sheet = Sheet(number, float(record["width"]), float(record["height"]), int(record["turn"]))
    for p in record["pieces"]:
        text = clean(p[0])
        if text:
            sheet.inks.append(Ink(text, *p[1:], number))
    sheet.cells = [SheetCell(t, r, c, s, tuple(box)) for t, r, c, s, box in record["cells"]]
    counts = (("image", record["images"]), ("path", record["paths"]), ("outside", record["outside"]), ("cut", int(record["cut"])))
    sheet.marks = {name: count for name, count in counts if count}
    scan = record["characters"] < SCAN_CHARACTERS and record["image_share"] > SCAN_SHARE
    sheet.needs_ocr = scan or (record["characters"] >= SCAN_CHARACTERS and record["map_errors"] > MAP_ERRORS)
    return sheet


_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf0a8\uf02d\uf076\uf0fc\u25cf\u25aa\u25a0\u2219\u25e6\u2023\u2043\u25cb\uf06f\uf0b0"), "•")
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_NOTHING = dict.fromkeys((*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF), None)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TABLE: dict[int, str | None] = {**_BULLETS, **_SPACES, **_NOTHING, **_LIGATURES}
_RUNS = re.compile(r" {2,}")
_LEADERS = re.compile(r"(?: ?[.…_·]){5,}")


def clean(text: str) -> str:
    """The text with plain spaces and bullets, ligatures opened and control characters gone; white space at the ends removed."""
    if not text.isascii() or not text.isprintable():
        text = text.translate(_TABLE)
        text = "".join(c for c in text if not 0xD800 <= ord(c) < 0xE000)
    if "  " in text:
        text = _RUNS.sub(" ", text)
    return text.strip()


def weight(inks: Sequence[Ink]) -> int:
    """Characters in the lines."""
    return sum(len(ink.text) for ink in inks)
