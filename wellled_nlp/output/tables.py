"""Tables on disk, as Parquet and as CSV: written batch by batch and read a few rows at a time, so that little is in memory twice."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pandas as pd

from wellled_nlp import table
from wellled_nlp.output import texts

SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
# A spreadsheet that opens a CSV runs a cell that begins like this as a formula; an apostrophe makes it text (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ENCODING = "utf-8-sig"  # the byte-order mark lets Excel show pound signs and dashes right
_CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_FETCHED, _BATCH = 4096, 8192  # rows that are read at once, and written
_CELLS = 200_000  # of a Parquet file, that DuckDB gathers in memory before it writes them


class Growing:
    """One table that is being written; as a context it is whole, as Parquet and as CSV, once it is left without an error.

    rows: how many it has by now. Rows wait until there are enough of them; then they stand in a file of their own until the end, since
    Parquet cannot be added to.
    """

    def __init__(self, directory: Path, name: str, columns: Mapping[str, str]) -> None:
        self.rows = 0
        self._waiting: list[pd.DataFrame] = []
        self._directory, self._name, self._columns = directory, name, columns
        self._batches = directory / f".{name}"

    def __enter__(self) -> "Growing":
        shutil.rmtree(self._batches, ignore_errors=True)
        self._batches.mkdir(parents=True)
        texts.write_text(_csv(table.build(self._columns, []), header=True), self._csv_path, _ENCODING)
        return self

    def add(self, frame: pd.DataFrame) -> None:
        """More rows. Raises TypeError for a table of other columns, OutputError where the files cannot be written."""
        self._waiting.append(table.check(frame, self._columns, self._name))
        self.rows += len(frame)
        if sum(map(len, self._waiting)) >= _BATCH:
            self._put()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            if self._waiting or not self.rows:
                self._put()
            batches = sorted(map(str, self._batches.iterdir()))
            target = self._directory / f"{self._name}.parquet"
            if len(batches) == 1:
                Path(batches[0]).replace(target)
            else:
                self._copy("read_parquet($batches)", target, batches=batches)
        shutil.rmtree(self._batches, ignore_errors=True)

    @property
    def _csv_path(self) -> Path:
        return self._directory / f"{self._name}.csv"

    def _put(self) -> None:
        frame = pd.concat([table.build(self._columns, []), *self._waiting], ignore_index=True)
        self._waiting = []
        columns = ", ".join(f'"{column}"::{SQL_TYPES[str(kind)]} AS "{column}"' for column, kind in frame.dtypes.items())
        self._copy(f"(SELECT {columns} FROM frame)", self._batches / f"{self.rows:012d}.parquet", frame)
        try:
            with self._csv_path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(_csv(frame, header=False))
        except OSError as error:
            raise texts.cannot_write(self._csv_path, error) from error

    def _copy(self, source: str, target: Path, frame: pd.DataFrame | None = None, **values: object) -> None:
        with connect() as connection:
            if frame is not None:
                connection.register("frame", frame)
            place, rows = str(target).replace("'", "''"), _CELLS // len(self._columns)
            options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows}"
            connection.execute(f"COPY (FROM {source}) TO '{place}' ({options})", values or None)


def write_table(frame: pd.DataFrame, directory: Path, name: str) -> None:
    """One table as Parquet and as CSV."""
    with Growing(directory, name, {str(column): str(kind) for column, kind in frame.dtypes.items()}) as growing:
        for first in range(0, len(frame), _BATCH):
            growing.add(frame.iloc[first : first + _BATCH])


def read(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """These columns of a table. Raises duckdb.Error where the file is missing, damaged or lacks one."""
    with connect() as connection:
        names = ", ".join(f'"{name}"' for name in columns)
        return table.build(columns, rows_of(connection.execute(f"SELECT {names} FROM read_parquet(?)", [str(path)])))


def rows_of(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """The rows of an answer, a few at a time."""
    while rows := answer.fetchmany(_FETCHED):
        yield from rows


def write_csv(frame: pd.DataFrame, path: Path, encoding: str = _ENCODING) -> None:
    """One table as CSV in which no cell is a formula. Raises OutputError."""
    texts.write_text(csv_text(frame), path, encoding)


def csv_text(frame: pd.DataFrame) -> str:
    """One table as CSV in which no cell is a formula."""
    return _csv(frame, header=True)


def connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that loads nothing from anywhere; one thread, so that rows are written in their order."""
    connection = duckdb.connect(config=_CLOSED | {"threads": "1"})
    connection.execute("SET enable_progress_bar = false")  # which DuckDB would draw among what a command prints
    connection.execute("SET streaming_buffer_size = '64KB'")  # of rows that wait to be fetched; the usual megabyte takes thirty
    return connection


def _csv(frame: pd.DataFrame, *, header: bool) -> str:
    of_text = [column for column, kind in frame.dtypes.items() if str(kind) in ("string", "str", "object")]
    unsafe = {column: frame[column].map(_as_text, na_action="ignore") for column in of_text if _may_be_unsafe(frame[column])}
    return frame.assign(**unsafe).to_csv(index=False, header=header, lineterminator="\n")


def _may_be_unsafe(texts: pd.Series) -> bool:
    """Whether any text needs a closer look; a column at once, for nearly none does."""
    held = [str(text) for text in texts.dropna().tolist()]
    return not {text[:1] for text in held}.isdisjoint(_FORMULA) or "\x00" in "".join(held)


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    clean = value.replace("\x00", "")
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
