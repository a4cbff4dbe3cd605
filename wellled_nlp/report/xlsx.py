"""The workbook: the same sections as the page, a sheet each, with every sentence and its labels; opens in Excel and LibreOffice.

The bytes depend on the analysis alone: the dates in the file are the day of the scan.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp.report import evidence, headline, html, sheet_charts, words
from wellled_nlp.report.contents import Column, Grid, Section
from wellled_nlp.report.evidence import MANY, ONE
from wellled_nlp.report.sections import acts, attention, balance, method, reading, summary, themes
from wellled_nlp.report.sheets import SHEET_ROWS, Book, Sheet, limited, link_formula
from wellled_nlp.table import Analysis

_EVIDENCE = ("Row", "Kind", "Meeting", "File", "Item", "Page", "Sentence", "Themes", "Prompts", "Prompt scores", "Domain", "Domain score", "Language", "Language score", "Act", "Act score", "Why: words of the lists", "Open the paper", "See in the report")  # fmt: skip
_WIDTHS = (8, 13, 13, 26, 26, 7, 80, 10, 13, 11, 12, 9, 13, 10, 11, 8, 32, 12, 12)


def write(analysis: Analysis, path: Path) -> None:
    """Writes the workbook."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        created = datetime.fromisoformat(analysis.provenance["scanned_on"])
        subject = html.organisation(analysis)
        workbook.set_properties(
            {
                "title": limited(f"Recorded attention: {subject}")[:250],
                "author": "wellled",
                "comments": "Documentary evidence only; not a rating.",
                "created": created,
            }
        )
        book = Book(workbook)
        cover = book.sheet("Cover", f"Recorded attention: {subject}"[:250], (headline.sentence(analysis),))
        _cover(cover, analysis, [_fill(book, analysis, name, describe) for name, describe in _SHEETS.items()])


def _fill(book: Book, analysis: Analysis, name: str, describe: Any) -> tuple[str, str]:
    return name, describe(book, name, analysis)


def _cover(cover: Sheet, analysis: Analysis, contents: list[tuple[str, str]]) -> None:
    for text in summary.section(analysis).lead[1:]:
        cover.prose(text)
    cover.row += 1
    cover.line("Please note", "h2")
    for text in method.section(analysis).lead[:4]:
        cover.prose(text)
    cover.row += 1
    cover.line("Sheets", "h2")
    for name, text in contents:
        cover.page.write_url(cover.row, 0, f"internal:'{name}'!A1", cover.book.formats["link"], string=name)
        cover.page.write_string(cover.row, 1, text, cover.book.formats["prose"])
        cover.row += 1
    cover.row += 1
    cover.line(
        f"Produced with wellled {analysis.provenance['versions'].get('wellled', '')} on {words.day(analysis.provenance['scanned_on'])}, on this machine alone.",
        "note",
    )
    cover.page.set_column(0, 0, 22)


def _section(book: Book, name: str, section: Section) -> Sheet:
    """A sheet with the section's figures as native charts under their tables, then its other tables."""
    sheet = book.sheet(name, section.heading, section.lead)
    for figure in section.figures:
        rows = sheet.grid(figure.grid)
        sheet_charts.insert(sheet, figure, rows)
    for grid in section.grids:
        sheet.grid(grid)
    for note in section.notes:
        sheet.prose(note, "note")
    sheet.finish()
    return sheet


def _frame(book: Book, name: str, heading: str, lead: str, frame: pd.DataFrame) -> None:
    """A measure's whole table as it is, with filters."""
    columns = tuple(
        Column(str(column).replace("_", " ").capitalize(), _kind(str(column), str(kind))) for column, kind in frame.dtypes.items()
    )
    sheet = book.sheet(name, heading, (lead,))
    rows = tuple(tuple(row) for row in frame.itertuples(index=False))
    first, _ = sheet.grid(Grid(name, heading, columns, rows))
    sheet.page.freeze_panes(first, 0)
    sheet.finish()


def _kind(column: str, dtype: str) -> str:
    if dtype == "Float64":
        return "exact" if column.endswith(("share", "low", "high")) else "amount"
    return "whole" if dtype == "Int64" else "text"


