"""The tables of one document on disk: one Parquet file with the rows of all facts, found again by content and version.

In and out: tables by name, as `table.FACTS` has them (a new one there needs no line here), and the doubts about the document. A column
is called `table.column`; the columns `table` and `row` say which table a row belongs to and where in it. Paths are left out: they are
filled in, from wherever the contents stand, when the parts of several documents are bound in one file.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from wellled_nlp import datapackage, output, table

DOUBTS = "doubts"
_PATH = "path"
# A table whose rows lead to no document (the codebook's codes) is one for the whole library, and in no part.
_LEADS = {_PATH, *datapackage.KEYS.values()}
TABLES: dict[str, Mapping[str, str]] = {
    **{name: columns for name, columns in table.FACTS.items() if not _LEADS.isdisjoint(columns)},
    DOUBTS: {_PATH: table.TEXT, "text": table.TEXT},
}
_WITH_PATH = [name for name, columns in TABLES.items() if _PATH in columns]
Unreadable = duckdb.Error
_MAGIC = b"PAR1"  # at both ends of a Parquet file; one that was cut off lacks the last
_LEAST = 12


def pack(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The bytes of one file with all these tables, those of TABLES, of one document or of several."""
    with output.connect() as connection:
        selects = []
        for name, columns in TABLES.items():
            connection.register(name, tables[name].assign(**{"row ": range(len(tables[name]))}))
            held = ", ".join(f'"{column}"::{output.SQL_TYPES[kind]} AS "{name}.{column}"' for column, kind in columns.items())
            selects.append(f'SELECT \'{name}\' AS "table", "row "::INTEGER AS "row", {held} FROM "{name}"')
        return _packed(connection, " UNION ALL BY NAME ".join(selects))


def bind(places: Sequence[tuple[Path, str]]) -> bytes:
    """The bytes of one file with the rows of all these parts in their order, each with the path that its document has now.

    Raises Unreadable where a part cannot be read.
    """
    values = {"files": [str(part) for part, _ in places], "paths": [path for _, path in places]}
    now = "($paths)[list_position($files, filename)]"  # no join, which would not keep the order
    filled = ", ".join(f'CASE "table" WHEN \'{name}\' THEN {now} END AS "{name}.{_PATH}"' for name in _WITH_PATH)
    with output.connect() as connection:
        return _packed(connection, f"SELECT * EXCLUDE (filename) REPLACE ({filled}) FROM read_parquet($files, filename = true)", values)


def held_in(file: Path) -> list[str]:
    """The contents (sha256) whose tables are in it. Raises Unreadable."""
    return [str(one) for one in output.select(rows("documents", [file]), TABLES["documents"])["sha256"]]


def rows(name: str, files: Sequence[Path], where: str = "", values: Mapping[str, object] | None = None) -> output.Select:
    """The rows of one table in these files, in their order. where: what more is to be true of them, in SQL with these values.

    A condition that is a join (IN, EXISTS) would not keep the order.
    """
    wanted = ", ".join(f'"{name}.{column}" AS "{column}"' for column in TABLES[name])
    question = f"SELECT {wanted} FROM read_parquet($files) WHERE \"table\" = '{name}'"
    files_read = {"files": list(map(str, files))}
    return output.Select(f"{question} AND {where}", {**files_read, **(values or {})}) if where else output.Select(question, files_read)


def is_whole(path: Path) -> bool:
    """Whether the file is there and has both its ends."""
    try:
        with path.open("rb") as file:
            first = file.read(len(_MAGIC))
            size = file.seek(0, 2)
            file.seek(-len(_MAGIC), 2)
            return size >= _LEAST and first == _MAGIC == file.read()
    except OSError:
        return False


def is_sound(path: Path, sha256: str) -> bool:
    """Whether the file can be read to its end and holds the tables of this content."""
    try:
        with output.connect() as connection:
            everything = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in everything.description]
            rows = everything.fetchall()
        ours = [f"{name}.{column}" for name, columns in TABLES.items() for column in columns]
        at = names.index("documents.sha256")
        return names == ["table", "row", *ours] and [row[at] for row in rows if row[0] == "documents"] == [sha256]
    except (duckdb.Error, ValueError):
        return False


def _packed(connection: duckdb.DuckDBPyConnection, source: str, values: Mapping[str, object] | None = None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "part.parquet"
        connection.execute(f"COPY ({source}) TO {output.quoted(target)} (FORMAT parquet, COMPRESSION zstd)", values)
        return target.read_bytes()
