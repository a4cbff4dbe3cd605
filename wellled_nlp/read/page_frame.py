"""A page's frame: from PDF user space (origin bottom left, any crop box and rotation) to the page as it is displayed.

In: the crop box and the rotation. Out: points and boxes from the top left. A page whose text runs sideways (a landscape table set on
a portrait page) is turned once more, so that layout sees upright text; `back` leads such a box to the page as displayed.
"""

from dataclasses import dataclass

BoxTuple = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """left, bottom, right, top: the crop box in user space. turned: degrees clockwise that the page is turned for reading."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int = 0

    @property
    def width(self) -> float:
        """Width of the page after turning, in points."""
        return round(self.top - self.bottom if self.turned in (90, 270) else self.right - self.left, 2)

    @property
    def height(self) -> float:
        """Height of the page after turning, in points."""
        return round(self.right - self.left if self.turned in (90, 270) else self.top - self.bottom, 2)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the turned page."""
        if self.turned == 0:
            return x - self.left, self.top - y
        if self.turned == 90:
            return y - self.bottom, x - self.left
        if self.turned == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BoxTuple:
        """A rectangle of user space on the turned page: left, top, right, bottom."""
        if self.turned == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def turn_back(box: BoxTuple, turn: int, width: float, height: float) -> BoxTuple:
    """Where a box of a page that was turned `turn` degrees further for reading stands on the page as displayed.

    width, height: of the page as displayed.
    """
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, height - x1, y1, height - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 270:
        return width - y1, x0, width - y0, x1
    return box
