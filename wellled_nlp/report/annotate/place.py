"""Where a sentence stands on a page: its box as displayed and its words in, quadrilaterals in the PDF's own space out.

A sentence's box covers whole lines, and so parts of the sentences before and after it. pdfium knows where every character stands: those
within the box whose letters are the sentence's are marked, line by line; where they are not found, as on a scanned page, the whole box.
"""

import ctypes
import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

Point = tuple[float, float]
Box = tuple[float, float, float, float]
# Top left, top right, bottom left, bottom right of one line as it is read: the order in which viewers expect QuadPoints.
Quad = tuple[Point, Point, Point, Point]

_MOST_CHARACTERS = 200_000  # a dense page has 8,000; a page with more is marked by boxes alone
_REACH = 1.5  # points by which a character's middle may lie outside the box
_PAD = 1.2  # points that a highlight stands out above and below the letters
_PART = 16  # letters of a sentence's start or end that are enough to know it by, where its middle was cut
_APART = 1.6  # gaps in a line wider than so many heights separate two cells
_BESIDE = 0.4  # part of the lower one of two neighbours that the other must share for both to stand in one line
_OPENERS = "([{“‘\"'£$€"
_SPAN = 1000


@dataclass(frozen=True, slots=True)
class Ink:
    """One character: its letters in plain form (none for punctuation), the box as displayed, and whether it opens what follows."""

    plain: str
    box: Box
    opens: bool

    @property
    def middle(self) -> Point:
        """The middle of its box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


class Sheet:
    """A page through pdfium: from the page as displayed (points from the top left; crop box and rotation applied) to user space."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._origin, right, foot = (self._user_point(*corner) for corner in ((0, 0), (_SPAN, 0), (0, _SPAN)))
        self._across, self.width = _direction(self._origin, right)
        self._down, self.height = _direction(self._origin, foot)
        self._inks: list[Ink] | None = None
        self._by_height: list[tuple[float, int]] = []

    def point(self, x: float, y: float) -> Point:
        """A displayed point in user space."""
        (ox, oy), (ax, ay), (dx, dy) = self._origin, self._across, self._down
        return ox + ax * x + dx * y, oy + ay * x + dy * y

    def quads(self, box: Sequence[float], text: str) -> tuple[list[Quad], bool]:
        """The sentence line by line, and whether its own characters were found (otherwise the quad is that of the box).

        Nothing where the box lies outside the page.
        """
        x0, y0, x1, y1 = max(box[0], 0.0), max(box[1], 0.0), min(box[2], self.width), min(box[3], self.height)
        if not (x0 < x1 and y0 < y1):
            return [], False
        found = _own(self._within((x0, y0, x1, y1)), text)
        turn = _turn(found)
        boxes = _lines(found, turn) or [(x0, y0, x1, y1)]
        return [self._quad(one, turn) for one in boxes], bool(found)

    def forget(self) -> None:
        """Drops the characters; only `point` may be asked from now on."""
        self._inks, self._by_height = [], []

    def _quad(self, box: Box, turn: int) -> Quad:
        x0, y0, x1, y1 = box
        round_it = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        corners = [self.point(*round_it[(corner + turn) % 4]) for corner in (0, 1, 3, 2)]
        return corners[0], corners[1], corners[2], corners[3]

    def _within(self, box: Box) -> list[Ink]:
        """The characters whose middle lies in the box, in the order of the file."""
        if self._inks is None:
            self._inks = self._read()
            self._by_height = sorted((ink.middle[1], number) for number, ink in enumerate(self._inks))
        x0, y0, x1, y1 = box[0] - _REACH, box[1] - _REACH, box[2] + _REACH, box[3] + _REACH
        first, last = bisect_left(self._by_height, (y0, -1)), bisect_right(self._by_height, (y1, len(self._inks)))
        numbers = sorted(number for _, number in self._by_height[first:last])
        return [self._inks[number] for number in numbers if x0 <= self._inks[number].middle[0] <= x1]

    def _read(self) -> list[Ink]:
        text = pdfium.FPDFText_LoadPage(self._page)
        if not text:
            return []
        try:
            count = pdfium.FPDFText_CountChars(text)
            return [ink for at in range(count) if (ink := self._ink(text, at))] if count <= _MOST_CHARACTERS else []
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _ink(self, text: Any, at: int) -> Ink | None:
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        sides = [ctypes.c_double() for _ in range(4)]
        if letter.isspace() or not pdfium.FPDFText_GetCharBox(text, at, *(ctypes.byref(side) for side in sides)):
            return None
        left, right, bottom, top = (side.value for side in sides)
        (ax, ay), (bx, by) = self._displayed(left, bottom), self._displayed(right, top)
        box = min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
        if box[0] == box[2] and box[1] == box[3]:
            return None
        return Ink(_plain(letter), box, letter in _OPENERS)

    def _displayed(self, x: float, y: float) -> Point:
        """The inverse of `point`: the two directions are at right angles and of length one."""
        x, y = x - self._origin[0], y - self._origin[1]
        return x * self._across[0] + y * self._across[1], x * self._down[0] + y * self._down[1]

    def _user_point(self, x: int, y: int) -> Point:
        found = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(self._page, 0, 0, _SPAN, _SPAN, 0, x, y, ctypes.byref(found[0]), ctypes.byref(found[1]))
        return found[0].value, found[1].value


