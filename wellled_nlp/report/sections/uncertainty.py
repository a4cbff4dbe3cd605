"""How sure the shares are: the interval over meetings and the error of the labels, side by side and never merged."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Plot, Section, records
from wellled_nlp.report.drawing import BLUE, ORANGE
from wellled_nlp.table import Analysis

_HEADING = "How sure the shares are"
_MEANING = (
    "Two things make a share unsure. Other meetings of the same board would have given another: the interval over meetings. And the labels "
    "are sometimes wrong: on text that people had labelled, each label was too often or too seldom given, and the corrected share allows "
    "for that, with an interval of its own. The two are not added up, and labels are supposed to err here as they did on that text."
)
_NOTE = (
    "Shares of sentences, not of words. Precision: of the sentences given the label, the part that people gave it too; recall: of those "
    "that people gave it, the part that was found; measured on: their number. Corrected by: real text that the project's evaluation "
    "holds, or a sample of your own papers. A dash: too little text, or under ten labels measured."
)

Row = Mapping[str, Any]


def section(analysis: Analysis) -> Section:
    """Every code with its share as counted and as corrected, each with its interval."""
    held = records(analysis.measures["uncertainty"])
    grid = _grid(analysis, held)
    lead = beside(analysis)
    if not any(row["corrected"] is not None for row in held):
        said = "No correction for the error of the labels can be given: there is too little text, or no figures of accuracy are at hand."
        return Section("uncertainty", _HEADING, (said, _MEANING), grids=(grid,))
    lead = lead or "The shares as counted and as corrected for the error of the labels stand side by side."
    return Section(
        "uncertainty", _HEADING, (lead, _MEANING), tuple(_figures(analysis, held, grid)), () if _drawn(analysis, held) else (grid,)
    )


def beside(analysis: Analysis) -> str:
    """What stands beside the headline: quality's share of sentences as counted and as corrected; "" where there is no correction."""
    row = of_group(analysis, "quality")
    if row is None:
        return ""
    return f"Of sentences, quality took {counted(row)} as counted and {corrected(row)} with the known error of the labels allowed for."


def of_group(analysis: Analysis, name: str) -> Row | None:
    """The row of a group's one domain where its share could be corrected; intervals of several domains do not add, so they have none."""
    domains = headline.group(analysis, name)
    found = [row for row in records(analysis.measures["uncertainty"]) if row["facet"] == "domain" and row["code"] in domains]
    return found[0] if len(found) == 1 and found[0]["corrected"] is not None else None


def counted(row: Row) -> str:
    """The share as counted with its interval over meetings."""
    return words.estimate(row["share"], row["sampling_low"], row["sampling_high"])


def corrected(row: Row) -> str:
    """The corrected share with the interval of the labels' error."""
    return words.estimate(row["corrected"], row["label_low"], row["label_high"])


def _drawn(analysis: Analysis, held: Sequence[Row]) -> list[Row]:
    """The domains of the first screen and the languages, where both shares are known."""
    domains = {code for name in ("quality", "sustainability") for code in headline.group(analysis, name)}
    known = [row for row in held if row["share"] is not None and row["corrected"] is not None]
    language = headline.facet(analysis, "language")
    shown = {"domain": domains, "language": {code for code in language.code_ids if code != language.fallback}}
    return [row for row in known if row["code"] in shown.get(row["facet"], ())]


def _figures(analysis: Analysis, held: Sequence[Row], grid: Grid) -> list[Figure]:
    drawn, marks = _drawn(analysis, held), []
    if not drawn:
        return []
    for row in drawn:
        name = headline.titles(analysis, row["facet"])[row["code"]]
        marks.append(charts.Mark(f"{name}, as counted", row["share"], row["sampling_low"], row["sampling_high"], BLUE))
        marks.append(charts.Mark(f"{name}, corrected", row["corrected"], row["label_low"], row["label_high"], ORANGE))
    overlap = [row for row in drawn if _apart(row)]
    names = words.listed([headline.titles(analysis, row["facet"])[row["code"]].lower() for row in overlap])
    title = (
        f"Allowing for label error moves {names} beyond the interval over meetings"
        if overlap
        else ("Allowing for label error moves none of these shares beyond its interval over meetings")
    )
    n = max(row["of_sentences"] for row in drawn)
    note = (
        f"n = {words.counted(n, 'sentence')} in {headline.basis_name(headline.basis(analysis))}, procedural ones left out of the domains."
    )
    key = "Point: share; bar: interval over meetings (as counted) or of label error (corrected)."
    return [Figure("uncertainty", title, note, charts.dots(marks, []), grid, key, Plot("bars", (2,)))]


def _apart(row: Row) -> bool:
    """Whether the corrected share lies outside the interval over meetings."""
    low, high = row["sampling_low"], row["sampling_high"]
    return low is not None and high is not None and not low <= row["corrected"] <= high


def _grid(analysis: Analysis, held: Sequence[Row]) -> Grid:
    columns = (
        Column("Label", TITLE), Column("Sentences", WHOLE), Column("As counted", SHARE), Column("From (meetings)", SHARE),
        Column("To (meetings)", SHARE), Column("Corrected", SHARE), Column("From (labels)", SHARE), Column("To (labels)", SHARE),
        Column("Precision", SHARE), Column("Recall", SHARE), Column("Measured on", WHOLE), Column("Corrected by"),
    )  # fmt: skip
    names = (
        "sentences",
        "share",
        "sampling_low",
        "sampling_high",
        "corrected",
        "label_low",
        "label_high",
        "precision",
        "recall",
        "measured_on",
        "corrected_by",
    )
    rows = tuple(
        (f"{words.capital(row['facet'])}: {headline.titles(analysis, row['facet'])[row['code']].lower()}", *(row[name] for name in names))
        for row in held
    )
    return Grid("uncertainty", "Shares as counted and as corrected", columns, rows, _NOTE)
