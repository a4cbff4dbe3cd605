"""The workbook: the sections of the page, a sheet each, with every sentence and its labels; opens in Excel and LibreOffice.

The bytes depend on the analysis alone: the dates in the file are the day of the scan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wellled_nlp import spreadsheet
from wellled_nlp.report import evidence, evidence_sheet, headline, papers, section_sheet
from wellled_nlp.report.contents import Column, Grid, Section, records
from wellled_nlp.report.sections import (
    acts,
    agenda,
    attention,
    balance,
    challenge,
    frameworks,
    gaps,
    logs,
    method,
    paper_charts,
    planning,
    reading,
    summary,
    themes,
    uncertainty,
    w62,
)
from wellled_nlp.report.sheets import Book
from wellled_nlp.table import Analysis

_TITLE_LETTERS = 250
# What the kinds of a measure's columns are on a sheet.
_KINDS = {"string": "text", "Int64": "whole", "Float64": "amount"}
_SHARES = ("share", "low", "high")


@dataclass(frozen=True)
class _Page:
    """A sheet: its name, what the cover says of it, and what fills it."""

    name: str
    text: str
    fill: Callable[[Book, str, Analysis], None]


def write(analysis: Analysis, path: Path) -> None:
    """Writes the workbook. Raises OutputError."""
    title = f"Recorded attention: {papers.organisation(analysis)}"[:_TITLE_LETTERS]
    with spreadsheet.workbook(path, title, analysis.provenance["scanned_on"], **section_sheet.PROPERTIES) as workbook:
        book = Book(workbook)
        _cover(book, analysis, title)
        for page in _PAGES:
            page.fill(book, page.name, analysis)


def _cover(book: Book, analysis: Analysis, title: str) -> None:
    cover = book.sheet("Cover", title, (headline.sentence(analysis), *summary.section(analysis).lead[1:]))
    cover.line("Please note", "h2")
    for text in method.section(analysis).lead[:4]:
        cover.prose(text)
    cover.row += 1
    cover.line("Sheets", "h2")
    for page in _PAGES:
        cover.page.write_url(cover.row, 0, f"internal:'{page.name}'!A1", book.formats["link"], string=page.name)
        cover.page.write_string(cover.row, 1, page.text, book.formats["prose"])
        cover.row += 1
    cover.row += 1
    cover.line(method.made_with(analysis), "note")
    cover.page.set_column(0, 0, max(len(page.name) for page in _PAGES) + 3)


def _of(section: Callable[[Analysis], Section]) -> Callable[[Book, str, Analysis], None]:
    """Fills a sheet with a section."""

    def fill(book: Book, name: str, analysis: Analysis) -> None:
        section_sheet.fill(book, name, section(analysis))

    return fill


def _attention(book: Book, name: str, analysis: Analysis) -> None:
    """The whole measure, for those who want another share than the report leads with."""
    frame = analysis.measures["attention"]
    columns = tuple(
        Column(str(column).replace("_", " ").capitalize(), "exact" if column in _SHARES else _KINDS[str(kind)])
        for column, kind in frame.dtypes.items()
    )
    lead = "Basis: what is counted. Level and key: all, a year, quarter, meeting or document. Low, high: the interval over meetings."
    sheet = book.sheet(name, "Attention by every denominator", (lead,))
    first, _ = sheet.grid(Grid("attention", "All shares", columns, tuple(tuple(row.values()) for row in records(frame))))
    sheet.page.freeze_panes(first, 0)
    sheet.finish()


def _evidence(book: Book, name: str, analysis: Analysis) -> None:
    evidence_sheet.fill(book, name, evidence.of(analysis))


def _codebook(book: Book, name: str, analysis: Analysis) -> None:
    sheet = book.sheet(name, "Codebook", ("What each code means.",))
    sheet.grid(method.codebook(analysis))
    sheet.finish()


_PAGES = (
    _Page("Summary", "Prompt W6.2: shares, lines, challenge, what was read", _of(summary.section)),
    _Page("W6.2", "Coverage and challenge in three parts, indicator by indicator", _of(w62.section)),
    _Page("By meeting", "Quality and sustainability at each meeting", _of(attention.by_meeting)),
    _Page("By domain", "Every domain by each denominator", _of(attention.by_domain)),
    _Page("Attention", "All shares: by basis, level, unit and domain", _attention),
    _Page("Uncertainty", "Shares as counted and with label error allowed for", _of(uncertainty.section)),
    _Page("Balance", "Language of assurance and of improvement", _of(balance.section)),
    _Page("Gaps", "Assurance gaps without an improvement, and what answered the others", _of(gaps.section)),
    _Page("Challenge", "Members' challenges by domain and type, and what followed", _of(challenge.section)),
    _Page("Agenda", "Place of quality, and items decided, discussed, noted", _of(agenda.section)),
    _Page("Charts in papers", "Charts by kind, in all papers and in each", _of(paper_charts.section)),
    _Page("Themes", "Evidence by theme, and by theme and meeting", _of(themes.by_theme)),
    _Page("Prompts", "Evidence for each prompt, and when last seen", _of(themes.by_prompt)),
    _Page("Frameworks", "Evidence for the codes of other frameworks, and by meeting", _of(frameworks.section)),
    _Page("Acts", "Sentences of challenge, decision, action and noting", _of(acts.section)),
    _Page("Action logs", "Actions followed from meeting to meeting", _of(logs.section)),
    _Page("Actions and decisions", "Word for word, with owner, due date and page", _of(acts.actions)),
    _Page("Evidence", "Every sentence with its place, labels, scores and links", _evidence),
    _Page("Signals and risks", "How many are found; the profile says which", _of(planning.section)),
    _Page("Read and not read", "Papers read; files and pages that were not, and why", _of(reading.section)),
    _Page("Doubts", "Where a person should look", _of(reading.doubts)),
    _Page("Method", "How the figures were made and what they cannot say", _of(method.section)),
    _Page("Codebook", "Every code with its title and meaning", _codebook),
    _Page("Provenance", "Versions, frameworks, models and settings", _of(method.provenance)),
)
