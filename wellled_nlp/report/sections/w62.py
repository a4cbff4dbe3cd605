"""Prompt W6.2 in its three parts: every indicator with its value, its denominator and sentences to open."""

from collections.abc import Mapping
from math import isclose
from typing import Any

from wellled_nlp.codebook import load_facet
from wellled_nlp.report import cells, passages, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Grid, Rate, Section, records
from wellled_nlp.table import Analysis

FACET = "w62-indicators"
_HEADING = "Prompt W6.2 in three parts"
_NOTE = (
    "Counted of n gives the value. The indicators are not added up to a score: no weight for them is published, and none is a rule of the "
    "regulator. Examples are spread over the meetings; a dash is too little text, or nothing to divide by."
)


def section(analysis: Analysis) -> Section:
    """The indicators, grouped by the part of the prompt that they speak to."""
    held = records(analysis.measures["w62"])
    first = {row["part"]: row for row in reversed(held)}
    parts = [f"{row['part_title']}: {words.uncapital(row['title'])}, {cells.said(value(row), 'share')}" for row in reversed(first.values())]
    facet = load_facet(FACET)
    lead = f"{'. '.join(parts)}." if parts else "There is no text to count indicators in."
    return Section("w62", _HEADING, (lead, facet.title), grids=(_grid(analysis, held),))


def value(row: Mapping[str, Any]) -> object:
    """The indicator's value as a cell: a share, or a rate for every hundred where it is not amount / n."""
    found = row["value"]
    if found is None or not row["n"] or isclose(found, row["amount"] / row["n"]):
        return found
    return Rate(found)


def _grid(analysis: Analysis, held: list[Mapping[str, Any]]) -> Grid:
    texts = {code.id: code.text for code in load_facet(FACET).codes}
    shown = passages.of(analysis, [one for row in held for one in (row["evidence"] or "").split()])
    columns = (
        Column("Part"), Column("Indicator", TITLE), Column("Value", SHARE), Column("Counted", WHOLE), Column("n", WHOLE),
        Column("Sentences", WHOLE), Column("Examples", WHOLE), Column("What is counted"),
    )  # fmt: skip
    rows = []
    for row in held:
        examples = [shown[one] for one in (row["evidence"] or "").split() if one in shown]
        label = f"{words.counted(len(examples), 'sentence')} behind: {row['title']}"
        opened = passages.together(len(examples), examples, label)
        counted = (value(row), row["amount"], row["n"], row["sentences"], opened)
        rows.append((row["part_title"], row["title"], *counted, texts.get(row["indicator"], "")))
    return Grid("w62-indicators", "Indicators of the three parts", columns, tuple(rows), _NOTE, grouped=True)
