"""What travels next, from classification to reports: the columns and types of every table, written once.

`of` makes one of these tables from rows; `check` refuses one that departs from the contract in `docs/outputs.md`. The columns stand in
`facts` (what was read and labelled) and `measured` (one table a measure).
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from wellled_nlp.table.compared import COMPARED
from wellled_nlp.table.facts import FACTS
from wellled_nlp.table.kinds import FLAG, NUMBER, TEXT, WHOLE
from wellled_nlp.table.measured import MEASURES
from wellled_nlp.table.profiled import PROFILED

_BATCH = 8192  # rows
_RECURS = 40  # letters
# The types of columns in which nothing is absent, as numpy calls them.
_WITHOUT_GAPS: dict[str, type] = {TEXT: object, WHOLE: int, NUMBER: float, FLAG: bool}

__all__ = ["COMPARED", "FACTS", "FLAG", "MEASURES", "NUMBER", "PROFILED", "TEXT", "WHOLE", "Analysis", "build", "check", "of", "of_columns"]


@dataclass(frozen=True)
class Analysis:
    """All that a report may see: the facts, one table a measure, and where they came from.

    facts: the tables of `FACTS`; measures: those of `MEASURES`; provenance: what `analysis.json` holds (versions, frameworks and models
    with hashes, settings, counts, links from the output folder to the papers).
    """

    facts: Mapping[str, pd.DataFrame]
    measures: Mapping[str, pd.DataFrame]
    provenance: Mapping[str, Any]


def of(name: str, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """The table of this name among `FACTS` and `MEASURES`, one row for each sequence of values in the order of its columns."""
    return build({**FACTS, **MEASURES}[name], rows)


def of_columns(name: str, columns: Iterable[Sequence[object]]) -> pd.DataFrame:
    """The table of this name among `FACTS` from whole columns in which nothing is absent: many rows take a quarter of the time."""
    held = zip(FACTS[name].items(), columns, strict=True)
    return pd.DataFrame({column: pd.array(np.array(values, dtype=_WITHOUT_GAPS[kind]), dtype=kind) for (column, kind), values in held})


def build(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A table with exactly these columns and types, one row for each sequence of values in the order of the columns.

    Rows are taken a few at a time: as tuples they need several times the memory that they have as columns.
    """
    left = iter(rows)
    batches: dict[str, list[pd.Series]] = {name: [] for name in columns}
    while some := list(islice(left, _BATCH)):
        for (name, kind), column in zip(columns.items(), zip(*some, strict=True), strict=True):
            held = batches[name]
            held.append(pd.Series(_shared(column) if kind == TEXT else list(column), dtype=kind))
            while len(held) > 1 and len(held[-2]) == len(held[-1]):  # few large pieces, for many small ones leave no room to use again
                held[-2:] = [pd.concat(held[-2:], ignore_index=True)]
    # Column by column and without a copy, so that no more than one of them is in memory twice.
    whole = {name: pd.concat([pd.Series([], dtype=kind), *batches.pop(name)], ignore_index=True) for name, kind in columns.items()}
    return pd.DataFrame(whole, copy=False)


def _shared(texts: Sequence[object]) -> list[object]:
    """The same texts; of short ones, which recur as ids, codes and days, one object for all that are equal."""
    return [sys.intern(one) if type(one) is str and len(one) <= _RECURS else one for one in texts]


def check(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> pd.DataFrame:
    """The table itself, if it has exactly these columns in this order with these types; otherwise a TypeError that says what differs."""
    found = {str(column): str(kind) for column, kind in frame.dtypes.items()}
    if list(found.items()) != list(columns.items()):
        raise TypeError(f"table {name}: expected columns {dict(columns)}, found {found}")
    return frame
