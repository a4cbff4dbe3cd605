"""Charts of a comparison: groups as points with their intervals, and the funnel plot. Shape and words say the same as the colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellled_nlp.compare.funnel import INSIDE, OUTSIDE_95, OUTSIDE_998
from wellled_nlp.report import vegalite
from wellled_nlp.report.drawing import BLUE, GREY, INK, NARROW, ORANGE, PLUM, Drawing
from wellled_nlp.report.vegalite import Spec

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

    def build(width: int) -> Spec:
        outside = [one for one in points if one.position != INSIDE]
        top = max([one.n for one in points]) * (1.25 if width > NARROW else 1.5)
        axis = {"title": f"{unit} that the share is of", "tickCount": 5}
        x = vegalite.number("n", scale={"domain": [0, top], "nice": False}, axis=axis)
        layers = [_limits(name, rows, x, number) for number, (name, rows) in enumerate(bands)]
        middle = vegalite.layer("rule", [{"y": centre}], {"y": vegalite.number("y")}, color=INK, strokeWidth=1)
        layers += [middle, _points(points, x), _labels(outside, x)]
        return vegalite.chart(layers, max(220, width - 90), _HEIGHT, apart=["shape", "color"])

    return Drawing(build)


def _limits(name: str, rows: Sequence[tuple[float, float, float]], x: Spec, number: int) -> Spec:
    """The two limits of a band as lines: the inner ones dashed, the outer ones whole."""
    values = [{"n": n, "limit": side, "side": f"{name}{k}"} for n, *pair in rows for k, side in enumerate(pair)]
    y = vegalite.number("limit", axis={"format": "%", "title": None, "tickCount": 6}, scale={"zero": False})
    channels = {"x": x, "y": y, "detail": vegalite.name("side")}
    return vegalite.layer("line", values, channels, color=GREY, strokeWidth=1.5, strokeDash=[6, 4] if number == 0 else [1, 0])


def _points(points: Sequence[Point], x: Spec) -> Spec:
    held = [one for one in _STYLES if any(point.position == one for point in points)]
    values = [{"n": one.n, "share": one.share, "position": one.position} for one in points]
    legend = {"orient": "top", "title": None, "labelFontSize": 13, "labelLimit": 0, "symbolSize": 120}
    shape, colour = (
        vegalite.name("position", sort=held, scale={"domain": held, "range": [_STYLES[one][part] for one in held]}, legend=legend)
        for part in (0, 1)
    )
    channels = {"x": x, "y": vegalite.number("share"), "shape": shape, "color": colour}
    return vegalite.layer("point", values, channels, filled=True, size=110, opacity=1, stroke="white", strokeWidth=1)


def _labels(points: Sequence[Point], x: Spec) -> Spec:
    values = [{"n": one.n, "share": one.share, "name": one.name[:_LABEL_LETTERS]} for one in points]
    channels = {"x": x, "y": vegalite.number("share"), "text": vegalite.name("name")}
    return vegalite.layer("text", values, channels, align="right", dx=-9, dy=-9)
