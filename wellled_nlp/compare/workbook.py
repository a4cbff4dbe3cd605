"""The workbook of a comparison: its sections, a sheet each, with the sheet writer of the report."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from wellled_nlp.compare import sections
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import sheet_charts
from wellled_nlp.report.contents import Section
from wellled_nlp.report.sheets import Book

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEET_LETTERS = 31


def write(found: Comparison, path: Path) -> None:
    """Writes the workbook; the dates in it are the day of the latest scan."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        created = datetime.fromisoformat(found.record["scanned_on"])
        comments = "Documentary evidence only; not a rating."
        workbook.set_properties({"title": "Recorded attention compared", "author": "wellled", "comments": comments, "created": created})
        book = Book(workbook)
        for section in sections.whole(found):
            _sheet(book, section)


def _sheet(book: Book, section: Section) -> None:
    """A figure's table with its chart beneath, then the other tables."""
    sheet = book.sheet(section.heading[:_SHEET_LETTERS], section.heading, section.lead)
    for figure in section.figures:
        rows = sheet.grid(figure.grid)
        sheet_charts.insert(sheet, figure, rows)
    for grid in section.grids:
        sheet.grid(grid)
    for note in section.notes:
        sheet.prose(note, "note")
    sheet.finish()
