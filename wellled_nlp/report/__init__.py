"""Reports: one analysis in, a file a format out. To add one: a module with `write(analysis, path)`, one line in WRITERS.

A writer's module is imported when it is used: drawing charts takes heavy libraries.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.table import Analysis


def _writer(module: str) -> Callable[[Analysis, Path], None]:
    def write(analysis: Analysis, path: Path) -> None:
        import_module(f"wellled_nlp.report.{module}").write(analysis, path)

    return write


WRITERS: dict[str, Callable[[Analysis, Path], None]] = {"html": _writer("html"), "xlsx": _writer("xlsx")}


def write(analysis: Analysis, directory: Path, formats: Sequence[str]) -> None:
    """Writes `report.<format>` into the folder for each format, each under a temporary name until it is whole.

    Raises InputError for a format that nobody writes, OutputError where the file cannot be written.
    """
    for name in formats:
        if name not in WRITERS:
            raise InputError(f"There is no report format {name!r}.", f"Formats: {', '.join(WRITERS)}.")
    for name in formats:
        target = directory / f"report.{name}"
        unfinished = target.with_name(f".{target.name}.part")
        try:
            WRITERS[name](analysis, unfinished)
            unfinished.replace(target)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"The report {target} cannot be written: {reason}.", "Close it if it is open elsewhere.") from error
        finally:
            unfinished.unlink(missing_ok=True)
