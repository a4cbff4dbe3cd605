"""Charts of a comparison: groups as points with their intervals, and the funnel plot. Shape and words say the same as the colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from wellled_nlp.compare.funnel import INSIDE, OUTSIDE_95, OUTSIDE_998
from wellled_nlp.report.drawing import BLUE, GREY, INK, NARROW, ORANGE, PLUM, Drawing

_STYLES: Mapping[str, tuple[str, str]] = {INSIDE: ("circle", BLUE), OUTSIDE_95: ("diamond", ORANGE), OUTSIDE_998: ("square", PLUM)}
_HEIGHT = 380
_LABEL_LETTERS = 34


@dataclass(frozen=True)
class Point:
    """A group in the funnel: how much text its share is of, the share, and where it lies."""

    name: str
    n: float
    share: float
    position: str


def funnel(points: Sequence[Point], centre: float, bands: Sequence[tuple[str, Sequence[tuple[float, float, float]]]], unit: str) -> Drawing:
    """Shares against the amount of text; groups outside are named. bands: of each pair of limits its name and (n, lower, upper)."""

    def build(width: int) -> Any:
        outside = [one for one in points if one.position != INSIDE]
        top = max([one.n for one in points]) * (1.25 if width > NARROW else 1.5)
        x = alt.X("n:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=alt.Axis(title=f"{unit} that the share is of", tickCount=5))
        layers = [_limits(name, rows, x, number) for number, (name, rows) in enumerate(bands)]
        middle = alt.Chart(alt.Data(values=[{"y": centre}])).mark_rule(color=INK, strokeWidth=1).encode(y=alt.Y("y:Q"))
        layers += [middle, _points(points, x), _labels(outside, x)]
        plot = max(220, width - 90)
        return alt.layer(*layers).resolve_scale(shape="independent", color="independent").properties(width=plot, height=_HEIGHT)

    return Drawing(build)


def _limits(name: str, rows: Sequence[tuple[float, float, float]], x: Any, number: int) -> Any:
    """The two limits of a band as lines: the inner ones dashed, the outer ones whole."""
    values = [{"n": n, "limit": side, "side": f"{name}{k}"} for n, *pair in rows for k, side in enumerate(pair)]
    dash = [6, 4] if number == 0 else [1, 0]
    lines = alt.Chart(alt.Data(values=values)).mark_line(color=GREY, strokeWidth=1.5, strokeDash=dash)
    y = alt.Y("limit:Q", axis=alt.Axis(format="%", title=None, tickCount=6), scale=alt.Scale(zero=False))
    return lines.encode(x=x, y=y, detail="side:N")


def _points(points: Sequence[Point], x: Any) -> Any:
    held = [one for one in _STYLES if any(point.position == one for point in points)]
    values = [{"n": one.n, "share": one.share, "position": one.position} for one in points]
    legend = alt.Legend(orient="top", title=None, labelFontSize=13, labelLimit=0, symbolSize=120)
    shape = alt.Shape("position:N", sort=held, scale=alt.Scale(domain=held, range=[_STYLES[one][0] for one in held]), legend=legend)
    colour = alt.Color("position:N", sort=held, scale=alt.Scale(domain=held, range=[_STYLES[one][1] for one in held]), legend=legend)
    drawn = alt.Chart(alt.Data(values=values)).mark_point(filled=True, size=110, opacity=1, stroke="white", strokeWidth=1)
    return drawn.encode(x=x, y=alt.Y("share:Q"), shape=shape, color=colour)


def _labels(points: Sequence[Point], x: Any) -> Any:
    values = [{"n": one.n, "share": one.share, "name": one.name[:_LABEL_LETTERS]} for one in points]
    drawn = alt.Chart(alt.Data(values=values)).mark_text(align="right", dx=-9, dy=-9)
    return drawn.encode(x=x, y=alt.Y("share:Q"), text="name:N")
