"""What was left out and why, and which printed names count as which organisation."""

from collections import Counter

from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import words
from wellled_nlp.report.contents import TITLE, WHOLE, Column, Grid, Section, records

_FOLD_FROM = 12


def section(found: Comparison) -> Section:
    """Reasons with how many papers or pages they took, then the names."""
    number = len(found.tables["not_counted"])
    said = f"{words.counted(number, 'paper or page', 'papers or pages')} {words.verb(number, 'was', 'were')} not counted."
    lead = said if number else "Every paper was counted."
    return Section("not-counted", "What was not counted", (lead,), grids=(_reasons(found), _names(found)))


def _reasons(found: Comparison) -> Grid:
    reasons = Counter((row["reason"], row["library"]) for row in records(found.tables["not_counted"]))
    rows = tuple((reason, library, number) for (reason, library), number in sorted(reasons.items()))
    columns = (Column("Reason", TITLE), Column("Library"), Column("Papers or pages", WHOLE))
    return Grid(
        "not-counted",
        "Not counted",
        columns,
        rows,
        "Each stands in tables/not_counted.csv.",
        folded="All reasons" if len(rows) > _FOLD_FROM else "",
        empty="",
    )


def _names(found: Comparison) -> Grid:
    columns = (
        Column("As printed", TITLE), Column("Counts as"), Column("ODS code"), Column("How"), Column("Nearest known name"),
        Column("Papers", WHOLE),
    )  # fmt: skip
    rows = tuple(
        (row["printed"] or "none", *(row[name] or "" for name in ("organisation", "ods_code", "how", "nearest")), row["documents"])
        for row in records(found.tables["names"])
    )
    folded = "All names" if len(rows) > _FOLD_FROM else ""
    return Grid("names", "Names of organisations", columns, rows, "A nearest name is a hint only; nothing was joined by it.", folded=folded)
