"""What the board did: challenges by domain, acts by domain and meeting, and its actions and decisions word for word."""

import pandas as pd

from wellled_nlp.report import charts, headline, papers, words
from wellled_nlp.report.contents import DAY, RATE, TITLE, WHOLE, Column, Figure, Grid, Section, records
from wellled_nlp.report.drawing import BLUE, GREY
from wellled_nlp.table import Analysis

KINDS = ("challenge", "decision", "action", "noting", "report")
_FOLD_FROM = 12
_KEY = "In brackets: for every 100 sentences of the domain."
_HEADING = "Challenge and other acts"


def section(analysis: Analysis) -> Section:
    """Acts, with a bar a domain for challenge."""
    by_domain, by_meeting = _by_domain(analysis), _by_meeting(analysis)
    counts = [(code, title, sums) for code, title, sums in _sums(analysis) if sums["sentences"]]
    total, n = (sum(sums[name] for _, _, sums in counts) for name in ("challenge", "sentences"))
    if not total:
        return Section("acts", _HEADING, ("No challenge by a member was found in these papers.",), grids=(by_domain, by_meeting))
    ranked = sorted(counts, key=lambda one: -one[2]["challenge"])
    quality = headline.group(analysis, "quality")
    marks = [charts.Mark(title, sums["challenge"], tone=BLUE if code in quality else GREY) for code, title, sums in ranked]
    said = [f"{words.number(sums['challenge'])} ({100 * sums['challenge'] / sums['sentences']:.1f} per 100)" for _, _, sums in ranked]
    finding = f"{ranked[0][1]} was challenged most: {words.number(ranked[0][2]['challenge'])} of {words.counted(total, 'challenge')}"
    where = headline.basis_name(headline.basis(analysis))
    note = f"n = {words.counted(n, 'sentence')} of {where}."
    figure = Figure("challenge", finding, note, charts.bars(marks, said, "Challenges", shares=False), by_domain, _KEY)
    rate = f"Members' challenges stand in {words.number(total)} of {words.counted(n, 'sentence')}, {100 * total / n:.1f} in every hundred."
    return Section("acts", _HEADING, (rate,), (figure,), (by_meeting,))


def actions(analysis: Analysis) -> Section:
    """The actions and the decisions that the papers record."""
    known = papers.of(analysis)
    acted = tuple(
        (
            words.clean(row["text"]),
            words.clean(row["owner"]),
            words.clean(row["due"]),
            words.clean(row["status"]),
            paper.label,
            paper.at(row["page"]),
        )
        for row in records(analysis.facts["actions"])
        for paper in [known[row["document_id"]]]
    )
    decided = tuple(
        (words.clean(row["text"]), paper.label, paper.at(row["page"]))
        for row in records(analysis.facts["decisions"])
        for paper in [known[row["document_id"]]]
    )
    columns = (Column("Action"), Column("Owner"), Column("Due", DAY), Column("Status"), Column("Paper"), Column("Page", WHOLE))
    grids = (
        Grid("actions", "Actions", columns, acted, folded=_folded(len(acted), "action"), empty="No action was found in these papers."),
        Grid(
            "decisions", "Decisions", (Column("Decision"), Column("Paper"), Column("Page", WHOLE)), decided,
            folded=_folded(len(decided), "decision"), empty="No decision was found in these papers.",
        ),
    )  # fmt: skip
    found = f"{words.counted(len(acted), 'action')} and {words.counted(len(decided), 'decision')} were found"
    return Section(
        "actions", "Actions and decisions", (f"{found}; {sum(bool(row[1]) for row in acted)} of the actions name an owner.",), grids=grids
    )


def _folded(count: int, noun: str) -> str:
    return f"All {words.counted(count, noun)}" if count > _FOLD_FROM else ""


def _sums(analysis: Analysis) -> list[tuple[str, str, dict[str, int]]]:
    """(code, title, sums over the meetings) of every domain that has rows."""
    acts = analysis.measures["acts"]
    held = [(code, acts[acts["domain"] == code.id]) for code in headline.facet(analysis, "domain").codes]
    return [(code.id, code.title, _added(frame)) for code, frame in held if len(frame)]


def _added(frame: pd.DataFrame) -> dict[str, int]:
    return {name: int(frame[name].sum()) for name in ("sentences", *KINDS)}


def _by_domain(analysis: Analysis) -> Grid:
    columns = (
        Column("Domain", TITLE), Column("Sentences", WHOLE), *(Column(kind.capitalize(), WHOLE) for kind in KINDS),
        Column("Challenges per 100", RATE),
    )  # fmt: skip
    rows = tuple(
        (title, *sums.values(), 100 * sums["challenge"] / sums["sentences"] if sums["sentences"] else None)
        for _, title, sums in _sums(analysis)
    )
    return Grid("acts-domain", "Acts by domain", columns, rows, f"Counted in {headline.basis_name(headline.basis(analysis))}.")


def _by_meeting(analysis: Analysis) -> Grid:
    acts = analysis.measures["acts"]
    days = sorted(set(acts["meeting_date"].dropna()), key=words.by_day)
    columns = (Column("Meeting", DAY), Column("Sentences", WHOLE), *(Column(kind.capitalize(), WHOLE) for kind in KINDS))
    rows = tuple((day, *_added(acts[acts["meeting_date"] == day]).values()) for day in days)
    return Grid("acts-meeting", "Acts by meeting", columns, rows)
