"""Forms as an Excel workbook: a sheet of sentences with drop-downs, the codebook, how to fill it in; opens in Excel and LibreOffice.

Only the cells that a coder fills in are unlocked; there is no password, so that nobody is locked out of their own file. A facet that
allows two codes has two columns, for a list lets choose one code a cell.
"""

import zipfile
from math import ceil
from pathlib import Path
from typing import Any

import openpyxl

from wellled_nlp import spreadsheet
from wellled_nlp.coding import codes
from wellled_nlp.coding.forms import sheet
from wellled_nlp.coding.forms.check import Raw
from wellled_nlp.coding.records import Form, Question, writable
from wellled_nlp.errors import InputError

SHEET = "sentences"
_WIDTHS = {"document": 18, "page": 6, "heading": 24, "previous": 36, "text": 60, "note": 30, "coder": 10, "sentence_id": 20, "hash": 18}
_WIDTH = 18
_HEADER_ROWS = 1
# Letters of the usual font to a unit of column width, points to a line; Excel shows no row higher than 409 points.
_LETTERS, _LINE, _LEAST_LINES, _MOST_LINES = 1.05, 15.0, 2, 27
_INK, _PAPER, _OPEN = "#ffffff", "#1d4f7c", "#fff8e1"
_UNPACKED_MEGABYTES = 400  # of the parts of a workbook; a zip bomb unpacks to more
_MOST_ROWS = 200_000
_NOTES = (
    "What this is",
    "Sentences of board papers, drawn at random from one scan. Please say for each what it is about, by the codebook on the next sheet.",
    "Your labels are used to measure how often the software is right, and to correct its figures.",
    "",
    "How to fill it in",
    "1. Label each sentence in its place: heading and previous sentence stand beside it. Then choose in the yellow columns.",
    "2. Choose from the list of each cell; the first word of a choice is the code. You may type the code instead.",
    "3. Where no prompt applies choose `none`. An empty cell means: not looked at yet. Rows may stay empty; what is filled in counts.",
    "4. A second prompt only where the sentence is evidence for two.",
    "5. Write your initials under `coder`, once is enough. `note` is for you and your colleagues.",
    "6. Do not look at the software's labels or at a colleague's file until you are done.",
    "",
    "Please leave alone",
    "The grey columns: they say which sentence a row is. They are locked, without a password; a changed one is refused.",
    "You may hide columns and make them wider. Save as .xlsx and send the file back.",
)


def write(form: Form, path: Path) -> None:
    """Writes the workbook; the dates inside it are the day of the scan. Raises OutputError."""
    with spreadsheet.workbook(path, f"Sample {form.sample}", form.on) as book:
        sentences = book.add_worksheet(SHEET)
        ranges = _codebook(book)
        _notes(book, form)
        _sentences(book, sentences, form, ranges)
        sentences.activate()


