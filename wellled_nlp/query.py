"""SQL over the tables of a scan, read only: every table of facts and measures is a view by its name.

DuckDB runs in memory with the door closed behind it: of all files it may read the tables, it may write none, load nothing, and see
nothing of this program.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from wellled_nlp import output, table
from wellled_nlp.errors import InputError

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_DTYPES: dict[type, str] = {int: "Int64", bool: "boolean", float: "Float64"}
_LARGEST = 2**63


def run(directory: Path, sql: str, limit: int) -> tuple[pd.DataFrame, bool]:
    """The first `limit` rows of the answer (0: all of them), and whether there are more.

    Raises InputError where there is no scan, for SQL that is at fault, and for anything that is not one question.
    """
    with duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as connection:
        _open_views(connection, directory)
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in _READING:
                raise InputError(
                    "A query reads and changes nothing: give one SELECT.", "To save the answer, use --out, or --format csv > FILE."
                )
            answer = connection.execute(statements[0])
            names = _distinct([column[0] for column in answer.description])
            rows = answer.fetchmany(limit + 1) if limit else answer.fetchall()
        except duckdb.Error as error:
            raise InputError(
                f"The query could not be answered. {error}", f"Tables: {', '.join((*table.FACTS, *table.MEASURES))}."
            ) from error
    kept = rows[:limit] if limit else rows
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(names)
    return pd.DataFrame({name: _column(values) for name, values in zip(names, columns, strict=True)}), len(rows) > len(kept)


def _column(values: Sequence[object]) -> pd.Series:
    """Whole numbers, numbers and flags as they are, everything else as text; what is absent stays so."""
    kinds = {type(value) for value in values if value is not None}
    if kinds in ({int}, {bool}, {float}, {int, float}) and all(abs(value) < _LARGEST for value in values if isinstance(value, int)):
        return pd.Series(values, dtype=_DTYPES[max(kinds, key=lambda kind: kind is float)])
    return pd.Series([None if value is None else str(value) for value in values], dtype="string")


def _open_views(connection: duckdb.DuckDBPyConnection, directory: Path) -> None:
    places = {name: directory / "tables" / f"{name}.parquet" for name in table.FACTS}
    places |= {name: directory / "tables" / "measures" / f"{name}.parquet" for name in table.MEASURES}
    if not output.is_whole(directory):
        raise InputError(
            f"There is no whole scan in {directory}.", "Name the folder that was given to `wellled scan --out`, or scan again."
        )
    files = [str(place.resolve()) for place in places.values()]
    for name, file in zip(places, files, strict=True):
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(file)})')
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, files))}]")
    for setting in ("enable_external_access = false", "python_enable_replacements = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _distinct(names: list[str]) -> list[str]:
    """The names of columns, numbered where two are the same."""
    found: list[str] = []
    for name in names:
        number, fresh = 1, name
        while fresh in found:
            number += 1
            fresh = f"{name}_{number}"
        found.append(fresh)
    return found
