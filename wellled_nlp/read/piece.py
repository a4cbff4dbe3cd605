"""A piece of a printed line, and what can be told of pieces without pdfium: whether the page lies on its side, what is struck out."""

from collections.abc import Sequence
from typing import NamedTuple

UPRIGHT = 0.8  # share of a page's characters that must run sideways for the page to be turned


class Piece(NamedTuple):
    """A printed line, or the part of one between two wide gaps. Lengths in points from the top left of the displayed page.

    joined: the piece goes on the printed line of the piece before it. hyphen: a hyphen ended the line and was taken off.
    angle: degrees that the text is turned clockwise as displayed. cell: index of the table cell it stands in, or -1.
    hidden: the text is clipped away, so that nobody sees it on the page.
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
    hidden: bool = False


def turn_of(pieces: Sequence[Piece]) -> int:
    """Degrees by which to turn the page further so that its text stands upright: 0 unless nearly all of it runs one way."""
    turns: dict[int, int] = {}
    for piece in pieces:
        turns[piece.angle] = turns.get(piece.angle, 0) + len(piece.text)
    angle, most = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    return (360 - angle) % 360 if angle in (90, 180, 270) and most >= UPRIGHT * sum(turns.values()) else 0


def is_struck(piece: Piece, across: list[tuple[float, float, float]]) -> bool:
    """Whether rules as long as words run through the middle of the line, over most of it."""
    if not across:
        return False
    upper, lower = piece.base - 0.5 * piece.size, piece.base - 0.12 * piece.size
    left, right = piece.x0 - piece.size, piece.x1 + piece.size
    inked = sum(min(piece.x1, b) - max(piece.x0, a) for y, a, b in across if upper < y < lower and left < a < b < right)
    return inked > 0.8 * (piece.x1 - piece.x0)
