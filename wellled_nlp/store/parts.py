"""The tables of one document on disk: one Parquet file with the rows of all facts, found again by content and version.

In and out: tables by name, as `table.FACTS` has them (a new one there needs no line here), and the doubts about the document. A column
is called `table.column`; the columns `table` and `row` say which table a row belongs to and where in it. Paths are left out: they are
filled in from wherever the content stands when the library is put together.
"""

import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from wellled_nlp import datapackage, output, table

DOUBTS = "doubts"
# A table whose rows lead to no document (the codebook's codes) is one for the whole library, and in no part.
_LEADS = {"path", *datapackage.KEYS.values()}
TABLES: dict[str, Mapping[str, str]] = {
    **{name: columns for name, columns in table.FACTS.items() if not _LEADS.isdisjoint(columns)},
    DOUBTS: {"text": table.TEXT},
}
Unreadable = duckdb.Error
_MAGIC = b"PAR1"  # at both ends of a Parquet file; one that was cut off lacks the last
_LEAST = 12


def pack(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The bytes of one part with all tables of a document, those of TABLES."""
    with tempfile.TemporaryDirectory() as folder, output.connect() as connection:
        selects = []
        for name, columns in TABLES.items():
            connection.register(name, tables[name].assign(**{"row ": range(len(tables[name]))}))
            held = ", ".join(f'"{column}"::{output.SQL_TYPES[kind]} AS "{name}.{column}"' for column, kind in columns.items())
            selects.append(f'SELECT \'{name}\' AS "table", "row "::INTEGER AS "row", {held} FROM "{name}"')
        target = Path(folder) / "part.parquet"
        place = str(target).replace("'", "''")
        connection.execute(f"COPY ({' UNION ALL BY NAME '.join(selects)}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
        return target.read_bytes()


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


def load(places: Sequence[tuple[Path, str]], names: Collection[str] = tuple(TABLES)) -> dict[str, pd.DataFrame]:
    """These tables of all these parts together, in their order; each part with the path that its document has now.

    A column `path` holds that path; of the doubts, too. Raises Unreadable where a part cannot be read.
    """
    files = [str(part) for part, _ in places]
    with output.connect() as connection:
        order = pd.DataFrame({"filename": files, "path": [path for _, path in places]}, dtype="str")
        connection.register("places", order.assign(place=range(len(order))))
        connection.execute("SET parquet_metadata_cache = true")
        held = connection.execute('SELECT DISTINCT "table" FROM read_parquet(?)', [files]).fetchall() if files else []
        there = {name for (name,) in held}
        return {name: _load_table(connection, name, files if name in there else []) for name in names}


def _load_table(connection: duckdb.DuckDBPyConnection, name: str, files: list[str]) -> pd.DataFrame:
    columns = {"path": table.TEXT, **TABLES[name]} if name == DOUBTS else TABLES[name]
    if not files:
        return table.build(columns, [])
    wanted = ", ".join("places.path" if column == "path" else f'part."{name}.{column}"' for column in columns)
    found = connection.execute(
        f"SELECT {wanted} FROM read_parquet(?, filename = true) AS part JOIN places USING (filename) "
        'WHERE part."table" = ? ORDER BY places.place, part."row"',
        [files, name],
    )
    return table.build(columns, output.rows_of(found))
