"""Tasks that the papers record: rows of action logs, initials in the margin of minutes, and marked lines ("ACTION: …")."""

import re
from collections.abc import Iterable, Sequence

from wellled_nlp.document import Action, Block, Item, Line, count_words

_HEADER = {
    "ref": re.compile(
        r"^(?:ref(?:erence)?|no\.?|number|action (?:no|ref|number)\.?|item(?: no\.?)?|minute(?: ref| no)?\.?|#)\b", re.IGNORECASE
    ),
    "text": re.compile(
        r"^(?:(?:agreed |key |required )?actions?(?: required| agreed| point)?|task|what|description|issue)\b", re.IGNORECASE
    ),
    "owner": re.compile(r"^(?:(?:action )?owner|lead|responsib\w+|who|by whom|assigned|action by|officer|named)\b", re.IGNORECASE),
    "due": re.compile(r"^(?:due|deadline|by when|when|target|time ?scale|completion|date due|review date|forecast)\b", re.IGNORECASE),
    "status": re.compile(r"^(?:status|progress|update|outcome|rag|comments?|position|completed?)\b", re.IGNORECASE),
}
_OWNER = r"[A-Z]{2,4}(?:\s*[/&,+]\s*[A-Z]{2,4})*|All|ALL"
_MARGIN = re.compile(rf"^(?:{_OWNER})(?:\s+(?:{_OWNER}))*$")
_MARKED = re.compile(
    r"(?:^|\s)(?:ACTION(?:\s+POINT)?|Action(?:\s+point|\s+required)?)\s*(?:\d+[/.\d]*)?\s*[:–-]\s*(?P<rest>.+)$", re.DOTALL
)
_FIRST_OWNER = re.compile(rf"^(?P<owner>{_OWNER})\b\s*(?:to\b|[:,–-]|$)\s*")
_LAST_OWNER = re.compile(rf"[\s\[(–-]+(?:Action:?\s*)?(?P<owner>{_OWNER})\s*[\])]?\.?$")
_DUE = re.compile(
    r"(?:\bdue\b:?|\b(?:by|before|prior to)\b(?:(?: the)? end of| the(?= \d))?|\bdeadline\b:?)\s+(?P<due>(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+20\d\d)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:the )?next (?:meeting|board)|end of (?:the )?(?:month|quarter|year))",
    re.IGNORECASE,
)
_NOT_OWNERS = frozenset({"NHS", "CQC", "RAG", "BAF", "PDF", "TBC", "N/A", "IPR", "ICB", "KPI", "CEO", "GP", "AOB", "RED", "AMBER", "GREEN"})
_NEAR_POINTS = 8.0  # between the middles of two lines that stand beside each other
_GAP_POINTS = 16.0  # initials between two paragraphs are at most this far from the lines of either
_ASKED = re.compile(r"\b(?:asked|(?<!the )requested|agreed to|to be (?:asked|sent|brought))\b", re.IGNORECASE)
_PEOPLE_COLUMNS = frozenset({"name", "role", "initials", "job title"})
_TASK_WORDS = 8  # a cell beside the margin that is shorter is a name or a figure, not minutes
_ENTRY_WORDS = 4  # a list entry that is shorter says no task without the words that lead into its list
_MARKS = "•▪‣–- "  # what opens an entry of a list and is no word of it
_BULLET = re.compile(r"\s*(?:[•o▪‣–*-]|\(?[\divx]{1,4}[.)])\s")


def find_actions(items: Iterable[Item]) -> tuple[Action, ...]:
    """All tasks in the order of the document; one that stands in the margin and is marked in the text is given once."""
    found: list[Action] = []
    for item in items:
        for block in item.blocks:
            if block.kind == "row":
                found += _of_log_row(item, block) or (_of_margin(item, block) if item.kind == "minutes" else [])
            if block.kind != "row":
                found += _of_marked_text(item, block)
    return tuple({(action.item_id, action.text, action.owner): action for action in found}.values())


def is_log_header(header: Sequence[str]) -> bool:
    """Whether these header cells are those of an action log: a task, and an owner, with a date or status."""
    columns = _columns(header)
    return "text" in columns and "owner" in columns and ("due" in columns or "status" in columns)


