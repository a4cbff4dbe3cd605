"""Excel workbooks that are safe to open: no text that is written to one becomes a formula, a link or a number."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from wellled_nlp.errors import OutputError

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def workbook(path: Path, title: str, created: str, **properties: str) -> Iterator[Any]:
    """A workbook to fill, written on leaving, its folder made where there is none.

    The day `created` (ISO) stands in the file, so its bytes depend on no clock. Raises OutputError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
            book.set_properties({"title": title, "created": datetime.fromisoformat(created), **properties})
            yield book
    except (OSError, XlsxWriterException) as error:
        raise OutputError(f"{path} cannot be written: {error}.", "Choose another place, or close programs that have it open.") from error
