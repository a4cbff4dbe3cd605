"""Page furniture: running heads and feet, page numbers, watermarks and signature lines, told from text by what repeats where.

In: all sheets of a document. Out: for each, the lines that are furniture with the reason. A line repeats when the same words (digits
apart) stand at the same height on many pages *nearby*: over a whole pack, numbered headings would look alike once digits are folded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from wellled_nlp.read.ink import Ink
from wellled_nlp.read.page_frame import BoxTuple
from wellled_nlp.read.paragraphs import BARE_MARK
from wellled_nlp.read.sheet import Sheet

TOP, BOTTOM = 0.16, 0.17  # shares of the page's height in which heads and feet stand
MARGIN = 0.1  # the share at the very foot in which a bare number is a page number, though nothing repeats
NEAR = 6  # pages to either side that are asked
LEAST, SHARE = 3, 0.4  # of them at least three, and 40 %, must carry the line
SAME_ON_A_PAGE = 12  # lines of one page that read alike and are compared with those of others
DRIFT = 4.0  # points that a running line may move up or down
PAGE_NUMBER = re.compile(r"(?:page|p\.?)?\s*[|–—-]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/)\s*\d{1,4})?\s*[|–—-]?(?:\s*page)?", re.I)
PAGE_OF = re.compile(r"page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
STAMP = re.compile(
    r"(?:(?:strictly|in)\s+)?(?:draft|confidential|confidence|embargo(?:ed)?|sample|copy|unapproved|unconfirmed|private|void)[\s\w]{0,24}",
    re.I,
)
SIGNATURE = re.compile(r"(?:signed|signature|chair(?:man|person|woman)?|date|name|dated)?\b[^.…_]{0,40}(?:[._…]\s?){6,}", re.I)
SIGNATURE_WORD = re.compile(r"\b(?:sign(?:ed|ature)|chair(?:man|person|woman)?|dated?)\b", re.I)
LABEL, LABEL_WORDS = 0.9, 5  # times the body size; words: small short lines within a chart are its labels
# Times the body size; numbers of a scale; points between them, and from them to the names along the scale.
MOST_CHARTS = 60  # groups of small numbers on a page; more are no charts
TICK, TICKS, TICKS_APART, AROUND = 0.8, 4, 60.0, 16.0
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_VALUE = rf"[-+£$]?[\d.,]+\s?(?:%|k|m|bn)?|{_MONTH}[-\s']*\d{{2,4}}|q[1-4].{{0,8}}"
VALUE_TEXT = re.compile(_VALUE, re.I)
LABEL_TEXT = re.compile(
    rf"{_VALUE}|(?:\d{{1,2}}\s)?{_MONTH}|[jfmasond]\d{{0,2}}", re.I
)  # along a scale months stand by name or first letter
NUMBER_LONGEST = 24  # characters of "Page 123 of 456"
CAPTION = re.compile(r"(?:figure|fig|chart|table|source|note)s?\b", re.I)
MARK, MARK_SIZES, BESIDE = 6, 5.0, 2  # characters of a paragraph's number; sizes from it to its line; lines of the stream between
NO_DIGITS = str.maketrans("", "", "0123456789")


def find_furniture(sheets: Iterable[Sheet]) -> dict[int, dict[int, str]]:
    """For each page number, the index of each line that is furniture and the reason."""
    pages = [sheet for sheet in sheets if sheet.inks]
    found: dict[int, dict[int, str]] = {sheet.number: {} for sheet in pages}
    body = _body_size(pages)
    for sheet in pages:
        figures = [*sheet.figures, *_charts(sheet, body), *(_around(box) for kind, box in sheet.drawn if kind != "picture")]
        bars = _bars(sheet)
        for index, ink in enumerate(sheet.inks):
            bar = ink.cell >= 0 and sheet.cells[ink.cell].table in bars
            reason = "figure label" if bar else _alone(ink, sheet, figures, body)
            if reason:
                found[sheet.number][index] = reason
    for (_, foot), places in _edge_lines(pages).items():
        for number, index, ink in _repeating(places, pages):
            reason = "page number" if PAGE_NUMBER.fullmatch(ink.text) else "running foot" if foot else "running head"
            found[number].setdefault(index, reason)
    return found


def _body_size(pages: list[Sheet]) -> float:
    sizes: dict[float, int] = defaultdict(int)
    for sheet in pages:
        for ink in sheet.inks:
            sizes[round(ink.size)] += len(ink.text)
    return max(sizes.items(), key=lambda item: (item[1], -item[0]), default=(10.0, 0))[0]


def _charts(sheet: Sheet, body: float) -> list[BoxTuple]:
    """Boxes of charts, told by their scales: small numbers near one another, outside tables."""
    boxes: list[tuple[BoxTuple, int]] = []
    for ink in sheet.inks:
        if ink.cell < 0 and ink.size <= TICK * body and len(boxes) < MOST_CHARTS and LABEL_TEXT.fullmatch(ink.text):
            box, count = ink.box, 1
            for other, many in list(boxes):
                if _within(box, other, TICKS_APART):
                    boxes.remove((other, many))
                    box = min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
                    count += many
            boxes.append((box, count))
    return [_around(box) for box, count in boxes if count >= TICKS]


def _around(box: BoxTuple) -> BoxTuple:
    """The box with room for the names along its axes."""
    return box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND


def _bars(sheet: Sheet) -> set[int]:
    """Tables that hold nothing but figures: the bars of a chart, with their values."""
    inner: dict[int, bool] = {}
    for ink in sheet.inks:
        if ink.cell >= 0:
            table = sheet.cells[ink.cell].table
            inner[table] = inner.get(table, True) and bool(VALUE_TEXT.fullmatch(ink.text))
    return {table for table, only in inner.items() if only}


def _within(a: BoxTuple, b: BoxTuple, gap: float) -> bool:
    return a[0] - gap <= b[2] and b[0] - gap <= a[2] and a[1] - gap <= b[3] and b[1] - gap <= a[3]


def _alone(ink: Ink, sheet: Sheet, figures: Sequence[BoxTuple], body: float) -> str:
    """The reason for which a line is furniture whatever other pages hold, or nothing."""
    if ink.angle:
        return "watermark" if ink.angle % 90 else "sideways text"
    if ink.struck:
        return "struck out"
    text = ink.text
    if ink.size > 2.5 * body and len(text) < 40 and STAMP.fullmatch(text):
        return "watermark"
    if _has_leaders(text) and SIGNATURE.match(text) and SIGNATURE_WORD.search(text):
        return "signature"
    if figures and ink.cell < 0 and (ink.size <= LABEL * body or LABEL_TEXT.fullmatch(text)) and text.count(" ") < LABEL_WORDS:
        x, y = (ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2
        if not CAPTION.match(ink.text) and any(a <= x <= c and b <= y <= d for a, b, c, d in figures):
            return "figure label"
    if len(text) < NUMBER_LONGEST and _is_at_edge(ink, sheet):
        bare = text.isdigit() and len(text) <= 4 and ink.y0 > (1 - MARGIN) * sheet.reading_height
        if (bare or PAGE_OF.fullmatch(text)) and not _is_in_cell(ink, sheet):
            return "page number"
    return ""


def _has_leaders(text: str) -> bool:
    """Whether dots or strokes lead on; asked of every line, so written out rather than as a loop, which costs five times as much."""
    return "..." in text or "__" in text or "…" in text or ". ." in text or "_ _" in text


def _is_in_cell(ink: Ink, sheet: Sheet) -> bool:
    """Whether the line's middle is inside its cell: one that only touches a table at the foot of the page may be a page number."""
    if ink.cell < 0:
        return False
    upper, lower = sheet.cells[ink.cell].box[1], sheet.cells[ink.cell].box[3]
    return upper <= (ink.y0 + ink.y1) / 2 <= lower


