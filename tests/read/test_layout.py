"""Laws of layout that hold for any page: nothing is lost, nothing is said twice, and every line keeps its place."""

from hypothesis import given
from hypothesis import strategies as st

from wellled_nlp.read.ink import Ink
from wellled_nlp.read.layout import pages_of
from wellled_nlp.read.sheet import Sheet
from wellled_nlp.read.tables import Cell, find_grid

TEXTS = [
    "Falls rose",
    "the Board asked",
    "Action",
    "Lead",
    "Due",
    "1.",
    "•",
    "4.2 Noted",
    "2025",
    "Q1",
    "DRAFT",
    "Page 3 of 9",
    "end.",
    "Status",
]
numbers = st.integers(0, 70).map(lambda n: 8.0 * n)


@st.composite
def inks(draw: st.DrawFn, page: int, cells: int) -> Ink:
    x, y, size = draw(numbers), draw(numbers), draw(st.sampled_from([6.5, 9.0, 11.0, 18.0]))
    text = draw(st.sampled_from(TEXTS))
    width = len(text) * size / 2
    flags = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    angle = draw(st.sampled_from([0] * 9 + [45]))
    cell = draw(st.integers(-1, cells - 1))
    return Ink(text, x, y, x + width, y + size, y + 0.8 * size, size, flags[0], flags[1], flags[2], False, angle, cell, page)


@st.composite
def sheets(draw: st.DrawFn) -> list[Sheet]:
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        sheet = Sheet(number, 595.0, 842.0)
        if draw(st.booleans()):
            grid = find_grid([(y, 50.0, 500.0) for y in (100.0, 200.0, 300.0)], [(x, 100.0, 300.0) for x in (50.0, 200.0, 500.0)])
            sheet.cells = [Cell(c.table, c.row, c.column, c.span, c.box) for c in grid.cells]
        sheet.inks = draw(st.lists(inks(number, len(sheet.cells)), max_size=25))
        sheet.rules = draw(st.lists(st.tuples(numbers, st.just(50.0), st.just(500.0)), max_size=5))
        made.append(sheet)
    return made


@given(sheets())
def test_every_word_of_every_line_is_in_exactly_one_block(given_sheets: list[Sheet]) -> None:
    before = sorted("".join(ink.text for sheet in given_sheets for ink in sheet.inks).replace(" ", ""))
    blocks = [block for page in pages_of(given_sheets) for block in page.blocks]
    after = sorted("".join(block.text for block in blocks).replace(" ", "").replace("|", "").replace("\n", ""))
    assert after == before


@given(sheets())
def test_the_lines_of_a_block_start_where_they_say_and_stand_on_its_pages(given_sheets: list[Sheet]) -> None:
    for page in pages_of(given_sheets):
        for block in page.blocks:
            starts = [line.start for line in block.lines]
            assert starts == sorted(starts) and all(0 <= start < len(block.text) for start in starts)
            assert all(not block.text[start].isspace() for start in starts)
            assert block.lines and block.page == min(line.page for line in block.lines) == page.number


@given(sheets())
def test_a_row_says_its_cells_in_order(given_sheets: list[Sheet]) -> None:
    for page in pages_of(given_sheets):
        for block in page.blocks:
            if block.cells and block.cells != block.header:
                assert block.text == " | ".join(cell for cell in block.cells if cell)
                assert not block.header or len(block.header) == len(block.cells)


@given(sheets())
def test_layout_gives_the_same_pages_for_the_same_sheets(given_sheets: list[Sheet]) -> None:
    assert pages_of(given_sheets) == pages_of(given_sheets)
