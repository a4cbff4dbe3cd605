"""Reading order of a page: the content stream's own order, put right only where geometry proves it wrong.

In: the free lines of a page in stream order (no tables, no furniture). Out: runs of lines in reading order, each run one column or a
part of one. Most producers write in reading order; some write two columns line by line across, some draw the foot or a title first.
"""

from collections.abc import Sequence
from statistics import median

from wellled_nlp.read.sheet import Ink

GUTTER_FROM, GUTTER_TO = 0.3, 0.7  # shares of the width of the text in which a gutter is looked for
CROSSING = 0.05  # share of narrow lines that may cross a gutter
COLUMN_SHARE = 0.25  # of the text's width that lines on either side must have in the median; else it is a table
COLUMN_LINES = 4  # on either side
COLUMN_WORDS = 3.0  # mean words of a line on either side
GUTTER_POINTS = 7.0  # least width of a gutter


def runs_of(inks: Sequence[Ink]) -> list[list[Ink]]:
    """The lines in reading order, cut where one column or part of the page ends and another begins."""
    pieces = list(inks)
    gutter = find_gutter(pieces)
    if gutter is None:
        return _ordered(_runs(_rejoined(pieces)))
    runs: list[list[Ink]] = []
    for band in _bands(pieces, gutter):
        left = [ink for ink in band if ink.x1 <= gutter]
        right = [ink for ink in band if ink.x0 >= gutter]
        if left or right:
            for side in (left, right):
                side.sort(key=lambda ink: (round(ink.base), ink.x0))
                runs += _ordered(_runs(side))
        else:
            runs.append(band)
    return [run for run in runs if run]


def find_gutter(inks: Sequence[Ink]) -> float | None:
    """The x position of a proven gutter between two columns of text, or None."""
    if len(inks) < 2 * COLUMN_LINES:
        return None
    x0, x1 = min(ink.x0 for ink in inks), max(ink.x1 for ink in inks)
    width = x1 - x0
    narrow = [ink for ink in inks if ink.x1 - ink.x0 < 0.6 * width]
    if len(narrow) < 2 * COLUMN_LINES:
        return None
    best: tuple[int, float, float] | None = None
    sides = sorted({ink.x1 for ink in narrow if GUTTER_FROM < (ink.x1 - x0) / width < GUTTER_TO})
    for side in sides:
        nexts = [ink.x0 for ink in narrow if ink.x0 >= side]
        if not nexts:
            continue
        gutter = (side + min(nexts)) / 2
        crossing = sum(1 for ink in narrow if ink.x0 < gutter - 1 and ink.x1 > gutter + 1)
        rank = (crossing, side - min(nexts), gutter)
        if min(nexts) - side >= GUTTER_POINTS and (best is None or rank < best):
            best = rank
    if best is None or best[0] > CROSSING * len(narrow):
        return None
    return best[2] if _proves(narrow, best[2], width) else None


def _proves(narrow: Sequence[Ink], gutter: float, width: float) -> bool:
    left = [ink for ink in narrow if ink.x1 <= gutter]
    right = [ink for ink in narrow if ink.x0 >= gutter]
    for side in (left, right):
        if len(side) < COLUMN_LINES or median(ink.x1 - ink.x0 for ink in side) < COLUMN_SHARE * width:
            return False
        if sum(ink.text.count(" ") + 1 for ink in side) / len(side) < COLUMN_WORDS:
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


def _rejoined(inks: list[Ink]) -> list[Ink]:
    """Nothing to part: pieces stay in stream order, and lines put themselves together as paragraphs are made."""
    return inks


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
    boxes = [
        (min(i.x0 for i in run), min(i.y0 for i in run), max(i.x1 for i in run), max(i.y1 for i in run)) for run in runs
    ]
    left = list(range(len(runs)))
    order: list[int] = []
    while left:
        for position, candidate in enumerate(left):
            if not any(_above(boxes[other], boxes[candidate]) for other in left if other != candidate):
                break
        else:
            position = 0
        order.append(left.pop(position))
    return [runs[i] for i in order]


def _above(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether a ends above where b begins and both share some of the width."""
    return a[3] <= b[1] + 2.0 and min(a[2], b[2]) - max(a[0], b[0]) > 0
