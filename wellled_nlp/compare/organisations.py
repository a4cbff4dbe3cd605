"""Organisations: what is printed on the papers, tied to the name and ODS code that it counts under, mergers included.

The table is a CSV file with the columns `name` and `ods_code`, and `predecessor_of` (or `successor`): the ODS code that the organisation
became. Rows with the same code are spellings of one name, the first of them is shown. Nothing is guessed: a name that is not in the table
stays as it is printed and is listed with the nearest one.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from wellled_nlp.errors import InputError

AS_PRINTED, BY_TABLE, MERGED, UNKNOWN, NONE = "as printed", "in the table", "predecessor", "not in the table", "no organisation found"
_LIKENESS = 0.6
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEADS = ("predecessor_of", "successor")


@dataclass(frozen=True)
class Organisation:
    """What a name counts under. code: "" where none is known."""

    name: str
    code: str
    how: str
    nearest: str = ""


@dataclass(frozen=True)
class Register:
    """names: for each known spelling its ODS code; shown: for each code its name; successors: for each code the one that it became."""

    names: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, printed: str) -> Organisation:
        """The organisation that papers with this name count under, following mergers to their end."""
        code = self.names.get(key(printed))
        if code is None:
            how = UNKNOWN if self.names else AS_PRINTED
            return Organisation(printed, "", how, nearest(printed, self.shown.values()))
        last = code
        while last in self.successors:
            last = self.successors[last]
        return Organisation(self.shown[last], last, BY_TABLE if last == code else MERGED)


def key(name: str) -> str:
    """What two spellings of a name have in common: letters and digits, without case, accents, "the" and the kind of "and"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("&", " and ")
    return " ".join(word for word in _NOT_LETTERS.sub(" ", plain).split() if word != "the")


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is spelled most like this one, "" where none is near."""
    by_key = {key(one): one for one in sorted(known, reverse=True)}
    found = get_close_matches(key(name), sorted(by_key), n=1, cutoff=_LIKENESS)
    return by_key[found[0]] if found else ""


def read(path: Path) -> Register:
    """The register in this CSV file. Raises InputError naming the row of a contradiction or of a code that leads nowhere."""
    names: dict[str, str] = {}
    shown: dict[str, str] = {}
    successors: dict[str, str] = {}
    for number, row in rows(path, ("name", "ods_code")):
        name, code = row["name"], row["ods_code"].upper()
        if not name or not code:
            raise InputError(f"{path}, row {number}: a name or an ODS code is missing.", "Fill both, or take the row out.")
        if names.setdefault(key(name), code) != code:
            raise InputError(f"{path}, row {number}: {name!r} has the codes {names[key(name)]} and {code}.", "Give a name one code.")
        shown.setdefault(code, name)
        becomes = next((row[lead].upper() for lead in _LEADS if row.get(lead)), "")
        if becomes and successors.setdefault(code, becomes) != becomes:
            raise InputError(f"{path}, row {number}: {code} became {successors[code]} and {becomes}.", "Give a code one successor.")
    for code, becomes in successors.items():
        if becomes not in shown:
            raise InputError(f"{path}: {code} became {becomes}, which has no row.", "Add a row with its name.")
        _check_end(path, code, successors)
    return Register(names, shown, successors)


def rows(path: Path, needed: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """(row number in the file, values by column, stripped) of a CSV file. Raises InputError where it or a needed column is missing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            held = [
                (reader.line_num, {str(k).strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str | None)})
                for row in reader
            ]
            columns = [name.strip() for name in reader.fieldnames or ()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as CSV: {error}.", "Save the table as CSV in UTF-8.") from error
    missing = [name for name in needed if name not in columns]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}; it has {', '.join(columns) or 'none'}.", "Add it to the first row.")
    return held


def _check_end(path: Path, code: str, successors: Mapping[str, str]) -> None:
    seen = [code]
    while seen[-1] in successors:
        seen.append(successors[seen[-1]])
        if seen[-1] in seen[:-1]:
            raise InputError(f"{path}: {' became '.join(seen)}, in a circle.", "Take out the wrong successor.")
