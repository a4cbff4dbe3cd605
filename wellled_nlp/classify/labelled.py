"""Labelled sentences in the codebook's file format: read, checked, and turned into what training and evaluation need."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wellled_nlp.classify.features import Context
from wellled_nlp.codebook import load_facet
from wellled_nlp.errors import InputError

HEADER = ("id", "source", "kind", "heading", "previous", "text", "prompts", "language", "domain", "act")
FRAMEWORK = "kloe-2017"
FLAGS = ("assurance", "improvement")
FACETS = ("prompts", "language", "domain", "act")
# For each head of the model the facet that people answer for it.
ASKED = {"themes": "prompts", "stance": "language", **{facet: facet for facet in FACETS}}
_PAPER = {"annual report": "quality account", "board pack": "board paper"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled sentence; `prompts` is empty where none was given, another facet is "" where it was not labelled."""

    id: str
    source: str
    context: Context
    prompts: frozenset[str]
    language: str
    domain: str
    act: str


def read(path: Path) -> list[Labelled]:
    """The sentences of a file, or of all CSVs in a folder in order of name. Raises InputError naming the file, row and fault."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"There are no labelled sentences (*.csv) in {path}.", "Give a file or folder in the codebook's format.")
    return [row for file in files for row in _read_file(file)]


def context(text: str, heading: str = "", previous: str = "", paper: str = "") -> Context:
    """The context of a sentence; `paper` as structure or the codebook's files write it ("board_paper", "board paper", "annual report")."""
    kind = paper.replace("_", " ")
    return Context(text, heading, previous, _PAPER.get(kind, kind))


def targets(rows: Sequence[Labelled], facet: str) -> tuple[tuple[str, ...], np.ndarray]:
    """The codes of a facet and which of them each sentence has (sentences by codes); language as its two flags, stance as four rivals."""
    prompts = load_facet(FRAMEWORK)
    if facet == "prompts":
        codes, given = prompts.code_ids, [set(row.prompts) for row in rows]
    elif facet == "themes":
        codes = tuple(parent.id for parent in prompts.parents)
        given = [{prompts.parent_of[code] for code in row.prompts} for row in rows]
    elif facet == "language":
        codes, given = FLAGS, [set(FLAGS) if row.language == "both" else {row.language} for row in rows]
    else:
        codes, given = load_facet(ASKED[facet]).code_ids, [{str(getattr(row, ASKED[facet]))} for row in rows]
    return codes, np.array([[code in labels for code in codes] for labels in given], dtype=bool).reshape(len(rows), len(codes))


def _read_file(path: Path) -> list[Labelled]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.DictReader(stream)
            missing = {"text"} - set(lines.fieldnames or ())
            if missing:
                raise InputError(f"{path}: the column 'text' is missing.", f"The header is {','.join(HEADER)}.")
            return [_row(path, number, line) for number, line in enumerate(lines, 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}.", "Give a UTF-8 CSV file in the codebook's format.") from error


def _row(path: Path, number: int, line: dict[str, str | None]) -> Labelled:
    value = {name: (line.get(name) or "").strip() for name in HEADER}
    prompts = frozenset(filter(None, (code.strip() for code in value["prompts"].split(";"))))
    for facet, given in (("prompts", prompts), *((name, {value[name]} - {""}) for name in ("language", "domain", "act"))):
        unknown = set(given) - set(load_facet(FRAMEWORK if facet == "prompts" else facet).code_ids)
        if unknown:
            raise InputError(f"{path}, row {number}: unknown {facet} code {', '.join(sorted(unknown))}.", "Use the codes of the codebook.")
    one = context(value["text"], value["heading"], value["previous"], value["kind"])
    return Labelled(value["id"] or str(number), value["source"], one, prompts, value["language"], value["domain"], value["act"])
