"""A section on a sheet of its own: each figure's table with its chart beneath, then the other tables and the notes."""

from wellled_nlp.report import sheet_charts
from wellled_nlp.report.contents import Section
from wellled_nlp.report.sheets import Book

# What every workbook of figures says of itself.
PROPERTIES = {"author": "wellled", "comments": "Documentary evidence only; not a rating."}


def fill(book: Book, name: str, section: Section) -> None:
    """Adds a sheet of this name."""
    sheet = book.sheet(name, section.heading, section.lead)
    for figure in section.figures:
        rows = sheet.grid(figure.grid)
        sheet_charts.insert(sheet, figure, rows)
    for grid in section.grids:
        sheet.grid(grid)
    for note in section.notes:
        sheet.prose(note, "note")
    sheet.finish()
