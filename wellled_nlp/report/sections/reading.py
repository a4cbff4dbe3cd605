"""What was read, what was not and why, and what the machine was in doubt about."""

from wellled_nlp.report import papers, words
from wellled_nlp.report.contents import DAY, TITLE, WHOLE, Column, Grid, Link, Section, records
from wellled_nlp.table import Analysis

_FOLD_FROM = 24


def section(analysis: Analysis) -> Section:
    """The papers, and the files and pages that are missing from every figure."""
    counts, skipped = analysis.provenance["counts"], analysis.facts["skipped"]
    pages = f"{words.number(counts['pages_read'])} of {words.counted(counts['pages'], 'page')} were read"
    pictures = counts["pages_ocr"]
    lead = [f"{pages}, {words.number(pictures) if pictures else 'none'} of them as pictures of text."]
    if len(skipped):
        files = int(skipped["page"].isna().sum())
        counted = ((files, "file"), (len(skipped) - files, "page"))
        missing = words.listed([words.spelled_out(count, noun) for count, noun in counted if count])
        verb = "is" if len(skipped) == 1 else "are"
        lead[0] += f" {words.capital(missing)} could not be read and {verb} part of no figure in this report."
        lead.append("What was not read cannot be counted: an omission here may be an omission of the reading, not of the board.")
    else:
        lead[0] += " Nothing was left out."
    aside = _not_counted(analysis)
    if aside.rows:
        lead.append(
            f"{words.capital(words.spelled_out(len(aside.rows), 'paper'))} {words.verb(len(aside.rows), 'was', 'were')} read and "
            f"{words.verb(len(aside.rows), 'is', 'are')} not counted: another form of the same paper is."
        )
    return Section("reading", "What was read and what was not", tuple(lead), grids=(_skipped(analysis), aside, _papers(analysis)))


def doubts(analysis: Analysis) -> Section:
    """Where a person should look before trusting a date, a type or an order."""
    held = analysis.provenance.get("doubts", [])
    rows = tuple((papers.file_name(one["path"]), words.clean(one["text"])) for one in held)
    grid = Grid("doubts", "Doubts", (Column("File", TITLE), Column("Doubt")), rows, empty="")
    said = (
        f"The machine was in doubt about {words.spelled_out(len(rows), 'matter')}; please look." if rows else "The machine had no doubts."
    )
    return Section("doubts", "Doubts", (said,), grids=(grid,))


def _skipped(analysis: Analysis) -> Grid:
    rows = tuple((papers.file_name(row["path"]), row["page"], words.clean(row["reason"])) for row in records(analysis.facts["skipped"]))
    columns = (Column("File", TITLE), Column("Page", WHOLE), Column("Why it was not read"))
    folded = f"All {len(rows)} files and pages" if len(rows) > _FOLD_FROM else ""
    return Grid("skipped", "Not read", columns, rows, "No page: the whole file.", folded=folded, empty="Everything was read.")


def _not_counted(analysis: Analysis) -> Grid:
    """Papers that were read and are part of no figure, since another form of them is counted; an older scan knows of none."""
    documents, known = analysis.facts["documents"], papers.of(analysis)
    aside = documents[~documents["counted"].fillna(True).astype(bool)] if "counted" in documents else documents.iloc[:0]
    rows = tuple(
        (Link(paper.file, paper.address), paper.kind, row["meeting_date"], words.clean(row["why_not_counted"]))
        for row in records(aside)
        for paper in [known[row["document_id"]]]
    )
    columns = (Column("File", TITLE), Column("Kind"), Column("Meeting", DAY), Column("Why it is not counted"))
    return Grid("not-counted", "Read and not counted", columns, rows, empty="")


def _papers(analysis: Analysis) -> Grid:
    known = papers.of(analysis)
    columns = (
        Column("File", TITLE), Column("Kind"), Column("Meeting", DAY),
        Column("Pages", WHOLE), Column("Read", WHOLE), Column("By OCR", WHOLE), Column("Words", WHOLE),
    )  # fmt: skip
    rows = tuple(
        (
            Link(paper.file, paper.address),
            paper.kind,
            row["meeting_date"],
            *(row[name] for name in ("pages", "pages_read", "pages_ocr", "words")),
        )
        for row in records(analysis.facts["documents"])
        for paper in [known[row["document_id"]]]
    )
    return Grid("papers", "Papers read", columns, rows, folded=f"All {words.counted(len(rows), 'paper')}" if len(rows) > _FOLD_FROM else "")
