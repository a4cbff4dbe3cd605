"""Page furniture: running heads and feet, page numbers, watermarks and signature lines, told from text by what repeats where.

In: all sheets of a document. Out: for each, the lines that are furniture with the reason. A line repeats when the same words (digits
apart) stand at the same height on many pages *nearby*: over a whole pack, numbered headings would look alike once digits are folded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from wellled_nlp.read.sheet import Ink, Sheet

TOP, BOTTOM = 0.14, 0.13  # shares of the page's height in which heads and feet stand
NEAR = 6  # pages to either side that are asked
LEAST, SHARE = 3, 0.4  # of them at least three, and 40 %, must carry the line
DRIFT = 4.0  # points that a running line may move up or down
PAGE_NUMBER = re.compile(r"(?:page|p\.?)?\s*[|–—-]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/)\s*\d{1,4})?\s*[|–—-]?(?:\s*page)?", re.I)
PAGE_OF = re.compile(r"page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
STAMP = re.compile(r"(?:(?:strictly|in)\s+)?(?:draft|confidential|confidence|embargo(?:ed)?|sample|copy|unapproved|unconfirmed|private|void)[\s\w]{0,24}", re.I)
SIGNATURE = re.compile(r"(?:signed|signature|chair(?:man|person|woman)?|date|name|dated)?\b[^.…_]{0,40}(?:[._…]\s?){6,}", re.I)
SIGNATURE_WORD = re.compile(r"\b(?:sign(?:ed|ature)|chair(?:man|person|woman)?|dated?)\b", re.I)
DIGITS = re.compile(r"\d+")


def find_furniture(sheets: Iterable[Sheet]) -> dict[int, dict[int, str]]:
    """For each page number, the index of each line that is furniture and the reason."""
    pages = [sheet for sheet in sheets if sheet.inks]
    found: dict[int, dict[int, str]] = {sheet.number: {} for sheet in pages}
    body = _body_size(pages)
    for sheet in pages:
        for index, ink in enumerate(sheet.inks):
            reason = _alone(ink, sheet, body)
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


def _alone(ink: Ink, sheet: Sheet, body: float) -> str:
    """The reason for which a line is furniture whatever other pages hold, or nothing."""
    if ink.angle not in (0,) and ink.angle % 90:
        return "watermark"
    if ink.angle:
        return "sideways text"
    if ink.size > 2.5 * body and len(ink.text) < 40 and STAMP.fullmatch(ink.text):
        return "watermark"
    if SIGNATURE.match(ink.text) and SIGNATURE_WORD.search(ink.text):
        return "signature"
    edge = _edge(ink, sheet)
    if edge and ink.cell < 0 and (PAGE_OF.fullmatch(ink.text) or (edge == 2 and ink.text.isdigit() and len(ink.text) <= 4)):
        return "page number"
    return ""


def _edge(ink: Ink, sheet: Sheet) -> int:
    """1 in the head of the page, 2 in its foot, 0 between."""
    if ink.y1 < TOP * sheet.reading_height:
        return 1
    return 2 if ink.y0 > (1 - BOTTOM) * sheet.reading_height else 0


Place = tuple[int, int, Ink]


def _edge_lines(pages: list[Sheet]) -> dict[tuple[str, bool], list[Place]]:
    """Lines in heads and feet by their words with the digits folded, in page order."""
    lines: dict[tuple[str, bool], list[Place]] = defaultdict(list)
    for sheet in pages:
        inner = _tables_of_the_body(sheet)
        for index, ink in enumerate(sheet.inks):
            edge = _edge(ink, sheet)
            if edge and not ink.angle and (ink.cell < 0 or sheet.cells[ink.cell].table not in inner):
                lines[DIGITS.sub("#", ink.text).lower(), edge == 2].append((sheet.number, index, ink))
    return lines


def _tables_of_the_body(sheet: Sheet) -> set[int]:
    """Tables that reach out of the head and foot of the page; the header row of such a one is no running head."""
    top, bottom = TOP * sheet.reading_height, (1 - BOTTOM) * sheet.reading_height
    return {cell.table for cell in sheet.cells if cell.box[3] > top and cell.box[1] < bottom}


def _repeating(places: list[Place], pages: list[Sheet]) -> list[Place]:
    """Those places that stand at one height on enough pages nearby."""
    if len({number for number, _, _ in places}) < min(LEAST, max(2, len(pages))):
        return []
    kept = []
    order = {sheet.number: position for position, sheet in enumerate(pages)}
    for place in places:
        number, _, ink = place
        here = order[number]
        near = {
            order[other]
            for other, _, mate in places
            if abs(order[other] - here) <= NEAR and abs(mate.base - ink.base) <= DRIFT and abs(mate.size - ink.size) <= 1.0
        }
        window = min(len(pages), here + NEAR + 1) - max(0, here - NEAR)
        if len(near) >= max(min(LEAST, len(pages)), SHARE * window) and len(near) > 1:
            kept.append(place)
    return kept
