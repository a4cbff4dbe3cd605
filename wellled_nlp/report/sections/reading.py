"""What was read, what was not and why, and what the machine was in doubt about."""

from wellled_nlp.report import papers, words
from wellled_nlp.report.contents import DAY, TITLE, WHOLE, Column, Grid, Link, Section
from wellled_nlp.table import Analysis

_FOLD_FROM = 24


def section(analysis: Analysis) -> Section:
    """The papers, and the files and pages that are missing from every figure."""
    counts = analysis.provenance["counts"]
    skipped = analysis.facts["skipped"]
    said = f"{words.number(counts['pages_read'])} of {words.counted(counts['pages'], 'page')} were read, {words.number(counts['pages_ocr'])} of them as pictures of text."
    if len(skipped):
        files = int(skipped["page"].isna().sum())
        said += f" {words.capital(words.spelled_out(files, 'file'))} and {words.spelled_out(len(skipped) - files, 'page')} could not be read and are part of no figure in this report."
    else:
        said += " Nothing was left out."
    lead = (
        [said, "What was not read cannot be counted: an omission here may be an omission of the reading, not of the board."]
        if len(skipped)
        else [said]
    )
    return Section("reading", "What was read and what was not", tuple(lead), grids=(_skipped(analysis), _papers(analysis)))


def doubts(analysis: Analysis) -> Section:
    """Where a person should look before trusting a date, a type or an order."""
    held = analysis.provenance.get("doubts", [])
    rows = tuple((papers.file_name(one["path"]), words.clean(one["text"])) for one in held)
    grid = Grid("doubts", "Doubts", (Column("File", TITLE), Column("Doubt")), rows, empty="There were no doubts.")
    said = (
        f"The machine was in doubt about {words.spelled_out(len(rows), 'matter')}; please look."
        if rows
        else "The machine was in doubt about nothing."
    )
    return Section("doubts", "Doubts", (said,), grids=(grid,))


def _skipped(analysis: Analysis) -> Grid:
    rows = tuple(
        (papers.file_name(row.path), None if words.absent(row.page) else int(row.page), words.clean(row.reason))
        for row in analysis.facts["skipped"].itertuples()
    )
    columns = (Column("File", TITLE), Column("Page", WHOLE), Column("Why it was not read"))
    return Grid(
        "skipped",
        "Not read",
        columns,
        rows,
        "No page: the whole file.",
        folded=f"All {len(rows)} files and pages" if len(rows) > _FOLD_FROM else "",
        empty="Everything was read.",
    )


def _papers(analysis: Analysis) -> Grid:
    known = papers.of(analysis)
    rows = tuple(
        (
            Link(known[row.document_id].file, known[row.document_id].address), known[row.document_id].kind, row.meeting_date,
            int(row.pages), int(row.pages_read), int(row.pages_ocr), int(row.words),
        )
        for row in analysis.facts["documents"].itertuples()
    )  # fmt: skip
    columns = (
        Column("File", TITLE), Column("Kind"), Column("Meeting", DAY),
        Column("Pages", WHOLE), Column("Read", WHOLE), Column("By OCR", WHOLE), Column("Words", WHOLE),
    )  # fmt: skip
    return Grid("papers", "Papers read", columns, rows, folded=f"All {words.counted(len(rows), 'paper')}" if len(rows) > _FOLD_FROM else "")