def _direction(start: Point, end: Point) -> tuple[Point, float]:
    """The direction from start to end with length one, and how far it is. Raises ValueError for a page without an extent."""
    far = math.dist(start, end)
    if not (math.isfinite(far) and far > 1):
        raise ValueError("the page has no size")
    return ((end[0] - start[0]) / far, (end[1] - start[1]) / far), far


def _plain(text: str) -> str:
    """Letters and figures alone, ligatures and capitals undone: hyphens, bullets and spaces differ between a page and its reading."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _own(inks: Sequence[Ink], text: str) -> list[Ink]:
    """Those that spell the sentence; where some of it is missing or stands elsewhere, from its start or to its end."""
    wanted = _plain(text)
    spelled = "".join(ink.plain for ink in inks)
    owner = [number for number, ink in enumerate(inks) for _ in ink.plain]
    if not wanted or not spelled:
        return []
    start, end = spelled.find(wanted), -1
    if start >= 0:
        end = start + len(wanted)
    elif len(wanted) > _PART:
        start, tail = spelled.find(wanted[:_PART]), spelled.rfind(wanted[-_PART:])
        end = tail + _PART if tail >= 0 else len(spelled)
        start = max(start, 0) if start >= 0 or tail >= 0 else -1
    if start < 0 or end <= start:
        return []
    first, last = owner[start], owner[end - 1]
    while first > 0 and inks[first - 1].opens:
        first -= 1
    while last + 1 < len(inks) and not inks[last + 1].plain and not inks[last + 1].opens:
        last += 1
    return list(inks[first : last + 1])


def _turn(inks: Sequence[Ink]) -> int:
    """Which way the sentence runs on the displayed page: 0 to the right, 1 down, 2 to the left, 3 up."""
    votes = [0, 0, 0, 0]
    for one, other in pairwise(inks):
        x, y = other.middle[0] - one.middle[0], other.middle[1] - one.middle[1]
        votes[(0 if x >= 0 else 2) if abs(x) >= abs(y) else (1 if y > 0 else 3)] += 1
    return votes.index(max(votes))


def _lines(inks: Sequence[Ink], turn: int) -> list[Box]:
    """A box for each stretch of characters in one line; lines run across the page, or along it where the text stands sideways."""
    along, over = (1, 0) if turn % 2 else (0, 1)
    lines: list[list[float]] = []
    for ink in inks:
        box = list(ink.box)
        height = max(box[over + 2] - box[over], 2.0)
        if lines and _level(lines[-1], box, over):
            gap = max(box[along] - lines[-1][along + 2], lines[-1][along] - box[along + 2])
            if gap <= _APART * max(height, lines[-1][over + 2] - lines[-1][over]):
                lines[-1] = [min(lines[-1][0], box[0]), min(lines[-1][1], box[1]), max(lines[-1][2], box[2]), max(lines[-1][3], box[3])]
                continue
        lines.append(box)
    for line in lines:
        line[over] -= _PAD
        line[over + 2] += _PAD
    return [(line[0], line[1], line[2], line[3]) for line in lines]


def _level(line: Sequence[float], box: Sequence[float], over: int) -> bool:
    """Whether a character stands in a line: its middle does (a comma), or enough of it or the line is beside the other (after a quote)."""
    shared = min(line[over + 2], box[over + 2]) - max(line[over], box[over])
    smaller = min(line[over + 2] - line[over], box[over + 2] - box[over])
    return line[over] - 1 <= (box[over] + box[over + 2]) / 2 <= line[over + 2] + 1 or shared > _BESIDE * smaller