def _columns(header: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        for name, pattern in _HEADER.items():
            if name not in columns and pattern.match(cell.strip()):
                columns[name] = at
                break
    return columns


def _of_log_row(item: Item, block: Block) -> list[Action]:
    if not is_log_header(block.header) or block.cells == block.header:
        return []
    columns = _columns(block.header)
    cells = {name: " ".join(block.cells[at].split()) if at < len(block.cells) else "" for name, at in columns.items()}
    if not cells["text"]:
        return []
    return [
        Action(item.item_id, block.page, cells["text"], cells["owner"], cells.get("due", ""), cells.get("status", ""), cells.get("ref", ""))
    ]


def _of_margin(item: Item, block: Block) -> list[Action]:
    """Initials in the last cell of a minutes row: each stands beside the paragraph that gives the task."""
    if len(block.cells) < 2 or not block.cells[-1].strip() or max(count_words(cell) for cell in block.cells[:-1]) < _TASK_WORDS:
        return []
    if len(_PEOPLE_COLUMNS & {cell.strip().lower() for cell in block.header}) > 1:
        return []
    start = len(block.text) - len(block.cells[-1])
    margin = [(line, owner) for line in block.lines if line.start >= start and (owner := _owners(_text_of(block, line)))]
    if not margin and _MARGIN.match(" ".join(block.cells[-1].split())) and _owners(block.cells[-1]):
        prose = max(block.cells[:-1], key=len)
        return [_action(item, block.page, prose.split("\n")[-1], _owners(block.cells[-1]))]
    body = [line for line in block.lines if line.start < start]
    actions = []
    for line, owner in margin:
        beside = _beside(block, line, body)
        if beside is not None:
            actions.append(_action(item, line.page, _task(block, beside.start), owner))
    return actions


def _beside(block: Block, line: Line, body: Sequence[Line]) -> Line | None:
    """The line that initials stand beside; between two paragraphs, the one in which somebody is asked, or else the upper one."""
    same = [other for other in body if other.page == line.page and other.box and line.box]
    near = [other for other in same if abs(_middle(other) - _middle(line)) <= _NEAR_POINTS]
    if near:
        return min(near, key=lambda other: abs(_middle(other) - _middle(line)))
    above = max((other for other in same if _middle(other) < _middle(line)), key=_middle, default=None)
    below = min((other for other in same if 0 < _middle(other) - _middle(line) <= _GAP_POINTS), key=_middle, default=None)
    if below and _ASKED.search(_paragraph(block, below.start)) and not (above and _ASKED.search(_paragraph(block, above.start))):
        return below
    return above


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2 if line.box else 0.0


def _text_of(block: Block, line: Line) -> str:
    after = [other.start for other in block.lines if other.start > line.start]
    return block.text[line.start : min(after) if after else len(block.text)].strip(" \n|")


def _owners(text: str) -> str:
    flat = " ".join(text.split())
    if not _MARGIN.match(flat):
        return ""
    names = [name for name in re.split(r"[\s/&,+]+", flat) if name and name not in _NOT_OWNERS]
    return "/".join(names)


def _task(block: Block, at: int) -> str:
    """The paragraph at this offset; a list entry of a word or two with the line that leads into its list ("… should be added:")."""
    entry = _paragraph(block, at)
    if not _BULLET.match(entry) or count_words(entry) > _ENTRY_WORDS:
        return entry
    for line in reversed(block.text[:at].split("\n")):
        if line.rstrip().endswith(":"):
            return f"{line.rsplit(' | ', 1)[-1]} {_BULLET.sub('', entry, count=1)}"
    return entry


def _paragraph(block: Block, at: int) -> str:
    start = block.text.rfind("\n", 0, at) + 1
    end = min((found for found in (block.text.find("\n", at), block.text.find(" | ", at)) if found >= 0), default=len(block.text))
    return block.text[start:end]


def _of_marked_text(item: Item, block: Block) -> list[Action]:
    found = []
    for line in block.text.split("\n"):
        match = _MARKED.search(line)
        if not match:
            continue
        rest = " ".join(match["rest"].split())
        first, last = _FIRST_OWNER.match(rest), _LAST_OWNER.search(rest)
        owner = first["owner"] if first else last["owner"] if last else ""
        if owner in _NOT_OWNERS:
            owner = ""
        text = rest[first.end() :] if first and owner else rest[: last.start()] if last and owner else rest
        text = text or " ".join(line[: match.start()].split())
        if text or owner:
            found.append(_action(item, block.page, text, owner))
    return found


def _action(item: Item, page: int, text: str, owner: str) -> Action:
    due = _DUE.search(text)
    task = " ".join(text.split()).strip(" |").lstrip(_MARKS)
    return Action(item.item_id, page, task, owner, due["due"] if due else "")
