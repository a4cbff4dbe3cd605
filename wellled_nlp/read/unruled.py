"""Tables without a full grid: logs under a line of header words, and tables with level rules only.

In: the free lines of a page. Out: tables like the ruled ones, and which lines they took. A header line is a row of short pieces that
name columns ("Ref", "Action", "Lead", "Due", "Status") or are all bold; what follows is a table for as long as its pieces stand in those
columns. A row begins where its first column does. Between level rules of one extent, the rules part the rows and white space the columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from wellled_nlp.read.columns import find_gutter
from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.ink import Ink
from wellled_nlp.read.paragraphs import paragraphs_of
from wellled_nlp.read.rows import Row, Table
from wellled_nlp.read.sheet import Sheet

COLUMN_NAME = re.compile(
    r"(?:(?:agreed|target|due|action|completion|review|lead|risk|minute|agenda|by|date|current|previous|meeting|responsible|paper)\s+)?"
    r"(?:actions?|leads?|owners?|who(?:m)?|responsib\w+|officers?|due|deadline|when|date|status|progress|updates?|comments?|ref(?:erence)?s?|"
    r"no|item|number|minute|raised|closed|completed|risk|score|rating|likelihood|impact|mitigation|controls?|assurances?|gaps?|rag|"
    r"indicators?|measures?|targets?|actual|variance|plan|budget|month|year|name|role|title|time|presenter|purpose|page|document|"
    r"signator\w+|metric|standard|trend|initials|type|area|description|detail|decision|annex|paper|id)\.?",
    re.I,
)
NAME_WORDS, NAME_LONGEST = 5, 32  # words and characters of a column's name
SLACK = 4.0  # points that a piece may stand left of its column
KEY = 28  # characters of an entry in a first column whose heading says nothing
CROSSING = 12.0  # points by which a piece that reaches into the next column's text is prose
WIDE_GAP = 3.2  # times the pitch: the table has ended
ROW_GAP = 1.25  # times the pitch: a row has ended
MOST_LINES = 1500  # pieces on a page that is searched; the densest real page has some 900
LOW = 0.7  # share of the page's height below which a table may go on overleaf
CLEAR = 6.0  # points of white between two columns of a table with level rules
SHORT, LANE_LINES = 24, 3  # characters of a figure or its name; lines that a table of figures has at least
FULL_LINES = 0.7  # share of a table's lines that have something in every column
FIGURE = re.compile(r"[-+(£$]*[\d.,]+[)%a-z]{0,3}|n/?a|nil|[-–—*]|(?:on|yes|no)", re.I)
EXTENT = 4.0  # points that the ends of one table's rules may differ

Line = list[tuple[int, Ink]]


@dataclass(frozen=True)
class Columns:
    """Where columns begin, from an unruled table that reached the foot of its page."""

    lefts: tuple[float, ...]
    page: int


def find_unruled(sheet: Sheet, free: Sequence[int], words: Words, before: Columns | None) -> tuple[list[Table], set[int], Columns | None]:
    """Tables among the free lines of the page, the indices of lines in them, and columns that may go on overleaf."""
    inks = [sheet.inks[index] for index in free]
    if len(sheet.rules) < 3 and not any(ink.joined or abs(ink.base - a.base) < 1.0 for a, ink in pairwise(inks)):
        return [], set(), None  # no printed line is in pieces: the usual page of prose
    if len(free) > MOST_LINES:
        return [], set(), None
    gutter = find_gutter(inks)
    if gutter is None:
        return _in_column(sheet, free, words, before)
    tables: list[Table] = []
    taken: set[int] = set()
    for side in ([i for i in free if sheet.inks[i].x1 <= gutter], [i for i in free if sheet.inks[i].x0 >= gutter]):
        found, used, _ = _in_column(sheet, side, words, None)
        tables += found
        taken |= used
    return tables, taken, None


def _in_column(sheet: Sheet, free: Sequence[int], words: Words, before: Columns | None) -> tuple[list[Table], set[int], Columns | None]:
    lines = _printed(sheet, free)
    tables: list[Table] = []
    taken: set[int] = set()
    for table, used in _between_rules(sheet, lines, words):
        tables.append(table)
        taken |= used
    lines = [line for line in lines if not any(index in taken for index, _ in line)]
    open_columns: Columns | None = None
    position = 0
    while position < len(lines):
        start, end, lefts = _extent(lines, position, before if before and before.page == sheet.number - 1 else None)
        if lefts:
            rows = (lines[position:start], lines[start:end])
            table, used = _table(sheet, rows, lefts, words)
            tables.append(table)
            taken |= used
            if end == len(lines) and table.box[3] > LOW * sheet.reading_height:
                open_columns = Columns(lefts, sheet.number)
        position = max(end, position + 1)
    return tables, taken, open_columns


def _extent(lines: Sequence[Line], position: int, before: Columns | None) -> tuple[int, int, tuple[float, ...]]:
    """First body line and end of a table that begins at `position`, and its columns; no columns where none begins."""
    start = position
    lefts: tuple[float, ...] = ()
    if position == 0 and before is not None and _aligned(lines[0], before.lefts):
        lefts = before.lefts
    elif _names_columns(lines[position]):
        start, lefts = position + 1, tuple(ink.x0 for _, ink in lines[position])
    if lefts:
        end = _end(lines, start, lefts)
        named = start == position or _named(lines[position]) >= 2
        if _is_table(lines[start:end], lefts) and (named or _has_keys(lines[start:end], lefts)):
            return start, end, lefts
    return _figures_in_lanes(lines, position)


def _figures_in_lanes(lines: Sequence[Line], position: int) -> tuple[int, int, tuple[float, ...]]:
    """A table of figures without column names that are known: lines whose short pieces stand in lanes of white space."""
    end = position
    while end < len(lines) and len(lines[end]) >= 2 and all(len(ink.text) <= SHORT for _, ink in lines[end][1:]):
        if end > position and lines[end][0][1].base - lines[end - 1][0][1].base > WIDE_GAP * lines[end][0][1].size:
            break
        end += 1
    if end - position < LANE_LINES:
        return position, position, ()
    body = lines[position:end]
    later = [ink for line in body for _, ink in line[1:]]
    lefts = _white_lanes([ink for line in body for _, ink in line])
    figures = sum(1 for ink in later if FIGURE.fullmatch(ink.text))
    if _is_contents(body):
        return position, position, ()
    full = sum(1 for line in body if len({_column(ink, lefts) for _, ink in line}) == len(lefts))
    if full < FULL_LINES * len(body):
        return position, position, ()
    if len(lefts) < 2 or 2 * figures < len(later) or not lines[position + 1][0][1].text[:1].isalnum():
        return position, position, ()
    header = not any(FIGURE.fullmatch(ink.text) for _, ink in body[0][1:])
    return position + header, end, lefts


def _is_contents(body: Sequence[Line]) -> bool:
    """Whether the last figures only ever rise, as page numbers do in a list of contents."""
    last = [int(line[-1][1].text) for line in body if line[-1][1].text.isdigit()]
    return len(last) >= 0.8 * len(body) and all(a <= b for a, b in pairwise(last))


def _printed(sheet: Sheet, free: Sequence[int]) -> list[Line]:
    """Pieces put together by printed line, from top to bottom and left to right."""
    lines: list[Line] = []
    for index in sorted(free, key=lambda i: (sheet.inks[i].base, sheet.inks[i].x0)):
        ink = sheet.inks[index]
        if lines and abs(lines[-1][0][1].base - ink.base) <= 0.35 * ink.size:
            lines[-1].append((index, ink))
        else:
            lines.append([(index, ink)])
    return [sorted(line, key=lambda pair: pair[1].x0) for line in lines]


def _names_columns(line: Line) -> bool:
    if len(line) < 2 or any(len(ink.text) > NAME_LONGEST or ink.text.count(" ") >= NAME_WORDS for _, ink in line):
        return False
    if any(b.x0 - a.x1 < CLEAR for (_, a), (_, b) in pairwise(line)):
        return False
    bold = all(ink.bold for _, ink in line) and line[0][1].text[:1].isalpha()
    return 2 * _named(line) >= max(4, len(line)) or bold


def _named(line: Line) -> int:
    return sum(1 for _, ink in line if COLUMN_NAME.fullmatch(ink.text))


def _has_keys(lines: Sequence[Line], lefts: Sequence[float]) -> bool:
    """Whether the first column holds short names, not one of two columns of prose."""
    first = [ink for line in lines for _, ink in line if _column(ink, lefts) == 0]
    return bool(first) and sum(1 for ink in first if len(ink.text) <= KEY) >= 0.8 * len(first)


def _column(ink: Ink, lefts: Sequence[float]) -> int:
    """The column that most of the piece stands in."""
    ends = [*lefts[1:], max(ink.x1, lefts[-1]) + 1]
    overlaps = [min(ink.x1, end - SLACK) - max(ink.x0, left - SLACK) for left, end in zip(lefts, ends, strict=True)]
    return max(range(len(lefts)), key=lambda k: (overlaps[k], -k))


def _crosses(ink: Ink, lefts: Sequence[float]) -> bool:
    """Whether the piece runs on into the next column."""
    column = _column(ink, lefts)
    inner = column + 1 < len(lefts) and ink.x1 > lefts[column + 1] + CROSSING
    return inner or ink.x0 < lefts[0] - 2 * CROSSING


def _aligned(line: Line, lefts: Sequence[float]) -> bool:
    return sum(1 for _, ink in line if any(abs(ink.x0 - left) <= SLACK for left in lefts)) >= 2


def _pitch(lines: Sequence[Line]) -> float:
    steps = [b[0][1].base - a[0][1].base for a, b in pairwise(lines)]
    size = lines[0][0][1].size if lines else 10.0
    close = [step for step in steps if 0.8 * size < step < 1.8 * size]
    return median(close) if close else 1.3 * size


def _end(lines: Sequence[Line], start: int, lefts: Sequence[float]) -> int:
    """Where the table that begins at `start` has ended."""
    pitch = _pitch(lines[max(0, start - 1) : start + 12])
    size = lines[start][0][1].size if start < len(lines) else 0.0
    for position in range(start, len(lines)):
        line = lines[position]
        above = lines[position - 1][0][1] if position else None
        gap = line[0][1].base - above.base if above is not None and position > start else 0.0
        unlike = line[0][1].bold or abs(line[0][1].size - size) > 0.8
        other = len(line) == 1 and unlike and (gap > ROW_GAP * pitch or _column(line[0][1], lefts) == 0)
        if gap > WIDE_GAP * pitch or other or any(_crosses(ink, lefts) for _, ink in line):
            return position
    return len(lines)


def _is_table(lines: Sequence[Line], lefts: Sequence[float]) -> bool:
    """Whether enough lines fill several columns."""
    filled = [len({_column(ink, lefts) for _, ink in line}) for line in lines]
    return sum(1 for count in filled if count >= 2) >= 2 or any(count >= 3 for count in filled)


def _table(sheet: Sheet, rows: tuple[Sequence[Line], Sequence[Line]], lefts: tuple[float, ...], words: Words) -> tuple[Table, set[int]]:
    """The table of a header line (or none) and body lines."""
    groups: list[list[Line]] = [[line] for line in rows[0]]
    pitch = _pitch(rows[1])
    before: Ink | None = None
    for line in rows[1]:
        columns = {_column(ink, lefts) for _, ink in line}
        gap = line[0][1].base - before.base if before is not None else 0.0
        begins = before is None or (0 in columns and (len(columns) >= 2 or gap > ROW_GAP * pitch)) or gap > 1.6 * pitch
        if begins:
            groups.append([])
        groups[-1].append(line)
        before = line[0][1]
    return _filled(sheet, groups, lefts, words)


def _filled(sheet: Sheet, groups: Sequence[Sequence[Line]], lefts: tuple[float, ...], words: Words) -> tuple[Table, set[int]]:
    made, used, inks = [], set(), []
    for group in groups:
        cells: list[list[Ink]] = [[] for _ in lefts]
        for line in group:
            for index, ink in line:
                cells[_column(ink, lefts)].append(ink)
                used.add(index)
                inks.append(ink)
        rights = [left - SLACK for left in lefts[1:]] + [None]
        made.append(Row(0, sheet.number, [paragraphs_of(cell, words, right) for cell, right in zip(cells, rights, strict=True)]))
    box = min(i.x0 for i in inks), min(i.y0 for i in inks), max(i.x1 for i in inks), max(i.y1 for i in inks)
    return Table(0, sheet.number, lefts, box, made, min(used)), used


def _between_rules(sheet: Sheet, lines: Sequence[Line], words: Words) -> list[tuple[Table, set[int]]]:
    """Tables between three or more level rules of one extent, with white space between the columns."""
    found = []
    for rules in _stacks(sheet.rules):
        x0, x1 = rules[0][1], rules[0][2]
        bands: list[list[Line]] = []
        for upper, lower in pairwise(rules):
            inside = []
            for line in lines:
                kept = [(i, ink) for i, ink in line if upper[0] < (ink.y0 + ink.y1) / 2 <= lower[0] and x0 - 3 < ink.x0 and ink.x1 < x1 + 3]
                if kept:
                    inside.append(kept)
            if inside:
                bands.append(inside)
        inks = [ink for band in bands for line in band for _, ink in line]
        lefts = _white_lanes(inks)
        several = [band for band in bands if len({_column(ink, lefts) for line in band for _, ink in line}) >= 2]
        if len(lefts) >= 2 and len(several) >= 2 and 2 * len(several) >= len(bands):
            found.append(_filled(sheet, bands, lefts, words))
    return found


def _stacks(rules: Sequence[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Rules of one extent, three at least, from top to bottom."""
    stacks: list[list[tuple[float, float, float]]] = []
    for rule in sorted(rules):
        for stack in stacks:
            if abs(stack[0][1] - rule[1]) <= EXTENT and abs(stack[0][2] - rule[2]) <= EXTENT:
                if rule[0] - stack[-1][0] > 3.0:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= 3]


def _white_lanes(inks: Sequence[Ink]) -> tuple[float, ...]:
    """Left edges of the columns that white space parts all the way down."""
    lefts: list[float] = []
    edge = float("-inf")
    for ink in sorted(inks, key=lambda ink: ink.x0):
        if ink.x0 - edge > CLEAR:
            lefts.append(ink.x0)
        edge = max(edge, ink.x1)
    return tuple(lefts)
