"""Native charts of the workbook, drawn from the cells of the table above them, with the finding as title and as alt text."""

from typing import Any

from wellled_nlp.report.contents import Figure
from wellled_nlp.report.drawing import BLUE, ORANGE, PALE, PLUM
from wellled_nlp.report.sheets import Sheet

_ROWS = 19
_FONT = {"name": "Arial", "size": 10}
# Figure by figure: kind of chart and, for each series, the column of its values and its colour.
_PLANS: dict[str, tuple[dict[str, str], tuple[tuple[int, str], ...]]] = {
    "w62": ({"type": "bar"}, ((1, BLUE),)),
    "trend": ({"type": "line"}, ((1, BLUE), (4, ORANGE), (2, PLUM))),
    "domains": ({"type": "bar"}, ((1, BLUE),)),
    "units": ({"type": "bar"}, ((1, BLUE),)),
    "balance": ({"type": "bar", "subtype": "percent_stacked"}, ((2, BLUE), (3, PLUM), (4, ORANGE), (5, PALE))),
    "themes": ({"type": "bar"}, ((2, BLUE),)),
    "challenge": ({"type": "bar"}, ((2, BLUE),)),
}


def insert(sheet: Sheet, figure: Figure, rows: tuple[int, int]) -> None:
    """Puts the figure's chart under its table; `rows` are the first and last row of the table's cells."""
    if figure.name not in _PLANS or not figure.grid.rows:
        return
    kind, series = _PLANS[figure.name]
    chart = sheet.book.workbook.add_chart(kind)
    first, last = rows
    for column, colour in series:
        chart.add_series(_series(sheet.name, figure, kind, first, last, column, colour))
    chart.set_title({"name": figure.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    values = {
        "min": 0,
        "num_font": _FONT,
        "num_format": "0" if figure.name == "challenge" else "0%",
        "major_gridlines": {"visible": True, "line": {"color": "#E3E6E8"}},
    }
    names: dict[str, Any] = {"num_font": _FONT, "interval_unit": 1}
    if kind["type"] == "bar":
        chart.set_y_axis(names | {"reverse": True, "crossing": "max"})
        chart.set_x_axis(values)
    else:
        chart.set_x_axis({**names, "date_axis": False, "text_axis": True, "num_format": "d mmm yyyy"})
        chart.set_y_axis(values)
    chart.set_legend({"position": "bottom", "font": _FONT} if len(series) > 1 else {"none": True})
    chart.set_size({"width": 860, "height": 20 * (_ROWS - 1)})
    sheet.page.insert_chart(sheet.row, 0, chart, {"description": f"Chart: {figure.title}. {figure.note}", "object_position": 1})
    sheet.row += _ROWS
    sheet.prose(figure.note, "note")
    sheet.row += 1


def _series(name: str, figure: Figure, kind: dict[str, str], first: int, last: int, column: int, colour: str) -> dict[str, Any]:
    series: dict[str, Any] = {
        "name": [name, first - 1, column],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, column, last, column],
    }
    if kind["type"] == "line":
        dash, shape = {BLUE: ("solid", "circle"), ORANGE: ("dash", "square")}.get(colour, ("square_dot", "none"))
        marker = {"type": shape, "size": 8, "fill": {"color": colour}, "border": {"color": colour}}
        return series | {"line": {"color": colour, "width": 2.25 if shape != "none" else 1.5, "dash_type": dash}, "marker": marker}
    many = len(_PLANS[figure.name][1]) > 1
    labels = {} if many else {"data_labels": {"value": True, "font": _FONT}}
    return series | {"fill": {"color": colour}, "border": {"color": "white"}, "gap": 45, "overlap": 100 if many else 0} | labels
