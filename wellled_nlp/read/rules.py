"""What is drawn on a PDF page beside its text: straight rules, images and the number of objects.

In: a loaded page. Out: `Drawn`, with horizontal and vertical rules on the turned page, from which `tables` builds cells. Costs about a
millisecond a page, where a general reader of vector graphics costs two hundred. Runs in the reading process only.
"""

import ctypes
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

from wellled_nlp.read.page_frame import BoxTuple, Frame

THIN = 3.0  # points; a path thinner than this is a rule, whether stroked or filled
SHORTEST = 4.0  # points; shorter rules are ticks and dots
SEGMENTS = 400  # corners looked at in one path; more is artwork
BOX_CORNERS = 6  # of a path that is one box: four sides, and often the first corner again
SHAPES = 400  # shapes looked at on a page when charts are told
FIGURE_SHAPES, FIGURE_LEAST, FIGURE_MOST = 5, 0.01, 0.6  # a chart has five shapes at least and covers 1 to 60 % of the page
PICTURED = 0.8  # share of a figure that an image must cover for it to be a picture
NEAR = 14.0  # points between shapes of one figure
WHITE = 250  # of 255, in every colour: a white area is nothing drawn, such as the ground that Word lays behind pasted words
DEPTH = 3  # forms within forms that are looked into

Matrix = tuple[float, float, float, float, float, float]


@dataclass
class Drawn:
    """across: rules as (y, x0, x1); down: rules as (x, y0, y1); images, shapes (curves, slants) and blocks (filled boxes).

    All on the turned page, in points.
    """

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    images: list[BoxTuple] = field(default_factory=list)
    shapes: list[BoxTuple] = field(default_factory=list)
    blocks: list[BoxTuple] = field(default_factory=list)
    paths: int = 0
    objects: int = 0
    cut: bool = False

    def image_share(self, frame: Frame) -> float:
        """Share of the page that its images cover, at most 1 (a scan may come in strips)."""
        area = max(1.0, frame.width * frame.height)
        return min(1.0, sum(_area(box, frame) for box in self.images) / area)


def drawn_on(page: Any, frame: Frame, most: int) -> Drawn:
    """Rules and images of the page; `cut` is set where it has more than `most` objects, and then the rules are incomplete."""
    drawn = Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    _look(partial(pdfium.FPDFPage_GetObject, page), count, None, frame, drawn, most, 0)
    return drawn


def figures_of(drawn: Drawn, frame: Frame) -> list[BoxTuple]:
    """The boxes of charts and drawings: shapes and images near one another, enough of them and large enough."""
    if not drawn.shapes and not drawn.images:
        return []
    groups: list[tuple[BoxTuple, int]] = []
    boxes = [(box, 1) for box in drawn.shapes[:SHAPES]] + [(box, FIGURE_SHAPES) for box in drawn.images[:SHAPES]]
    for box, count in boxes:
        merged = True
        while merged:
            merged = False
            for index, (other, many) in enumerate(groups):
                if _near(box, other):
                    box = min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
                    count += many
                    del groups[index]
                    merged = True
                    break
        groups.append((box, count))
    least, most = FIGURE_LEAST * frame.width * frame.height, FIGURE_MOST * frame.width * frame.height
    return sorted(box for box, count in groups if count >= FIGURE_SHAPES and least <= _area(box, frame) <= most)


def is_pictured(figure: BoxTuple, drawn: Drawn, frame: Frame) -> bool:
    """Whether the figure is a picture: one image covers nearly all of it."""
    return any(_area(image, frame) >= PICTURED * _area(figure, frame) and _near(image, figure) for image in drawn.images)


def _near(a: BoxTuple, b: BoxTuple) -> bool:
    return a[0] - NEAR <= b[2] and b[0] - NEAR <= a[2] and a[1] - NEAR <= b[3] and b[1] - NEAR <= a[3]


def _area(box: BoxTuple, frame: Frame) -> float:
    wide = min(box[2], frame.width) - max(box[0], 0.0)
    high = min(box[3], frame.height) - max(box[1], 0.0)
    return max(0.0, wide) * max(0.0, high)


