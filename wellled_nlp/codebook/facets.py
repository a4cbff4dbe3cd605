"""Facets: one TOML file each, checked key by key."""

import hashlib
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from wellled_nlp.codebook import files
from wellled_nlp.codebook.entries import Code, Facet
from wellled_nlp.codebook.lists import sectors
from wellled_nlp.errors import CodebookError

SHIPPED = ("kloe-2017", "language", "domain", "act")
# How a facet may be labelled; `classify` has one scorer for each.
SCORERS = ("model", "crosswalk", "lexicon")
_REQUIRED = ("id", "name", "title", "publisher")
# The tables of a facet's file, and its other keys with the type of each.
_TABLES = ("code", "parent", "addition")
_STRINGS = ("id", "name", "title", "publisher", "link", "fallback", "parent_name", "published", "valid_from", "valid_to", "edition")
_KEYS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys((*_STRINGS, "from", "crosswalk", "lexicon"), str),
    "maximum": int,
    "threshold": (int, float),
    "scored_by": (str, list),
}
_CODE_KEYS = ("id", "title", "text", "parent", "applies_to")


@cache
def load_facet(id_or_path: str) -> Facet:
    """The facet with this id among those shipped, or the one in the TOML file at this path.

    Raises CodebookError naming the file and key.
    """
    source = files.find("facets", id_or_path, ".toml")
    raw = source.read_bytes()
    values = files.toml(raw, id_or_path)
    _check_keys(values, id_or_path)
    codes, parents, additions = (tuple(_code(e, id_or_path) for e in _entries(values, key, id_or_path)) for key in _TABLES)
    scored_by = values.get("scored_by", ())
    facet = Facet(
        id=_text(values, "id", id_or_path),
        name=_text(values, "name", id_or_path),
        title=_text(values, "title", id_or_path),
        publisher=_text(values, "publisher", id_or_path),
        link=str(values.get("link", "")),
        codes=codes,
        maximum=values.get("maximum", 1),
        fallback=values.get("fallback", ""),
        parent_name=values.get("parent_name", ""),
        parents=parents,
        sha256=hashlib.sha256(raw).hexdigest(),
        published=values.get("published", ""),
        valid_from=values.get("valid_from", ""),
        valid_to=values.get("valid_to", ""),
        edition=values.get("edition", ""),
        scored_by=(scored_by,) if isinstance(scored_by, str) else tuple(scored_by),
        source=_beside(source, values.get("from", ""), ".toml"),
        crosswalk=_beside(source, values.get("crosswalk", ""), ".csv"),
        lexicon=_beside(source, values.get("lexicon", ""), ".csv"),
        threshold=float(values.get("threshold", 0.5)),
        additions=additions,
    )
    _check(facet, id_or_path)
    return facet


@cache
def frameworks() -> tuple[Facet, ...]:
    """The shipped facets that sentences can be labelled with: first those of the models, then the others by id."""
    folder = files.DATA / "facets"
    others = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    facets = (load_facet(name) for name in (*SHIPPED, *(name for name in others if name not in SHIPPED)))
    return tuple(facet for facet in facets if facet.scored_by)


def _beside(facet: Traversable, named: str, suffix: str) -> str:
    """What a facet's file names: a file beside it where there is one, else the id of a shipped one."""
    if named and isinstance(facet, Path):
        for own in (facet.parent / named, facet.parent / f"{named}{suffix}"):
            if own.is_file() and own.parent.name != "facets":
                return str(own)
    return named


def _text(values: dict[str, Any], key: str, where: str) -> str:
    if not isinstance(values.get(key), str):
        raise CodebookError(f"{where}: the key {key!r} is missing or not text.", "Add it.")
    return str(values[key])


def _check_keys(values: dict[str, Any], where: str) -> None:
    for key, value in values.items():
        if key in _TABLES:
            continue
        if key not in _KEYS:
            raise CodebookError(f"{where}: unknown key {key!r}.", f"Known: {', '.join(sorted((*_KEYS, *_TABLES)))}.")
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            if key in _REQUIRED:
                raise CodebookError(f"{where}: the key {key!r} is missing or not text.", "Add it.")
            raise CodebookError(f"{where}: the key {key!r} is {value!r}, which is of the wrong kind.", "See docs/frameworks.md.")


def _entries(values: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    entries = values.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CodebookError(f"{where}: {key!r} is not a list of tables.", f"Write each as [[{key}]].")
    return entries


def _code(entry: dict[str, Any], where: str) -> Code:
    unknown = sorted(set(entry) - set(_CODE_KEYS))
    if unknown:
        raise CodebookError(f"{where}: code {entry.get('id')} has the unknown key {unknown[0]!r}.", f"Known: {', '.join(_CODE_KEYS)}.")
    applies_to = entry.get("applies_to", [])
    known = [sector.id for sector in sectors()]
    if not isinstance(applies_to, list) or not set(applies_to) <= set(known):
        raise CodebookError(f"{where}: code {entry.get('id')} applies to the unknown {applies_to!r}.", f"A list of {', '.join(known)}.")
    return Code(
        id=_text(entry, "id", where),
        title=_text(entry, "title", where),
        text=str(entry.get("text", "")),
        parent=str(entry.get("parent", "")),
        applies_to=tuple(applies_to),
    )


def _check(facet: Facet, where: str) -> None:
    ids = facet.code_ids
    known = {parent.id for parent in facet.parents}
    if not ids:
        raise CodebookError(f"{where}: no codes.", "Add at least one [[code]].")
    if len(set(ids)) < len(ids):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        raise CodebookError(f"{where}: code {', '.join(twice)} stands twice.", "Give every code an id of its own.")
    for code in (*facet.codes, *facet.additions):
        if code.parent and code.parent not in known:
            raise CodebookError(f"{where}: code {code.id} has the unknown parent {code.parent!r}.", "Add it as a [[parent]].")
    if (facet.maximum == 1 or facet.fallback) and facet.fallback not in ids:
        raise CodebookError(f"{where}: the fallback {facet.fallback!r} is not one of the codes.", f"Use one of {', '.join(ids)}.")
    unknown = [scorer for scorer in facet.scored_by if scorer not in SCORERS]
    if unknown:
        raise CodebookError(f"{where}: scored_by has the unknown {unknown[0]!r}.", f"Use {', '.join(SCORERS)}.")
    for scorer, keys in {"crosswalk": ("source", "crosswalk"), "lexicon": ("lexicon",)}.items():
        for key in keys:
            if scorer in facet.scored_by and not getattr(facet, key):
                named = "from" if key == "source" else key
                raise CodebookError(f"{where}: scored by {scorer}, and the key {named!r} is missing.", "Name the file, or a shipped one.")
