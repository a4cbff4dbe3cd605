"""Charts: by hand, and in the sample papers, whose drawings were made with them."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from wellled_nlp.document import Block, Box, Document, Figure, Line, Page
from wellled_nlp.structure.charts import find_charts

DRAWN = Box(100, 100, 400, 250)


def block(text: str, y: float, kind: str = "text", cells: tuple[str, ...] = ()) -> Block:
    box = Box(100, y, 400, y + 10)
    return Block(text, 1, kind, (Line(0, 1, box),), cells=cells, table=1 if cells else 0)


def kinds(blocks: list[Block], figures: tuple[Figure, ...] = ()) -> list[str]:
    page = Page(1, 595, 842, tuple(blocks), figures=figures)
    return [chart.kind for chart in find_charts(Document("a.pdf", "0" * 64, "pdf", (page,)))]


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("Figure 1. Individual values; dashed lines are the process limits.", "spc"),
        ("Figure 2. Run chart of falls by week.", "run"),
        ("Chart 3: bar chart of complaints.", "bar"),
        ("Figure 4. Month-end position.", "other"),
    ],
)
def test_a_caption_tells_the_kind_by_its_words(caption: str, kind: str) -> None:
    assert kinds([block(caption, 265)], (Figure("drawing", DRAWN),)) == [kind]
    assert kinds([block(caption, 265)]) == [kind]


def test_limits_named_in_the_drawing_make_it_spc_and_a_level_line_alone_does_not() -> None:
    ticks = [block(str(number), 110 + 30 * number, "furniture") for number in range(4)]
    assert kinds([*ticks, block("Upper limit 71.9", 120, "furniture")], (Figure("drawing", DRAWN),)) == ["spc"]
    assert kinds(ticks, (Figure("drawing", DRAWN),)) == ["line"]


def test_a_drawing_without_a_scale_or_a_caption_is_no_chart() -> None:
    assert kinds([], (Figure("drawing", DRAWN),)) == []


def test_bars_are_told_by_how_they_stand_and_a_picture_not_at_all() -> None:
    assert kinds([], (Figure("bars", DRAWN),)) == ["bar"]
    assert kinds([], (Figure("picture", DRAWN),)) == ["picture"]
    assert kinds([], (Figure("picture", Box(0, 0, 80, 50)),)) == []


def test_a_table_with_named_colours_is_one_rag_table() -> None:
    rows = [block(f"{text} | Red", 100 + 20 * n, "row", (text, "Red")) for n, text in enumerate(("Falls", "Complaints"))]
    assert kinds(rows) == ["rag table"]
    assert kinds([block("Falls | Red meat", 100, "row", ("Falls", "Red meat"))]) == []


def test_the_charts_of_the_sample_papers_are_found_with_their_kinds(scanned: Path) -> None:
    """13 in the pack and 4 in the quality account; one bar chart with two heights of bars is known by its caption alone."""
    found = duckdb.sql(f"SELECT kind FROM '{scanned}/tables/charts.parquet' WHERE kind <> 'rag table'").fetchall()
    assert Counter(kind for (kind,) in found) == {"bar": 11, "line": 2, "spc": 2, "run": 1, "other": 1}
