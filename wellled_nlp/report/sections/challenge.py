"""Challenge: the questions that members put, by type, by domain and by what followed, quality beside finance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wellled_nlp.codebook import load_facet
from wellled_nlp.report import charts, headline, passages, words
from wellled_nlp.report.contents import RATE, TITLE, WHOLE, Column, Figure, Grid, Plot, Section, records
from wellled_nlp.report.drawing import BLUE, GREY, ORANGE
from wellled_nlp.table import Analysis

TYPES = "challenge-2015"
FOLLOWED = ("answered", "action", "decision")
_PAGE_ROWS = 120
_FOLD_FROM = 12
_HEADING = "Challenge"
NONE = "No challenge by a member was found in the papers supplied."
_MEANING = (
    "A challenge is a question or doubt that a member puts and the minutes record; it may take several sentences. Minutes shorten a "
    "discussion: a challenge without a recorded answer need not have had none. Types after Sheaff and others (2015), who found "
    "non-executives in eight trusts more active on finance than on quality."
)
_SIDE = "For every 100: of the domain's sentences, so that long reports and short ones compare."

Row = Mapping[str, Any]


def section(analysis: Analysis) -> Section:
    """Challenges by domain and type, and each in its words with what followed."""
    held = records(analysis.measures["challenge"])
    if not held:
        return Section("challenge", _HEADING, (NONE, _MEANING))
    return Section("challenge", _HEADING, (finding(analysis), _MEANING), (_domains(analysis, held), _types(held)), (_each(analysis, held),))


def finding(analysis: Analysis) -> str:
    """How many challenges there are, on what, and how many were answered."""
    held = records(analysis.measures["challenge"])
    if not held:
        return NONE
    sides = [
        f"{_on(analysis, held, name)} on {words.uncapital(headline.group_name(analysis, name))}" for name in ("quality", "sustainability")
    ]
    answered = sum(bool(row["answered"]) for row in held)
    times = "once" if len(held) == 1 else f"{words.number(len(held))} times"
    known = f"{words.number(answered)} {words.verb(answered, 'has', 'have')} a recorded answer"
    return f"Members' challenges were recorded {times}, {words.listed(sides)}; {known}."


def by_domain(analysis: Analysis) -> Grid:
    """A row a domain in which the board's own papers have text, without what followed."""
    whole = _domain_grid(analysis, records(analysis.measures["challenge"]), "challenges")
    kept = len(whole.columns) - len(FOLLOWED)
    return replace(whole, columns=whole.columns[:kept], rows=tuple(row[:kept] for row in whole.rows))


def _on(analysis: Analysis, held: Sequence[Row], name: str) -> int:
    return sum(row["domain"] in headline.group(analysis, name) for row in held)


def _followed(held: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sum(bool(row[name]) for row in held) for name in FOLLOWED)


def _domain_grid(analysis: Analysis, held: Sequence[Row], name: str) -> Grid:
    columns = (
        Column("Domain", TITLE), Column("Sentences", WHOLE), Column("Challenges", WHOLE), Column("For every 100", RATE),
        Column("Answered", WHOLE), Column("Action follows", WHOLE), Column("Decision follows", WHOLE),
    )  # fmt: skip
    rows = []
    acts = analysis.measures["acts"]
    for code in headline.facet(analysis, "domain").codes:
        counted = acts[acts["domain"] == code.id]
        if len(counted):
            here, n = [row for row in held if row["domain"] == code.id], int(counted["sentences"].sum())
            rows.append((code.title, n, len(here), 100 * len(here) / n if n else None, *_followed(here)))
    where = headline.basis_name(headline.basis(analysis))
    return Grid(name, "Challenges by domain", columns, tuple(rows), f"Counted in {where}. {_SIDE}")


def _domains(analysis: Analysis, held: Sequence[Row]) -> Figure:
    grid = _domain_grid(analysis, held, "challenge-domain")
    tones = {"quality": BLUE, "sustainability": ORANGE}
    titles = headline.titles(analysis, "domain")
    tone_of = {titles[code]: tone for name, tone in tones.items() for code in headline.group(analysis, name) if code in titles}
    ranked = sorted(grid.rows, key=lambda row: -int(str(row[2])))
    marks = [charts.Mark(str(row[0]), float(str(row[2])), tone=tone_of.get(str(row[0]), GREY)) for row in ranked]
    said = [f"{row[2]} ({row[3]:.1f} per 100)" if row[3] is not None else f"{row[2]}" for row in ranked]
    quality, money = (_on(analysis, held, name) for name in tones)
    of = f"{words.number(quality)} of {words.counted(len(held), 'challenge')} {words.verb(quality, 'is', 'are')} on quality"
    title = f"{of} and {words.number(money)} on {words.uncapital(headline.group_name(analysis, 'sustainability'))}"
    note = f"n = {words.counted(len(held), 'challenge')} in {words.counted(sum(int(str(row[1])) for row in grid.rows), 'sentence')}."
    drawing = charts.bars(marks, said, "Challenges", shares=False)
    return Figure(
        "challenge-domain",
        title,
        note,
        drawing,
        grid,
        "In brackets: for every 100 sentences of the domain. Quality and sustainability stand out.",
        Plot("bars", (2,), counts=True),
    )


def _types(held: Sequence[Row]) -> Figure:
    codes = load_facet(TYPES).codes
    rows = [
        (code.title, len(here), *_followed(here), code.text) for code in codes for here in [[row for row in held if row["type"] == code.id]]
    ]
    columns = (
        Column("Type", TITLE), Column("Challenges", WHOLE), Column("Answered", WHOLE), Column("Action follows", WHOLE),
        Column("Decision follows", WHOLE), Column("What it is"),
    )  # fmt: skip
    ranked = sorted(rows, key=lambda row: -int(str(row[1])))
    marks = [charts.Mark(str(row[0]), float(str(row[1])), tone=BLUE) for row in ranked]
    title = f"{ranked[0][0]} questions are most frequent: {ranked[0][1]} of {words.counted(len(held), 'challenge')}"
    note = f"n = {words.counted(len(held), 'challenge')}, each of one type: the first that its words show."
    drawing = charts.bars(marks, [words.number(mark.share) for mark in marks], "Challenges", shares=False)
    grid = Grid("challenge-types", "Challenges by type", columns, tuple(rows))
    return Figure("challenge-types", title, note, drawing, grid, plot=Plot("bars", (1,), counts=True))


def _each(analysis: Analysis, held: Sequence[Row]) -> Grid:
    quoted = passages.of(analysis, [row["sentence_id"] for row in held])
    types, domains = {code.id: code.title for code in load_facet(TYPES).codes}, headline.titles(analysis, "domain")
    columns = (
        Column("Challenge", TITLE), Column("Type"), Column("Domain"), Column("Paper"), Column("Page", WHOLE), Column("What follows"),
    )  # fmt: skip
    rows = tuple(
        (one.quoted, types.get(row["type"], row["type"]), domains.get(row["domain"], ""), one.paper.label, one.link, _what(row))
        for row in held
        for one in [quoted[row["sentence_id"]]]
    )
    folded = f"All {words.counted(len(rows), 'challenge')}" if len(rows) > _FOLD_FROM else ""
    return Grid("challenge-each", "Every challenge", columns, rows, folded=folded, page_rows=_PAGE_ROWS)


def _what(row: Row) -> str:
    return (
        words.capital(words.listed([name for name, key in zip(("answer", "action", "decision"), FOLLOWED, strict=True) if row[key]]))
        or "Nothing recorded"
    )
