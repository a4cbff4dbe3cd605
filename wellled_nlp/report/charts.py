"""Charts: figures in, a drawing out. Shape or a direct label always says the same as the colour."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wellled_nlp.report import vegalite
from wellled_nlp.report.drawing import BLUE, GREY, INK, NARROW, ORANGE, PALE, PLUM, Drawing
from wellled_nlp.report.vegalite import Spec
from wellled_nlp.report.words import percent

# Least heights and distances in pixels: rows of points, bars and stacks; a line of a label; names of neighbouring thresholds.
_DOT_ROW, _BAR_ROW, _STACK_ROW, _LABEL_LINE, _NAMES_APART = 52, 34, 38, 16, 42
# A part of a stack has room for its share in words from here on.
_ROOM_WIDE, _ROOM_NARROW = 0.055, 0.11
# An interval is drawn where the share has one.
_SPAN, _HAS_SPAN = {"x": vegalite.number("low"), "x2": {"field": "high"}}, "datum.low !== null"


@dataclass(frozen=True)
class Mark:
    """One thing with a share (or a count): its label, the share, its interval where there is one, and its colour."""

    label: str
    share: float
    low: float | None = None
    high: float | None = None
    tone: str = GREY

    @property
    def end(self) -> float:
        """How far the mark reaches."""
        return self.share if self.high is None else self.high


@dataclass(frozen=True)
class Line:
    """A threshold to draw: where, and the words beside it."""

    at: float
    label: str


def dots(marks: Sequence[Mark], lines: Sequence[Line]) -> Drawing:
    """Shares as points with their intervals, one row each, beside thresholds."""

    def build(width: int) -> Spec:
        labels = wrapped([mark.label for mark in marks], width)
        plot = _plot(width, labels)
        top = max([mark.end for mark in marks] + [line.at for line in lines] + [0.1]) * 1.12
        rows = _rows(marks, labels, [percent(mark.share) for mark in marks])
        y, x, tone = _names(labels), _shares("share", top), vegalite.name("tone", scale=None)
        layers = [
            *_thresholds(lines, plot / top),
            vegalite.layer("rule", rows, {"y": y, **_SPAN, "color": tone}, where=_HAS_SPAN, strokeWidth=5, opacity=0.55),
            vegalite.layer("point", rows, {"y": y, "x": x, "color": tone}, filled=True, size=130, opacity=1, stroke="white", strokeWidth=1),
            vegalite.layer("text", rows, {"y": y, "x": x, "text": vegalite.name("said")}, dy=-14, fontWeight="bold"),
        ]
        return vegalite.chart(layers, plot, _heights(labels, _DOT_ROW))

    return Drawing(build)


def bars(marks: Sequence[Mark], said: Sequence[str], title: str, shares: bool = True) -> Drawing:
    """Horizontal bars, one a mark, with the words `said` at the end of each; intervals as thin lines where there are any."""

    def build(width: int) -> Spec:
        labels = wrapped([mark.label for mark in marks], width)
        top = max([mark.end for mark in marks] + [0.01]) * (1.35 if width > NARROW else 1.7)
        rows = _rows(marks, labels, said)
        y, x = _names(labels), _shares("share", top, title) if shares else _counts("share", top, title)
        layers = [
            vegalite.layer("bar", rows, {"y": y, "x": x, "color": vegalite.name("tone", scale=None)}),
            vegalite.layer("rule", rows, {"y": y, **_SPAN}, where=_HAS_SPAN, strokeWidth=2, color=INK),
            vegalite.layer("text", rows, {"y": y, "x": vegalite.number("end"), "text": vegalite.name("said")}, align="left", dx=7),
        ]
        return vegalite.chart(layers, _plot(width, labels), _heights(labels, _BAR_ROW))

    return Drawing(build)


def stacks(rows: Sequence[tuple[str, Sequence[float]]], parts: Sequence[str]) -> Drawing:
    """For each row its (at most four) parts of one whole side by side, in one order; a part's share stands in it where there is room."""
    tones = (BLUE, PLUM, ORANGE, PALE)[: len(parts)]

    def build(width: int) -> Spec:
        labels = wrapped([label for label, _ in rows], width)
        cells = _cells(labels, [shares for _, shares in rows], parts, tones, width)
        legend = {
            "orient": "top", "title": None, "labelFontSize": 13, "symbolType": "square", "symbolSize": 160, "labelLimit": 0,
            "columns": 4 if width > NARROW else 2, "direction": "horizontal",
        }  # fmt: skip
        colour = vegalite.name("part", sort=list(parts), scale={"domain": list(parts), "range": list(tones)}, legend=legend)
        y, ink = _names(labels), vegalite.name("ink", scale=None)
        fill = {"y": y, "x": _shares("from", 1.0), "x2": {"field": "to"}, "color": colour}
        text = {"y": y, "x": vegalite.number("middle"), "text": vegalite.name("said"), "color": ink}
        layers = [vegalite.layer("bar", cells, fill, stroke="white", strokeWidth=1.5), vegalite.layer("text", cells, text)]
        return vegalite.chart(layers, _plot(width, labels), _heights(labels, _STACK_ROW), apart=["color"])

    return Drawing(build)


