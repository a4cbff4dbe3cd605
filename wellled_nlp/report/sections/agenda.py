"""Agenda: where quality stands in the order of each meeting's items, and how many items were decided, discussed or noted."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.report import charts, comparators, headline, papers, words
from wellled_nlp.report.contents import DAY, SHARE, TITLE, WHOLE, Column, Figure, Grid, Link, Plot, Section, records
from wellled_nlp.table import Analysis

OUTCOMES = ("decide", "discuss", "note")
_DRAWN = 12  # meetings that a chart has room for
_FEWEST_ITEMS = 10  # below, a percentage makes much of little
_HEADING = "Agenda: place and outcome"
_PAGE_ROWS = 120
_NOTE = (
    "Procedural items are left out, so these shares are the higher ones beside a count of all items. Decide: the item holds a decision; "
    "discuss: a challenge or an action and no decision; note: neither. A dash: too little text, or no item on quality."
)

Row = Mapping[str, Any]


def section(analysis: Analysis) -> Section:
    """Place of quality, its share of the first five items, and items by outcome, beside the published figures; then every item."""
    held = [row for row in records(analysis.measures["agenda"]) if row["items"]]
    if not held:
        return Section("agenda", _HEADING, ("No agenda item was found in the papers supplied.",))
    lead = (_place(held), f"Published beside it: {comparators.of('first-five-quality').said}.")
    return Section("agenda", _HEADING, lead, (_outcomes(analysis, held),), (_items(analysis),))


def _place(held: Sequence[Row]) -> str:
    places = sorted(row["first_quality"] for row in held if row["first_quality"] is not None)
    first, of = (sum(row[name] for row in held) for name in ("first_five_quality", "of_first_five"))
    share = f"quality takes {words.number(first)} of {words.counted(of, 'place')} among the first five items, {words.percent(first / of)}"
    if not places:
        return f"No paper has an item on quality in a place of its own; {share}."
    ran = f"item {places[0]}" if places[0] == places[-1] else f"item {places[0]} to {places[-1]}"
    missing = len(held) - len(places)
    without = f" ({words.spelled_out(missing, 'paper')} without one)" if missing else ""
    return f"Quality first comes up as {ran}, procedural items left aside{without}; {share}."


def _outcomes(analysis: Analysis, held: Sequence[Row]) -> Figure:
    grid, known = _grid(analysis, held), papers.of(analysis)
    drawn = held[-_DRAWN:]
    rows = [(f"{known[row['document_id']].label} ({row['items']})", [row[name] / row["items"] for name in OUTCOMES]) for row in drawn]
    decided, items = (sum(row[name] for row in held) for name in ("decide", "items"))
    noted = sum(row["note"] for row in held)
    title = f"{words.percent(decided / items)} of items end in a decision, {words.percent(noted / items)} are noted"
    if items < _FEWEST_ITEMS:
        ends = f"{decided} of {words.counted(items, 'item')} {words.verb(decided, 'ends', 'end')} in a decision"
        title = f"{ends}, {noted} {words.verb(noted, 'is', 'are')} noted"
    shown = f" The last {_DRAWN} of them are drawn." if len(drawn) < len(held) else ""
    note = (
        f"n = {words.counted(items, 'item')} of {words.counted(len(held), 'paper')}, items in brackets.{shown} "
        f"Published: {comparators.of('items-decided').said}."
    )
    drawing = charts.stacks(rows, [words.capital(name) for name in OUTCOMES])
    return Figure(
        "agenda", title, note, drawing, grid, "From left to right in the order of the legend.", Plot("stack", (7, 8, 9), counts=True)
    )


def _grid(analysis: Analysis, held: Sequence[Row]) -> Grid:
    known = papers.of(analysis)
    columns = (
        Column("Meeting", DAY), Column("Paper"), Column("Items", WHOLE), Column("On quality", WHOLE), Column("First on quality", WHOLE),
        Column("Quality in the first five", WHOLE), Column("Its share", SHARE),
        *(Column(words.capital(name), WHOLE) for name in OUTCOMES), Column("Share decided", SHARE),
    )  # fmt: skip
    rows = tuple(
        (
            row["meeting_date"],
            Link(paper.label, paper.address),
            *(row[name] for name in ("items", "quality_items", "first_quality", "first_five_quality", "first_five_share")),
            *(row[name] for name in OUTCOMES),
            row["decide_share"],
        )
        for row in held
        for paper in [known[row["document_id"]]]
    )
    return Grid("agenda", "Place of quality and outcome of items", columns, rows, _NOTE)


def _items(analysis: Analysis) -> Grid:
    """Each item with its domain and outcome, so that a reader can hold the counts to the papers."""
    known, titles = papers.of(analysis), headline.titles(analysis, "domain")
    printed = {row["item_id"]: row for row in records(analysis.facts["items"])}
    rows = tuple(
        (
            paper.label,
            row["place"],
            words.clean(f"{item['number'] or ''} {item['title'] or ''}"),
            titles.get(row["domain"], ""),
            words.capital(row["outcome"]),
            paper.at(item["first_page"]),
        )
        for row in records(analysis.measures["agenda_items"])
        for paper, item in [(known[row["document_id"]], printed[row["item_id"]])]
    )
    columns = (
        Column("Paper"), Column("Place", WHOLE), Column("Item", TITLE), Column("Domain"), Column("Outcome"), Column("Page", WHOLE),
    )  # fmt: skip
    folded = f"All {words.counted(len(rows), 'item')}"
    return Grid("agenda-items", "Every item with its domain and outcome", columns, rows, grouped=True, folded=folded, page_rows=_PAGE_ROWS)
