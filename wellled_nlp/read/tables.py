"""Ruled tables: from the straight rules of a page to cells, and which cell a piece of text stands in.

In: horizontal and vertical rules. Out: a `Grid` of cells with table, row and column numbers. A cell is an area that rules enclose on all
four sides; rules that touch one another make a table; a lone box round some text is none. The method is that of pdfplumber's default
strategy (the rules' crossings, after snapping and joining), on rules that pdfium gave for a hundredth of the cost.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from wellled_nlp.read.page_frame import BoxTuple

SNAP = 3.0  # points: rules closer than this are one rule, ends closer than this touch
NARROWEST = 6.0  # points: a band narrower than this holds no text
EDGE = 0.2  # share of its height by which a line may stand off a cell and still belong to it
HUG, HUGS = 6.0, 0.7  # points of air round the text of a cell, and the share of texts with less, below which a table is none
STEP, STEPS = 8.5, 6  # points: six filled strips closer than a line of print are a colour that shades off, not rows
LONG_RULE, LONG_RULES = 72.0, 300  # points; rules of a page kept for tables that have level rules only
LARGEST = 40_000  # bands across times bands down; beyond is artwork

Rule = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: numbers of its table on the page, row and column from 0, columns spanned, and its box."""

    table: int
    row: int
    column: int
    span: int
    box: BoxTuple


@dataclass
class Grid:
    """The cells of a page; empty on a page without tables."""

    cells: list[Cell] = field(default_factory=list)

    def at(self, box: BoxTuple) -> int:
        """Index of the cell that holds the middle of the box; else of one that it all but touches (a line cut by a page's end); or -1."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        near = -1
        for index, cell in enumerate(self.cells):
            a = cell.box
            if a[0] <= x <= a[2]:
                if a[1] <= y <= a[3]:
                    return index
                if min(a[3], box[3]) - max(a[1], box[1]) > -EDGE * (box[3] - box[1]):
                    near = index
        return near

    def cuts(self, box: BoxTuple) -> list[float]:
        """The x positions at which cell sides cut through the box."""
        y = (box[1] + box[3]) / 2
        found = {
            side
            for cell in self.cells
            if cell.box[1] <= y <= cell.box[3]
            for side in (cell.box[0], cell.box[2])
            if box[0] + 1.0 < side < box[2] - 1.0
        }
        return sorted(found)

    def without_highlights(self, boxes: list[tuple[int, BoxTuple]]) -> "Grid":
        """The grid without tables whose cells hug single lines of text: those are marks of colour laid on words.

        boxes: for each piece of text in a cell, the cell's index and the text's box.
        """
        close: dict[int, list[bool]] = defaultdict(list)
        for index, (x0, y0, x1, y1) in boxes:
            a = self.cells[index].box
            hugs = (a[2] - a[0]) - (x1 - x0) < HUG and (a[3] - a[1]) - (y1 - y0) < HUG
            close[self.cells[index].table].append(hugs)
        marks = {table for table, hugs in close.items() if sum(hugs) >= HUGS * len(hugs)}
        return Grid([cell for cell in self.cells if cell.table not in marks]) if marks else self


def find_grid(across: list[Rule], down: list[Rule]) -> Grid:
    """The cells of all tables, top to bottom."""
    if len(across) < 2 or len(down) < 2:
        return Grid()
    tables: list[list[_Area]] = []
    for flat, upright in _clusters(_merge(_unshaded(across)), _merge(_unshaded(down))):
        tables += _split(_areas(flat, upright))
    tables.sort(key=lambda areas: (min(a.box[1] for a in areas), min(a.box[0] for a in areas)))
    return Grid([cell for number, areas in enumerate(tables) for cell in numbered(number, [area.box for area in areas])])


def long_rules(across: list[Rule]) -> list[Rule]:
    """The level rules that may part the rows of a table without upright ones."""
    return [rule for rule in across if rule[2] - rule[1] >= LONG_RULE][:LONG_RULES]


@dataclass(frozen=True, slots=True)
class _Area:
    """An enclosed rectangle, by the bands that it spans."""

    top: int
    left: int
    bottom: int
    right: int
    box: BoxTuple


def _unshaded(rules: list[Rule]) -> list[Rule]:
    """The rules without the strips that draw a shade: of many close rules of one extent, the first and the last."""
    extents: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in sorted(rules):
        extents[round(rule[1] / SNAP), round(rule[2] / SNAP)].append(rule)
    kept: list[Rule] = []
    for group in extents.values():
        run = [group[0]]
        for rule in group[1:]:
            if rule[0] - run[-1][0] > STEP:
                kept += run if len(run) <= STEPS else [run[0], run[-1]]
                run = []
            run.append(rule)
        kept += run if len(run) <= STEPS else [run[0], run[-1]]
    return kept


def _merge(rules: list[Rule]) -> list[Rule]:
    """Rules snapped to common positions, overlapping and touching ones joined."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule[0] - lanes[-1][-1][0] <= SNAP and rule[0] - lanes[-1][0][0] <= 2 * SNAP:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    merged: list[Rule] = []
    for lane in lanes:
        position = round(sum(rule[0] for rule in lane) / len(lane), 2)
        start, end = None, 0.0
        for _, a, b in sorted(lane, key=lambda rule: (rule[1], rule[2])):
            if start is None:
                start, end = a, b
            elif a - end <= SNAP:
                end = max(end, b)
            else:
                merged.append((position, start, end))
                start, end = a, b
        if start is not None:
            merged.append((position, start, end))
    return merged


