"""Charts: figures in, a drawing out that every writer can use, as SVG (page, paper) or PNG (Word). Altair describes them, vl-convert draws.

Colours are the Analysis Function's categorical palette (contrast with white 10.3, 3.0 and more); shape or a direct label always says the
same as the colour. The font names a family that vl-convert bundles: with Arial alone it leaves out all text, silently.
"""

import json
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

FONT = "Arial, Liberation Sans, sans-serif"
BLUE, ORANGE, GREY, INK, RULE = "#12436D", "#F46A25", "#768692", "#212B32", "#801650"
WIDE, NARROW = 860, 340
_PNG_SCALE = 2.0
_NAME_PIXELS = 42
_SAID_PIXELS = 32
_LINE_PIXELS = 16


@dataclass(frozen=True)
class Drawing:
    """A chart that can be drawn at more than one width (pixels of the whole picture); the same figures give the same bytes."""

    build: Callable[[int], Any]

    def svg(self, width: int = WIDE) -> str:
        """The picture as one <svg> element."""
        return _svg(json.dumps(self._spec(width), sort_keys=True))

    def png(self, width: int = WIDE) -> bytes:
        """The picture for print, at twice the width in dots."""
        import vl_convert

        return bytes(vl_convert.vegalite_to_png(self._spec(width), vl_version=_version(), scale=_PNG_SCALE))

    def _spec(self, width: int) -> dict[str, Any]:
        chart = self.build(width).configure(font=FONT, aria=False, background="white", padding=4).configure_view(stroke=None)
        chart = chart.configure_axis(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelLimit=0,
            titleLimit=0,
            gridColor="#E3E6E8",
        ).configure_text(font=FONT, fontSize=13, color=INK)
        return dict(chart.to_dict())


@dataclass(frozen=True)
class Mark:
    """One thing with a share: its label, the share, its interval (or None) and whether it stands out."""

    label: str
    share: float
    low: float | None = None
    high: float | None = None
    tone: str = GREY


@dataclass(frozen=True)
class Line:
    """A threshold to draw: where, and the words beside it."""

    at: float
    label: str


def dots(marks: Sequence[Mark], lines: Sequence[Line]) -> Drawing:
    """Shares as points with their intervals, one row each, beside thresholds."""

    def build(width: int) -> Any:
        import altair as alt

        labels = _wrapped([mark.label for mark in marks], width)
        rows = [
            {"label": label, "share": m.share, "low": m.low, "high": m.high, "tone": m.tone, "said": _said(m)}
            for label, m in zip(labels, marks, strict=True)
        ]
        top = max([m.high or m.share for m in marks] + [line.at for line in lines] + [0.1]) * 1.12
        base = alt.Chart(alt.Data(values=rows))
        y = _names(alt, labels)
        x = _share_axis(alt, "share:Q", top)
        tone = alt.Color("tone:N", scale=None)
        spans = (
            base.transform_filter("datum.low !== null")
            .mark_rule(strokeWidth=5, opacity=0.55)
            .encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=tone)
        )
        points = base.mark_point(filled=True, size=130, opacity=1, stroke="white", strokeWidth=1).encode(y=y, x=x, color=tone)
        text = base.mark_text(dy=-14, fontWeight="bold").encode(y=y, x=x, text="said:N")
        plot = _plot(width, labels)
        return alt.layer(*_thresholds(alt, lines, plot / top), spans, points, text).properties(
            width=plot, height=alt.Step(_step(labels, 52))
        )

    return Drawing(build)


def bars(marks: Sequence[Mark], said: Sequence[str], title: str, shares: bool = True) -> Drawing:
    """Horizontal bars, one a mark, with the words `said` at the end of each; intervals as thin lines where there are any."""

    def build(width: int) -> Any:
        import altair as alt

        labels = _wrapped([mark.label for mark in marks], width)
        rows = [
            {
                "label": label,
                "share": m.share,
                "low": m.low,
                "high": m.high,
                "tone": m.tone,
                "said": words,
                "end": m.high if m.high is not None else m.share,
            }
            for label, m, words in zip(labels, marks, said, strict=True)
        ]
        top = max([row["end"] for row in rows] + [0.01]) * (1.35 if width > NARROW else 1.7)
        base = alt.Chart(alt.Data(values=rows))
        y = _names(alt, labels)
        x = (
            _share_axis(alt, "share:Q", top, title)
            if shares
            else alt.X("share:Q", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(title=title, tickMinStep=1, tickCount=5))
        )
        fill = base.mark_bar().encode(y=y, x=x, color=alt.Color("tone:N", scale=None))
        spans = base.transform_filter("datum.low !== null").mark_rule(strokeWidth=2, color=INK).encode(y=y, x=alt.X("low:Q"), x2="high:Q")
        text = base.mark_text(align="left", dx=7).encode(y=y, x=alt.X("end:Q"), text="said:N")
        return alt.layer(fill, spans, text).properties(width=_plot(width, labels), height=alt.Step(_step(labels, 34)))

    return Drawing(build)


