"""Actions from meeting to meeting: how the logs say that they stand, and the history of those that stood open longest."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.report import charts, papers, words
from wellled_nlp.report.contents import DAY, WHOLE, Column, Figure, Grid, Link, Plot, Section, records
from wellled_nlp.table import Analysis

CLOSED, CARRIED, OVERDUE, OPEN, NEW, NOT_SAID = "closed", "carried over", "overdue", "open", "new", "not said"
# What stands in the chart, and the states that each part holds.
_PARTS = {"Closed": (CLOSED,), "Carried over": (CARRIED,), "Overdue": (OVERDUE,), "Open or new": (OPEN, NEW, NOT_SAID)}
_DRAWN, _PAGE_ROWS, _FOLD_FROM = 12, 120, 24
_HEADING = "Actions from meeting to meeting"
_NOTE = "As each log prints it; nothing is worked out from due dates. Not said: the log prints no status that is known."
_LEFT = (
    "Left open: the last log that the action stands in does not close it, whether it stood there still or dropped out. "
    "The number before its words is its reference."
)

Row = Mapping[str, Any]


def section(analysis: Analysis) -> Section:
    """States by meeting, and every log's word on the actions that were left open."""
    held = records(analysis.measures["action_history"])
    if not held:
        return Section("logs", _HEADING, ("No log that says how actions stand was found in the papers supplied.",))
    return Section("logs", _HEADING, (_finding(held),), (_states(held),), (_left_open(analysis, held),))


def _finding(held: Sequence[Row]) -> str:
    actions = list({row["action"]: row for row in held}.values())
    left = [row for row in actions if row["left_open"]]
    closed, logs = len(actions) - len(left), len({row["meeting_date"] for row in held})
    said = f"Of {words.counted(len(actions), 'action')} in the logs of {words.spelled_out(logs, 'meeting')}, {words.spelled(closed)} "
    said += f"{words.verb(closed, 'was', 'were')} closed"
    if not left:
        return f"{said}."
    longest = words.spelled_out(max(row["logs"] for row in left), "log")
    return f"{said} and {words.spelled(len(left))} {words.verb(len(left), 'was', 'were')} left open; the longest stood in {longest}."


def _states(held: Sequence[Row]) -> Figure:
    days = sorted({row["meeting_date"] for row in held})
    counts = [(day, [row["state"] for row in held if row["meeting_date"] == day]) for day in days]
    rows = [(day, [sum(states.count(one) for one in kinds) for kinds in _PARTS.values()], states) for day, states in counts]
    columns = (
        Column("Meeting", DAY), Column("Actions in the log", WHOLE), *(Column(part, WHOLE) for part in _PARTS),
        Column("of these new", WHOLE), Column("of these not said", WHOLE),
    )  # fmt: skip
    cells = tuple((day, len(states), *parts, states.count(NEW), states.count(NOT_SAID)) for day, parts, states in rows)
    grid = Grid("logs", "Actions in the logs by how they stand", columns, cells, _NOTE)
    drawn = rows[-_DRAWN:]
    drawing = charts.stacks(
        [(f"{words.short_day(day)} ({len(states)})", [part / len(states) for part in parts]) for day, parts, states in drawn], list(_PARTS)
    )
    day, (_, _, late, _), states = rows[-1]
    overdue = f"{words.capital(words.spelled(late))} of {words.counted(len(states), 'action')} {words.verb(late, 'was', 'were')} overdue"
    title = f"{overdue} at the last meeting, {words.day(day)}"
    shown = f" The last {_DRAWN} meetings are drawn." if len(drawn) < len(rows) else ""
    entries = words.counted(len(held), "entry", "entries")
    note = f"n = {entries} in the logs of {words.counted(len(rows), 'meeting')}; entries in brackets.{shown}"
    return Figure(
        "logs", title, note, drawing, grid, "From left to right in the order of the legend.", Plot("stack", (2, 3, 4, 5), counts=True)
    )


def _left_open(analysis: Analysis, held: Sequence[Row]) -> Grid:
    known = papers.of(analysis)
    places = {row["action_id"]: (row["document_id"], row["page"]) for row in records(analysis.facts["actions"])}
    order = list(dict.fromkeys(row["action"] for row in held))
    left = sorted((row for row in held if row["left_open"]), key=lambda row: (-row["logs"], order.index(row["action"])))
    rows = []
    for row in left:
        document, page = places.get(row["action_id"], ("", None))
        paper = known.get(document)
        where = (paper.label, paper.at(page)) if paper else ("", Link(page, ""))
        printed = (words.clean(row["due"]), words.clean(row["status"]))
        rows.append((_head(row), row["meeting_date"], words.capital(row["state"]), *printed, words.capital(row["matched"]), *where))
    columns = (
        Column("Action"), Column("Meeting", DAY), Column("State"), Column("Due, as printed", DAY), Column("Status, as printed"),
        Column("Known by"), Column("Paper"), Column("Page", WHOLE),
    )  # fmt: skip
    folded = f"All {words.counted(len(rows), 'entry', 'entries')}" if len(rows) > _FOLD_FROM else ""
    return Grid(
        "logs-open", "Actions left open, the longest first", columns, tuple(rows), _LEFT, grouped=True, folded=folded,
        empty="Every action in the logs was closed in the last log that it stands in.", page_rows=_PAGE_ROWS,
    )  # fmt: skip


def _head(row: Row) -> str:
    owner = f" ({words.clean(row['owner'])})" if row["owner"] else ""
    return f"{words.clean(row['ref'])} {words.clean(row['text']).rstrip('.')}{owner}, in {words.spelled_out(row['logs'], 'log')}".strip()
