"""Blocks to items: where each agenda item or section begins, its number as printed, its title and its clock time.

Order on the page decides what belongs to an item, never the number: printed numbers repeat, jump and change style within a year of
minutes. In minutes and agendas the items are the numbered headings of the first level (or the rows of a ruled table that carry a
number); in other papers every heading opens a section.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wellled_nlp.document import Block, Item, count_words
from wellled_nlp.structure import doc_type

# "45/24", "TB02/13", "TB/16/043", "283.", "6.", "7.0", "84. (Item 1)", "Item 9:"
_NUMBER = re.compile(
    r"""^\s*(?:(?i:(?:agenda\s+)?item\s+))?(?P<number>
        [A-Z]{1,5}[ /-]?\d{1,4}(?:[/.-]\d{1,4}){0,3}[a-z]?
      | \d{1,4}/\d{2,4}(?:/\d{1,3})?(?:\.\d+)*
      | \d{1,3}(?:\.\d{1,3})*[a-z]?
      )(?:[.):]+|\s|$)\s*(?:[-–:]\s*)?(?P<rest>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_BARE_NUMBER = re.compile(
    r"^\s*(?:(?:agenda\s+)?item\s+)?(?P<number>[A-Z]{0,5}[ /-]?\d{1,4}(?:[/.-]\d{1,4}){0,3}[a-z]?)[.):]?\s*$", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\s*(?P<half>am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_DURATION = re.compile(r"\b(\d{1,3})\s*(?:min(?:ute)?s?|['’])(?!\w)", re.IGNORECASE)
_HEADING_WORDS = 20
_BY_NUMBER = ("minutes", "agenda")
# A section shorter than this many words without a number of its own stays with the one before it.
_TINY_SECTION = 4
# An item in an agenda may last at most this long; a longer gap is lunch or another meeting.
_LONGEST_MINUTES = 240
_FEWEST_ROWS = 3
_CLOCK_CELL = 20  # characters of a cell that holds a time or a duration
# Lists that stand after the last item of minutes without a number of their own.
_LIST_KINDS = ("action log", "risk register")
_APPENDED = re.compile(r"^(?i:appendix|annex|annexe|annexure|schedule|enclosure)\s+(?:\d{1,2}|[A-Z]{1,2})\b")


@dataclass(frozen=True)
class _Start:
    at: int
    number: str
    title: str
    clock: str | None = None
    minutes: float | None = None


def find_items(blocks: Sequence[Block], kind: str, document_id: str, paper: int, done: int, title: str, label: str = "") -> list[Item]:
    """The items of one paper, in order, holding each of its blocks once. `done` items came before, in other papers of the file.

    title and label: of the paper, for the text before its first heading; a paper's first item has its label where it has no number.
    """
    if not blocks:
        return []
    starts = (_table_starts(blocks) or _numbered_starts(blocks, kind) if kind in _BY_NUMBER else []) or _heading_starts(blocks)
    if starts and kind == "minutes":
        starts += _appendices(blocks, starts[-1].at)
    if not starts or starts[0].at > 0:
        starts = [_Start(0, label, title), *starts]
    elif label and not starts[0].number:
        starts[0] = replace(starts[0], number=label)
    items: list[Item] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        held = tuple(blocks[start.at : following.at if following else None])
        pages = [line.page for block in held for line in block.lines] or [block.page for block in held]
        position = done + len(items)
        items.append(
            Item(
                item_id=f"{document_id}-i{position:03d}",
                position=position,
                number=start.number,
                title=start.title,
                kind=_kind_of(start, kind),
                blocks=held,
                first_page=min(pages),
                last_page=max(pages),
                clock_start=start.clock,
                clock_minutes=start.minutes,
                paper=paper,
            )
        )
    return _with_clock_lengths(items)


def split_number(text: str) -> tuple[str, str]:
    """The number that a heading opens with, as printed, and the rest; ("", text) where there is none."""
    match = _NUMBER.match(text)
    if match is None or not match["rest"].strip():
        return "", " ".join(text.split())
    rest = " ".join(match["rest"].split())
    # "2024 in review" and "4 wards": a year or a count is not an item number.
    if re.fullmatch(r"(?:19|20)\d\d", match["number"]) or (
        match["number"].isdigit() and text.strip()[len(match["number"]) :][:1] == " " and rest[:1].islower()
    ):
        return "", " ".join(text.split())
    return match["number"], rest


def _table_starts(blocks: Sequence[Block]) -> list[_Start]:
    """Rows that open an item: a cell with a number alone and a cell with text, in a table where this happens more than twice."""
    starts = []
    for at, block in enumerate(blocks):
        if block.kind != "row" or len(block.cells) < 2:
            continue
        cells = [cell.strip() for cell in block.cells]
        numbered = next((i for i, cell in enumerate(cells[:3]) if _BARE_NUMBER.match(cell) and not _is_clock(cell)), None)
        clock, minutes = _clock_of(cells)
        if numbered is None and clock is None:
            continue
        title = next((cell for cell in cells[(numbered or 0) + 1 :] if len(cell) > 2 and not _is_clock(cell)), "").split("\n")[0]
        if title:
            number = _BARE_NUMBER.match(cells[numbered]) if numbered is not None else None
            starts.append(_Start(at, number["number"] if number else "", " ".join(title.split())[:200], clock, minutes))
    if len(starts) < _FEWEST_ROWS:
        return []
    # A table that is the minutes (or the timed agenda) holds most of what is said; one of risks or actions within them does not.
    held = sum(count_words(blocks[start.at].text) for start in starts)
    timed = sum(1 for start in starts if start.clock)
    whole = sum(count_words(block.text) for block in blocks)
    return starts if held >= whole / 2 or timed >= len(starts) / 2 else []


def _numbered_starts(blocks: Sequence[Block], kind: str) -> list[_Start]:
    candidates = []
    for at, block in enumerate(blocks):
        if block.kind not in ("heading", "list", "text") or count_words(block.text) > _HEADING_WORDS:
            continue
        number, title = split_number(block.text)
        stands_out = block.kind == "heading" or block.bold or (kind == "agenda" and block.kind == "list")
        if number and title[:1].isupper() and not title.endswith((".", ";", ",")) and stands_out:
            candidates.append((_level(number), _Start(at, number, title)))
    if not candidates:
        return []
    # The items are the outermost level that stands at least three times; deeper numbers are paragraphs within them.
    counts = Counter(level for level, _ in candidates)
    main = min((level for level in counts if counts[level] >= 3), default=min(counts))
    starts = [start for level, start in candidates if level <= main]
    starts = _unnumbered_before(blocks, starts) + starts
    last = max((start.at for start in starts), default=0)
    after = [(at, block) for at, block in enumerate(blocks) if at > last and block.kind == "heading"]
    return starts + [
        _Start(at, "", " ".join(block.text.split())) for at, block in after if doc_type.of_paper(block.text, "") in _LIST_KINDS
    ]


def _unnumbered_before(blocks: Sequence[Block], starts: Sequence[_Start]) -> list[_Start]:
    """Items before the first number: headings set like the numbered ones, with a numbered paragraph right below ("Election of Chair")."""
    first = blocks[starts[0].at] if starts else None
    if first is None or first.kind != "heading":
        return []
    found = []
    for at, (block, below) in enumerate(pairwise(blocks[: starts[0].at])):
        alike = block.kind == "heading" and (block.level, block.size, block.bold) == (first.level, first.size, first.bold)
        if alike and below.kind == "list" and split_number(below.text)[0]:
            found.append(_Start(at, "", " ".join(block.text.split())))
    return found


def _appendices(blocks: Sequence[Block], last: int) -> list[_Start]:
    """What is appended to minutes begins on a page of its own under "Appendix 1", and is no part of the item that ends before it."""
    return [
        _Start(at, "", " ".join(block.text.split()))
        for at, block in enumerate(blocks)
        if at > last
        and block.page > _last_page(blocks[at - 1])
        and not block.cells
        and _APPENDED.match(block.text)
        and count_words(block.text) <= _HEADING_WORDS
    ]


def _last_page(block: Block) -> int:
    return max((line.page for line in block.lines), default=block.page)


def _heading_starts(blocks: Sequence[Block]) -> list[_Start]:
    starts: list[_Start] = []
    for at, block in enumerate(blocks):
        if block.kind != "heading" or count_words(block.text) > 2 * _HEADING_WORDS:
            continue
        number, title = split_number(block.text)
        if starts and not number and sum(count_words(b.text) for b in blocks[starts[-1].at + 1 : at]) < _TINY_SECTION:
            continue
        starts.append(_Start(at, number, title))
    return starts


def _kind_of(start: _Start, kind: str) -> str:
    """The paper's kind, but that of the list itself where an action log or risk register is appended to minutes."""
    own = doc_type.of_paper(start.title, "") if not start.number and start.at else kind
    return own if own in _LIST_KINDS else kind


def _level(number: str) -> int:
    """Depth of a printed number: "6" and "7.0" and "45/24" are 1, "6.1" is 2."""
    trimmed = re.sub(r"\.0$", "", number)
    return 1 if "/" in trimmed and "." not in trimmed else trimmed.count(".") + 1


def _is_clock(cell: str) -> bool:
    """Whether a cell holds a time of day and hardly more: "9.30", "10:05 am", but not "4.1"."""
    match = _CLOCK.match(cell)
    return match is not None and len(cell) <= _CLOCK_CELL


def _clock_of(cells: Iterable[str]) -> tuple[str | None, float | None]:
    for cell in cells:
        match = _CLOCK.search(cell)
        if match and len(cell) <= _CLOCK_CELL:
            hour = int(match["hour"]) + (12 if (match["half"] or "").lower().startswith("p") and int(match["hour"]) < 12 else 0)
            return f"{hour:02d}:{match['minute']}", None
    for cell in cells:
        match = _DURATION.search(cell)
        if match and len(cell) <= _CLOCK_CELL:
            return None, float(match.group(1))
    return None, None


def _with_clock_lengths(items: list[Item]) -> list[Item]:
    """Minutes from one item's clock time to the next one's; where an item between them has none, the time is not split by guessing."""
    timed = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        minutes = item.clock_minutes
        if minutes is None and item.clock_start and following is not None and following.clock_start:
            length = _minutes(following.clock_start) - _minutes(item.clock_start)
            minutes = float(length) if 0 < length <= _LONGEST_MINUTES else None
        timed.append(replace(item, clock_minutes=minutes))
    return timed


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
