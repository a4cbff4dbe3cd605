"""A page as the reading process or OCR gave it, before layout: lines in stream order, table cells, and what else was seen.

In: a page record. Out: a `Sheet`. Here, too, text is cleaned: one kind of space, one kind of bullet, no control characters.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from wellled_nlp.document import Box
from wellled_nlp.read.ink import Ink
from wellled_nlp.read.page_frame import BoxTuple, turn_back
from wellled_nlp.read.tables import Cell


@dataclass
class Sheet:
    """One page before layout.

    turn: degrees that it was turned further for reading; width and height are as displayed. rules: long level ones, as (y, x0, x1).
    figures: boxes of charts and drawings; drawn: each of these and of groups of bars, with its
    kind (drawing, picture, bars). needs_ocr: a scan, or a page whose fonts say nothing (then its text is not sound).
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    turn: int = 0
    inks: list[Ink] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    figures: list[BoxTuple] = field(default_factory=list)
    drawn: list[tuple[str, BoxTuple]] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    how: str = "text"
    reason: str = ""
    confidence: float = 100.0
    needs_ocr: bool = False
    text_is_sound: bool = True
    damaged: bool = False

    @property
    def lacking(self) -> str:
        """Why its text layer cannot be used, in words."""
        return "it is a scan without a text layer" if self.text_is_sound else "its fonts do not say which letters they draw"

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
        x0, y0, x1, y1 = turn_back(box, self.turn, self.width, self.height) if self.turn else box
        if x0 < 0 or y0 < 0 or x1 > self.width or y1 > self.height:
            x0, x1 = (min(max(x, 0.0), self.width) for x in (x0, x1))
            y0, y1 = (min(max(y, 0.0), self.height) for y in (y0, y1))
        return Box(x0, y0, x1, y1)


SCAN_CHARACTERS, SCAN_SHARE = 50, 0.5  # a page with fewer characters, half of it image, is a scan
STAMPED_CHARACTERS, STAMPED_SHARE = 250, 0.8  # so is one that a scanner or a stamp put a few words on
DRAWN_PATHS = 300  # paths on a page without text from which its letters may be drawn as outlines
_PAGE = Ink._fields.index("page")
MAP_ERRORS = 0.3  # share of characters without a Unicode value from which the text layer is noise


def sheet_of(record: dict[str, Any]) -> Sheet:
    """The sheet of a page record; a record with a reason gives a failed one."""
    number = int(record["page"])
    if record.get("reason"):
        return Sheet(number, how="failed", reason=str(record["reason"]), damaged=bool(record.get("damaged")))
    sheet = Sheet(number, float(record["width"]), float(record["height"]), int(record["turn"]))
    hidden, before = 0, None
    for values in record["pieces"]:
        text = clean(values[0])
        ink = Ink._make((text, *values[1:_PAGE], number, *values[_PAGE + 1 :]))
        if ink.hidden and not _follows(ink, before):
            hidden += 1
        elif text:
            sheet.inks.append(ink)
        before = ink
    sheet.cells = [Cell(t, r, c, s, tuple(box)) for t, r, c, s, box in record["cells"]]
    sheet.rules = [(y, a, b) for y, a, b in record["rules"]]
    sheet.figures = [(a, b, c, d) for a, b, c, d in record["figures"]]
    pictured = record.get("pictured", [False] * len(sheet.figures))
    sheet.drawn = [("picture" if picture else "drawing", box) for box, picture in zip(sheet.figures, pictured, strict=True)]
    sheet.drawn += [("bars", (a, b, c, d)) for a, b, c, d in record.get("bars", [])]
    counts = {"image": record["images"], "path": record["paths"], "outside": record["outside"], "cut": record["cut"]}
    sheet.marks = {name: int(count) for name, count in counts.items() if count}
    if hidden:
        sheet.marks["hidden"] = hidden
    count, share = int(record["characters"]), float(record["image_share"])
    sheet.text_is_sound = record["map_errors"] <= MAP_ERRORS
    scan = (count < SCAN_CHARACTERS and share > SCAN_SHARE) or (count < STAMPED_CHARACTERS and share > STAMPED_SHARE)
    outlines = not sheet.inks and record["paths"] > DRAWN_PATHS
    sheet.needs_ocr = scan or outlines or not sheet.text_is_sound
    return sheet


def _follows(ink: Ink, before: Ink | None) -> bool:
    """Whether a clipped line is simply the next line of its cell, cut off by the page's end, and not a row that was hidden."""
    if before is None or before.cell != ink.cell or abs(before.size - ink.size) > 0.5:
        return False
    return 0.8 * ink.size < ink.base - before.base < 1.7 * ink.size


_BULLETS = dict.fromkeys(
    map(ord, "\uf0b7\uf0a7\uf0d8\uf0a8\uf02d\uf076\uf0fc\uf06f\uf0b0\u25cf\u25aa\u25a0\u2219\u25e6\u2023\u2043\u25cb"), "•"
)
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_CONTROLS = (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))
_NOTHING = dict.fromkeys((*_CONTROLS, 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF), None)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TABLE: dict[int, str | None] = {**_BULLETS, **_SPACES, **_NOTHING, **_LIGATURES}
LONG = 400  # characters; no printed line with leading dots is longer
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}(?=\d{1,4}$)")  # the dots that lead to a page number
_RUNS = re.compile(r" {2,}")


def clean(text: str) -> str:
    """The text with plain spaces and bullets, ligatures opened and control characters gone; white space at the ends removed."""
    if not text.isascii() or not text.isprintable():
        text = text.translate(_TABLE)
        text = "".join(c for c in text if not 0xD800 <= ord(c) < 0xE000)
    if "  " in text:
        text = _RUNS.sub(" ", text)
    if text[-1:].isdigit() and len(text) < LONG and ("..." in text or ". ." in text):
        text = _LEADERS.sub(" ", text)
    return text.strip()
