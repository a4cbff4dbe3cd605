"""Domain knowledge as data: facets with their codes, lexicons and crosswalks, loaded from `data/` or from a user's own path.

A facet is one question asked of every sentence, its codes are the answers. `name` is the facet's column in labelled sentences and its
value in the `labels` table; `id` names the edition of the framework, so that two editions never mix.
"""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from wellled_nlp.errors import CodebookError

SHIPPED = ("kloe-2017", "language", "domain", "act")


@dataclass(frozen=True)
class Code:
    """One answer. `parent` is a code of the facet's parent facet ("" where there is none); `applies_to` names sectors, empty for all."""

    id: str
    title: str
    text: str
    parent: str = ""
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    """A question asked of every sentence.

    maximum: how many codes one sentence may have; 1 means exactly one, and `fallback` is the code given where nothing is known.
    parents: the codes of the parent facet, which is called `parent_name` and looked up, never predicted.
    sha256: of the file that it was loaded from, for provenance.
    """

    id: str
    name: str
    title: str
    publisher: str
    link: str
    codes: tuple[Code, ...]
    maximum: int
    fallback: str
    parent_name: str
    parents: tuple[Code, ...]
    sha256: str

    @property
    def code_ids(self) -> tuple[str, ...]:
        """The ids of the codes in the order of the file."""
        return tuple(code.id for code in self.codes)

    @property
    def parent_of(self) -> dict[str, str]:
        """For each code that has one, the id of its parent."""
        return {code.id: code.parent for code in self.codes if code.parent}


@dataclass(frozen=True)
class Term:
    """One entry of a lexicon. kind: phrase (as written), stem (the last word may have any ending) or regex."""

    code: str
    term: str
    kind: str
    weight: float
    note: str


@cache
def load_facet(id_or_path: str) -> Facet:
    """The facet with this id among those shipped, or the one in the TOML file at this path.

    Raises CodebookError naming the file and key.
    """
    source = _find("facets", id_or_path, ".toml")
    raw = source.read_bytes()
    try:
        values = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{id_or_path}: not valid TOML: {error}.", "Mend that line.") from error
    codes = tuple(_code(entry, id_or_path) for entry in values.get("code", []))
    parents = tuple(_code(entry, id_or_path) for entry in values.get("parent", []))
    facet = Facet(
        id=_text(values, "id", id_or_path),
        name=_text(values, "name", id_or_path),
        title=_text(values, "title", id_or_path),
        publisher=_text(values, "publisher", id_or_path),
        link=str(values.get("link", "")),
        codes=codes,
        maximum=int(values.get("maximum", 1)),
        fallback=str(values.get("fallback", "")),
        parent_name=str(values.get("parent_name", "")),
        parents=parents,
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    _check(facet, id_or_path)
    return facet


@cache
def load_lexicon(id_or_path: str) -> tuple[Term, ...]:
    """The terms of the lexicon with this id (a facet's name) or at this path. Raises CodebookError naming the file and row."""
    source = _find("lexicons", id_or_path, ".csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    terms = []
    for number, row in enumerate(rows, 2):
        try:
            terms.append(Term(row["code"], row["term"], row["kind"], float(row["weight"]), row["note"] or ""))
        except (KeyError, TypeError, ValueError) as error:
            raise CodebookError(f"{id_or_path}, row {number}: {error!r}.", "A row is: code,term,kind,weight,note.") from error
        if row["kind"] not in ("phrase", "stem", "regex"):
            raise CodebookError(f"{id_or_path}, row {number}: unknown kind {row['kind']!r}.", "Use phrase, stem or regex.")
    return tuple(terms)


def _find(folder: str, id_or_path: str, suffix: str) -> Traversable:
    shipped = resources.files("wellled_nlp") / "data" / folder / f"{id_or_path}{suffix}"
    if "/" not in id_or_path and shipped.is_file():
        return shipped
    own = Path(id_or_path)
    if own.is_file():
        return own
    names = sorted(entry.name.removesuffix(suffix) for entry in (resources.files("wellled_nlp") / "data" / folder).iterdir())
    raise CodebookError(f"There is no file {id_or_path} in {folder}.", f"Shipped: {', '.join(names)}; or give the path of your own file.")


def _text(values: dict[str, Any], key: str, where: str) -> str:
    if not isinstance(values.get(key), str):
        raise CodebookError(f"{where}: the key {key!r} is missing or not text.", "Add it.")
    return str(values[key])


def _code(entry: dict[str, Any], where: str) -> Code:
    return Code(
        id=_text(entry, "id", where),
        title=_text(entry, "title", where),
        text=str(entry.get("text", "")),
        parent=str(entry.get("parent", "")),
        applies_to=tuple(entry.get("applies_to", ())),
    )


def _check(facet: Facet, where: str) -> None:
    ids = facet.code_ids
    known = {parent.id for parent in facet.parents}
    if not ids:
        raise CodebookError(f"{where}: no codes.", "Add at least one [[code]].")
    if len(set(ids)) < len(ids):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        raise CodebookError(f"{where}: code {', '.join(twice)} stands twice.", "Give every code an id of its own.")
    for code in facet.codes:
        if code.parent and code.parent not in known:
            raise CodebookError(f"{where}: code {code.id} has the unknown parent {code.parent!r}.", "Add it as a [[parent]].")
    if facet.maximum == 1 and facet.fallback not in ids:
        raise CodebookError(f"{where}: the fallback {facet.fallback!r} is not one of the codes.", f"Use one of {', '.join(ids)}.")
