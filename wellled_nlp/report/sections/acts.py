"""What the board did: challenges by domain, acts by domain and meeting, and its actions and decisions word for word."""

import pandas as pd

from wellled_nlp.report import charts, headline, papers, words
from wellled_nlp.report.contents import DAY, RATE, TITLE, WHOLE, Column, Figure, Grid, Section
from wellled_nlp.table import Analysis

KINDS = ("challenge", "decision", "action", "noting", "report")
_FOLD_FROM = 12


def section(analysis: Analysis) -> Section:
    """Acts, with a bar a domain for challenge."""
    acts = analysis.measures["acts"]
    by_domain = _by_domain(analysis, acts)
    by_meeting = _by_meeting(acts)
    held = [(str(row[0]), int(str(row[2])), int(str(row[1]))) for row in by_domain.rows]
    total = sum(count for _, count, _ in held)
    if not total:
        return Section(
            "acts", "Challenge and other acts", ("No challenge by a member was found in these papers.",), grids=(by_domain, by_meeting)
        )
    ranked = sorted([one for one in held if one[2]], key=lambda one: -one[1])
    title = f"{ranked[0][0]} was challenged most: {words.number(ranked[0][1])} of {words.counted(total, 'challenge')}"
    quality = {headline.titles(analysis, "domain")[code] for code in headline.group(analysis, "quality")}
    marks = [charts.Mark(name, float(count), tone=charts.BLUE if name in quality else charts.GREY) for name, count, _ in ranked]
    said = [f"{words.number(count)} ({100 * count / n:.1f} per 100)" for _, count, n in ranked]
    n = sum(one[2] for one in held)
    note = f"n = {words.counted(n, 'sentence')} of {headline.basis_name(headline.basis(analysis))}. In brackets: for every 100 sentences of the domain."
    figure = Figure("challenge", title, note, charts.bars(marks, said, "Challenges", shares=False), by_domain)
    rate = f"Members' challenges stand in {words.number(total)} of {words.counted(n, 'sentence')}, {100 * total / n:.1f} in every hundred."
    return Section("acts", "Challenge and other acts", (rate,), (figure,), (by_meeting,))


def actions(analysis: Analysis) -> Section:
    """The actions and the decisions that the papers record."""
    known = papers.of(analysis)
    held = analysis.facts["actions"]
    rows = tuple(
        (
            words.clean(row.text),
            words.clean(row.owner),
            words.clean(row.due),
            words.clean(row.status),
            known[row.document_id].label,
            known[row.document_id].at(row.page),
        )
        for row in held.itertuples()
    )
    columns = (Column("Action"), Column("Owner"), Column("Due", DAY), Column("Status"), Column("Paper"), Column("Page", WHOLE))
    acts = Grid("actions", "Actions", columns, rows, folded=_folded(len(rows), "action"), empty="No action was found in these papers.")
    made = analysis.facts["decisions"]
    decided = tuple((words.clean(row.text), known[row.document_id].label, known[row.document_id].at(row.page)) for row in made.itertuples())
    decisions = Grid(
        "decisions",
        "Decisions",
        (Column("Decision"), Column("Paper"), Column("Page", WHOLE)),
        decided,
        folded=_folded(len(decided), "decision"),
        empty="No decision was found in these papers.",
    )
    owned = sum(1 for row in rows if row[1])
    said = f"{words.counted(len(rows), 'action')} and {words.counted(len(decided), 'decision')} were found; {words.number(owned)} of the actions name an owner."
    return Section("actions", "Actions and decisions", (said,), grids=(acts, decisions))


def _folded(count: int, noun: str) -> str:
    return f"All {words.counted(count, noun)}" if count > _FOLD_FROM else ""


def _by_domain(analysis: Analysis, acts: pd.DataFrame) -> Grid:
    rows = []
    for code in headline.facet(analysis, "domain").codes:
        held = acts[acts["domain"] == code.id]
        if len(held):
            n, *counts = (int(held[name].sum()) for name in ("sentences", *KINDS))
            rows.append((code.title, n, *counts, 100 * counts[0] / n if n else None))
    columns = (
        Column("Domain", TITLE),
        Column("Sentences", WHOLE),
        *(Column(kind.capitalize(), WHOLE) for kind in KINDS),
        Column("Challenges per 100", RATE),
    )
    return Grid("acts-domain", "Acts by domain", columns, tuple(rows), f"Counted in {headline.basis_name(headline.basis(analysis))}.")


def _by_meeting(acts: pd.DataFrame) -> Grid:
    rows = []
    for day in sorted(set(acts["meeting_date"].dropna()), key=lambda key: (key == words.UNDATED, key)):
        held = acts[acts["meeting_date"] == day]
        rows.append((day, *(int(held[name].sum()) for name in ("sentences", *KINDS))))
    columns = (Column("Meeting", DAY), Column("Sentences", WHOLE), *(Column(kind.capitalize(), WHOLE) for kind in KINDS))
    return Grid("acts-meeting", "Acts by meeting", columns, tuple(rows))