def wrapped(labels: Sequence[str], width: int) -> list[str]:
    """The labels with line breaks, so that they take at most a third of the picture."""
    letters = 30 if width > NARROW else 14
    return ["\n".join(textwrap.wrap(label, letters) or [""]) for label in labels]


def _rows(marks: Sequence[Mark], labels: Sequence[str], said: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"label": label, "share": m.share, "low": m.low, "high": m.high, "end": m.end, "tone": m.tone, "said": words}
        for m, label, words in zip(marks, labels, said, strict=True)
    ]


def _cells(
    labels: Sequence[str], rows: Sequence[Sequence[float]], parts: Sequence[str], tones: Sequence[str], width: int
) -> list[dict[str, Any]]:
    room = _ROOM_WIDE if width > NARROW else _ROOM_NARROW
    cells: list[dict[str, Any]] = []
    for label, shares in zip(labels, rows, strict=True):
        at = 0.0
        for part, share, tone in zip(parts, shares, tones, strict=True):
            said, ink = percent(share) if share >= room else "", INK if tone in (ORANGE, PALE) else "white"
            cells.append({"label": label, "part": part, "from": at, "to": at + share, "middle": at + share / 2, "ink": ink, "said": said})
            at += share
    return cells


def _thresholds(lines: Sequence[Line], pixels: float) -> list[Spec]:
    """Upright dashed lines with their names above; a name that would run into the one before stands a step higher. pixels: of 100%."""
    raised, before = False, None
    x, named = vegalite.number("at"), []
    for line in lines:
        raised = before is not None and (line.at - before) * pixels < _NAMES_APART and not raised
        before = line.at
        above = {"x": x, "y": {"value": -17 if raised else 0}, "text": vegalite.name("label")}
        named.append(vegalite.layer("text", [{"at": line.at, "label": line.label}], above, dy=-6, baseline="bottom", color=PLUM))
    drawn = vegalite.layer("rule", [{"at": line.at} for line in lines], {"x": x}, strokeDash=[5, 3], color=PLUM, strokeWidth=1.5)
    return [drawn, *named]


def _names(labels: Sequence[str]) -> Spec:
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 8, "labelExpr": "split(datum.label, '\\n')"}
    return vegalite.name("label", sort=list(labels), axis=axis)


def _shares(field: str, top: float, title: str | None = None) -> Spec:
    axis = {"format": "%", "title": title, "tickCount": 5}
    return vegalite.number(field, scale={"domain": [0, min(top, 1.0)], "nice": False}, axis=axis)


def _counts(field: str, top: float, title: str) -> Spec:
    return vegalite.number(field, scale={"domain": [0, top]}, axis={"title": title, "tickMinStep": 1, "tickCount": 5})


def _plot(width: int, labels: Sequence[str]) -> int:
    """What is left of the width beside the labels, in pixels."""
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    return max(120, width - 30 - 7 * longest)


def _heights(labels: Sequence[str], least: int) -> Spec:
    """Height of a row, so that labels of many lines do not touch."""
    lines = 1 + max((label.count("\n") for label in labels), default=0)
    return {"step": max(least, _LABEL_LINE * lines + 8)}
