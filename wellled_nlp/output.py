"""The output folder, all or nothing: everything is written beside it under a temporary name and moved into place at the end."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from wellled_nlp import datapackage, table
from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.table import Analysis

_UNFINISHED = ".wellled-"
_LAST = "analysis.json"  # whose presence says that all is there
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
        write_json(analysis.provenance, self.path / _LAST)


@contextmanager
def ready(out: Path) -> Iterator[None]:
    """The folder `out`, there and fit to be written to; on leaving it is removed again if it is empty. Raises OutputError."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        if made and out.is_dir() and not any(out.iterdir()):
            out.rmdir()


@contextmanager
def folder(out: Path) -> Iterator[Place]:
    """A place to write to; on leaving without an error its files replace those of the same name in `out`. Raises OutputError.

    For one process at a time: what others have left unfinished is cleared away.
    """
    try:
        for left in out.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out))
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        yield Place(fresh)
        _move_into_place(fresh, out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_table(frame: pd.DataFrame, directory: Path, name: str) -> None:
    """One table as Parquet and as CSV."""
    directory.mkdir(parents=True, exist_ok=True)
    with connect() as connection:
        connection.register("frame", frame)
        columns = ", ".join(f'"{column}"::{SQL_TYPES[str(kind)]} AS "{column}"' for column, kind in frame.dtypes.items())
        target = str(directory / f"{name}.parquet").replace("'", "''")
        connection.execute(f"COPY (SELECT {columns} FROM frame) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    write_csv(frame, directory / f"{name}.csv")


def write_csv(frame: pd.DataFrame, path: Path, encoding: str = "utf-8-sig") -> None:
    """One table as CSV in which no cell is a formula; the byte-order mark lets Excel show pound signs and dashes right."""
    _written(path, csv_text(frame), encoding)


def csv_text(frame: pd.DataFrame) -> str:
    """One table as CSV in which no cell is a formula."""
    safe = frame.assign(
        **{
            column: frame[column].map(_as_text, na_action="ignore")
            for column, kind in frame.dtypes.items()
            if str(kind) in ("string", "str", "object")
        }
    )
    return safe.to_csv(index=False, lineterminator="\n")


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """A mapping as JSON, keys in their order, so that a report made from what is loaded again lists them alike. Raises OutputError."""
    _written(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")


def write_text(text: str, path: Path) -> None:
    """A text as it is. Raises OutputError."""
    _written(path, text, "utf-8")


def _written(path: Path, text: str, encoding: str) -> None:
    try:
        path.write_text(text, encoding=encoding, newline="\n")
    except OSError as error:
        raise _cannot_write(path, error) from error


def load_provenance(directory: Path) -> dict[str, Any]:
    """What analysis.json of an earlier scan holds. Raises InputError where there is none."""
    try:
        return json.loads((directory / _LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_scan(directory, error) from error


def load(directory: Path) -> Analysis:
    """The analysis that an earlier scan wrote into this folder, the same as it was in memory. Raises InputError where there is none."""
    try:
        provenance = load_provenance(directory)
        facts = {name: _read_table(directory / "tables" / f"{name}.parquet", columns) for name, columns in table.FACTS.items()}
        found = {
            name: _read_table(directory / "tables" / "measures" / f"{name}.parquet", columns) for name, columns in table.MEASURES.items()
        }
    except duckdb.Error as error:
        raise _no_scan(directory, error) from error
    return Analysis(facts, found, provenance)


def load_facts(directory: Path, names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Some of the tables of facts that an earlier scan wrote into this folder, by name. Raises InputError where there is none."""
    try:
        return {name: _read_table(directory / "tables" / f"{name}.parquet", table.FACTS[name]) for name in names}
    except duckdb.Error as error:
        raise _no_scan(directory, error) from error


def _read_table(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    with connect() as connection:
        names = ", ".join(f'"{name}"' for name in columns)
        return table.build(columns, connection.execute(f"SELECT {names} FROM read_parquet(?)", [str(path)]).fetchall())


def connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that loads nothing from anywhere; one thread, so that rows are written in their order."""
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"})


SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    clean = value.replace("\x00", "")
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def is_whole(out: Path) -> bool:
    """Whether every table is there that a scan writes, and the provenance, which comes last."""
    names = [Path("tables") / name for name in table.FACTS] + [Path("tables") / "measures" / name for name in table.MEASURES]
    files = [name.with_suffix(ending) for name in names for ending in (".parquet", ".csv")]
    return all((out / name).is_file() for name in (*files, Path("tables") / "datapackage.json", Path(_LAST)))


def _move_into_place(fresh: Path, out: Path) -> None:
    """The provenance goes first and comes last: a folder that has one has all its tables, whenever the machine stopped."""
    if (fresh / _LAST).exists():
        (out / _LAST).unlink(missing_ok=True)
    for made in sorted(fresh.iterdir(), key=lambda made: (made.name == _LAST, made.name)):
        target = out / made.name
        if target.is_dir() and not target.is_symlink():
            old = fresh / f"{made.name}.old"
            target.replace(old)
        made.replace(target)


def _no_scan(directory: Path, error: Exception) -> InputError:
    return InputError(
        f"There is no whole scan in {directory}: {error}.", "Name the folder that was given to `wellled scan --out`, or scan again."
    )


def _cannot_write(out: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{out} cannot be written: {error.strerror or error}.",
        "Choose another folder with --out, or close programs that have its files open.",
    )
