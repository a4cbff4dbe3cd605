"""Signals: the named things that papers show or do not, and the wording that tells what is there from what is coming or missing."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from wellled_nlp.codebook import files
from wellled_nlp.codebook.facets import load_facet
from wellled_nlp.codebook.lists import sectors
from wellled_nlp.errors import CodebookError

FRAMEWORK = "kloe-2017"
ELEMENTS = "qi-elements-2018"
KINDS = ("document", "practice")
STATUSES = ("present", "planned", "absent said")
# A rule with this status takes the words out of account: they are asked about, or named as a role.
NO_HIT = "no hit"
SIDES = ("before", "after", "anywhere", "title")
_WORDING = "signal-status"
_KEYS = ("id", "title", "kind", "patterns", "traps", "titles", "prompts", "source", "link", "applies_to", "mention", "dimension", "element")
_FLAG = "mention"
_LISTS = ("patterns", "traps", "titles", "prompts", "applies_to")


@dataclass(frozen=True)
class Signal:
    """A named thing that papers show or do not.

    kind: document (something that the board should have) or practice (something that it does). `patterns` count wherever they stand,
    `titles` in headings alone, and neither where one of the `traps` overlaps; `classify.patterns` says how they are written.
    prompts: codes of kloe-2017 that it bears on. mention: whether a mention alone shows it (events, of which none is also an answer;
    bodies; what every board has), so that a hit is always present. dimension: of the governance of improvement (Jones and others, 2017);
    element: one of the six common elements (CQC, 2018); "" where none. where: file and entry, for errors about its patterns.
    """

    id: str
    title: str
    kind: str
    patterns: tuple[str, ...]
    traps: tuple[str, ...]
    titles: tuple[str, ...]
    prompts: tuple[str, ...]
    source: str
    link: str
    applies_to: tuple[str, ...]
    mention: bool
    dimension: str
    element: str
    where: str


@dataclass(frozen=True)
class StatusRule:
    """Wording near a signal that says what becomes of it.

    side: the wording stands before or after the signal's words at most `reach` words away, or anywhere in the sentence; a `title` rule
    is asked of the sentence that opens under a heading. Between the two stands neither the end of a clause nor one of `stops`.
    """

    status: str
    side: str
    reach: int
    patterns: tuple[str, ...]
    stops: frozenset[str]
    where: str


@dataclass(frozen=True)
class StatusWording:
    """The rules in order (the first that holds decides), headings under which nothing counts, what closes a row of an action log, and
    traps of all signals.
    """

    rules: tuple[StatusRule, ...]
    headings: tuple[str, ...]
    closed: tuple[str, ...]
    traps: tuple[str, ...]
    where: str


@cache
def load_signals(id_or_path: str = "signals") -> tuple[Signal, ...]:
    """The shipped list (`signals`), or the one in the TOML file at this path. Raises CodebookError naming the file and the entry."""
    entries = files.toml(files.find("", id_or_path, ".toml").read_bytes(), id_or_path).get("signal")
    if not isinstance(entries, list) or not entries:
        raise CodebookError(f"{id_or_path}: no signals.", "Add at least one [[signal]].")
    signals = tuple(_signal(entry, f"{id_or_path}, entry {number}") for number, entry in enumerate(entries, 1))
    ids = [signal.id for signal in signals]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise CodebookError(f"{id_or_path}: signal {', '.join(twice)} stands twice.", "Give every signal an id of its own.")
    return signals


@cache
def load_status_wording() -> StatusWording:
    """The shipped wording of `signal-status.toml`."""
    values = files.toml(files.find("", _WORDING, ".toml").read_bytes(), _WORDING)
    rules = tuple(_rule(entry, f"{_WORDING}, rule {number}") for number, entry in enumerate(values["rule"], 1))
    return StatusWording(rules, tuple(values["headings"]), tuple(values["closed"]), tuple(values["traps"]), _WORDING)


def _signal(entry: dict[str, Any], where: str) -> Signal:
    if isinstance(entry.get("id"), str):
        where = f"{where} ({entry['id']})"
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise CodebookError(f"{where}: unknown key {unknown[0]!r}.", f"Known: {', '.join(_KEYS)}.")
    texts = {key: _text(entry, key, where) for key in _KEYS if key not in (*_LISTS, _FLAG)}
    lists = {key: _texts(entry, key, where) for key in _LISTS}
    for key in ("id", "title", "source"):
        if not texts[key].strip():
            raise CodebookError(f"{where}: the key {key!r} is missing or empty.", "Add it.")
    if not lists["patterns"] and not lists["titles"]:
        raise CodebookError(f"{where}: neither patterns nor titles.", "Say in which words the papers name it.")
    _check_known(texts["kind"], KINDS, "kind", where)
    for prompt in lists["prompts"] or ("",):
        _check_known(prompt, load_facet(FRAMEWORK).code_ids, "prompt", where)
    for sector in lists["applies_to"]:
        _check_known(sector, tuple(sector.id for sector in sectors()), "sector", where)
    if texts["element"]:
        _check_known(texts["element"], load_facet(ELEMENTS).code_ids, "element", where)
    if not isinstance(entry.get(_FLAG, False), bool):
        raise CodebookError(f"{where}: the key {_FLAG!r} is neither true nor false.", "Write true or false without quotation marks.")
    known: dict[str, Any] = {**texts, **lists, _FLAG: entry.get(_FLAG, False)}
    return Signal(where=where, **known)


def _rule(entry: dict[str, Any], where: str) -> StatusRule:
    _check_known(entry["status"], (*STATUSES, NO_HIT), "status", where)
    _check_known(entry["side"], SIDES, "side", where)
    return StatusRule(
        entry["status"], entry["side"], entry.get("reach", 0), tuple(entry["patterns"]), frozenset(entry.get("stops", ())), where
    )


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise CodebookError(f"{where}: the key {key!r} is not text.", "Put it in quotation marks.")
    return value


def _texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise CodebookError(f"{where}: the key {key!r} is not a list of texts.", 'Write it as ["…", "…"].')
    return tuple(values)


def _check_known(value: str, known: tuple[str, ...], what: str, where: str) -> None:
    if value not in known:
        raise CodebookError(f"{where}: unknown {what} {value!r}.", f"Use {', '.join(known)}.")
