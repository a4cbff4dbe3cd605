"""The output folder, all or nothing: everything is written beside it under a temporary name and moved into place at the end."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from wellled_nlp import datapackage, table
from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.table import Analysis

# A spreadsheet that opens a CSV runs a cell that begins like this as a formula; an apostrophe makes it text (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Place:
    """A folder being filled."""

    path: Path

    def write_tables(self, analysis: Analysis) -> None:
        """tables/*.parquet and *.csv, tables/measures/ the same, tables/datapackage.json that describes them, and analysis.json."""
        for name, frame in analysis.facts.items():
            write_table(frame, self.path / "tables", name)
        for name, frame in analysis.measures.items():
            write_table(frame, self.path / "tables" / "measures", name)
        write_json(datapackage.describe(self.path / "tables", analysis.provenance), self.path / "tables" / "datapackage.json")
        write_json(analysis.provenance, self.path / "analysis.json")


@contextmanager
def folder(out: Path) -> Iterator[Place]:
    """A place to write to; on leaving without an error its files replace those of the same name in `out`. Raises OutputError."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".wellled-", dir=out))
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        yield Place(fresh)
        _move_into_place(fresh, out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if made and not any(out.iterdir()):
            out.rmdir()


def write_table(frame: pd.DataFrame, directory: Path, name: str) -> None:
    """One table as Parquet and as CSV."""
    directory.mkdir(parents=True, exist_ok=True)
    with _connect() as connection:
        connection.register("frame", frame)
        columns = ", ".join(f'"{column}"::{_SQL_TYPES[str(kind)]} AS "{column}"' for column, kind in frame.dtypes.items())
        target = str(directory / f"{name}.parquet").replace("'", "''")
        connection.execute(f"COPY (SELECT {columns} FROM frame) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    write_csv(frame, directory / f"{name}.csv")


def write_csv(frame: pd.DataFrame, path: Path, encoding: str = "utf-8-sig") -> None:
    """One table as CSV in which no cell is a formula; the byte-order mark lets Excel show pound signs and dashes right."""
    safe = frame.assign(
        **{
            column: frame[column].map(_as_text, na_action="ignore")
            for column, kind in frame.dtypes.items()
            if str(kind) in ("string", "str", "object")
        }
    )
    _written(path, safe.to_csv(index=False, lineterminator="\n"), encoding)


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """A mapping as JSON, keys in their order, so that a report made from what is loaded again lists them alike. Raises OutputError."""
    _written(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _written(path: Path, text: str, encoding: str) -> None:
    try:
        path.write_text(text, encoding=encoding, newline="\n")
    except OSError as error:
        raise _cannot_write(path, error) from error


def load(directory: Path) -> Analysis:
    """The analysis that an earlier scan wrote into this folder, the same as it was in memory. Raises InputError where there is none."""
    try:
        provenance = json.loads((directory / "analysis.json").read_text(encoding="utf-8"))
        facts = {name: _read_table(directory / "tables" / f"{name}.parquet", columns) for name, columns in table.FACTS.items()}
        found = {
            name: _read_table(directory / "tables" / "measures" / f"{name}.parquet", columns) for name, columns in table.MEASURES.items()
        }
    except (OSError, ValueError, duckdb.Error) as error:
        raise InputError(
            f"There is no whole scan in {directory}: {error}.", "Name the folder that was given to `wellled scan --out`, or scan again."
        ) from error
    return Analysis(facts, found, provenance)


def _read_table(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    with _connect() as connection:
        names = ", ".join(f'"{name}"' for name in columns)
        return table.build(columns, connection.execute(f"SELECT {names} FROM read_parquet(?)", [str(path)]).fetchall())


def _connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that loads nothing from anywhere; one thread, so that rows are written in their order."""
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"})


_SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    clean = value.replace("\x00", "")
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def _move_into_place(fresh: Path, out: Path) -> None:
    for made in sorted(fresh.iterdir()):
        target = out / made.name
        if target.is_dir() and not target.is_symlink():
            old = fresh / f"{made.name}.old"
            target.replace(old)
        made.replace(target)


def _cannot_write(out: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{out} cannot be written: {error.strerror or error}.",
        "Choose another folder with --out, or close programs that have its files open.",
    )
