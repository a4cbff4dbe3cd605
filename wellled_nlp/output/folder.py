"""The output folder, all or nothing: everything is written beside it under a temporary name and moved into place at the end."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import datapackage, table
from wellled_nlp.output import tables, texts
from wellled_nlp.table import Analysis

LAST = "analysis.json"  # whose presence says that all is there
FACTS, MEASURES = Path("tables"), Path("tables") / "measures"
_UNFINISHED = ".wellled-"


@dataclass(frozen=True)
class Place:
    """A folder being filled: facts and measures first, then what describes them."""

    path: Path

    def write_fact(self, name: str, frame: pd.DataFrame) -> None:
        """One table of facts."""
        tables.write_table(table.check(frame, table.FACTS[name], name), self.path / FACTS, name)

    def copy_fact(self, name: str, wanted: tables.Select) -> int:
        """The same from other files, and how many rows it has. Raises duckdb.Error where they are damaged."""
        return tables.write_selected(wanted, self.path / FACTS, name, table.FACTS[name])

    def write_measure(self, name: str, frame: pd.DataFrame) -> None:
        """The table of one measure."""
        tables.write_table(table.check(frame, table.MEASURES[name], name), self.path / MEASURES, name)

    def describe(self, provenance: Mapping[str, Any]) -> None:
        """tables/datapackage.json, which describes the tables that stand here by now, and analysis.json."""
        texts.write_json(datapackage.describe(self.path / FACTS, provenance), self.path / FACTS / "datapackage.json")
        texts.write_json(provenance, self.path / LAST)

    def write_tables(self, analysis: Analysis) -> None:
        """All of it for an analysis that is in memory."""
        for name, frame in analysis.facts.items():
            self.write_fact(name, frame)
        for name, frame in analysis.measures.items():
            self.write_measure(name, frame)
        self.describe(analysis.provenance)


@contextmanager
def ready(out: Path) -> Iterator[None]:
    """The folder `out`, there and fit to be written to; on leaving it is removed again if it is empty. Raises OutputError."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        raise texts.cannot_write(out, error) from error
    try:
        yield
    except OSError as error:
        raise texts.cannot_write(out, error) from error
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
        raise texts.cannot_write(out, error) from error
    try:
        yield Place(fresh)
        _move_into_place(fresh, out)
    except OSError as error:
        raise texts.cannot_write(out, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def is_whole(out: Path) -> bool:
    """Whether every table is there that a scan writes, and the provenance, which comes last."""
    names = [FACTS / name for name in table.FACTS] + [MEASURES / name for name in table.MEASURES]
    files = [name.with_suffix(ending) for name in names for ending in (".parquet", ".csv")]
    return all((out / name).is_file() for name in (*files, FACTS / "datapackage.json", Path(LAST)))


def _move_into_place(fresh: Path, out: Path) -> None:
    """The provenance goes first and comes last: a folder that has one has all its tables, whenever the machine stopped."""
    if (fresh / LAST).exists():
        (out / LAST).unlink(missing_ok=True)
    for made in sorted(fresh.iterdir(), key=lambda made: (made.name == LAST, made.name)):
        target = out / made.name
        if target.is_dir() and not target.is_symlink():
            old = fresh / f"{made.name}.old"
            target.replace(old)
        made.replace(target)
