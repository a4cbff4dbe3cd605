"""Charts: figures in, a drawing out. Altair describes them; shape or a direct label always says the same as the colour."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from wellled_nlp.report.drawing import BLUE, GREY, INK, NARROW, ORANGE, PALE, PLUM, Drawing
from wellled_nlp.report.words import percent

# Least heights and distances in pixels: rows of points, bars and stacks; a line of a label; names of neighbouring thresholds.
_DOT_ROW, _BAR_ROW, _STACK_ROW, _LABEL_LINE, _NAMES_APART = 52, 34, 38, 16, 42
# A part of a stack has room for its share in words from here on.
_ROOM_WIDE, _ROOM_NARROW = 0.055, 0.11


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

    def build(width: int) -> Any:
        labels = wrapped([mark.label for mark in marks], width)
        plot = _plot(width, labels)
        top = max([mark.end for mark in marks] + [line.at for line in lines] + [0.1]) * 1.12
        base = alt.Chart(_rows(marks, labels, [percent(mark.share) for mark in marks]))
        y, x, tone = _names(labels), _shares("share:Q", top), alt.Color("tone:N", scale=None)
        spans = base.transform_filter("datum.low !== null").mark_rule(strokeWidth=5, opacity=0.55)
        points = base.mark_point(filled=True, size=130, opacity=1, stroke="white", strokeWidth=1)
        text = base.mark_text(dy=-14, fontWeight="bold")
        layers = [
            *_thresholds(lines, plot / top),
            spans.encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=tone),
            points.encode(y=y, x=x, color=tone),
            text.encode(y=y, x=x, text="said:N"),
        ]
        return alt.layer(*layers).properties(width=plot, height=_heights(labels, _DOT_ROW))

    return Drawing(build)


def bars(marks: Sequence[Mark], said: Sequence[str], title: str, shares: bool = True) -> Drawing:
    """Horizontal bars, one a mark, with the words `said` at the end of each; intervals as thin lines where there are any."""

    def build(width: int) -> Any:
        labels = wrapped([mark.label for mark in marks], width)
        top = max([mark.end for mark in marks] + [0.01]) * (1.35 if width > NARROW else 1.7)
        base = alt.Chart(_rows(marks, labels, said))
        y, x = _names(labels), _shares("share:Q", top, title) if shares else _counts("share:Q", top, title)
        fill = base.mark_bar().encode(y=y, x=x, color=alt.Color("tone:N", scale=None))
        spans = base.transform_filter("datum.low !== null").mark_rule(strokeWidth=2, color=INK).encode(y=y, x=alt.X("low:Q"), x2="high:Q")
        text = base.mark_text(align="left", dx=7).encode(y=y, x=alt.X("end:Q"), text="said:N")
        return alt.layer(fill, spans, text).properties(width=_plot(width, labels), height=_heights(labels, _BAR_ROW))

    return Drawing(build)


def stacks(rows: Sequence[tuple[str, Sequence[float]]], parts: Sequence[str]) -> Drawing:
    """For each row its (at most four) parts of one whole side by side, in one order; a part's share stands in it where there is room."""
    tones = (BLUE, PLUM, ORANGE, PALE)[: len(parts)]

    def build(width: int) -> Any:
        labels = wrapped([label for label, _ in rows], width)
        base = alt.Chart(alt.Data(values=_cells(labels, [shares for _, shares in rows], parts, tones, width)))
        legend = alt.Legend(
            orient="top", title=None, labelFontSize=13, symbolType="square", symbolSize=160, labelLimit=0,
            columns=4 if width > NARROW else 2, direction="horizontal",
        )  # fmt: skip
        colour = alt.Color("part:N", sort=list(parts), scale=alt.Scale(domain=list(parts), range=list(tones)), legend=legend)
        y = _names(labels)
        fill = base.mark_bar(stroke="white", strokeWidth=1.5).encode(y=y, x=_shares("from:Q", 1.0), x2="to:Q", color=colour)
        text = base.mark_text().encode(y=y, x=alt.X("middle:Q"), text="said:N", color=alt.Color("ink:N", scale=None))
        whole = alt.layer(fill, text).resolve_scale(color="independent")
        return whole.properties(width=_plot(width, labels), height=_heights(labels, _STACK_ROW))

    return Drawing(build)


def wrapped(labels: Sequence[str], width: int) -> list[str]:
    """The labels with line breaks, so that they take at most a third of the picture."""
    letters = 30 if width > NARROW else 14
    return ["\n".join(textwrap.wrap(label, letters) or [""]) for label in labels]


def _rows(marks: Sequence[Mark], labels: Sequence[str], said: Sequence[str]) -> Any:
    rows = zip(marks, labels, said, strict=True)
    return alt.Data(
        values=[
            {"label": label, "share": m.share, "low": m.low, "high": m.high, "end": m.end, "tone": m.tone, "said": words}
            for m, label, words in rows
        ]
    )


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


def _thresholds(lines: Sequence[Line], pixels: float) -> list[Any]:
    """Upright dashed lines with their names above; a name that would run into the one before stands a step higher. pixels: of 100%."""
    raised, before = False, None
    named = []
    for line in lines:
        raised = before is not None and (line.at - before) * pixels < _NAMES_APART and not raised
        before = line.at
        text = alt.Chart(alt.Data(values=[{"at": line.at, "label": line.label}])).mark_text(dy=-6, baseline="bottom", color=PLUM)
        named.append(text.encode(x=alt.X("at:Q"), y=alt.value(-17 if raised else 0), text="label:N"))
    drawn = alt.Chart(alt.Data(values=[{"at": line.at} for line in lines])).mark_rule(strokeDash=[5, 3], color=PLUM, strokeWidth=1.5)
    return [drawn.encode(x=alt.X("at:Q")), *named]


def _names(labels: Sequence[str]) -> Any:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, labelExpr="split(datum.label, '\\n')")
    return alt.Y("label:N", sort=list(labels), axis=axis)


def _shares(field: str, top: float, title: str | None = None) -> Any:
    return alt.X(field, scale=alt.Scale(domain=[0, min(top, 1.0)], nice=False), axis=alt.Axis(format="%", title=title, tickCount=5))


def _counts(field: str, top: float, title: str) -> Any:
    return alt.X(field, scale=alt.Scale(domain=[0, top]), axis=alt.Axis(title=title, tickMinStep=1, tickCount=5))


def _plot(width: int, labels: Sequence[str]) -> int:
    """What is left of the width beside the labels, in pixels."""
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    return max(120, width - 30 - 7 * longest)


def _heights(labels: Sequence[str], least: int) -> Any:
    """Height of a row, so that labels of many lines do not touch."""
    lines = 1 + max((label.count("\n") for label in labels), default=0)
    return alt.Step(max(least, _LABEL_LINE * lines + 8))
