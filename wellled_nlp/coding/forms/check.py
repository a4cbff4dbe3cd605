"""Answers checked: rows as a file has them in, answers out, or one error that lists every faulty row with what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wellled_nlp.coding import codes
from wellled_nlp.coding.records import Answer
from wellled_nlp.errors import InputError

# So many faulty rows are listed; a form filled in with other codes throughout has as many faults as rows.
_LISTED = 20


@dataclass(frozen=True)
class Raw:
    """One row as it stands in a file. cells: for each facet the answers as written, without empty ones."""

    row: int
    sentence_id: str
    hash: str
    sample: str
    text: str
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)
    coder: str = ""
    note: str = ""


def answers(path: Path, rows: Sequence[Raw]) -> list[Answer]:
    """The rows as answers, those without any answer left out. Raises InputError."""
    faults: list[str] = []
    found: list[Answer] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        given, wrong = _given(row)
        faults += [f"row {row.row}: {fault}" for fault in wrong]
        if not given:
            continue
        key = (row.sentence_id, row.coder)
        if not row.sentence_id:
            faults.append(f"row {row.row}: coded, but the sentence_id is missing; copy it back from the form as it was sent")
        elif key in seen:
            faults.append(f"row {row.row}: sentence {row.sentence_id} stands in row {seen[key]} already; delete one of the two")
        seen.setdefault(key, row.row)
        found.append(Answer(row.row, row.sentence_id, row.hash, row.sample, row.text, given, row.coder, row.note))
    refuse(path, faults)
    if not found:
        raise InputError(f"{path}: no row is filled in.", "Choose a code in at least one column, save the file and try again.")
    return found


def refuse(path: Path, faults: Sequence[str]) -> None:
    """Raises InputError with these faults, if there are any."""
    if faults:
        more = [f"and {len(faults) - _LISTED} more"] if len(faults) > _LISTED else []
        listed = "\n".join(f"  {fault}" for fault in [*faults[:_LISTED], *more])
        raise InputError(
            f"{path} was not taken in, {len(faults)} fault(s):\n{listed}", "Mend these rows and try again; nothing was stored."
        )


def _given(row: Raw) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The codes by facet, and what is wrong with the cells."""
    given: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for name, facet in codes.facets().items():
        words = list(dict.fromkeys(_code(cell) for cell in row.cells.get(name, ()) if cell.strip()))
        if not words:
            continue
        known = {answer.casefold(): answer for answer in codes.answers(facet)}
        unknown = [word for word in words if word.casefold() not in known]
        chosen = [known[word.casefold()] for word in words if word.casefold() in known]
        if unknown:
            faults.append(f"unknown {name} code {', '.join(map(repr, unknown))}; use one of the sheet `codebook`")
        elif codes.NONE in chosen and len(chosen) > 1:
            faults.append(f"{name} is both `{codes.NONE}` and {', '.join(chosen[1:])}; keep one")
        elif len(chosen) > facet.maximum:
            faults.append(f"{name} has {len(chosen)} codes ({', '.join(chosen)}); at most {facet.maximum}")
        given[name] = tuple(code for code in facet.code_ids if code in chosen)
    return given, faults


def _code(cell: str) -> str:
    """A list shows the code and its title: the code is the first word, cut to what an error can show."""
    return cell.split()[0][:40]
