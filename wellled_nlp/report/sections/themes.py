"""Themes and prompts of the framework: how much evidence each has, at which meetings, and when it was last seen."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from wellled_nlp.codebook import Facet
from wellled_nlp.report import charts, explorer, facets, headline, words
from wellled_nlp.report.contents import DAY, SHARE, TITLE, WHOLE, Absent, Column, Figure, Grid, Link, Plot, Section, records
from wellled_nlp.report.drawing import BLUE
from wellled_nlp.table import Analysis

NOT_FOUND = "Not found in these papers"
_ABSENCE = "That a prompt was not found does not mean that the board has no evidence for it: it may stand in papers that were not supplied."
_HEAT = (
    "Share of each meeting's words, procedural text left out; the darker, the larger. A dash: too little text. "
    "Papers without a date stand under “undated”."
)


def by_theme(analysis: Analysis) -> Section:
    """Evidence for every theme, and how it moves over the meetings."""
    framework = headline.facet(analysis, "prompts")
    rows = coverage(analysis, framework.parent_name)
    grid, heat = _themes(rows), heat_table(analysis, framework.parent_name, "Themes by meeting", "Theme", "theme-by-meeting")
    ranked = sorted([row for row in rows if row["sentences"]], key=lambda row: -row["sentences"])
    heading = "Themes of the well-led framework"
    if not ranked:
        return Section("themes", heading, ("No evidence for any theme was found in these papers.",), grids=(grid, heat))
    marks = [charts.Mark(_name(row), row["share"], tone=BLUE) for row in ranked]
    title = f"{_name(ranked[0])} has most evidence: {words.percent(ranked[0]['share'])} of sentences"
    note = f"n = {words.counted(ranked[0]['of_sentences'], 'sentence')} of all papers, procedural text left out."
    drawing = charts.bars(marks, [words.percent(mark.share) for mark in marks], "Share of sentences")
    missing = [_name(row) for row in rows if not row["sentences"]]
    said = f"Nothing was found on {words.listed(missing)}." if missing else "Every theme has some evidence."
    return Section("themes", heading, (said,), (Figure("themes", title, note, drawing, grid, plot=Plot("bars", (2,))),), (heat,))


def by_prompt(analysis: Analysis) -> Section:
    """Every prompt with its evidence; what has none says so."""
    framework = headline.facet(analysis, "prompts")
    rows = coverage(analysis, framework.name)
    # A code that is its own parent is no prompt of the framework but stands beside it.
    extra = [code.id for code in framework.codes if code.id == code.parent]
    own = [row for row in rows if row["code"] not in extra]
    missing = [row["code"] for row in own if not row["sentences"]]
    lead = [f"Evidence for {len(own) - len(missing)} of {len(own)} prompts was found in these papers."]
    if missing:
        lead.append(f"Not found in these papers: {words.listed(missing)}. {_ABSENCE}")
    if extra:
        lead.append(f"{words.listed(extra)} is not one of the framework's prompts and is listed beside them.")
    return Section("prompts", "The prompts", tuple(lead), grids=(_prompts(rows, framework),))


def _themes(rows: list[Mapping[str, Any]]) -> Grid:
    columns = (
        Column("Theme", TITLE), Column("Sentences", WHOLE), Column("Share", SHARE),
        Column("Papers", WHOLE), Column("Meetings", WHOLE), Column("Last seen", DAY),
    )  # fmt: skip
    cells = tuple((_name(row), to_evidence(row), row["share"], row["documents"], row["meetings"], seen(row)) for row in rows)
    note = "A sentence may be evidence for two themes or for none; shares need not sum to 100%."
    return Grid("themes", "Evidence by theme", columns, cells, note)


def _prompts(rows: list[Mapping[str, Any]], framework: Facet) -> Grid:
    codes = {code.id: code for code in framework.codes}
    named = {parent.id: f"{parent.id} {parent.title}" for parent in framework.parents}
    columns = (
        Column("Theme"), Column("Code"), Column("Prompt", TITLE), Column("Sentences", WHOLE),
        Column("Papers", WHOLE), Column("Meetings", WHOLE), Column("Last seen", DAY),
    )  # fmt: skip
    cells = []
    for row in rows:
        sectors = [sector.replace("-", " ") for sector in codes[row["code"]].applies_to]
        title = f"{row['title']} (for {words.listed(sectors)} trusts)" if sectors else row["title"]
        group = named.get(codes[row["code"]].parent, "")
        cells.append((group, row["code"], title, to_evidence(row), row["documents"], row["meetings"], seen(row)))
    note = "A number leads to its sentences in the evidence below. Last seen: the latest dated paper."
    return Grid("prompts", "Evidence by prompt", columns, tuple(cells), note, grouped=True)


def heat_table(analysis: Analysis, facet: str, caption: str, heading: str, name: str) -> Grid:
    """Each meeting's share of words by the codes of a facet that the table `themes` counts; no rows where there is no meeting."""
    rows = [row for row in records(analysis.measures["themes"]) if row["facet"] == facet]
    days = sorted({row["meeting_date"] for row in rows}, key=words.by_day)
    shares = {(row["theme"], row["meeting_date"]): row["share"] for row in rows}
    asked = next((one for one in facets.of(analysis) if one.name == facet), None)
    titles = {code: asked.shown(code) for code in asked.codes} if asked and rows else {}
    columns = (Column(heading, TITLE), *(Column(words.short_day(day), SHARE) for day in days))
    cells = tuple((title, *(shares.get((code, day)) for day in days)) for code, title in titles.items())
    return Grid(name, caption, columns, cells, _HEAT, heat=True)


def coverage(analysis: Analysis, facet: str) -> list[Mapping[str, Any]]:
    """The rows of the table `coverage` for this facet."""
    return [row for row in records(analysis.measures["coverage"]) if row["facet"] == facet]


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['code']} {row['title']}"


def seen(row: Mapping[str, Any]) -> object:
    """When a row of `coverage` was last seen, or that it was not."""
    return row["last_seen"] if row["sentences"] else Absent(NOT_FOUND)


def to_evidence(row: Mapping[str, Any]) -> object:
    """The number of sentences of a row of `coverage`, which leads to them; 0 where there are none."""
    count = row["sentences"]
    address = f"#evidence?{explorer.field(row['facet'])}={quote(row['code'])}"
    return Link(count, address, f"{words.counted(count, 'sentence')} on {row['code']}") if count else 0
