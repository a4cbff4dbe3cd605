"""Reports: one analysis in, a file a format out. To add one: a module with `write(analysis, path)`, one line in WRITERS."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.report import headline, html, xlsx
from wellled_nlp.report.sections import acts, balance
from wellled_nlp.table import Analysis

WRITERS: dict[str, Callable[[Analysis, Path], None]] = {"html": html.write, "xlsx": xlsx.write}


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
            os.replace(unfinished, target)
        except OSError as error:
            raise OutputError(
                f"The report {target} cannot be written: {error.strerror or error}.", "Close it if it is open elsewhere."
            ) from error
        finally:
            unfinished.unlink(missing_ok=True)


def headlines(analysis: Analysis) -> list[str]:
    """The three findings that a scan ends with: attention to quality, balance of languages, challenge."""
    return [headline.sentence(analysis), f"{balance.finding(analysis)}.", acts.section(analysis).lead[0]]
