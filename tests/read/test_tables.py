"""Tables: ruled ones as rows and cells, over page breaks and with their header; action logs without rules."""

from pathlib import Path

import pdfplumber
import pytest

from tests.read import made
from wellled_nlp.document import Block, Document
from wellled_nlp.read import read
from wellled_nlp.read.tables import find_grid
from wellled_nlp.settings import ReadSettings

XS = (60, 100, 330, 420, 500)
HEADER = ("Ref", "Action", "Lead", "Due")
ROWS = (
    ("A1", "Bring the falls plan back to the Board with costs and dates for each ward.", "Chief Nurse", "May 2025"),
    ("A2", "Report on complaints.", "Medical Director", "July 2025"),
    ("A3", "Share the audit plan.", "Chair", "Closed"),
)


def rows(document: Document) -> list[Block]:
    return [block for page in document.pages for block in page.blocks if block.kind == "row"]


def test_each_row_of_a_ruled_table_has_its_cells_and_the_header(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.grid(c, XS, (100, 120, 160, 180, 200), (HEADER, *ROWS)))
    found = rows(read(file, settings))
    assert [block.cells for block in found] == [HEADER, *ROWS]
    assert {block.header for block in found} == {HEADER}
    assert found[2].text == "A2 | Report on complaints. | Medical Director | July 2025"
    assert {block.table for block in found} == {1}