def _clusters(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, (x, y0, y1) in enumerate(down):
        for i, (y, x0, x1) in enumerate(across):
            if x0 - SNAP <= x <= x1 + SNAP and y0 - SNAP <= y <= y1 + SNAP:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate(across):
        groups[root(i)][0].append(rule)
    for j, rule in enumerate(down):
        groups[root(len(across) + j)][1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _areas(across: list[Rule], down: list[Rule]) -> list[_Area]:
    """The enclosed rectangles: bands between rules, grown together where no rule parts them."""
    ys, xs = sorted({rule[0] for rule in across}), sorted({rule[0] for rule in down})
    if (len(ys) - 1) * (len(xs) - 1) > LARGEST:
        return []
    floor = _walls(across, ys, xs)  # (line, band): a rule runs along line ys[line] over band xs[band]..xs[band + 1]
    side = _walls(down, xs, ys)
    seen: set[tuple[int, int]] = set()
    found = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in seen:
                area = _grow(row, column, floor, side, (len(ys) - 1, len(xs) - 1), seen)
                if area:
                    top, left, bottom, right = area
                    found.append(_Area(top, left, bottom, right, (xs[left], ys[top], xs[right + 1], ys[bottom + 1])))
    return [a for a in found if a.box[2] - a.box[0] >= NARROWEST and a.box[3] - a.box[1] >= NARROWEST]


def _walls(rules: list[Rule], lines: list[float], bands: list[float]) -> set[tuple[int, int]]:
    where = {position: index for index, position in enumerate(lines)}
    walls = set()
    for position, a, b in rules:
        for band in range(len(bands) - 1):
            if a - SNAP <= bands[band] and bands[band + 1] <= b + SNAP:
                walls.add((where[position], band))
    return walls


def _grow(
    row: int, column: int, floor: set[tuple[int, int]], side: set[tuple[int, int]], size: tuple[int, int], seen: set[tuple[int, int]]
) -> tuple[int, int, int, int] | None:
    """The rectangle of bands that open into one another from here; None where it is no rectangle or open to the outside."""
    stack, members, closed = [(row, column)], {(row, column)}, True
    while stack:
        r, c = stack.pop()
        steps = (
            ((r - 1, c), (r, c) in floor),
            ((r + 1, c), (r + 1, c) in floor),
            ((r, c - 1), (c, r) in side),
            ((r, c + 1), (c + 1, r) in side),
        )
        for (nr, nc), wall in steps:
            if wall or (nr, nc) in members:
                continue
            if not (0 <= nr < size[0] and 0 <= nc < size[1]):
                closed = False
                continue
            members.add((nr, nc))
            stack.append((nr, nc))
    seen |= members
    rows, columns = [m[0] for m in members], [m[1] for m in members]
    area = min(rows), min(columns), max(rows), max(columns)
    full = (area[2] - area[0] + 1) * (area[3] - area[1] + 1) == len(members)
    return area if closed and full else None


def _split(areas: list[_Area]) -> list[list[_Area]]:
    """Tables within touching rules: where no inner column line goes on from one row to the next, another table begins."""
    tables: list[list[_Area]] = []
    inner: set[int] = set()
    for top in sorted({area.top for area in areas}):
        crossing = sorted(area.left for area in areas if area.top <= top <= area.bottom)
        lines = set(crossing[1:])
        spans = any(area.top < top <= area.bottom for area in areas)
        if not tables or (lines and inner and not lines & inner and not spans):
            tables.append([])
            inner = set()
        tables[-1] += [area for area in areas if area.top == top]
        inner = lines or inner
    return [table for table in tables if len({a.left for a in table}) > 1]


def numbered(number: int, boxes: list[BoxTuple]) -> list[Cell]:
    """The cells with these boxes as table `number`, with rows and columns counted by their tops and lefts."""
    lefts = {left: index for index, left in enumerate(sorted({box[0] for box in boxes}))}
    tops = {top: index for index, top in enumerate(sorted({box[1] for box in boxes}))}
    cells = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        span = sum(1 for left in lefts if box[0] <= left < box[2])
        cells.append(Cell(number, tops[box[1]], lefts[box[0]], span, box))
    return cells
