"""Charts in the papers: how many show variation over time with limits, and how many bars, pies and ratings stand beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.report import charts, comparators, papers, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Link, Plot, Section, records
from wellled_nlp.report.drawing import BLUE, GREY
from wellled_nlp.table import Analysis

# What each kind is called; the first tells noise from change.
KINDS = {
    "spc": "SPC charts",
    "run": "Run charts",
    "line": "Line charts",
    "bar": "Bar charts",
    "pie": "Pie charts",
    "picture": "Charts as pictures, kind not told",
    "other": "Known by caption alone, kind not told",
    "rag table": "Tables rated red, amber, green",
}
_HEADING = "Charts in the papers"
_FOLD_FROM = 12
_BESIDE = ("spc-share", "spc-share-trained")
_MEANING = (
    "A statistical process control (SPC) chart tells noise from change; a bar chart of two periods or a red, amber and green rating does "
    "not. Kinds are told by words, captions and drawn lines; a picture cannot be told and stands apart."
)

Row = Mapping[str, Any]


def section(analysis: Analysis) -> Section:
    """Charts by kind in all papers beside the published shares, and in each paper."""
    held = records(analysis.measures["charts_in_papers"])
    whole = {row["kind"]: row for row in held if row["level"] == "all"}
    found = sum(row["charts"] for row in whole.values())
    if not found:
        return Section("paper-charts", _HEADING, ("No chart was found in the papers supplied.", _MEANING))
    spc = whole["spc"]
    lead = f"{words.counted(spc['charts'], 'SPC chart')} among {words.counted(spc['told'], 'chart')} whose kind could be told"
    lead += f", {words.percent(spc['share'])}." if spc["share"] is not None else "."
    if not spc["told"] and spc["untold"]:
        untold = f"{words.counted(spc['untold'], 'chart')} {words.verb(spc['untold'], 'was', 'were')} found"
        lead = f"{untold}, and the kind of none could be told."
    beside = f"Published beside it: {words.listed([comparators.of(one).said for one in _BESIDE])}."
    return Section("paper-charts", _HEADING, (lead, beside, _MEANING), (_figure(whole),), (_by_paper(analysis, held),))


def _figure(whole: Mapping[str, Row]) -> Figure:
    rows = [(KINDS.get(kind, kind), row["charts"], row["share"]) for kind, row in whole.items()]
    columns = (Column("Kind", TITLE), Column("Found", WHOLE), Column("Share of those told", SHARE))
    spc = whole["spc"]
    marks = [charts.Mark(name, float(count), tone=BLUE if name == KINDS["spc"] else GREY) for name, count, _ in rows]
    most = max(whole.values(), key=lambda row: row["charts"])
    title = f"{KINDS.get(most['kind'], most['kind'])} are most frequent: {words.number(most['charts'])}; SPC charts: {spc['charts']}"
    told = words.counted(spc["told"], "chart")
    note = f"n = {told} of a known kind in all papers, and {words.number(spc['untold'])} whose kind was not told."
    said = [words.number(mark.share) for mark in marks]
    grid = Grid("paper-charts", "Charts by kind", columns, tuple(rows))
    drawing = charts.bars(marks, said, "Found", shares=False)
    return Figure("paper-charts", title, note, drawing, grid, plot=Plot("bars", (1,), counts=True))


def _by_paper(analysis: Analysis, held: Sequence[Row]) -> Grid:
    known = papers.of(analysis)
    counts: dict[str, dict[str, int]] = {}
    for row in held:
        if row["level"] == "document" and row["key"] in known:
            counts.setdefault(row["key"], {})[row["kind"]] = row["charts"]
    columns = (Column("Paper", TITLE), *(Column(name, WHOLE) for name in KINDS.values()))
    rows = tuple((Link(known[one].label, known[one].address), *(found.get(kind, 0) for kind in KINDS)) for one, found in counts.items())
    folded = f"All {words.counted(len(rows), 'paper')}" if len(rows) > _FOLD_FROM else ""
    return Grid("paper-charts-each", "Charts by paper", columns, rows, folded=folded)
