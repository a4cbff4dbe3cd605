"""The workbook of a comparison: its sections, a sheet each, with the sheet writer of the report."""

from pathlib import Path

from wellled_nlp import spreadsheet
from wellled_nlp.compare import sections
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import section_sheet
from wellled_nlp.report.sheets import Book

_SHEET_LETTERS = 31


def write(found: Comparison, path: Path) -> None:
    """Writes the workbook; the dates in it are the day of the latest scan. Raises OutputError."""
    with spreadsheet.workbook(path, "Recorded attention compared", found.record["scanned_on"], **section_sheet.PROPERTIES) as workbook:
        book = Book(workbook)
        for section in sections.whole(found):
            section_sheet.fill(book, section.heading[:_SHEET_LETTERS], section)
