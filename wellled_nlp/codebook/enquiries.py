"""Lines of enquiry: for each code of a framework what to ask, of whom, with which documents, where papers say too little about it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wellled_nlp.codebook import files
from wellled_nlp.codebook.entries import Facet
from wellled_nlp.codebook.facets import load_facet
from wellled_nlp.codebook.lists import load_crosswalk
from wellled_nlp.errors import CodebookError

STATES = ("none", "one_sided", "stale", "thin")
_KEYS = ("id", "whom", "documents", *STATES)
_ANY = "any"


@dataclass(frozen=True)
class Enquiry:
    """What to ask about one code. of: the code itself, or the code of another framework that a crosswalk leads to it from."""

    of: str
    whom: str
    documents: str
    questions: dict[str, str]


@dataclass(frozen=True)
class Bounds:
    """When evidence is thin (sentences, meetings), one-sided (sentences of assurance and none of improvement) or stale (months)."""

    thin_sentences: int
    thin_meetings: int
    one_sided_sentences: int
    stale_months: int


@cache
def load_bounds() -> Bounds:
    """The bounds of `enquiries/any.toml`."""
    return Bounds(**_any()["bounds"])


@cache
def states_by_urgency() -> tuple[str, ...]:
    """The states of evidence, the one to ask about first at the front."""
    return tuple(_any()["order"]["states"])


@cache
def load_enquiries(framework: str) -> dict[str, tuple[Enquiry, ...]]:
    """For each code of this framework (id or path) its enquiries, at least one.

    From the framework's own file (`enquiries/<id>.toml`, or `<name>-enquiries.toml` beside a user's own framework); else from the file of
    the framework that its crosswalk leads from, primary links first; else the wording for any code. Raises CodebookError naming the entry.
    """
    facet = load_facet(framework)
    own = _own(framework, facet)
    if own:
        return {code.id: (own[code.id],) if code.id in own else (_default(code.id, code.title),) for code in facet.codes}
    known = _shipped(facet.source) if facet.source and facet.crosswalk else {}
    links = load_crosswalk(facet.crosswalk) if known else ()
    ordered = [link for strength in ("primary", "secondary") for link in links if link.strength == strength]
    found = {
        code.id: tuple(known[link.from_code] for link in ordered if link.to_code == code.id and link.from_code in known)
        for code in facet.codes
    }
    return {code.id: found[code.id] or (_default(code.id, code.title),) for code in facet.codes}


@cache
def load_interviews(framework: str) -> dict[str, str]:
    """For each parent of this framework's codes what papers cannot show of it; empty where the framework's file does not say."""
    facet = load_facet(framework)
    source = files.DATA / "enquiries" / f"{facet.id}.toml"
    entries = files.toml(source.read_bytes(), source.name).get("interviews", []) if source.is_file() else []
    return {entry["id"]: entry["text"] for entry in entries}


def _own(framework: str, facet: Facet) -> dict[str, Enquiry]:
    path = Path(framework)
    beside = path.with_name(f"{path.stem}-enquiries.toml")
    if path.is_file() and beside.is_file():
        return _read(beside.read_bytes(), str(beside))
    return _shipped(facet.id)


def _shipped(id_: str) -> dict[str, Enquiry]:
    source = files.DATA / "enquiries" / f"{id_}.toml"
    return _read(source.read_bytes(), source.name) if id_ != _ANY and source.is_file() else {}


def _read(raw: bytes, where: str) -> dict[str, Enquiry]:
    found: dict[str, Enquiry] = {}
    for number, entry in enumerate(files.toml(raw, where).get("prompt", []), 1):
        missing = [key for key in _KEYS if not str(entry.get(key, "")).strip()]
        if missing:
            raise CodebookError(f"{where}, entry {number}: the key {missing[0]!r} is missing or empty.", "Add it.")
        if entry["id"] in found:
            raise CodebookError(f"{where}: {entry['id']} stands twice.", "Keep one of the two.")
        found[entry["id"]] = Enquiry(entry["id"], entry["whom"], entry["documents"], {state: entry[state] for state in STATES})
    return found


def _default(code: str, title: str) -> Enquiry:
    default = _any()["default"]
    questions = {state: default[state].replace("{title}", f"“{title}”") for state in STATES}
    return Enquiry(code, default["whom"], default["documents"], questions)


@cache
def _any() -> dict[str, Any]:
    return files.toml(files.find("enquiries", _ANY, ".toml").read_bytes(), _ANY)
