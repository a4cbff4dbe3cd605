"""A printed line or a part of one, and what can be told of it whoever read it: its slant, its weight, whether it is struck out.

Made in the reading process by pdfium, by pdfplumber or from OCR; layout puts such pieces together.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from wellled_nlp.read.page_frame import BoxTuple

LEVEL = 0.02  # slope below which a line is level
HEAVY = ("bold", "black", "heavy", "semibold", "demi")
GAP_POINTS, GAP_SIZES = 8.0, 0.9  # a gap wider than both may be a column, a tab stop or a cell break; layout puts spaces together again
UPRIGHT = 0.8  # share of a page's characters that must run sideways for the page to be turned


class Ink(NamedTuple):
    """A printed line, or the part of one between two wide gaps. Lengths in points from the top left of the page as turned for reading.

    joined: the piece goes on the printed line of the piece before it. hyphen: a hyphen ended the line and was taken off.
    angle: degrees that the text is turned clockwise as displayed. cell: index of the table cell it stands in, or -1.
    struck: it is struck out. hidden: the text is clipped away, so that nobody sees it on the page.
    """

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
    cell: int = -1
    page: int = 0
    struck: bool = False
    hidden: bool = False

    @property
    def box(self) -> BoxTuple:
        """Left, top, right, bottom."""
        return self.x0, self.y0, self.x1, self.y1


def angle_of(a: float, b: float) -> int:
    """Degrees clockwise that text runs, from the first two numbers of its matrix."""
    return 0 if abs(b) < LEVEL * abs(a) and a > 0 else round(-math.degrees(math.atan2(b, a))) % 360


def widest_gap(size: float) -> float:
    """Points that may be empty within a piece of text of this size."""
    return max(GAP_POINTS, GAP_SIZES * size)


def is_heavy(font: str) -> bool:
    """Whether a font is bold by its name, given in small letters."""
    return any(word in font for word in HEAVY)


def is_slanted(font: str) -> bool:
    """Whether a font is italic by its name, given in small letters."""
    return "italic" in font or "oblique" in font


def turn_of(pieces: Sequence[Ink]) -> int:
    """Degrees by which to turn the page further so that its text stands upright: 0 unless nearly all of it runs one way."""
    turns: dict[int, int] = {}
    for piece in pieces:
        turns[piece.angle] = turns.get(piece.angle, 0) + len(piece.text)
    angle, most = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    return (360 - angle) % 360 if angle in (90, 180, 270) and most >= UPRIGHT * sum(turns.values()) else 0


def is_struck(piece: Ink, across: list[tuple[float, float, float]]) -> bool:
    """Whether rules as long as words run through the middle of the line, over most of it."""
    if not across:
        return False
    upper, lower = piece.base - 0.5 * piece.size, piece.base - 0.12 * piece.size
    left, right = piece.x0 - piece.size, piece.x1 + piece.size
    inked = sum(min(piece.x1, b) - max(piece.x0, a) for y, a, b in across if upper < y < lower and left < a < b < right)
    return inked > 0.8 * (piece.x1 - piece.x0)
