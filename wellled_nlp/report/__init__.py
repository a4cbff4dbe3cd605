"""Reports: one analysis in, a file a format out. To add one: a module with `write(analysis, path)`, one line in WRITERS.

A writer's module is imported when it is used: drawing charts takes heavy libraries. A writer may make a folder instead of a file: then
its name stands in FOLDERS.
"""

from __future__ import annotations  # pandas, which a table takes to load, stays out of the processes of `annotate`

import shutil
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from wellled_nlp.errors import InputError, OutputError

if TYPE_CHECKING:
    from wellled_nlp.table import Analysis


def _writer(module: str) -> Callable[[Analysis, Path], None]:
    def write(analysis: Analysis, path: Path) -> None:
        import_module(f"wellled_nlp.report.{module}").write(analysis, path)

    return write


WRITERS: dict[str, Callable[[Analysis, Path], None]] = {name: _writer(name) for name in ("html", "xlsx", "docx", "pdf")}
FOLDERS = {"pdf": "annotated"}
# What each is for, in the words of a reader.
MEANT = {
    "html": "the report: open it in a browser",
    "xlsx": "the same figures as a workbook, for Excel or LibreOffice",
    "docx": "a board paper of four pages, for Word",
    "pdf": "copies of the papers with their labelled sentences marked",
}


def write(analysis: Analysis, directory: Path, formats: Sequence[str]) -> None:
    """Writes `report.<format>`, or the folder of FOLDERS, for each format into the directory, each under a temporary name until whole.

    Raises InputError for a format that nobody writes, OutputError where the file cannot be written.
    """
    check(formats)
    for name in formats:
        target = place(directory, name)
        unfinished = target.with_name(f".{target.name}.part")
        _remove(unfinished)  # of a run that was killed
        try:
            WRITERS[name](analysis, unfinished)
            _put(unfinished, target)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"The report {target} cannot be written: {reason}.", "Close it if it is open elsewhere.") from error
        finally:
            _remove(unfinished)


def check(formats: Sequence[str]) -> None:
    """Raises InputError for a format that nobody writes."""
    for name in formats:
        if name not in WRITERS:
            raise InputError(f"There is no report format {name!r}.", f"Formats: {', '.join(WRITERS)}.")


def place(directory: Path, name: str) -> Path:
    """Where the report of this format stands."""
    return directory / FOLDERS.get(name, f"report.{name}")


def _put(made: Path, target: Path) -> None:
    """Moves what was made to its place; a folder that stands there already is replaced as a whole."""
    if not target.is_dir() or target.is_symlink():
        made.replace(target)
        return
    old = target.with_name(f".{target.name}.old")
    _remove(old)
    target.replace(old)
    try:
        made.replace(target)
    except OSError:
        old.replace(target)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
