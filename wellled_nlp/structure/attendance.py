"""Who was there: the attendance list at the head of minutes, as present, in attendance or apologies, with roles and initials."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wellled_nlp.document import Attendee, Block

_LABELS = (
    ("apologies", re.compile(r"^(?:apologies(?: for absence)?|absent)\b\s*(?:received\s*)?(?:from)?\s*:?", re.IGNORECASE)),
    (
        "in attendance",
        re.compile(
            r"^(?:in attendance|also (?:present|in attendance)|invited|observers?|officers in attendance|attending)\b\s*:?", re.IGNORECASE
        ),
    ),
    ("present", re.compile(r"^(?:members )?(?:present|attendees|members|voting members)\b\s*:?", re.IGNORECASE)),
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Rev(?:erend)?|Cllr|Councillor)\.?\s+"
_PERSON = re.compile(
    rf"^(?P<name>(?:{_TITLE})?[A-Z][\w’'.-]*(?:\s+(?:[A-Z][\w’'.-]*|van|de|der|von|al)){{0,4}}(?:,?\s+(?:CBE|OBE|MBE|DBE))?)\s*"
    r"(?:\((?P<bracket>[^)]*)\)|[,–|-]\s*(?P<role>[^()|]+?))?\s*(?:\(?(?P<initials>[A-Z]{2,4})\)?)?\s*$"
)
_ROLE = re.compile(
    r"^(?:(?:Deputy|Interim|Acting|Assistant|Associate|Joint|Lead|Senior|Non-Executive|Executive|Managing)\s+)*"
    r"(?:Medical |Chief |Company |Director|Chair|Vice|Head of|Secretary|Governor|Manager|Officer|Nurse|Clerk)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^[A-Z]{2,4}$")
# The list ends where the first item begins; a longer one than this many blocks is not a list of names.
_LONGEST = 80
_LONGEST_ENTRY = 150  # characters of one person with role


def find_attendance(blocks: Sequence[Block]) -> tuple[Attendee, ...]:
    """The people in the attendance list that precedes the first item, in the order printed."""
    status = ""
    found: list[Attendee] = []
    for block in blocks[:_LONGEST]:
        for text, cells in _entries(block):
            for name, pattern in _LABELS:
                match = pattern.match(text)
                if match:
                    status, text = name, text[match.end() :].strip(" :|\n")
                    cells = [cell for cell in cells[1:] if cell] if cells and pattern.match(cells[0]) else cells
                    break
            if status and text and not (block.cells and block.cells == block.header):
                found += _of_columns(cells, block.header, status) or _people(text, cells, status)
    unique = {(person.name, person.status): person for person in found}
    return tuple(unique.values())


def _of_columns(cells: Sequence[str], header: Sequence[str], status: str) -> list[Attendee]:
    """One person from a row of a table whose header names the columns, for example Role | Name | Initials."""
    columns = {cell.strip().lower(): at for at, cell in enumerate(header)}
    if "name" not in columns or len(cells) != len(header):
        return []
    held = {name: cells[at].strip() for name, at in columns.items()}
    role = next((held[name] for name in ("role", "title", "position", "job title", "designation") if name in held), "")
    return [Attendee(held["name"], role, held.get("initials") or _initials(held["name"]), status)] if held["name"] else []


def _entries(block: Block) -> Iterable[tuple[str, list[str]]]:
    if block.cells:
        yield block.text.strip(), [" ".join(cell.split()) for cell in block.cells]
    else:
        for line in block.text.split("\n"):
            yield line.strip(), []


def _people(text: str, cells: Sequence[str], status: str) -> list[Attendee]:
    if len(cells) >= 2 and len(cells[0].split()) <= 6 and "," not in cells[0]:
        initials = next((cell.strip("()") for cell in cells[1:] if _INITIALS.match(cell.strip("()"))), "")
        role = next((cell for cell in cells[1:] if len(cell) > 4), "")
        person = _PERSON.match(cells[0])
        return [Attendee(person["name"], role, initials or person["initials"] or _initials(person["name"]), status)] if person else []
    people: list[Attendee] = []
    for part in re.split(r",(?![^(]*\))|;|\s+and\s+(?=[A-Z])|\n", text):
        flat = " ".join(part.split()).rstrip(".")[:_LONGEST_ENTRY]
        if people and not people[-1].role and _ROLE.match(flat):
            people[-1] = replace(people[-1], role=flat)
            continue
        match = _PERSON.match(flat)
        if match and (len(match["name"].split()) >= 2):
            bracket = match["bracket"] or ""
            initials = match["initials"] or (bracket if _INITIALS.match(bracket) else "")
            role = (match["role"] or ("" if initials == bracket else bracket)).strip()
            people.append(Attendee(match["name"], role, initials or _initials(match["name"]), status))
    return people


def _initials(name: str) -> str:
    bare = re.sub(rf"^{_TITLE}", "", re.sub(r",?\s+(?:CBE|OBE|MBE|DBE)$", "", name))
    return "".join(word[0] for word in bare.split() if word[:1].isupper())