def test_a_header_of_two_lines_is_one_row_whose_text_is_its_cells(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        lines = (("Measure", "Target", "Actual", ""), ("", "", "This month", "Last month"), ("Falls", "12", "14", "11"))
        made.grid(canvas, XS, (100, 120, 140, 160), lines)

    found = rows(read(made.pdf(tmp_path / "a.pdf", page), settings))
    header = ("Measure", "Target", "Actual This month", "Actual Last month")
    assert [block.cells for block in found] == [header, ("Falls", "12", "14", "11")]
    assert [block.text for block in found] == [" | ".join(block.cells) for block in found]
    assert [found[0].text[line.start :].split(" |")[0] for line in found[0].lines] == [
        "Measure",
        "Target",
        "Actual This month",
        "This month",
        "Last month",
    ]


def test_text_around_a_table_stays_in_its_place(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 60, 80, "Before the table.")
        made.grid(canvas, XS, (100, 120, 160), (HEADER, ROWS[0]))
        made.put(canvas, 60, 200, "After the table.")

    kinds = [(block.kind, block.text[:5]) for block in read(made.pdf(tmp_path / "a.pdf", page), settings).pages[0].blocks]
    assert kinds == [("text", "Befor"), ("row", "Ref |"), ("row", "A1 | "), ("text", "After")]


def test_a_table_goes_on_over_the_page_with_its_header_and_a_header_printed_again_is_furniture(
    tmp_path: Path, settings: ReadSettings
) -> None:
    file = made.pdf(
        tmp_path / "a.pdf",
        lambda c: made.grid(c, XS, (700, 720, 760), (HEADER, ROWS[0])),
        lambda c: made.grid(c, XS, (60, 80, 100, 120), (HEADER, *ROWS[1:])),
    )
    document = read(file, settings)
    assert [(block.cells, block.page, block.header, block.table) for block in rows(document)] == [
        (HEADER, 1, HEADER, 1),
        (ROWS[0], 1, HEADER, 1),
        (ROWS[1], 2, HEADER, 1),
        (ROWS[2], 2, HEADER, 1),
    ]
    assert [block.reason for block in document.pages[1].blocks if block.kind == "furniture"] == ["repeated table header"]


def test_minutes_inside_a_table_keep_their_paragraphs_and_cross_the_page_in_one_row(tmp_path: Path, settings: ReadSettings) -> None:
    xs = (60, 100, 480, 530)
    first = ("3.", "Quality report\nThe Chief Nurse said that falls had risen and that the plan, which the", "")
    rest = ("", "Board had seen in March, was late.\nThe Board asked for a date.", "CN")
    last = ("4.", "Any other business\nThere was none.", "")
    file = made.pdf(
        tmp_path / "a.pdf",
        lambda c: made.grid(c, xs, (700, 780), (first,)),
        lambda c: made.grid(c, xs, (40, 100, 160), (rest, last)),
    )
    found = rows(read(file, settings))
    text = "Quality report\nThe Chief Nurse said that falls had risen and that the plan, which the\nBoard had seen in March, was late."
    assert found[0].cells == ("3.", text.replace("which the\nBoard", "which the\nBoard") + "\nThe Board asked for a date.", "CN")
    assert sorted({line.page for line in found[0].lines}) == [1, 2]
    assert found[1].cells == ("4.", "Any other business\nThere was none.", "")


def test_the_lines_of_a_row_say_where_in_its_text_they_start(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.grid(c, XS, (100, 120, 160, 180, 200), (HEADER, *ROWS)))
    row = rows(read(file, settings))[1]
    assert [row.text[line.start :].split()[0] for line in row.lines] == ["A1", "Bring", "dates", "Chief", "May"]


def test_a_cell_that_spans_columns_stands_in_the_first_of_them(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        height = made.HEIGHT
        made.grid(canvas, XS, (100, 120, 140), (HEADER, ROWS[1]))
        for y in (140, 160):
            canvas.line(XS[0], height - y, XS[-1], height - y)
        for x in (XS[0], XS[-1]):
            canvas.line(x, height - 140, x, height - 160)
        made.put(canvas, 64, 152, "Actions closed since the last meeting, for information", 9)

    found = rows(read(made.pdf(tmp_path / "a.pdf", page), settings))
    assert found[-1].cells == ("Actions closed since the last meeting, for information", "", "", "")


def test_a_frame_round_a_paragraph_is_no_table(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.grid(c, (60, 500), (100, 140), (("A boxed remark in a frame of its own.",),)))
    assert [(b.kind, b.text) for b in read(file, settings).pages[0].blocks] == [("text", "A boxed remark in a frame of its own.")]


def test_an_action_log_without_rules_is_read_by_its_header_words(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 60, 80, "Actions from the last meeting", 14, bold=True)
        y = 120
        for number, row in enumerate((HEADER, *ROWS)):
            heights = []
            for x, right, text in zip(XS, XS[1:], row, strict=False):
                lines = made.wrapped(text, right - x - 12, "Helvetica", 9)
                for n, line in enumerate(lines):
                    made.put(canvas, x, y + 11 * n, line, 9, bold=number == 0)
                heights.append(len(lines))
            y += 11 * max(heights) + 6
        made.put(canvas, 60, y + 40, "The Board noted the log, and thanked all those who had closed their actions in time.")

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert [block.cells for block in rows(document)] == [HEADER, *ROWS]
    assert {block.header for block in rows(document)} == {HEADER}
    assert document.pages[0].blocks[-1].kind == "text"


def test_a_table_with_level_rules_only_is_read_by_the_white_between_its_columns(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        for number, row in enumerate(
            (("Measure", "Target", "Actual"), ("Falls with harm", "0.15", "0.22"), ("Complaints in time", "85%", "52%"))
        ):
            for x, text in zip((60, 300, 400), row, strict=True):
                made.put(canvas, x, 114 + 20 * number, text, 9, bold=number == 0)
        for y in (100, 120, 140, 160):
            canvas.line(60, made.HEIGHT - y, 500, made.HEIGHT - y)

    found = rows(read(made.pdf(tmp_path / "a.pdf", page), settings))
    assert [block.cells for block in found[1:]] == [("Falls with harm", "0.15", "0.22"), ("Complaints in time", "85%", "52%")]


def test_two_columns_of_prose_are_not_taken_for_a_table(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 60, 90, "Our people", 11, bold=True)
        made.put(canvas, 320, 90, "Our estate", 11, bold=True)
        for x, seed in ((60, 1), (320, 2)):
            made.paragraphs(canvas, x, 110, 215, made.sentences(12, seed), 9)

    assert rows(read(made.pdf(tmp_path / "a.pdf", page), settings)) == []


def test_cells_agree_with_those_that_pdfplumber_finds(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.grid(canvas, XS, (100, 120, 160, 180, 200), (HEADER, *ROWS))
        made.grid(canvas, (60, 200, 500), (300, 330, 360), (("Purpose", "For assurance"), ("Author", "Company Secretary")))

    file = made.pdf(tmp_path / "a.pdf", page)
    with pdfplumber.open(file) as pdf:
        theirs = [[[cell or "" for cell in row] for row in table] for table in pdf.pages[0].extract_tables()]
    ours: dict[int, list[list[str]]] = {}
    for block in rows(read(file, settings)):
        ours.setdefault(block.table, []).append(list(block.cells))
    assert [[[c.replace("\n", " ") for c in row] for row in table] for table in theirs] == list(ours.values())


@pytest.mark.parametrize("gap", [0.0, 2.5])
def test_rules_that_nearly_meet_make_cells(gap: float) -> None:
    across = [(100.0, 50.0 + gap, 300.0), (150.0, 50.0, 300.0 - gap)]
    down = [(50.0, 100.0, 150.0), (180.0, 100.0 + gap, 150.0), (300.0, 100.0, 150.0)]
    assert [cell.box for cell in find_grid(across, down).cells] == [(50.0, 100.0, 180.0, 150.0), (180.0, 100.0, 300.0, 150.0)]


def test_a_colour_that_shades_off_in_strips_is_not_a_row_for_each_strip() -> None:
    strips = [(100.0 + 4 * n, 50.0, 150.0) for n in range(25)]
    frame = [(100.0, 50.0, 300.0), (200.0, 50.0, 300.0)]
    down = [(50.0, 100.0, 200.0), (150.0, 100.0, 200.0), (300.0, 100.0, 200.0)]
    assert len(find_grid(strips + frame, down).cells) == 2
