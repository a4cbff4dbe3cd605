"""What a chart is to the writers: something that can be drawn as SVG (page, paper) or PNG (Word) at more than one width.

The font names a family that vl-convert bundles: with Arial alone it leaves out all text of a PNG, silently, where Arial is missing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import vl_convert

from wellled_nlp.report import vegalite
from wellled_nlp.report.vegalite import Spec

FONT = "Arial, Liberation Sans, sans-serif"
# The Analysis Function's palette; contrast with white 10.3, 3.0, 9.8, 3.8 and 14, so that marks pass 3 and text 4.5 to 1.
BLUE, ORANGE, PLUM, GREY, INK, PALE = "#12436D", "#F46A25", "#801650", "#768692", "#212B32", "#DFE3E6"
# Width of the whole picture in pixels, on a desk or in print and on a telephone.
WIDE, NARROW = 860, 340
_PNG_SCALE = 2.0
_LETTERS = 13
_LOOKS = {
    "font": FONT,
    "aria": False,
    "background": "white",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": _LETTERS,
        "titleFontSize": _LETTERS,
        "labelLimit": 0,
        "titleLimit": 0,
        "titleFontWeight": "normal",
        "gridColor": "#E3E6E8",
    },
    "text": {"font": FONT, "fontSize": _LETTERS, "color": INK},
}


@dataclass(frozen=True)
class Drawing:
    """A chart as a function of its width; the same figures give the same bytes."""

    build: Callable[[int], Spec]

    def svg(self, width: int = WIDE) -> str:
        """The picture as one <svg> element."""
        drawn = str(vl_convert.vegalite_to_svg(self.described(width), vl_version=vegalite.VERSION))
        return drawn[drawn.index("<svg") :]

    def png(self, width: int = WIDE) -> bytes:
        """The picture for print, at twice the width in dots."""
        return bytes(vl_convert.vegalite_to_png(self.described(width), vl_version=vegalite.VERSION, scale=_PNG_SCALE))

    def described(self, width: int = WIDE) -> Spec:
        """The picture in the words of Vega-Lite."""
        return self.build(width) | {"config": _LOOKS}


def with_own_ids(svg: str, name: str) -> str:
    """The drawing with its ids made its own, so that many can stand in one page, and without Vega's roles: the page names the whole."""
    quiet = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{name}-", quiet).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
