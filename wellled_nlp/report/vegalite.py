"""The words of Vega-Lite that charts are written in: rows and how they are shown in, the plain values that the drawing engine takes out.

The language and its keys: https://vega.github.io/vega-lite/docs/. Nothing is checked here, for a chart that is drawn once a page would be
checked once a page; a test holds every chart to the schema.
"""

from collections.abc import Mapping, Sequence
from typing import Any

# The version of the language; the drawing engine carries several.
VERSION = "6.4"

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def number(field: str, **shown: Any) -> Spec:
    """A channel that follows a number of the rows. shown: its scale, axis or legend, or None for none."""
    return {"field": field, "type": "quantitative", **shown}


def name(field: str, **shown: Any) -> Spec:
    """A channel that follows a text of the rows."""
    return {"field": field, "type": "nominal", **shown}


def layer(mark: str, rows: Rows, channels: Mapping[str, Spec], *, where: str = "", **style: Any) -> Spec:
    """A mark a row. channels: what its place, size and colour follow, or a value; where: which rows are drawn; style: how all look."""
    drawn: Spec = {"data": {"values": rows}, "mark": {"type": mark, **style}, "encoding": dict(channels)}
    return drawn | ({"transform": [{"filter": where}]} if where else {})


def chart(layers: Sequence[Spec], width: float, height: float | Spec, *, apart: Sequence[str] = ()) -> Spec:
    """Layers over one another, the first at the back. width, height: of the plot in pixels; apart: channels of which each has a scale."""
    drawn: Spec = {"layer": list(layers), "width": width, "height": height}
    return drawn | ({"resolve": {"scale": dict.fromkeys(apart, "independent")}} if apart else {})
