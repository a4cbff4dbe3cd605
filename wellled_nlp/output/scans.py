"""An earlier scan read again from its folder: a table when it is asked for, and of a table no more than is wanted."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from wellled_nlp import table
from wellled_nlp.errors import InputError
from wellled_nlp.output import tables
from wellled_nlp.output.folder import FACTS, LAST, MEASURES
from wellled_nlp.table import Analysis


class _Tables(Mapping[str, pd.DataFrame]):
    """The tables of one folder of a scan by name, each read when it is first asked for. Raises InputError for a damaged one."""

    def __init__(self, directory: Path, folder: Path, columns: Mapping[str, Mapping[str, str]]) -> None:
        self._directory, self._folder, self._columns = directory, folder, columns
        self._held: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._held:
            self._held[name] = _read(self._directory, self._folder, name, self._columns[name])
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def load_provenance(directory: Path) -> dict[str, Any]:
    """What analysis.json of an earlier scan holds. Raises InputError where there is none."""
    try:
        return json.loads((directory / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_scan(directory, error) from error


def load(directory: Path, provenance: Mapping[str, Any] | None = None) -> Analysis:
    """The analysis that stands in this folder. Raises InputError where there is none, or not all of it.

    provenance: of a folder that is being filled, and has none of its own yet.
    """
    told = load_provenance(directory) if provenance is None else provenance
    for folder, names in ((FACTS, table.FACTS), (MEASURES, table.MEASURES)):
        for name in names:
            if not (directory / folder / f"{name}.parquet").is_file():
                raise _no_scan(directory, f"{folder / name}.parquet is missing")
    return Analysis(_Tables(directory, FACTS, table.FACTS), _Tables(directory, MEASURES, table.MEASURES), told)


def load_facts(directory: Path, wanted: Collection[str] | Mapping[str, Collection[str]]) -> dict[str, pd.DataFrame]:
    """Some of the tables of facts of an earlier scan by name; of a mapping, only these columns of each.

    Raises InputError where there is no scan.
    """
    columns = {name: table.FACTS[name] for name in wanted}
    if isinstance(wanted, Mapping):
        columns = {name: {column: kind for column, kind in held.items() if column in wanted[name]} for name, held in columns.items()}
    return {name: _read(directory, FACTS, name, held) for name, held in columns.items()}


def _read(directory: Path, folder: Path, name: str, columns: Mapping[str, str]) -> pd.DataFrame:
    try:
        return tables.read(directory / folder / f"{name}.parquet", columns)
    except duckdb.Error as error:
        raise _no_scan(directory, error) from error


def _no_scan(directory: Path, error: object) -> InputError:
    return InputError(
        f"There is no whole scan in {directory}: {error}.", "Name the folder that was given to `wellled scan --out`, or scan again."
    )
