"""The paper for a board before it has a format: the cover's lines, then parts of prose, points, charts, tables and quotations.

Every sentence and figure comes from the sections that the other reports show; what is its own is the order, the selection and the wording
of what the board is invited to do.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.report import headline, papers, quotations, words
from wellled_nlp.report.contents import Figure, Grid, Section
from wellled_nlp.report.quotations import Quotation
from wellled_nlp.report.sections import attention, balance, challenge, gaps, method, planning, reading, summary, themes
from wellled_nlp.table import Analysis

_PURPOSE = (
    "To show the Board what its own papers record: how much of them is about quality and about sustainability, whether they speak of "
    "assurance or of improvement, and where members challenged what they were told. "
    "The figures are meant to start a conversation about how the Board spends its attention; they do not judge it."
)
_NAME_LETTERS = 120
# The prompts that the paper is evidence for, where the framework has them: coverage and challenge in meetings, a rounded picture.
_PROMPTS = ("W6.2", "W6.1")
# Rows of a table that a paper of four pages has room for.
_MEETINGS_SHOWN, _SKIPPED_SHOWN, _GAPS_SHOWN = 8, 6, 2
_GAP_COLUMNS = ("Gap", "Domain", "Paper", "Page")  # all that are shown have the same status, and a narrow table is a long one


@dataclass(frozen=True)
class Point:
    """A line of a list, with a word or two before it that stand out."""

    lead: str
    text: str


@dataclass(frozen=True)
class Points:
    """A list. lettered: (a), (b), (c), so that a minute can name a line."""

    lines: tuple[Point, ...]
    lettered: bool = False


@dataclass(frozen=True)
class Note:
    """Small print."""

    text: str


Content = str | Note | Points | Figure | Grid | Quotation


@dataclass(frozen=True)
class Part:
    """A heading and what stands beneath it. level: 1 or 2."""

    heading: str
    contents: tuple[Content, ...] = ()
    level: int = 1


@dataclass(frozen=True)
class BoardPaper:
    """The whole paper. cover: what stands beside each label of the cover; empty where people fill it in."""

    organisation: str
    title: str
    cover: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    foot: str


def of(analysis: Analysis) -> BoardPaper:
    """The paper on this analysis."""
    whose = papers.organisation(analysis)
    return BoardPaper(
        organisation=words.shortened(words.capital(whose), _NAME_LETTERS),
        title="Quality and sustainability in the Board's papers",
        cover=_cover(analysis),
        parts=(
            Part("Purpose", (_PURPOSE,)),
            _summary(analysis),
            *_findings(analysis),
            _not_read(analysis),
            _recommendation(analysis),
            _method(analysis),
        ),
        foot="Documentary evidence only; not a rating",
    )


def _cover(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    return (
        ("Meeting and item", ""),
        ("Author", ""),
        ("Executive lead", ""),
        ("Purpose", "To note and to discuss"),
        ("Action requested", "The Board is invited to note the findings and to consider the questions in section 5."),
        ("Evidence for", _prompts(analysis)),
        (
            "Papers read",
            f"{words.shortened(papers.line(analysis), 2 * _NAME_LETTERS)} Read on {words.day(analysis.provenance['scanned_on'])}.",
        ),
    )


def _prompts(analysis: Analysis) -> str:
    framework = headline.facet(analysis, "prompts")
    named = [code for code in _PROMPTS if code in framework.code_ids]
    return f"{framework.title}, prompts {words.listed(named)}" if named else framework.title


def _summary(analysis: Analysis) -> Part:
    shown, meetings, prompts = summary.section(analysis), attention.by_meeting(analysis), themes.by_prompt(analysis)
    points = (
        Point("Quality.", shown.lead[0]),
        Point("Sustainability and challenge.", shown.lead[1]),
        Point("Over time.", " ".join(text for text in meetings.lead if text)),
        Point("Assurance and improvement.", f"{balance.finding(analysis)}. The aim is balance, not more of either."),
        Point("Breadth.", " ".join((prompts.lead[0], *(f"{figure.title}." for figure in themes.by_theme(analysis).figures)))),
        Point("Gaps.", gaps.section(analysis).lead[0]),
        Point("Signals and risks.", f"{planning.finding(analysis)} “wellled profile” says which."),
        *(Point("Label error.", text) for text in shown.lead[2:3] if text),
        Point("Reading.", shown.lead[3]),
    )
    return Part("Summary of findings", (Points(points), *_figures(shown, "w62"), _grid(shown, "lines")))


def _findings(analysis: Analysis) -> tuple[Part, ...]:
    shown, meetings, domains = summary.section(analysis), attention.by_meeting(analysis), attention.by_domain(analysis)
    table = _grid(meetings, "meetings")
    of_balance, quoted = balance.section(analysis), quotations.best(analysis)
    return (
        Part("Findings"),
        Part("Attention at each meeting", (*_figures(meetings, "trend"), _last(table, _MEETINGS_SHOWN, "meetings")), 2),
        Part("What the share is a share of", tuple(text for text in domains.lead if text), 2),
        Part("Challenge", (challenge.finding(analysis), _grid(shown, "challenges")), 2),
        Part("Assurance and improvement", (of_balance.lead[0], *_figures(of_balance, "balance")), 2),
        _gaps(analysis),
        Part(
            "In the papers' own words",
            (*quoted, Note(quotations.RULE)) if quoted else ("No sentence stands alone well enough to be quoted.",),
            2,
        ),
    )


def _gaps(analysis: Analysis) -> Part:
    """How many gaps have no improvement joined to them; those without any reply in words, as far as a paper of four pages has room."""
    section = gaps.section(analysis)
    table = next((grid for grid in section.all_grids if grid.name == "gaps-open"), None)
    rows = tuple(row for row in table.rows if row[1] == gaps.UNANSWERED) if table else ()
    if table is None or not rows:
        return Part("Gaps without a recorded improvement", section.lead[:1], 2)
    kept = [at for at, column in enumerate(table.columns) if column.heading in _GAP_COLUMNS]
    narrow = dataclasses.replace(
        table,
        caption="Gaps without any reply",
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in rows),
    )
    return Part("Gaps without a recorded improvement", (section.lead[0], _first(narrow, _GAPS_SHOWN, "gaps")), 2)


def _not_read(analysis: Analysis) -> Part:
    section, doubts = reading.section(analysis), reading.doubts(analysis)
    skipped = _grid(section, "skipped")
    table = (_first(skipped, _SKIPPED_SHOWN, "files and pages"),) if skipped.rows else ()
    more = (f"{doubts.lead[0]} The list is in report.html.",) if _grid(doubts, "doubts").rows else ()
    return Part("What was not read", (*section.lead, *table, *more))


def _recommendation(analysis: Analysis) -> Part:
    """An invitation to note and to consider, never to conclude: papers alone carry no more."""
    share, days = headline.group_share(analysis, "quality"), headline.meetings(analysis)
    line, _ = headline.lead(analysis)
    of = f"in {headline.basis_name(headline.basis(analysis))} of {words.spelled_out(len(days), 'meeting')}"
    took = (
        f"that quality took {share.said} of recorded attention {of}" if share.share is not None else "that the papers hold too little text"
    )
    published = words.listed([words.percent(one.share) for one in headline.presets(analysis)])
    intends = "whether this share, and its course over the meetings, is what the Board intends"
    serves = "whether information on quality serves improvement as well as assurance"
    reaches = "whether challenge reaches the subjects on which the Board wants it"
    lines = (
        Point("note", f"{took}, which is documentary evidence and not a rating;"),
        Point("note", "what was not read (section 4) and the limits of the method (section 6);"),
        Point("consider", f"{intends}; the published lines ({published}) are marks for orientation and no requirement;"),
        Point("consider", f"{serves}, and {reaches}; and"),
        Point("consider", "reading the sentences behind a figure, in report.html, before relying on it."),
    )
    return Part("Recommendation", ("The Board is invited to:", Points(lines, lettered=True)))


def _method(analysis: Analysis) -> Part:
    section = method.section(analysis)
    where = "The full report (report.html, report.xlsx) leads from every figure to the sentence and the page that it comes from."
    return Part(
        "Method and limits",
        (*section.lead, f"{method.made_with(analysis)} {where}"),
    )


def _grid(section: Section, name: str) -> Grid:
    return next(grid for grid in section.all_grids if grid.name == name)


def _figures(section: Section, name: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in section.figures if figure.name == name)


def _last(grid: Grid, count: int, noun: str) -> Grid:
    return _cut(grid, grid.rows[-count:], f"The last {count} of {words.number(len(grid.rows))} {noun}.")


def _first(grid: Grid, count: int, noun: str) -> Grid:
    return _cut(grid, grid.rows[:count], f"The first {count} of {words.number(len(grid.rows))} {noun}.")


def _cut(grid: Grid, rows: Sequence[tuple[object, ...]], said: str) -> Grid:
    if len(rows) == len(grid.rows):
        return grid
    return dataclasses.replace(grid, rows=tuple(rows), note=f"{said} report.xlsx holds them all. {grid.note}".strip())
