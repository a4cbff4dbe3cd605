"""The chart of shares over meetings: a line with points, beside the line that the report leads with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from wellled_nlp.report.charts import Line
from wellled_nlp.report.drawing import BLUE, INK, NARROW, ORANGE, PLUM, Drawing
from wellled_nlp.report.words import percent


@dataclass(frozen=True)
class Band:
    """Mean and limits of the first series, between which its moves are ordinary variation."""

    mean: float
    lower: float
    upper: float


Series = tuple[str, Sequence[float | None]]
# Room in pixels for the axis, for the names at the end of the lines, for a date and for a share beside its point.
_AXIS, _NAMES_WIDE, _NAMES_NARROW, _DATE, _SHARE = 52, 112, 96, 44, 32
_STYLES = ((BLUE, "circle", [1, 0]), (ORANGE, "square", [6, 3]))
# Text on a line is drawn twice: in white with a broad edge, then in ink.
_HALO = (("white", 4), (None, 0))
# The colour that Making Data Count gives to a signal without a good direction.
_SPECIAL = "#490092"
# Names closer than this part of the height are moved apart.
_APART = 0.065


def trend(
    days: Sequence[str], series: Sequence[Series], line: Line, band: Band | None = None, signals: Mapping[int, str] | None = None
) -> Drawing:
    """Shares over meetings in order: at most two series, the first dark with circles, the second orange with squares and dashes.

    A missing share breaks the line. The first series has its figures beside the points where there is room for them. band: drawn behind.
    signals: places (from 0) of the first series that are "high" or "low", drawn as triangles that point there.
    """

    def build(width: int) -> Any:
        plot = width - _AXIS - (_NAMES_WIDE if width > NARROW else _NAMES_NARROW)
        top = max([share for _, shares in series for share in shares if share is not None] + [line.at, band.upper if band else 0.0]) * 1.15
        x = _meetings(days, every=max(1, -(-len(days) * _DATE // plot)))
        layers = [*_limits(band), *_threshold(line)]
        for number in reversed(range(len(series[:2]))):
            said = number == 0 and plot / len(days) >= _SHARE
            layers += _drawn(series[number][1], x, top, number, said)
        layers += _special(series[0][1], signals or {}, x) + _named(series[:2], x, top)
        return alt.layer(*layers).properties(width=plot, height=280 if width > NARROW else 240)

    return Drawing(build)


def _meetings(days: Sequence[str], every: int) -> Any:
    names = json.dumps([day.split(" ") for day in days])
    shown = [place for place in range(len(days)) if (len(days) - 1 - place) % every == 0]
    axis = alt.Axis(title=None, values=shown, grid=False, labelExpr=f"{names}[datum.value]", labelPadding=6)
    return alt.X("place:Q", scale=alt.Scale(domain=[-0.3, max(len(days) - 0.9, 0.1)], nice=False), axis=axis)


def _drawn(shares: Sequence[float | None], x: Any, top: float, number: int, said: bool) -> list[Any]:
    tone, shape, dash = _STYLES[number]
    last = max((place for place, share in enumerate(shares) if share is not None), default=-1)
    rows = [{"place": place, "share": share, "said": percent(share) if place < last else ""} for place, share in enumerate(shares)]
    base = alt.Chart(alt.Data(values=rows))
    known = base.transform_filter("datum.share !== null")
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, min(top, 1.0)]), axis=alt.Axis(format="%", title=None, tickCount=5))
    marks = [
        base.mark_line(color=tone, strokeWidth=2.5, strokeDash=dash, invalid="break-paths-show-path-domains").encode(x=x, y=y),
        known.mark_point(filled=True, shape=shape, size=80, color=tone, opacity=1).encode(x=x, y=y),
    ]
    if said:
        marks += [
            known.mark_text(dy=-15, fontWeight="bold", stroke=edge, strokeWidth=size).encode(x=x, y=y, text="said:N")
            for edge, size in _HALO
        ]
    return marks


def _named(series: Sequence[Series], x: Any, top: float) -> list[Any]:
    """The name and share of each series beside its last point, apart from the other's."""
    ends: list[dict[str, Any]] = []
    for label, shares in series:
        known = [(place, share) for place, share in enumerate(shares) if share is not None]
        if known:
            place, share = known[-1]
            ends.append({"label": f"{label} {percent(share)}", "place": place, "at": share})
    if len(ends) == 2 and abs(ends[0]["at"] - ends[1]["at"]) < _APART * top:
        upper, lower = sorted(ends, key=lambda end: -end["at"])
        middle = (upper["at"] + lower["at"]) / 2
        upper["at"], lower["at"] = middle + _APART * top / 2, middle - _APART * top / 2
    named = []
    for end, tone in zip(ends, (BLUE, INK), strict=False):
        text = alt.Chart(alt.Data(values=[end])).mark_text(align="left", dx=11, color=tone, fontWeight="bold")
        named.append(text.encode(x=x, y=alt.Y("at:Q"), text="label:N"))
    return named


def _limits(band: Band | None) -> list[Any]:
    if band is None:
        return []
    base = alt.Chart(alt.Data(values=[{"mean": band.mean, "lower": band.lower, "upper": band.upper}]))
    return [
        base.mark_rect(color="#E8EEF4").encode(y=alt.Y("lower:Q"), y2="upper:Q"),
        base.mark_rule(color="#4C6272", strokeWidth=1).encode(y=alt.Y("mean:Q")),
    ]


def _special(shares: Sequence[float | None], signals: Mapping[int, str], x: Any) -> list[Any]:
    rows = [{"place": place, "share": shares[place], "side": side} for place, side in signals.items()]
    if not rows:
        return []
    shape = alt.Shape("side:N", scale=alt.Scale(domain=["high", "low"], range=["triangle-up", "triangle-down"]), legend=None)
    points = alt.Chart(alt.Data(values=rows)).mark_point(filled=True, size=190, color=_SPECIAL, opacity=1, stroke=INK)
    return [points.encode(x=x, y=alt.Y("share:Q"), shape=shape)]


def _threshold(line: Line) -> list[Any]:
    base = alt.Chart(alt.Data(values=[{"at": line.at, "label": line.label}]))
    y, left = alt.Y("at:Q"), alt.value(0)
    words = [
        base.mark_text(align="left", baseline="bottom", dx=2, dy=-3, color=PLUM, stroke=edge, strokeWidth=size) for edge, size in _HALO
    ]
    rule = base.mark_rule(strokeDash=[5, 3], color=PLUM, strokeWidth=1.5).encode(y=y)
    return [rule, *(text.encode(y=y, x=left, text="label:N") for text in words)]
