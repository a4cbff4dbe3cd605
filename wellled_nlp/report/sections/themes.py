"""Themes and prompts of the framework: how much evidence each has, at which meetings, and when it was last seen."""

import pandas as pd

from wellled_nlp.codebook import Facet
from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import DAY, SHARE, TITLE, WHOLE, Absent, Column, Figure, Grid, Link, Section
from wellled_nlp.table import Analysis

NOT_FOUND = "Not found in these papers"


def by_theme(analysis: Analysis) -> Section:
    """Evidence for every theme, and how it moves over the meetings."""
    framework = headline.facet(analysis, "prompts")
    frame = _coverage(analysis, framework.parent_name)
    held = sorted([row for row in frame.to_dict("records") if row["sentences"]], key=lambda row: -row["sentences"])
    heat = _heat(analysis, framework)
    rows = tuple(
        (
            f"{row['code']} {row['title']}",
            _to_evidence("theme", row),
            _share(row["share"]),
            int(row["documents"]),
            int(row["meetings"]),
            row["last_seen"],
        )
        for row in frame.to_dict("records")
    )
    columns = (
        Column("Theme", TITLE),
        Column("Sentences", WHOLE),
        Column("Share", SHARE),
        Column("Papers", WHOLE),
        Column("Meetings", WHOLE),
        Column("Last seen", DAY),
    )
    grid = Grid(
        "themes", "Evidence by theme", columns, rows, "A sentence may be evidence for two themes or for none; shares need not sum to 100%."
    )
    if not held:
        return Section("themes", "Themes", ("No evidence for any theme was found in these papers.",), grids=(grid, heat))
    top = held[0]
    title = f"{top['code']} {top['title']} has most evidence: {words.percent(_share(top['share']))} of sentences"
    missing = [f"{row['code']} {row['title']}" for row in frame.to_dict("records") if not row["sentences"]]
    said = f"Nothing was found on {words.listed(missing)}." if missing else "Every theme has some evidence."
    marks = [charts.Mark(f"{row['code']} {row['title']}", _share(row["share"]) or 0.0, tone=charts.BLUE) for row in held]
    note = f"n = {words.counted(int(top['of_sentences']), 'sentence')} of all papers, procedural text left out."
    drawing = charts.bars(marks, [words.percent(mark.share) for mark in marks], "Share of sentences")
    return Section("themes", "Themes of the well-led framework", (said,), (Figure("themes", title, note, drawing, grid),), (heat,))


def by_prompt(analysis: Analysis) -> Section:
    """Every prompt with its evidence; what has none says so."""
    framework = headline.facet(analysis, "prompts")
    own = {code.id for code in framework.codes if code.id != code.parent}
    only = {code.id: code.applies_to for code in framework.codes if code.applies_to}
    records = _coverage(analysis, framework.name).to_dict("records")
    missing = [row["code"] for row in records if row["code"] in own and not row["sentences"]]
    theme = {code.id: code.parent for code in framework.codes}
    named = {parent.id: f"{parent.id} {parent.title}" for parent in framework.parents}
    rows = tuple((named.get(theme.get(row["code"], ""), ""), *_prompt_row(row, only.get(row["code"], ()))) for row in records)
    columns = (
        Column("Theme"),
        Column("Code"),
        Column("Prompt", TITLE),
        Column("Sentences", WHOLE),
        Column("Papers", WHOLE),
        Column("Meetings", WHOLE),
        Column("Last seen", DAY),
    )
    total = len([row for row in records if row["code"] in own])
    said = f"Evidence for {total - len(missing)} of {total} prompts was found in these papers."
    extra = [row["code"] for row in records if row["code"] not in own]
    lead = [said]
    if missing:
        lead.append(
            f"Not found in these papers: {words.listed(missing)}. That a prompt was not found does not mean that the board has no evidence for it: it may stand in papers that were not supplied."
        )
    if extra:
        lead.append(f"{words.listed(extra)} is not one of the framework's prompts and is listed beside them.")
    grid = Grid(
        "prompts",
        "Evidence by prompt",
        columns,
        rows,
        "A number leads to its sentences in the evidence below. Last seen: the latest dated paper.",
        grouped=True,
    )
    return Section("prompts", "The prompts", tuple(lead), grids=(grid,))


def _prompt_row(row: dict[object, object], only: tuple[str, ...]) -> tuple[object, ...]:
    title = f"{row['title']} (for {words.listed([one.replace('-', ' ') for one in only])} trusts)" if only else str(row["title"])
    count = int(str(row["sentences"]))
    if not count:
        return row["code"], title, 0, 0, 0, Absent(NOT_FOUND)
    return row["code"], title, _to_evidence("prompt", row), int(str(row["documents"])), int(str(row["meetings"])), row["last_seen"]


def _to_evidence(filter_name: str, row: dict[object, object]) -> object:
    count = int(str(row["sentences"]))
    if not count:
        return 0
    return Link(count, f"#evidence?{filter_name}={row['code']}", f"{words.counted(count, 'sentence')} on {row['code']}")


def _heat(analysis: Analysis, framework: Facet) -> Grid:
    frame = analysis.measures["themes"]
    days = sorted(set(frame["meeting_date"].dropna()), key=lambda key: (key == words.UNDATED, key))
    shares = {(row["theme"], row["meeting_date"]): _share(row["share"]) for row in frame.to_dict("records")}
    columns = (Column("Theme", TITLE), *(Column(words.short_day(day), SHARE) for day in days))
    rows = tuple((f"{theme.id} {theme.title}", *(shares.get((theme.id, day)) for day in days)) for theme in framework.parents)
    note = "Share of each meeting's words, procedural text left out; the darker, the larger. A dash: too little text. Papers without a date stand under “undated”."
    return Grid("theme-by-meeting", "Themes by meeting", columns, rows if days else (), note, heat=True)


def _coverage(analysis: Analysis, facet: str) -> pd.DataFrame:
    frame = analysis.measures["coverage"]
    return frame[frame["facet"] == facet]


def _share(value: object) -> float | None:
    return None if words.absent(value) else float(str(value))
