"""Highlights as PDF objects: quadrilaterals and a style in, an annotation with its own appearance out, so that every viewer shows the same.

The fill multiplies with the page, so that the letters stay as dark as they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from wellled_nlp.report.annotate.place import Point, Quad

_PRINTED = 4  # flag of an annotation: it is printed
_LINE = 0.9  # points
_MARGIN = 3.0  # points by which the lines of an appearance may stand outside its quadrilaterals
_ICON = 22.0  # points
_AUTHOR = "wellled"


class Pen:
    """Makes the annotations of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, styles: Mapping[str, Mapping[str, Any]]) -> None:
        self._pdf = pdf
        self._styles = styles
        state = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
        self._resources = pdf.make_indirect(Dictionary(ExtGState=Dictionary(Multiply=pdf.make_indirect(state))))

    def highlight(self, page: Any, quads: Sequence[Quad], mark: Mapping[str, Any]) -> Any:
        """A highlight with the mark's note; its lines tell its kind without colour."""
        style = self._styles[mark["kind"]]
        drawn = "".join(_filled(quad, style["fill"]) for quad in quads)
        drawn += "".join(_stroked(quad, style) for quad in quads)
        points = [side for quad in quads for corner in quad for side in corner]
        return self._annotation(
            page, _around([corner for quad in quads for corner in quad]), drawn, mark["note"], mark["id"],
            Subtype=Name.Highlight, QuadPoints=Array([_short(side) for side in points]), C=Array(list(style["fill"])),
        )  # fmt: skip

    def sticky(self, page: Any, corners: Quad, note: str) -> Any:
        """A small icon with the stripes of all styles, and the legend as its note."""
        top_left, _, bottom_left, _ = corners
        parts = len(self._styles) + 1
        drawn = _filled(corners, (1, 1, 1)) + _framed(corners)
        for number, style in enumerate(self._styles.values(), 1):
            at = [_between(one, other, number / parts) for one, other in ((top_left, bottom_left), (corners[1], corners[3]))]
            left, right = _between(at[0], at[1], 0.15), _between(at[0], at[1], 0.85)
            drawn += _stroked((left, right, left, right), style)
        return self._annotation(page, _around(corners), drawn, note, "wellled-legend", Subtype=Name.Text, Name=Name.Comment)

    def _annotation(self, page: Any, box: Sequence[float], drawn: str, note: str, name: str, **more: Any) -> Any:
        form = self._pdf.make_stream(
            f"q\n{drawn}Q\n".encode("ascii"),
            Type=Name.XObject, Subtype=Name.Form, FormType=1, BBox=Array([_short(side) for side in box]), Resources=self._resources,
        )  # fmt: skip
        held = Dictionary(
            Type=Name.Annot, P=page.obj, Rect=Array([_short(side) for side in box]), F=_PRINTED, NM=String(name), T=String(_AUTHOR),
            Contents=String(note), AP=Dictionary(N=form), **more,
        )  # fmt: skip
        return self._pdf.make_indirect(held)


def icon_box() -> tuple[float, float, float, float]:
    """Where the legend's icon stands on the displayed page."""
    return 6.0, 6.0, 6.0 + _ICON, 6.0 + _ICON


def add(page: Any, annotations: Sequence[Any]) -> None:
    """Adds them after those that the page has, in a list of the page's own: pages may share one."""
    there = page.obj.get("/Annots")
    page.obj.Annots = Array([*(there if isinstance(there, Array) else []), *annotations])


def _filled(quad: Quad, colour: Sequence[float]) -> str:
    a, b, c, d = quad
    return f"/Multiply gs {_numbers(*colour)} rg {_at(a)} m {_at(b)} l {_at(d)} l {_at(c)} l h f\n"


def _framed(quad: Quad) -> str:
    a, b, c, d = quad
    return f"0.4 G {_LINE} w [] 0 d {_at(a)} m {_at(b)} l {_at(d)} l {_at(c)} l h S\n"


def _stroked(quad: Quad, style: Mapping[str, Any]) -> str:
    """The lines beneath the text: from its bottom left to its bottom right, whichever way it runs."""
    top, _, left, right = quad
    far = ((left[0] - top[0]) ** 2 + (left[1] - top[1]) ** 2) ** 0.5
    down = ((left[0] - top[0]) / far, (left[1] - top[1]) / far) if far else (0.0, -1.0)
    drawn = f"{_numbers(*style['line'])} RG {_LINE} w\n"
    for below, dashes in style["strokes"]:
        start, end = ((x + down[0] * below, y + down[1] * below) for x, y in (left, right))
        drawn += f"[{_numbers(*dashes)}] 0 d {_at(start)} m {_at(end)} l S\n"
    return drawn


def _around(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN


def _between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def _at(point: Point) -> str:
    return _numbers(*point)


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _short(value: float) -> float:
    return round(value, 3)
