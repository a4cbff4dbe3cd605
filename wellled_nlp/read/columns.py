"""Reading order of a page: the content stream's own order, put right only where geometry proves it wrong.

In: the free lines of a page in stream order (no tables, no furniture). Out: runs of lines in reading order, each run one column or a
part of one. Most producers write in reading order; some write two columns line by line across, some draw the foot or a title first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from wellled_nlp.read.ink import Ink
from wellled_nlp.read.paragraphs import BARE_MARK

GUTTER_FROM, GUTTER_TO = 0.3, 0.7  # shares of the width of the text in which a gutter is looked for
CROSSING = 0.05  # share of narrow lines that may cross a gutter
COLUMN_SHARE = 0.25  # of the text's width that lines on either side must have in the median; else it is a table
COLUMN_LINES = 4  # on either side
COLUMN_WORDS, PROSE = 4, 0.3  # words of a line of prose, and the share of lines on either side that must be such
ALTERNATING = 0.3  # changes of side for each line of the shorter column, from which the stream is not in reading order
MARK, MARK_SIZES = 6, 5.0  # characters of a bullet or number on its own; sizes from it to its line
MOST_RUNS = 200  # parts of a page, or marks on it, that are put in order; confetti is left as it lies
GUTTER_POINTS = 7.0  # least width of a gutter


def runs_of(inks: Sequence[Ink]) -> list[list[Ink]]:
    """The lines in reading order, cut where one column or part of the page ends and another begins."""
    pieces = _with_marks(inks)
    gutter = find_gutter(pieces)
    if gutter is None:
        return _ordered(_runs(pieces))
    across = _alternates(pieces, gutter)
    place = {id(ink): number for number, ink in enumerate(pieces)}
    runs: list[list[Ink]] = []
    for band in _bands(pieces, gutter):
        if band[0].x0 < gutter < band[0].x1:
            runs.append(band)
            continue
        for side in ([ink for ink in band if ink.x1 <= gutter], [ink for ink in band if ink.x0 >= gutter]):
            if not across:
                side.sort(key=lambda ink: place[id(ink)])
            runs += _ordered(_runs(side))
    return [run for run in runs if run]


def _with_marks(inks: Sequence[Ink]) -> list[Ink]:
    """The lines, with bullets and numbers that were drawn on their own put before the line that they mark."""
    pieces = list(inks)
    marks = [ink for ink in inks if len(ink.text) <= MARK and BARE_MARK.match(ink.text)]
    for mark in marks if len(marks) <= MOST_RUNS else ():
        level = [ink for ink in pieces if abs(ink.base - mark.base) <= 0.35 * mark.size and 0 <= ink.x0 - mark.x1 < MARK_SIZES * mark.size]
        if level:
            line = min(level, key=lambda ink: ink.x0)
            if pieces.index(line) != pieces.index(mark) + 1:
                pieces.remove(mark)
                pieces.insert(pieces.index(line), mark)
    return pieces


def find_gutter(inks: Sequence[Ink]) -> float | None:
    """The x position of a proven gutter between two columns of text, or None."""
    if len(inks) < 2 * COLUMN_LINES:
        return None
    x0, x1 = min(ink.x0 for ink in inks), max(ink.x1 for ink in inks)
    width = x1 - x0
    narrow = [ink for ink in inks if ink.x1 - ink.x0 < 0.6 * width]
    if len(narrow) < 2 * COLUMN_LINES:
        return None
    starts, ends = sorted(ink.x0 for ink in narrow), sorted(ink.x1 for ink in narrow)
    best: tuple[int, float, float] | None = None
    for side in ends[bisect_left(ends, x0 + GUTTER_FROM * width) : bisect_left(ends, x0 + GUTTER_TO * width)]:
        later = bisect_left(starts, side)
        crossing = later - bisect_right(ends, side + 0.5)
        start = starts[later] if later < len(starts) else side
        if start - side >= GUTTER_POINTS and (best is None or (crossing, side - start) < best[:2]):
            best = crossing, side - start, (side + start) / 2
    if best is None or best[0] > CROSSING * len(narrow):
        return None
    return best[2] if _proves(narrow, best[2], width) else None


def _proves(narrow: Sequence[Ink], gutter: float, width: float) -> bool:
    left = [ink for ink in narrow if ink.x1 <= gutter]
    right = [ink for ink in narrow if ink.x0 >= gutter]
    for side in (left, right):
        prose = [ink for ink in side if ink.text.count(" ") + 1 >= COLUMN_WORDS]
        if len(prose) < max(COLUMN_LINES, PROSE * len(side)) or median(ink.x1 - ink.x0 for ink in prose) < COLUMN_SHARE * width:
            return False
    top = max(min(ink.y0 for ink in left), min(ink.y0 for ink in right))
    return top < min(max(ink.y1 for ink in left), max(ink.y1 for ink in right))


def _bands(inks: list[Ink], gutter: float) -> list[list[Ink]]:
    """The page from top to bottom, cut at the lines that cross the gutter; such lines make bands of their own."""
    bands: list[list[Ink]] = []
    crossing = False
    for ink in sorted(inks, key=lambda ink: (round(ink.base), ink.x0)):
        over = ink.x0 < gutter < ink.x1
        if not bands or over != crossing:
            bands.append([])
        crossing = over
        bands[-1].append(ink)
    return bands


def _alternates(inks: Sequence[Ink], gutter: float) -> bool:
    """Whether the stream goes back and forth between the columns, line by line across, as no reader would."""
    sides = [ink.x0 >= gutter for ink in inks if ink.x1 <= gutter or ink.x0 >= gutter]
    changes = sum(1 for a, b in pairwise(sides) if a != b)
    return changes > max(3, ALTERNATING * min(sides.count(True), sides.count(False)))


def _runs(inks: Sequence[Ink]) -> list[list[Ink]]:
    """Stretches of the stream that run down the page."""
    runs: list[list[Ink]] = []
    for ink in inks:
        before = runs[-1][-1] if runs else None
        if before is None or (not ink.joined and ink.base < before.base - 0.8 * max(ink.size, before.size)) or _jumps(before, ink):
            runs.append([])
        runs[-1].append(ink)
    return runs


def _jumps(before: Ink, ink: Ink) -> bool:
    """Whether the stream leaps far down, so that something may belong between."""
    return ink.base - before.base > 4 * max(ink.size, before.size)


def _ordered(runs: list[list[Ink]]) -> list[list[Ink]]:
    """The runs in stream order, except that one which stands above another, in the same span of the width, goes before it."""
    if len(runs) > MOST_RUNS:
        return runs
    boxes = [(min(i.x0 for i in run), min(i.y0 for i in run), max(i.x1 for i in run), max(i.y1 for i in run)) for run in runs]
    left = list(range(len(runs)))
    order: list[int] = []
    while left:
        clear = (c for c in left if not any(_above(boxes[other], boxes[c]) for other in left if other != c))
        order.append(next(clear, left[0]))
        left.remove(order[-1])
    return [runs[i] for i in order]


def _above(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether a ends above where b begins and both share some of the width."""
    return a[3] <= b[1] + 2.0 and min(a[2], b[2]) - max(a[0], b[0]) > 0
