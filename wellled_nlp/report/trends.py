"""The chart of shares over meetings: a line with points, beside the line that the report leads with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wellled_nlp.report import vegalite
from wellled_nlp.report.charts import Line
from wellled_nlp.report.drawing import BLUE, INK, NARROW, ORANGE, PLUM, Drawing
from wellled_nlp.report.vegalite import Spec
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
# A meeting without a share has no mark.
_KNOWN = "datum.share !== null"
# Names closer than this part of the height are moved apart.
_APART = 0.065


def trend(
    days: Sequence[str], series: Sequence[Series], line: Line, band: Band | None = None, signals: Mapping[int, str] | None = None
) -> Drawing:
    """Shares over meetings in order: at most two series, the first dark with circles, the second orange with squares and dashes.

    A missing share breaks the line. The first series has its figures beside the points where there is room for them. band: drawn behind.
    signals: places (from 0) of the first series that are "high" or "low", drawn as triangles that point there.
    """

    def build(width: int) -> Spec:
        plot = width - _AXIS - (_NAMES_WIDE if width > NARROW else _NAMES_NARROW)
        top = max([share for _, shares in series for share in shares if share is not None] + [line.at, band.upper if band else 0.0]) * 1.15
        x = _meetings(days, every=max(1, -(-len(days) * _DATE // plot)))
        layers = [*_limits(band), *_threshold(line)]
        for number in reversed(range(len(series[:2]))):
            said = number == 0 and plot / len(days) >= _SHARE
            layers += _drawn(series[number][1], x, top, number, said)
        layers += _special(series[0][1], signals or {}, x) + _named(series[:2], x, top)
        return vegalite.chart(layers, plot, 280 if width > NARROW else 240)

    return Drawing(build)


def _meetings(days: Sequence[str], every: int) -> Spec:
    names = json.dumps([day.split(" ") for day in days])
    shown = [place for place in range(len(days)) if (len(days) - 1 - place) % every == 0]
    axis = {"title": None, "values": shown, "grid": False, "labelExpr": f"{names}[datum.value]", "labelPadding": 6}
    return vegalite.number("place", scale={"domain": [-0.3, max(len(days) - 0.9, 0.1)], "nice": False}, axis=axis)


def _drawn(shares: Sequence[float | None], x: Spec, top: float, number: int, said: bool) -> list[Spec]:
    tone, shape, dash = _STYLES[number]
    last = max((place for place, share in enumerate(shares) if share is not None), default=-1)
    rows = [{"place": place, "share": share, "said": percent(share) if place < last else ""} for place, share in enumerate(shares)]
    y = vegalite.number("share", scale={"domain": [0, min(top, 1.0)]}, axis={"format": "%", "title": None, "tickCount": 5})
    at = {"x": x, "y": y}
    line: Spec = {"color": tone, "strokeWidth": 2.5, "strokeDash": dash, "invalid": "break-paths-show-path-domains"}
    point: Spec = {"filled": True, "shape": shape, "size": 80, "color": tone, "opacity": 1}
    marks = [vegalite.layer("line", rows, at, **line), vegalite.layer("point", rows, at, where=_KNOWN, **point)]
    if said:
        text = at | {"text": vegalite.name("said")}
        marks += [
            vegalite.layer("text", rows, text, where=_KNOWN, dy=-15, fontWeight="bold", stroke=edge, strokeWidth=size)
            for edge, size in _HALO
        ]
    return marks


def _named(series: Sequence[Series], x: Spec, top: float) -> list[Spec]:
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
    beside = {"x": x, "y": vegalite.number("at"), "text": vegalite.name("label")}
    return [
        vegalite.layer("text", [end], beside, align="left", dx=11, color=tone, fontWeight="bold")
        for end, tone in zip(ends, (BLUE, INK), strict=False)
    ]


def _limits(band: Band | None) -> list[Spec]:
    if band is None:
        return []
    rows = [{"mean": band.mean, "lower": band.lower, "upper": band.upper}]
    return [
        vegalite.layer("rect", rows, {"y": vegalite.number("lower"), "y2": {"field": "upper"}}, color="#E8EEF4"),
        vegalite.layer("rule", rows, {"y": vegalite.number("mean")}, color="#4C6272", strokeWidth=1),
    ]


def _special(shares: Sequence[float | None], signals: Mapping[int, str], x: Spec) -> list[Spec]:
    rows = [{"place": place, "share": shares[place], "side": side} for place, side in signals.items()]
    if not rows:
        return []
    shape = vegalite.name("side", scale={"domain": ["high", "low"], "range": ["triangle-up", "triangle-down"]}, legend=None)
    at = {"x": x, "y": vegalite.number("share"), "shape": shape}
    return [vegalite.layer("point", rows, at, filled=True, size=190, color=_SPECIAL, opacity=1, stroke=INK)]


def _threshold(line: Line) -> list[Spec]:
    rows, y = [{"at": line.at, "label": line.label}], vegalite.number("at")
    name = {"y": y, "x": {"value": 0}, "text": vegalite.name("label")}
    return [
        vegalite.layer("rule", rows, {"y": y}, strokeDash=[5, 3], color=PLUM, strokeWidth=1.5),
        *(
            vegalite.layer("text", rows, name, align="left", baseline="bottom", dx=2, dy=-3, color=PLUM, stroke=edge, strokeWidth=size)
            for edge, size in _HALO
        ),
    ]
