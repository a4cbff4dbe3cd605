"""Checking a user's own file before a scan depends on it: its kind is told from what stands in it, and a sound one is described.

Every fault is the error that a scan would end with, naming the file with its row or key and what to do.
"""

import csv
import re
import tomllib
from pathlib import Path

from wellled_nlp import settings
from wellled_nlp.classify import by_data, labelled
from wellled_nlp.codebook import Facet, load_crosswalk, load_facet, load_lexicon
from wellled_nlp.errors import CodebookError, InputError

# A crosswalk of this name says which two frameworks it joins; their codes can then be checked.
_JOINS = re.compile(r"(.+)-to-(.+)")


def check(path: Path) -> list[str]:
    """What the file is and what it holds, a line each. Raises InputError where its kind cannot be told, else the error of its kind."""
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Check the path.")
    if path.suffix == ".toml":
        return _framework(path) if _is_framework(path) else _settings(path)
    if path.suffix == ".csv":
        header = _header(path)
        for kind, column in ((_crosswalk, "from"), (_lexicon, "term"), (_labelled, "text")):
            if column in header:
                return kind(path)
    raise InputError(
        f"{path}: not a file that can be checked.",
        "Give a framework or wellled.toml (.toml), or a crosswalk, a lexicon or labelled sentences (.csv with their header).",
    )


def _is_framework(path: Path) -> bool:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: not valid TOML: {error}.", "Mend that line.") from error
    return not {"id", "code"}.isdisjoint(values)


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path}: cannot be read as CSV: {error}.", "Save it as CSV UTF-8.") from error


def _framework(path: Path) -> list[str]:
    facet = load_facet(str(path))
    if "model" in facet.scored_by:
        raise CodebookError(f"{path}: scored_by names a model, and none is trained on it.", 'Use "crosswalk", "lexicon" or both.')
    by_data.chosen([str(path)])
    said = [f"{path}: the framework {facet.id}, {facet.title}: {len(facet.codes)} codes, labelled by {' and '.join(facet.scored_by)}."]
    unreached = [code for code in facet.code_ids if code != facet.fallback and code not in _reached(facet)]
    if unreached:
        said.append(f"Note: no term and no link leads to {', '.join(unreached)}; nothing will ever be found for them.")
    return said


def _reached(facet: Facet) -> set[str]:
    linked = {link.to_code for link in load_crosswalk(facet.crosswalk)} if "crosswalk" in facet.scored_by else set()
    worded = {term.code for term in load_lexicon(facet.lexicon) if term.weight > 0} if "lexicon" in facet.scored_by else set()
    return linked | worded


def _settings(path: Path) -> list[str]:
    found = settings.load(path)
    by_data.chosen(found.frameworks.labelled)
    own = sum(where == str(path) for where in found.origin.values())
    return [f"{path}: settings, {own} of {len(found.origin)} of your own."]


def _crosswalk(path: Path) -> list[str]:
    links = load_crosswalk(str(path))
    joined = _JOINS.fullmatch(path.stem)
    if joined:
        for name, used in ((joined[1], {link.from_code for link in links}), (joined[2], {link.to_code for link in links})):
            _known(path, name, used)
    primary = sum(link.strength == "primary" for link in links)
    return [f"{path}: a crosswalk of {len(links)} links, {primary} primary and {len(links) - primary} secondary, each with its reason."]


def _known(path: Path, name: str, used: set[str]) -> None:
    """Checks the codes against the framework of this name beside the file or among those shipped; another name says nothing."""
    beside = path.parent / f"{name}.toml"
    try:
        facet = load_facet(str(beside) if beside.is_file() else name)
    except CodebookError:
        if beside.is_file():
            raise
        return
    unknown = sorted(used - set(facet.code_ids) - {parent.id for parent in facet.parents})
    if unknown:
        raise CodebookError(f"{path}: the code {unknown[0]!r} is not one of {facet.id}.", f"It has {', '.join(facet.code_ids)}.")


def _lexicon(path: Path) -> list[str]:
    terms = load_lexicon(str(path))
    seen: set[tuple[str, str]] = set()
    for term in terms:
        if (term.code, term.term) in seen:
            raise CodebookError(f"{path}: {term.term!r} stands twice for {term.code}.", "Keep one of the two rows.")
        seen.add((term.code, term.term))
    traps = sum(term.weight < 0 for term in terms)
    return [f"{path}: a lexicon of {len(terms)} terms for {len({term.code for term in terms})} codes, {traps} of them traps."]


def _labelled(path: Path) -> list[str]:
    return [f"{path}: {len(labelled.read(path)):,} labelled sentences."]