def _look(get: Any, count: int, outer: Matrix | None, frame: Frame, drawn: Drawn, most: int, depth: int) -> None:
    kind_of, text = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
    if drawn.objects + count > most:
        count, drawn.cut = most - drawn.objects, True
    drawn.objects += count
    for index in range(count):
        item = get(index)
        kind = kind_of(item)
        if kind == text:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn.paths += 1
            _path(item, outer, frame, drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(_bounds(item, outer, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = _times(_matrix(item), outer)
            _look(
                partial(pdfium.FPDFFormObj_GetObject, item),
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


_SIDES = tuple(ctypes.c_float() for _ in range(4))  # made once: this is asked of every object of every page
_SIDE_REFERENCES = tuple(ctypes.byref(side) for side in _SIDES)


def _bounds(item: Any, outer: Matrix | None, frame: Frame) -> BoxTuple:
    pdfium.FPDFPageObj_GetBounds(item, *_SIDE_REFERENCES)
    left, bottom, right, top = (side.value for side in _SIDES)
    if outer is None:
        return frame.box(left, bottom, right, top)
    ax, ay = _at(outer, left, bottom)
    bx, by = _at(outer, right, top)
    return frame.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _path(item: Any, outer: Matrix | None, frame: Frame, drawn: Drawn) -> None:
    x0, y0, x1, y1 = _bounds(item, outer, frame)
    wide, high = x1 - x0, y1 - y0
    if high < THIN or wide < THIN:
        _keep((x0, y0, x1, y1), drawn)
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not _is_inked(item):
        return
    if count > SEGMENTS or not _corners(item, count, _times(_matrix(item), outer), frame, drawn):
        drawn.shapes.append((x0, y0, x1, y1))
    elif count <= BOX_CORNERS and len(drawn.blocks) < SHAPES:
        drawn.blocks.append((x0, y0, x1, y1))


def _is_inked(item: Any) -> bool:
    """Whether the path leaves a mark: it is stroked, or filled with something other than the white of paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value or not fill.value:
        return bool(stroke.value)
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in colour)):
        return True
    red, green, blue, opacity = (part.value for part in colour)
    return opacity > 0 and min(red, green, blue) < WHITE


def _corners(item: Any, count: int, matrix: Matrix, frame: Frame, drawn: Drawn) -> bool:
    """Keep the upright and level sides of a path; a filled sliver counts once, by its middle. Whether it has no others."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    sides: list[BoxTuple] = []
    straight = True
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            here, straight = None, False
            continue
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = frame.point(*_at(matrix, x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            straight = _figure(sides, drawn) and straight
            sides, start = [], point
        elif here is not None:
            sides.append(_side(here, point))
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            sides.append(_side(here, start))
    return _figure(sides, drawn) and straight


def _side(a: tuple[float, float], b: tuple[float, float]) -> BoxTuple:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _figure(sides: list[BoxTuple], drawn: Drawn) -> bool:
    """Keep the rules of one closed or open line; whether it is made of nothing else."""
    if not sides:
        return True
    whole = min(s[0] for s in sides), min(s[1] for s in sides), max(s[2] for s in sides), max(s[3] for s in sides)
    if whole[2] - whole[0] < THIN or whole[3] - whole[1] < THIN:
        _keep(whole, drawn)
        return True
    rules = [side for side in sides if side[2] - side[0] < 0.5 or side[3] - side[1] < 0.5]
    for side in rules:
        _keep(side, drawn)
    return len(rules) == len(sides)


def _keep(box: BoxTuple, drawn: Drawn) -> None:
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        if x1 - x0 >= SHORTEST:
            drawn.across.append((round((y0 + y1) / 2, 2), round(x0, 2), round(x1, 2)))
    elif y1 - y0 >= SHORTEST:
        drawn.down.append((round((x0 + x1) / 2, 2), round(y0, 2), round(y1, 2)))
