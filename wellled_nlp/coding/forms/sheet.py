"""Forms as CSV: the codebook's columns, several codes of one facet joined with `;`; read also where somebody else made the file.

A file in the codebook's own format (`id` for the sentence, no hash) can be compared with others; its empty `prompts` mean none.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from wellled_nlp import output
from wellled_nlp.coding import codes
from wellled_nlp.coding.forms.check import Raw
from wellled_nlp.coding.records import Form, writable
from wellled_nlp.errors import InputError

FIXED = ("sentence_id", "hash", "sample")
SHOWN = ("document", "page", "heading", "previous", "text")
OWN = ("coder", "note")
MODEL = "model "
_LONGEST_ROW = 1_000_000


def write(form: Form, path: Path) -> None:
    """Writes the form; a column `model …` a facet where labels are shown."""
    asked = list(codes.facets())
    modelled = [name for name in asked if any(name in question.labels for question in form.questions)]
    rows = []
    for question in form.questions:
        fixed = (question.sentence_id, question.hash, form.sample, question.document, question.page)
        said = (question.heading, question.previous, question.text)
        labels = [codes.joined(question.labels[name]) for name in modelled]
        rows.append((*fixed, *map(writable, said), *labels, *[""] * (len(asked) + len(OWN))))
    columns = [*FIXED, *SHOWN, *(f"{MODEL}{name}" for name in modelled), *asked, *OWN]
    output.write_csv(pd.DataFrame(rows, columns=columns, dtype=object), path)


def read(path: Path) -> list[Raw]:
    """The rows as they stand, numbered as a spreadsheet numbers them. Raises InputError."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what Excel on Windows saves where it is not told otherwise
    csv.field_size_limit(_LONGEST_ROW)
    first = text.split("\n", 1)[0]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","))
    except csv.Error as error:
        raise InputError(f"{path} cannot be read: {error}.", "Save it as CSV (UTF-8) again.") from error
    return from_cells(path, lines)


def from_cells(path: Path, lines: list[list[str]]) -> list[Raw]:
    """The rows of a sheet whose first line names the columns. Raises InputError where a column is missing or stands twice."""
    header = [cell.strip().casefold() for cell in lines[0]] if lines else []
    names = ["sentence_id" if name == "id" and "sentence_id" not in header else name for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(f"{path}, row 1: the column {', '.join(twice)} stands twice.", "Take one of the two out.")
    columns = _columns(names)
    if "sentence_id" not in names or not columns:
        raise InputError(
            f"{path}, row 1: a column is missing: sentence_id and at least one of {', '.join(codes.facets())} are needed.",
            "Start from the file that `wellled sample` wrote, and leave its first row as it is.",
        )
    found = []
    for number, line in enumerate(lines[1:], 2):
        cell = dict(zip(names, (_plain(one) for one in line), strict=False))
        if any(cell.values()):
            found.append(_raw(number, cell, columns, bare="hash" not in names))
    return found


def _columns(names: list[str]) -> dict[str, list[str]]:
    """For each facet that the header has, its columns: one, or numbered ones where a list lets choose one code a cell."""
    found = {facet: [name for name in names if name == facet or _numbered(name, facet)] for facet in codes.facets()}
    return {facet: columns for facet, columns in found.items() if columns}


def _numbered(name: str, facet: str) -> bool:
    return name.startswith(f"{facet} ") and name.removeprefix(f"{facet} ").isdigit()


def _raw(number: int, cell: Mapping[str, str], columns: Mapping[str, list[str]], *, bare: bool) -> Raw:
    cells = {
        facet: [part for name in held for part in cell.get(name, "").split(codes.SEPARATOR) if part.strip()]
        for facet, held in columns.items()
    }
    if bare and any(cells.values()):
        cells = {facet: held or ([codes.NONE] if codes.facets()[facet].maximum > 1 else []) for facet, held in cells.items()}
    fixed = [cell.get(name, "").strip() for name in FIXED]
    return Raw(number, fixed[0], fixed[1], fixed[2], cell.get("text", ""), cells, *(cell.get(name, "").strip() for name in OWN))


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell
