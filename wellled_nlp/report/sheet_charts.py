"""Native charts of the workbook, drawn from the cells of the table above them, with the finding as title and as alt text."""

from typing import Any

from wellled_nlp.report.contents import Figure, Plot
from wellled_nlp.report.drawing import BLUE, ORANGE, PALE, PLUM
from wellled_nlp.report.sheets import Sheet

_ROWS, _WIDTH, _ROW_PIXELS = 19, 860, 20
_FONT = {"name": "Arial", "size": 10}
_KINDS = {"bars": {"type": "bar"}, "line": {"type": "line"}, "stack": {"type": "bar", "subtype": "percent_stacked"}}
# Colours of the series in their order: parts of a stack and lines as on the page.
_TONES = {"bars": (BLUE,), "stack": (BLUE, PLUM, ORANGE, PALE), "line": (BLUE, ORANGE, PLUM)}
# Dash and marker of each line, which say the same as its colour.
_STYLES = (("solid", "circle"), ("dash", "square"), ("square_dot", "none"))


def insert(sheet: Sheet, figure: Figure, rows: tuple[int, int]) -> None:
    """Puts the figure's chart under its table; `rows` are the first and last row of the table's cells."""
    plot = figure.plot
    if plot is None or not figure.grid.rows:
        return
    chart = sheet.book.workbook.add_chart(_KINDS[plot.kind])
    for place, column in enumerate(plot.columns):
        chart.add_series(_series(sheet.name, plot, rows, place, column))
    chart.set_title({"name": figure.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    _set_axes(chart, plot)
    chart.set_legend({"position": "bottom", "font": _FONT} if len(plot.columns) > 1 else {"none": True})
    chart.set_size({"width": _WIDTH, "height": _ROW_PIXELS * (_ROWS - 1)})
    sheet.page.insert_chart(sheet.row, 0, chart, {"description": f"Chart: {figure.title}. {figure.note}", "object_position": 1})
    sheet.row += _ROWS
    sheet.prose(figure.note, "note")
    sheet.row += 1


def _set_axes(chart: Any, plot: Plot) -> None:
    values = {
        "min": 0,
        "num_font": _FONT,
        "num_format": "0" if plot.counts and plot.kind != "stack" else "0%",
        "major_gridlines": {"visible": True, "line": {"color": "#E3E6E8"}},
    }
    names: dict[str, Any] = {"num_font": _FONT, "interval_unit": 1}
    if plot.kind == "line":
        chart.set_x_axis({**names, "date_axis": False, "text_axis": True, "num_format": "d mmm yyyy"})
        chart.set_y_axis(values)
    else:
        chart.set_y_axis(names | {"reverse": True, "crossing": "max", "text_axis": True, "num_format": "d mmm yyyy"})
        chart.set_x_axis(values)


def _series(name: str, plot: Plot, rows: tuple[int, int], place: int, column: int) -> dict[str, Any]:
    first, last = rows
    colour = _TONES[plot.kind][place % len(_TONES[plot.kind])]
    series: dict[str, Any] = {
        "name": [name, first - 1, column],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, column, last, column],
    }
    if plot.kind == "line":
        dash, shape = _STYLES[place]
        marker = {"type": shape, "size": 8, "fill": {"color": colour}, "border": {"color": colour}}
        return series | {"line": {"color": colour, "width": 2.25 if shape != "none" else 1.5, "dash_type": dash}, "marker": marker}
    many = len(plot.columns) > 1
    labels = {} if many else {"data_labels": {"value": True, "font": _FONT}}
    return series | {"fill": {"color": colour}, "border": {"color": "white"}, "gap": 45, "overlap": 100 if many else 0} | labels
