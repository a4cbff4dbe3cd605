"""Tables on disk, as Parquet and as CSV: written from memory or from other files without passing through it, read a few rows at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from wellled_nlp import table
from wellled_nlp.output import texts

SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
# A spreadsheet that opens a CSV runs a cell that begins like this as a formula; an apostrophe makes it text (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ENCODING = "utf-8-sig"  # the byte-order mark lets Excel show pound signs and dashes right
_MARK = "\ufeff"
_CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_FETCHED = 4096  # rows that are read at once
_CELLS = 200_000  # of a Parquet file, that DuckDB gathers in memory before it writes them


@dataclass(frozen=True)
class Select:
    """A question in SQL, with its values by name, whose answer has the columns of a table."""

    sql: str
    values: Mapping[str, object] = field(default_factory=dict)


def write_selected(wanted: Select, directory: Path, name: str, columns: Mapping[str, str]) -> int:
    """The answer as a table, as Parquet and as CSV, and how many rows it has. Raises OutputError, and duckdb.Error for the question."""
    with connect() as connection:
        return _write(connection, wanted, directory, name, columns)


def write_table(frame: pd.DataFrame, directory: Path, name: str) -> None:
    """One table as Parquet and as CSV. Raises OutputError."""
    columns = {str(column): str(kind) for column, kind in frame.dtypes.items()}
    typed = ", ".join(f'"{column}"::{SQL_TYPES[kind]} AS "{column}"' for column, kind in columns.items())
    with connect() as connection:
        connection.register("frame", frame)
        _write(connection, Select(f"SELECT {typed} FROM frame"), directory, name, columns)


def read(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """These columns of a table. Raises duckdb.Error where the file is missing, damaged or lacks one."""
    names = ", ".join(f'"{name}"' for name in columns)
    return select(Select(f"SELECT {names} FROM read_parquet($path)", {"path": str(path)}), columns)


def select(wanted: Select, columns: Mapping[str, str]) -> pd.DataFrame:
    """The answer as a table with these columns. Raises duckdb.Error."""
    with connect() as connection:
        return table.build(columns, rows_of(connection.execute(wanted.sql, wanted.values)))


def rows_of(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """The rows of an answer, a few at a time."""
    while rows := answer.fetchmany(_FETCHED):
        yield from rows


def write_csv(frame: pd.DataFrame, path: Path, encoding: str = _ENCODING) -> None:
    """What is no table of a scan (an answer, a form) as CSV in which no cell is a formula. Raises OutputError."""
    texts.write_text(csv_text(frame), path, encoding)


def csv_text(frame: pd.DataFrame) -> str:
    """The same as a text."""
    of_text = [column for column, kind in frame.dtypes.items() if str(kind) in ("string", "str", "object")]
    unsafe = {column: frame[column].map(_as_text, na_action="ignore") for column in of_text}
    return frame.assign(**unsafe).to_csv(index=False, lineterminator="\n")


def connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that loads nothing from anywhere; one thread, so that rows are written in their order."""
    connection = _database().cursor()
    connection.execute("SET enable_progress_bar = false")  # which DuckDB would draw among what a command prints
    connection.execute("SET streaming_buffer_size = '64KB'")  # of rows that wait to be fetched; the usual megabyte takes thirty
    return connection


def let_go() -> None:
    """Gives back what DuckDB has gathered for itself (tens of megabytes, after files with many columns); no connection may be in use."""
    if _database.cache_info().currsize:
        _database().close()
        _database.cache_clear()


def quoted(text: str | Path) -> str:
    """A text as SQL has it, where no value may stand in its place."""
    return "'" + str(text).replace("'", "''") + "'"


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One for the process: to open another takes a hundred times as long as to turn to this one."""
    return duckdb.connect(config=_CLOSED | {"threads": "1"})


def _write(connection: duckdb.DuckDBPyConnection, wanted: Select, directory: Path, name: str, columns: Mapping[str, str]) -> int:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise texts.cannot_write(directory, error) from error
    parquet, csv = (directory / f"{name}{ending}" for ending in (".parquet", ".csv"))
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_CELLS // len(columns)}"
    (rows,) = connection.execute(f"COPY ({wanted.sql}) TO {quoted(parquet)} ({options})", wanted.values or None).fetchone() or (0,)
    # DuckDB puts a line's end between lines only; what stands before the first and after the last is said here.
    head = _MARK + ",".join(columns) + ("\n" if rows else "")
    around = f"FORMAT csv, HEADER false, PREFIX {quoted(head)}, SUFFIX {quoted(chr(10))}"
    cells = ", ".join(_cell(column, kind) for column, kind in columns.items())
    connection.execute(f"COPY (SELECT {cells} FROM read_parquet({quoted(parquet)})) TO {quoted(csv)} ({around})")
    return int(rows)


def _cell(column: str, kind: str) -> str:
    """A cell of a CSV file in SQL: no formula, and the same for a text that is empty and one that is not there."""
    if kind == table.FLAG:
        return f"CASE \"{column}\" WHEN true THEN 'True' WHEN false THEN 'False' END"
    if kind != table.TEXT:
        return f'"{column}"'
    clean = f"replace(\"{column}\", chr(0), '')"
    formulas = ", ".join(f"chr({ord(first)})" for first in _FORMULA)
    return f"nullif(if(left({clean}, 1) IN ({formulas}), '''' || {clean}, {clean}), '')"


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    clean = value.replace("\x00", "")
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