def _evidence(book: Book, name: str, analysis: Analysis) -> str:
    held = evidence.of(analysis)
    count = min(len(held.text), SHEET_ROWS - 10)
    said = f"{words.counted(count, 'sentence')}, each with its place and its labels; scores run from 0 to 1."
    if count < len(held.text):
        said += f" A sheet holds no more: {words.number(len(held.text) - count)} further sentences stand in tables/sentences.csv."
    sheet = book.sheet(name, "Evidence", (said,))
    top = sheet.row
    for row in range(count):
        _evidence_row(sheet, top + 1 + row, row, held)
    heads = [{"header": head, "header_format": book.formats["head"]} for head in _EVIDENCE]
    sheet.page.add_table(
        top,
        0,
        top + max(count, 1),
        len(_EVIDENCE) - 1,
        {"name": "T_evidence", "columns": heads, "style": "Table Style Light 1", "banded_rows": False},
    )
    for column, width in enumerate(_WIDTHS):
        sheet.page.set_column(column, column, width)
    sheet.page.freeze_panes(top + 1, 1)
    sheet.page.repeat_rows(top)
    return "Every sentence with its place, labels, scores and links"


def _evidence_row(sheet: Sheet, at: int, row: int, held: evidence.Evidence) -> None:
    page, formats = sheet.page, sheet.book.formats
    text, share = formats["text"], formats["rate2"]
    paper, number = held.papers[held.document[row]], held.page[row]
    page.write_number(at, 0, row + 1, formats["plain"])
    page.write_string(at, 1, paper.kind, text)
    sheet.cell(at, 2, None if paper.day == words.UNDATED else paper.day, _DAY)
    page.write_string(at, 3, paper.file, text)
    page.write_string(at, 4, limited(held.items[held.item[row]]), text)
    if number is not None:
        page.write_number(at, 5, number, formats["plain"])
    page.write_string(at, 6, limited(held.text[row]), text)
    for column, facet in zip((7, 8), MANY, strict=True):
        page.write_string(at, column, "; ".join(code for code, _ in held.many[facet][row]), text)
    page.write_string(at, 9, "; ".join(f"{score:.2f}" for _, score in held.many["prompts"][row]), text)
    for column, facet in zip((10, 12, 14), ONE, strict=True):
        code, score = held.one[facet][row]
        if code:
            page.write_string(at, column, held.titles[facet].get(code, code), text)
            page.write_number(at, column + 1, score, share)
    page.write_string(at, 16, limited("; ".join(dict.fromkeys(f"{term} ({code})" for _, code, term in held.cues[row]))), text)
    for column, address in ((17, paper.address_of(number) if number else paper.address), (18, f"report.html#evidence?row={row}")):
        formula = link_formula(address, "Open" if column == 17 else "See")
        if formula:
            page.write_formula(at, column, formula, formats["link"], "Open" if column == 17 else "See")


_DAY = Column("Meeting", "day")


def _put(section: Any, text: str) -> Any:
    def fill(book: Book, name: str, analysis: Analysis) -> str:
        _section(book, name, section(analysis))
        return text

    return fill


def _attention(book: Book, name: str, analysis: Analysis) -> str:
    lead = (
        "Basis: what is counted. Level and key: the whole, a year, quarter, meeting or document. Low and high: the interval over meetings."
    )
    _frame(book, name, "Attention by every denominator", lead, analysis.measures["attention"])
    return "All shares: by basis, level, unit and domain"


def _codebook(book: Book, name: str, analysis: Analysis) -> str:
    sheet = book.sheet(name, "Codebook", ("What each code means.",))
    sheet.grid(method.codebook(analysis))
    sheet.finish()
    return "Every code with its title and meaning"


_SHEETS = {
    "Summary": _put(summary.section, "Prompt W6.2: shares, lines, challenge, what was read"),
    "By meeting": _put(attention.by_meeting, "Quality and sustainability at each meeting"),
    "By domain": _put(attention.by_domain, "Every domain by each denominator"),
    "Attention": _attention,
    "Balance": _put(balance.section, "Language of assurance and of improvement"),
    "Themes": _put(themes.by_theme, "Evidence by theme, and by theme and meeting"),
    "Prompts": _put(themes.by_prompt, "Evidence for each prompt, and when last seen"),
    "Acts": _put(acts.section, "Challenge, decision, action and noting"),
    "Actions and decisions": _put(acts.actions, "Word for word, with owner, due date and page"),
    "Evidence": _evidence,
    "Read and not read": _put(reading.section, "Papers read; files and pages that were not, and why"),
    "Doubts": _put(reading.doubts, "Where a person should look"),
    "Method": _put(method.section, "How the figures were made and what they cannot say"),
    "Codebook": _codebook,
    "Provenance": _put(method.provenance, "Versions, frameworks, models and settings"),
}
