"""Who was there: the attendance list at the head of minutes, as present, in attendance or apologies, with roles and initials."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

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
_BETWEEN = re.compile(r",(?![^(]*\))|;|\s+and\s+(?=[A-Z])(?![^(]*\))|\n")
_APOLOGIES = re.compile(
    r"\bapologies(?: for absence)?(?: (?:were|was|had been|have been))?(?: also)?"
    r"(?: (?:received|noted|given|accepted|recorded|tendered|sent))? (?:from|by|on behalf of):? (?P<names>.+)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Cllr)(?<!Prof)\.(?:\s|$)")
_SAME_NAME = 0.9  # likeness of two spellings of one name: minutes add and drop an "e"
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


def with_apologies(people: Sequence[Attendee], blocks: Iterable[Block]) -> tuple[Attendee, ...]:
    """The people, those who sent their apologies by what the first items say marked so; who is in no list comes after the others."""
    known = list(people)
    for line in (line for block in blocks for line in block.text.split("\n")):
        match = _APOLOGIES.search(line)
        named = _people(_SENTENCE_END.split(match["names"], maxsplit=1)[0], [], "apologies") if match else []
        for person in (one for one in named if not _ROLE.match(one.name)):
            at = _place(person.name, known)
            if at is None:
                known.append(person)
            else:
                known[at] = replace(known[at], status="apologies")
    return tuple(known)


def _place(name: str, people: Sequence[Attendee]) -> int | None:
    """Where this person stands in the list, by the whole name or by title and surname where only one has both."""
    bare = _bare(name).lower()
    names = [_bare(person.name).lower() for person in people]
    if " " not in bare:
        title = name.split()[0]
        found = [at for at, other in enumerate(names) if other.split()[-1:] == [bare] and people[at].name.split()[0] == title]
        return found[0] if len(found) == 1 else None
    close = get_close_matches(bare, names, 1, _SAME_NAME)
    return names.index(close[0]) if close else None


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
    for part in _BETWEEN.split(text):
        flat = " ".join(part.split()).rstrip(".")[:_LONGEST_ENTRY]
        if people and not people[-1].role and _ROLE.match(flat):
            people[-1] = replace(people[-1], role=flat)
            continue
        match = _PERSON.match(flat)
        if match and (len(match["name"].split()) >= 2):
            bracket = match["bracket"] or ""
            initials = match["initials"] or (bracket if _INITIALS.match(bracket) and _could_be(bracket, match["name"]) else "")
            role = (match["role"] or ("" if initials == bracket else bracket)).strip()
            people.append(Attendee(match["name"], role, initials or _initials(match["name"]), status))
    return people


def _could_be(initials: str, name: str) -> bool:
    """Whether these letters are the person's, and not those of the organisation that sent them."""
    letters = iter(_bare(name).replace("-", " ").upper())
    return all(letter in letters for letter in initials)


def _initials(name: str) -> str:
    return "".join(word[0] for word in _bare(name).split() if word[:1].isupper())


def _bare(name: str) -> str:
    return re.sub(rf"^{_TITLE}", "", re.sub(r",?\s+(?:CBE|OBE|MBE|DBE)$", "", name))