def _is_at_edge(ink: Ink, sheet: Sheet) -> bool:
    """Whether the line stands in the head or the foot of the page."""
    return ink.y1 < TOP * sheet.reading_height or ink.y0 > (1 - BOTTOM) * sheet.reading_height


Place = tuple[int, int, Ink]


def _edge_lines(pages: list[Sheet]) -> dict[tuple[str, bool], list[Place]]:
    """Lines in heads and feet by their words without digits, in page order."""
    lines: dict[tuple[str, bool], list[Place]] = defaultdict(list)
    for sheet in pages:
        inner = _tables_of_the_body(sheet)
        head, foot = TOP * sheet.reading_height, (1 - BOTTOM) * sheet.reading_height
        for index, ink in enumerate(sheet.inks):
            if head <= ink.y1 and ink.y0 <= foot or ink.angle or _counts_a_paragraph(ink, index, sheet):
                continue
            if not _is_in_cell(ink, sheet) or sheet.cells[ink.cell].table not in inner:
                lines[ink.text.translate(NO_DIGITS).lower(), ink.y1 >= head].append((sheet.number, index, ink))
    return lines


def _counts_a_paragraph(ink: Ink, index: int, sheet: Sheet) -> bool:
    """Whether it is a number with a line of text beside it: the paragraph's, not the page's, though numbers look alike without digits."""
    if ink.cell >= 0 or len(ink.text) > MARK or not BARE_MARK.match(ink.text):
        return False
    beside = [other for other in sheet.inks[max(0, index - BESIDE) : index + BESIDE + 1] if other.text[0].isalpha()]
    return any(abs(other.base - ink.base) <= 0.35 * ink.size and 0 <= other.x0 - ink.x1 < MARK_SIZES * ink.size for other in beside)


def _tables_of_the_body(sheet: Sheet) -> set[int]:
    """Tables that reach out of the head and foot of the page; the header row of such a one is no running head."""
    top, bottom = TOP * sheet.reading_height, (1 - BOTTOM) * sheet.reading_height
    return {cell.table for cell in sheet.cells if cell.box[3] > top and cell.box[1] < bottom}


def _alike(ink: Ink, mate: Ink) -> bool:
    """Whether two lines stand at one height and are of one size, or are the same to the letter."""
    apart = abs(mate.base - ink.base)
    return apart <= DRIFT and (abs(mate.size - ink.size) <= 1.0 or mate.text == ink.text)


def _repeating(places: list[Place], pages: list[Sheet]) -> list[Place]:
    """Those places that stand at one height on enough pages nearby."""
    if len({number for number, _, _ in places}) < min(LEAST, max(2, len(pages))):
        return []
    order = {sheet.number: position for position, sheet in enumerate(pages)}
    by_page: dict[int, list[Ink]] = defaultdict(list)
    for number, _, ink in places:
        if len(by_page[order[number]]) < SAME_ON_A_PAGE:
            by_page[order[number]].append(ink)
    kept = []
    for place in places:
        here = order[place[0]]
        window = range(max(0, here - NEAR), min(len(pages), here + NEAR + 1))
        near = sum(1 for other in window if any(_alike(place[2], mate) for mate in by_page.get(other, ())))
        if near >= max(min(LEAST, len(pages)), SHARE * len(window)) and near > 1:
            kept.append(place)
    return kept