def trend(days: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], line: Line) -> Drawing:
    """Shares over meetings in order: at most two series, the first dark with circles, the second orange with squares and dashes.

    A missing share breaks the line. The first series has its figures beside the points where there is room for them.
    """

    def build(width: int) -> Any:
        import altair as alt

        right = 104 if width > NARROW else 84
        plot = width - 52 - right
        every = max(1, -(-len(days) * 44 // plot))
        top = max([share for _, shares in series for share in shares if share is not None] + [line.at]) * 1.2
        layers = [_rule_with_words(alt, line)]
        for number, (_, shares) in reversed(list(enumerate(series[:2]))):
            rows = [{"place": place, "share": share, "said": _percent(share)} for place, share in enumerate(shares)]
            x = _meeting_axis(alt, days, every)
            layers += _series(alt, rows, x, _share_axis_y(alt, top), number, said=number == 0 and plot / len(days) >= _SAID_PIXELS)
        ends = _ends(series[:2], top)
        layers += [
            alt.Chart(alt.Data(values=[end])).mark_text(align="left", dx=11, color=(BLUE, INK)[number], fontWeight="bold").encode(
                x=_meeting_axis(alt, days, every), y=alt.Y("at:Q"), text="label:N"
            )
            for number, end in enumerate(ends)
        ]  # fmt: skip
        return alt.layer(*layers).properties(width=plot, height=280 if width > NARROW else 240)

    return Drawing(build)


def stacks(rows: Sequence[tuple[str, Sequence[float]]], parts: Sequence[str]) -> Drawing:
    """For each row its parts of one whole, side by side, in the same order throughout; each part's share stands in it where there is room."""

    def build(width: int) -> Any:
        import altair as alt

        tones = (BLUE, "#801650", ORANGE, "#DFE3E6")
        labels = _wrapped([label for label, _ in rows], width)
        cells = []
        for label, (_, shares) in zip(labels, rows, strict=True):
            at = 0.0
            for part, share, tone in zip(parts, shares, tones, strict=False):
                ink = INK if tone in (ORANGE, tones[3]) else "white"
                room = share >= (0.055 if width > NARROW else 0.11)
                cells.append(
                    {
                        "label": label,
                        "part": part,
                        "from": at,
                        "to": at + share,
                        "mid": at + share / 2,
                        "tone": tone,
                        "ink": ink,
                        "said": _percent(share) if room else "",
                    }
                )
                at += share
        base = alt.Chart(alt.Data(values=cells))
        y = _names(alt, labels)
        x = _share_axis(alt, "from:Q", 1.0)
        colour = alt.Color(
            "part:N", sort=list(parts), scale=alt.Scale(domain=list(parts), range=list(tones[: len(parts)])),
            legend=alt.Legend(orient="top", title=None, labelFontSize=13, symbolType="square", symbolSize=160, labelLimit=0, columns=4 if width > NARROW else 2, direction="horizontal"),
        )  # fmt: skip
        fill = base.mark_bar(stroke="white", strokeWidth=1.5).encode(y=y, x=x, x2="to:Q", color=colour)
        text = base.mark_text().encode(y=y, x=alt.X("mid:Q"), text="said:N", color=alt.Color("ink:N", scale=None))
        return (
            alt.layer(fill, text)
            .resolve_scale(color="independent")
            .properties(width=_plot(width, labels), height=alt.Step(_step(labels, 38)))
        )

    return Drawing(build)


def _meeting_axis(alt: Any, days: Sequence[str], every: int) -> Any:
    names = json.dumps([day.split(" ") for day in days])
    shown = [place for place in range(len(days)) if (len(days) - 1 - place) % every == 0]
    axis = alt.Axis(title=None, values=shown, grid=False, labelExpr=f"{names}[datum.value]", labelPadding=6)
    return alt.X("place:Q", scale=alt.Scale(domain=[-0.3, max(len(days) - 0.9, 0.1)], nice=False), axis=axis)


def _series(alt: Any, rows: list[dict[str, Any]], x: Any, y: Any, number: int, said: bool) -> list[Any]:
    tone, shape, dash = ((BLUE, "circle", [1, 0]), (ORANGE, "square", [6, 3]))[number]
    base = alt.Chart(alt.Data(values=rows))
    marks = [
        base.mark_line(color=tone, strokeWidth=2.5, strokeDash=dash, invalid="break-paths-show-path-domains").encode(x=x, y=y),
        base.transform_filter("datum.share !== null").mark_point(filled=True, shape=shape, size=80, color=tone, opacity=1).encode(x=x, y=y),
    ]
    if said:
        known = base.transform_filter("datum.share !== null")
        marks += [
            known.mark_text(dy=-15, fontWeight="bold", stroke=halo, strokeWidth=width).encode(x=x, y=y, text="said:N")
            for halo, width in (("white", 4), (None, 0))
        ]
    return marks


def _ends(series: Sequence[tuple[str, Sequence[float | None]]], top: float) -> list[dict[str, Any]]:
    """Where the name of each series stands: beside its last point, and apart from the other."""
    last = [
        next((place, share) for place, share in reversed(list(enumerate(shares))) if share is not None)
        for _, shares in series
        if any(s is not None for s in shares)
    ]
    apart = 0.065 * top
    ends = [{"label": label, "place": place, "at": share} for (label, _), (place, share) in zip(series, last, strict=False)]
    if len(ends) == 2 and abs(ends[0]["at"] - ends[1]["at"]) < apart:
        middle = (ends[0]["at"] + ends[1]["at"]) / 2
        up = 1 if ends[0]["at"] >= ends[1]["at"] else -1
        ends[0]["at"], ends[1]["at"] = middle + up * apart / 2, middle - up * apart / 2
    return ends


def _thresholds(alt: Any, lines: Sequence[Line], pixels: float) -> list[Any]:
    """Upright dashed lines with their names above; a name that would run into the one before stands a step higher. pixels: of 100 %."""
    rows = [{"at": line.at, "label": line.label, "y": 0} for line in lines]
    for before, row in zip(rows, rows[1:], strict=False):
        if (row["at"] - before["at"]) * pixels < _NAME_PIXELS and before["y"] == 0:  # type: ignore[operator]
            row["y"] = -17
    drawn = alt.Chart(alt.Data(values=rows)).mark_rule(strokeDash=[5, 3], color=RULE, strokeWidth=1.5).encode(x=alt.X("at:Q"))
    named = [
        alt.Chart(alt.Data(values=[row]))
        .mark_text(dy=-6, baseline="bottom", color=RULE)
        .encode(x=alt.X("at:Q"), y=alt.value(row["y"]), text="label:N")
        for row in rows
    ]
    return [drawn, *named]


def _rule_with_words(alt: Any, line: Line) -> Any:
    base = alt.Chart(alt.Data(values=[{"at": line.at, "label": line.label}]))
    rule = base.mark_rule(strokeDash=[5, 3], color=RULE, strokeWidth=1.5).encode(y=alt.Y("at:Q"))
    words = [
        base.mark_text(align="left", baseline="bottom", dx=2, dy=-3, color=RULE, stroke=halo, strokeWidth=size).encode(
            y=alt.Y("at:Q"), x=alt.value(0), text="label:N"
        )
        for halo, size in (("white", 3), (None, 0))
    ]
    return alt.layer(rule, *words)


def _names(alt: Any, labels: Sequence[str]) -> Any:
    return alt.Y(
        "label:N",
        sort=list(labels),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, labelExpr="split(datum.label, '\\n')"),
    )


def _share_axis(alt: Any, field: str, top: float, title: str | None = None) -> Any:
    return alt.X(field, scale=alt.Scale(domain=[0, min(top, 1.0)], nice=False), axis=alt.Axis(format="%", title=title, tickCount=5))


def _share_axis_y(alt: Any, top: float) -> Any:
    return alt.Y("share:Q", scale=alt.Scale(domain=[0, min(top, 1.0)]), axis=alt.Axis(format="%", title=None, tickCount=5))


def _wrapped(labels: Sequence[str], width: int) -> list[str]:
    letters = 30 if width > NARROW else 14
    return ["\n".join(textwrap.wrap(label, letters) or [""]) for label in labels]


def _plot(width: int, labels: Sequence[str]) -> int:
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    return max(120, width - 30 - 7 * longest)


def _step(labels: Sequence[str], least: int) -> int:
    """Height of a row in pixels, so that labels of many lines do not touch."""
    return max(least, _LINE_PIXELS * (1 + max((label.count("\n") for label in labels), default=0)) + 8)


def _said(mark: Mark) -> str:
    return _percent(mark.share)


def _percent(share: float | None) -> str:
    from wellled_nlp.report.words import percent

    return percent(share)


@cache
def _svg(spec: str) -> str:
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(json.loads(spec), vl_version=_version()))
    return drawn[drawn.index("<svg") :]


def _version() -> str:
    import altair

    return "_".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def with_own_ids(svg: str, name: str) -> str:
    """The drawing with its ids made its own, so that many can stand in one page, and without Vega's roles: the page names the whole."""
    quiet = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{name}-", quiet).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
