import io
import json
import re

import altair
import jsonschema
import pytest
from PIL import Image

from wellled_nlp.compare import charts as compared
from wellled_nlp.compare import funnel
from wellled_nlp.report import charts, drawing, trends, vegalite

LINES = [charts.Line(0.2, "20%"), charts.Line(0.25, "25%")]
DRAWINGS = {
    "dots": charts.dots([charts.Mark("Quality", 0.22, 0.18, 0.26, drawing.BLUE), charts.Mark("Finance", 0.3)], LINES),
    "bars": charts.bars([charts.Mark("Learning, continuous improvement and innovation", 0.3)], ["30%"], "Share of words"),
    "trend": trends.trend(
        ["1 May 2024", "1 Jun 2024", "1 Jul 2024"], [("Quality", [0.2, None, 0.3]), ("Finance", [0.1, 0.1, 0.1])], charts.Line(0.25, "25%")
    ),
    "stacks": charts.stacks([("Quality", [0.5, 0.1, 0.3, 0.1])], ["Assurance", "Both", "Improvement", "Neither"]),
}
# What the charts above leave out: counts, a band with special points, and the funnel of a comparison.
RARER = {
    "counts": charts.bars([charts.Mark("Assurance", 3.0)], ["3"], "Challenges", shares=False),
    "signals": trends.trend(
        ["1 May 2024", "1 Jun 2024"], [("Quality", [0.2, 0.4])], charts.Line(0.25, "25%"), trends.Band(0.3, 0.2, 0.35), {1: "high"}
    ),
    "funnel": compared.funnel(
        [compared.Point("Tarnbrook", 900, 0.2, funnel.INSIDE), compared.Point("Eskmere", 800, 0.5, funnel.OUTSIDE_998)],
        0.25,
        [("95%", [(100, 0.1, 0.4), (1000, 0.2, 0.3)])],
        "Words",
    ),
}
LANGUAGE = jsonschema.Draft7Validator(altair.load_schema())


@pytest.mark.parametrize("name", [*DRAWINGS, *RARER])
@pytest.mark.parametrize("width", [drawing.WIDE, drawing.NARROW])
def test_a_chart_holds_to_the_schema_of_its_language(name: str, width: int) -> None:
    LANGUAGE.validate((DRAWINGS | RARER)[name].described(width))


def test_the_schema_refuses_a_misspelt_mark_channel_or_style() -> None:
    right = {"layer": [vegalite.layer("bar", [{"n": 1}], {"x": vegalite.number("n")}, color="red")]}
    assert LANGUAGE.is_valid(right)
    for text, other in (('"bar"', '"baar"'), ('"x"', '"xx"'), ('"color"', '"colr"')):
        assert not LANGUAGE.is_valid(json.loads(json.dumps(right).replace(text, other))), other


def test_the_charts_are_drawn_in_the_version_that_they_are_checked_in() -> None:
    assert altair.SCHEMA_VERSION.startswith(f"v{vegalite.VERSION}.")


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("width", [drawing.WIDE, drawing.NARROW])
def test_a_chart_is_as_wide_as_asked_or_a_little_less(name: str, width: int) -> None:
    drawn = re.search(r'width="(\d+)"', DRAWINGS[name].svg(width))
    assert drawn and 0.85 * width <= int(drawn[1]) <= width + 40


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_figures_give_the_same_bytes(name: str) -> None:
    assert DRAWINGS[name].svg() == DRAWINGS[name].svg()


def test_labels_are_drawn_as_text_with_a_font_that_every_machine_has_a_stand_in_for() -> None:
    svg = DRAWINGS["dots"].svg()
    assert all(f">{text}<" in svg for text in ("Quality", "Finance", "22%", "20%", "25%"))
    assert 'font-family="Arial, Liberation Sans, sans-serif"' in svg


def test_the_picture_has_ink_where_its_labels_stand() -> None:
    # vl-convert leaves all text out of a PNG, silently, when it does not know the font.
    image = Image.open(io.BytesIO(DRAWINGS["dots"].png())).convert("L")
    labels = image.crop((0, 60, 150, image.height - 60))
    assert sum(1 for value in labels.tobytes() if value < 100) > 100


def test_a_missing_meeting_breaks_the_line() -> None:
    gap = DRAWINGS["trend"].svg()
    whole = trends.trend(["1 May 2024", "1 Jun 2024", "1 Jul 2024"], [("Quality", [0.2, 0.2, 0.3])], charts.Line(0.25, "25%")).svg()
    lines = [re.findall(rf'<path d="([^"]+)" stroke="{drawing.BLUE}"', svg)[0].count("M") for svg in (gap, whole)]
    assert lines == [2, 1]


def test_two_drawings_in_one_page_share_no_id() -> None:
    svg = '<svg id="a"><g clip-path="url(#a)"/></svg>'
    assert drawing.with_own_ids(svg, "f1") == '<svg aria-hidden="true" focusable="false" id="f1-a"><g clip-path="url(#f1-a)"/></svg>'
