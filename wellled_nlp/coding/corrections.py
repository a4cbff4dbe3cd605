"""What people said, kept beside a scan in `library/corrections/`: one file an import and coder, added and never changed.

A file is named by the hash of what it says, so that importing the same form again adds nothing. Its first line says who, when, from which
sample, with which codebooks and against which models; each further line is a sentence by id and hash of its text, with the stratum and the
weight that it was drawn with. No text is kept: it stands in the scan.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wellled_nlp.coding.records import text_hash
from wellled_nlp.errors import InputError

FOLDER = Path("library") / "corrections"


@dataclass(frozen=True)
class Row:
    """What one coder said of one sentence. stratum, size and weight are those of its sample: name, sentences in it, sentences that one
    drawn stands for; empty, 0 and 0 where it was not drawn.
    """

    sentence_id: str
    hash: str
    given: Mapping[str, tuple[str, ...]]
    stratum: str
    size: int
    weight: float
    note: str


@dataclass(frozen=True)
class Import:
    """One form taken in: what one coder said, when (ISO, with time zone), of which sample ("" where it was none)."""

    name: str
    coder: str
    at: str
    source: str
    sample: str
    models: Mapping[str, str]
    codebooks: Mapping[str, str]
    rows: tuple[Row, ...]


def path_of(directory: Path, name: str) -> Path:
    """Where an import of this name is kept."""
    return directory / FOLDER / f"{name}.jsonl"


def load(directory: Path, learned: Collection[str] = ()) -> list[Import]:
    """All imports beside this scan, the earliest first. Raises InputError for a damaged file.

    learned: names of those that the scan's own model learned from. It gets their sentences right oftener than others, so they say nothing
    of how often it errs: they come back as if they had not been drawn.
    """
    found = [load_one(path) for path in sorted((directory / FOLDER).glob("*.jsonl"))]
    found = [replace(one, sample="") if one.name in learned else one for one in found]
    return sorted(found, key=lambda one: (datetime.fromisoformat(one.at), one.name))


def digest(directory: Path) -> list[str]:
    """What tells one state of the corrections beside a scan from another: the names of their files, which say what is in them."""
    return sorted(path.stem for path in (directory / FOLDER).glob("*.jsonl"))


def is_stale(row: Row, texts: Mapping[str, str]) -> bool:
    """Whether the sentence has another text by now, or is gone."""
    return row.sentence_id not in texts or text_hash(texts[row.sentence_id]) != row.hash


def load_one(path: Path) -> Import:
    """The import in this file. Raises InputError where it is damaged."""
    try:
        head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        rows = tuple(
            Row(
                line["sentence_id"],
                line["hash"],
                {name: tuple(given) for name, given in line["labels"].items()},
                line["stratum"],
                int(line["size"]),
                float(line["weight"]),
                line["note"],
            )
            for line in lines
        )
        datetime.fromisoformat(head["at"])
        said = {key: head[key] for key in ("coder", "at", "source", "sample", "models", "codebooks")}
        return Import(name=path.stem, rows=rows, **said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is damaged: {error!r}.", "Delete it and take in the form again.") from error