def read(path: Path) -> list[Raw]:
    """The rows of the sheet of sentences, numbered as the program shows them. Raises InputError."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED_MEGABYTES * 1_000_000:
                raise InputError(f"{path} unpacks to more than {_UNPACKED_MEGABYTES} MB.", "Give a form that `wellled sample` wrote.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            lines = _lines(path, book)
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:  # openpyxl raises what it meets in a damaged file: of zip, XML, keys and types
        raise InputError(
            f"{path} cannot be read as a workbook: {error}.", "Open it in Excel or LibreOffice and save it as .xlsx."
        ) from error
    return sheet.from_cells(path, lines)


def _lines(path: Path, book: Any) -> list[list[str]]:
    if SHEET not in book.sheetnames:
        raise InputError(f"{path}: there is no sheet named {SHEET}.", "Start from the file that `wellled sample` wrote.")
    held = book[SHEET]
    held.reset_dimensions()
    lines = []
    for number, row in enumerate(held.iter_rows(values_only=True), 1):
        if number > _MOST_ROWS:
            raise InputError(f"{path}: more than {_MOST_ROWS:,} rows.", "Give a form that `wellled sample` wrote.")
        lines.append(["" if value is None else str(value) for value in row])
    return lines


def _columns(form: Form) -> tuple[list[str], dict[str, str]]:
    """The columns in their order, and for each that is filled in from a list its facet."""
    listed: dict[str, str] = {}
    for name, facet in codes.facets().items():
        if facet.maximum == 1:
            listed[name] = name
        else:
            listed |= {f"{name} {number}": name for number in range(1, facet.maximum + 1)}
    modelled = [f"{sheet.MODEL}{name}" for name in codes.facets() if any(name in one.labels for one in form.questions)]
    return [*sheet.SHOWN, *modelled, *listed, *sheet.OWN, *sheet.FIXED], listed


def _sentences(book: Any, page: Any, form: Form, ranges: dict[str, str]) -> None:
    columns, listed = _columns(form)
    head = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "text_wrap": True, "valign": "top"})
    locked = book.add_format({"text_wrap": True, "valign": "top"})
    grey = book.add_format({"font_color": "#666666", "bg_color": "#eeeeee", "valign": "top"})
    free = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "bg_color": _OPEN, "border": 1, "border_color": "#d9d9d9"})
    last = len(form.questions)
    for place, name in enumerate(columns):
        page.write_string(0, place, name, head)
        page.set_column(place, place, _WIDTHS.get(name, _WIDTH))
        if name in listed:
            page.data_validation(_HEADER_ROWS, place, last, place, _list(ranges[listed[name]]))
    for row, question in enumerate(form.questions, _HEADER_ROWS):
        values = _values(question, form.sample)
        page.set_row(row, _height(values))
        for place, name in enumerate(columns):
            if name in listed or name in sheet.OWN:
                page.write_blank(row, place, None, free)
            elif name == "page":
                page.write_number(row, place, question.page, locked)
            else:
                page.write_string(row, place, values[name], grey if name in sheet.FIXED else locked)
    page.freeze_panes(_HEADER_ROWS, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True, "autofilter": True})


def _height(values: dict[str, str]) -> float:
    """Points for the row's longest text: programs do not all make room for wrapped text by themselves."""
    lines = max(ceil(len(text) / (_WIDTHS.get(name, _WIDTH) * _LETTERS)) for name, text in values.items() if name not in sheet.FIXED)
    return _LINE * min(max(lines, _LEAST_LINES), _MOST_LINES)


def _list(where: str) -> dict[str, Any]:
    """A drop-down; a code typed without its title is taken too, so what is not in the list is warned of and not forbidden."""
    return {
        "validate": "list",
        "source": where,
        "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": "Choose from the list, or type a code of the sheet `codebook`.",
    }


def _values(question: Question, sample: str) -> dict[str, str]:
    labels = {f"{sheet.MODEL}{name}": codes.joined(held) for name, held in question.labels.items()}
    said = {name: writable(getattr(question, name)) for name in ("heading", "previous", "text", "document")}
    return {"sentence_id": question.sentence_id, "hash": question.hash, "sample": sample, **said, **labels}


def _codebook(book: Any) -> dict[str, str]:
    """The sheet with every answer and its meaning; for each facet the range that its lists are taken from."""
    page = book.add_worksheet("codebook")
    head = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (name, width) in enumerate((("facet", 12), ("choice", 44), ("code", 14), ("title", 36), ("meaning", 90))):
        page.write_string(0, place, name, head)
        page.set_column(place, place, width)
    ranges: dict[str, str] = {}
    row = 1
    for name, facet in codes.facets().items():
        held = {code.id: code for code in facet.codes}
        start = row
        for answer, words in codes.shown(facet).items():
            title, text = (held[answer].title, held[answer].text) if answer in held else ("None", "No code of this facet applies.")
            for place, value in enumerate((name, words, answer, title, text)):
                page.write_string(row, place, writable(value), wrapped)
            row += 1
        ranges[name] = f"=codebook!$B${start + 1}:$B${row}"
    page.freeze_panes(1, 0)
    page.protect()
    return ranges


def _notes(book: Any, form: Form) -> None:
    page = book.add_worksheet("notes")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 110)
    publishers = dict.fromkeys(f"{facet.title}: {facet.publisher} ({facet.id})" for facet in codes.facets().values())
    headings = ("What this is", "How to fill it in", "Please leave alone", "The codebook", "This sample")
    lines = (
        *_NOTES,
        "",
        "The codebook",
        *publishers,
        "",
        "This sample",
        f"{form.sample}: {len(form.questions)} sentences, scan of {form.on}.",
    )
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, bold if line in headings else wrapped)
    page.protect()
