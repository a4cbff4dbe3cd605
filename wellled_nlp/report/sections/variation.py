"""Ordinary variation: what the XmR charts say of every share over meetings, and text that papers repeat from the meeting before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wellled_nlp.report import headline, words
from wellled_nlp.report.contents import DAY, SHARE, TITLE, WHOLE, Column, Grid, records
from wellled_nlp.report.trends import Band
from wellled_nlp.table import Analysis

_COMMON = "common cause"
_NAMES = {
    "assurance": "Assurance language (of sentences)",
    "improvement": "Improvement language (of sentences)",
    "challenge": "Challenge (of sentences)",
}
_NOTE = (
    "Limits are the mean plus and minus 2.66 mean moving ranges (NHS Making Data Count); with fewer than 12 meetings they are trial "
    "limits. High and low say that a point is unlikely to be chance; neither is good or bad by itself."
)
_TEXT = (
    "Sentences of eight words or more that stood, word for word or nearly, in the papers of the same kind of the meeting before; "
    "the first meeting has none before it."
)


@dataclass(frozen=True)
class Signal:
    """A point that the rules call special: when, high or low, and by which rule."""

    day: str
    side: str
    rule: str

    @property
    def said(self) -> str:
        """ "high on 27 Mar 2025 (outside a limit)"."""
        return f"{self.side} on {words.short_day(self.day)} ({self.rule})"


def band(analysis: Analysis, series: str) -> Band | None:
    """Mean and limits of a series; None where there are too few meetings for a chart, or the report leads with another unit than words."""
    held = _rows(analysis, series)
    if not held or headline.lead(analysis)[1] != "words":
        return None
    return Band(held[0]["mean"], held[0]["lower"], held[0]["upper"])


def signals(analysis: Analysis, series: str) -> list[Signal]:
    """The special points of a series."""
    return [Signal(row["meeting_date"], row["point"], row["rule"]) for row in _rows(analysis, series) if row["point"] != _COMMON]


def finding(analysis: Analysis) -> str:
    """Whether quality's moves are more than ordinary variation, with the name of its limits; "" where there are too few meetings."""
    names = headline.group(analysis, "quality")
    held = _rows(analysis, names[0]) if len(names) == 1 else []
    if not held:
        return ""
    found = signals(analysis, names[0])
    if not found:
        known = f"{held[0]['limits']} from {words.counted(len(held), 'meeting')}"
        return f"No meeting stands out: every move lies within ordinary variation ({known})."
    return f"Beyond ordinary variation: {words.listed([one.said for one in found])}."


def series_grid(analysis: Analysis) -> Grid:
    """Every series with its last value, its limits and its signals."""
    columns = (
        Column("Share of", TITLE), Column("Meetings", WHOLE), Column("Last", SHARE), Column("Mean", SHARE),
        Column("Lower limit", SHARE), Column("Upper limit", SHARE), Column("Signals"),
    )  # fmt: skip
    frame = analysis.measures.get("trend")
    names = list(dict.fromkeys(frame["series"])) if frame is not None else []
    titles = headline.titles(analysis, "domain") | _NAMES
    rows = []
    for name in names:
        held = _rows(analysis, name)
        said = words.capital(words.listed([one.said for one in signals(analysis, name)])) or "None"
        rows.append((titles.get(name, name), len(held), held[-1]["value"], *(held[0][limit] for limit in ("mean", "lower", "upper")), said))
    empty = "There are too few meetings with enough text to tell ordinary variation."
    return Grid("variation", "Ordinary variation over meetings", columns, tuple(rows), _NOTE, empty=empty)


def carried_grid(analysis: Analysis) -> Grid:
    """How much of each meeting's text is repeated."""
    frame = analysis.measures.get("carried")
    held = records(frame) if frame is not None else []
    totals = {row["meeting_date"]: row["of_words"] for row in records(analysis.measures["themes"]) if row["meeting_date"] != words.UNDATED}
    rows, repeated = [], defaultdict(list)
    for row in held:
        repeated[row["meeting_date"]].append(row["words"])
    for day in sorted(totals):
        here = repeated[day]
        rows.append((day, len(here), sum(here), sum(here) / totals[day] if totals[day] else None))
    columns = (
        Column("Meeting", DAY),
        Column("Repeated sentences", WHOLE),
        Column("Words in them", WHOLE),
        Column("Share of its words", SHARE),
    )
    return Grid(
        "carried", "Text repeated from the meeting before", columns, tuple(rows) if held else (), _TEXT, empty="No repeated text was found."
    )


def _rows(analysis: Analysis, series: str) -> list[Mapping[str, Any]]:
    frame = analysis.measures.get("trend")
    return [] if frame is None else records(frame[frame["series"] == series])
