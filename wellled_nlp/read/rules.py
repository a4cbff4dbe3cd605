"""What is drawn on a PDF page beside its text: straight rules, images and the number of objects.

In: a loaded page. Out: `Drawn`, with horizontal and vertical rules on the turned page, from which `tables` builds cells. Costs about a
millisecond a page, where a general reader of vector graphics costs two hundred. Runs in the reading process only.
"""

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2_raw as pdfium

from wellled_nlp.read.page_frame import BoxTuple, Frame

THIN = 3.0  # points; a path thinner than this is a rule, whether stroked or filled
SHORTEST = 4.0  # points; shorter rules are ticks and dots
SEGMENTS = 400  # corners looked at in one path; more is artwork
DEPTH = 3  # forms within forms that are looked into

Matrix = tuple[float, float, float, float, float, float]


@dataclass
class Drawn:
    """across: rules as (y, x0, x1); down: rules as (x, y0, y1); images: their boxes. All on the turned page, in points."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    images: list[BoxTuple] = field(default_factory=list)
    paths: int = 0
    objects: int = 0
    cut: bool = False

    def image_share(self, frame: Frame) -> float:
        """Share of the page that its largest image covers."""
        area = max(1.0, frame.width * frame.height)
        return max((_area(box, frame) for box in self.images), default=0.0) / area


def drawn_on(page: Any, frame: Frame, most: int) -> Drawn:
    """Rules and images of the page; `cut` is set where it has more than `most` objects, and then the rules are incomplete."""
    drawn = Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    _look(lambda i: pdfium.FPDFPage_GetObject(page, i), count, None, frame, drawn, most, 0)
    return drawn


def _area(box: BoxTuple, frame: Frame) -> float:
    wide = min(box[2], frame.width) - max(box[0], 0.0)
    high = min(box[3], frame.height) - max(box[1], 0.0)
    return max(0.0, wide) * max(0.0, high)


def _look(get: Any, count: int, outer: Matrix | None, frame: Frame, drawn: Drawn, most: int, depth: int) -> None:
    for index in range(count):
        drawn.objects += 1
        if drawn.objects > most:
            drawn.cut = True
            return
        item = get(index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn.paths += 1
            _path(item, outer, frame, drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(_bounds(item, outer, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = _times(_matrix(item), outer)
            _look(
                lambda i, form=item: pdfium.FPDFFormObj_GetObject(form, i),
                pdfium.FPDFFormObj_CountObjects(item),
                inner,
                frame,
                drawn,
                most,
                depth + 1,
            )


def _matrix(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, then: Matrix | None) -> Matrix:
    """The matrix that applies `first`, and `then` to its result."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    ga, gb, gc, gd, ge, gf = then
    return a * ga + b * gc, a * gb + b * gd, c * ga + d * gc, c * gb + d * gd, e * ga + f * gc + ge, e * gb + f * gd + gf


def _at(m: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if m is None:
        return x, y
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(item: Any, outer: Matrix | None, frame: Frame) -> BoxTuple:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top))
    ax, ay = _at(outer, left.value, bottom.value)
    bx, by = _at(outer, right.value, top.value)
    return frame.box(ax, ay, bx, by)


def _path(item: Any, outer: Matrix | None, frame: Frame, drawn: Drawn) -> None:
    x0, y0, x1, y1 = _bounds(item, outer, frame)
    wide, high = x1 - x0, y1 - y0
    if high < THIN or wide < THIN:
        _keep((x0, y0, x1, y1), drawn)
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if count > SEGMENTS or not _is_inked(item):
        return
    matrix = _times(_matrix(item), outer)
    _corners(item, count, matrix, frame, drawn)


def _is_inked(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _corners(item: Any, count: int, matrix: Matrix, frame: Frame, drawn: Drawn) -> None:
    """The straight sides of a path; a filled sliver counts once, by its middle."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    sides: list[BoxTuple] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            here = None
            continue
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = frame.point(*_at(matrix, x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _figure(sides, drawn)
            sides, start = [], point
        elif here is not None:
            sides.append(_side(here, point))
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            sides.append(_side(here, start))
    _figure(sides, drawn)


def _side(a: tuple[float, float], b: tuple[float, float]) -> BoxTuple:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _figure(sides: list[BoxTuple], drawn: Drawn) -> None:
    if not sides:
        return
    whole = min(s[0] for s in sides), min(s[1] for s in sides), max(s[2] for s in sides), max(s[3] for s in sides)
    if whole[2] - whole[0] < THIN or whole[3] - whole[1] < THIN:
        _keep(whole, drawn)
        return
    for side in sides:
        if side[2] - side[0] < 0.5 or side[3] - side[1] < 0.5:
            _keep(side, drawn)


def _keep(box: BoxTuple, drawn: Drawn) -> None:
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        if x1 - x0 >= SHORTEST:
            drawn.across.append((round((y0 + y1) / 2, 2), round(x0, 2), round(x1, 2)))
    elif y1 - y0 >= SHORTEST:
        drawn.down.append((round((x0 + x1) / 2, 2), round(y0, 2), round(y1, 2)))
