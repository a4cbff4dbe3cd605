import pytest

from tests.build import block, row
from wellled_nlp.document import Block, Box, Item, Line
from wellled_nlp.structure.actions import find_actions

HEADER = ("Ref", "Action", "Owner", "Due", "Status")


def actions(*blocks: Block, kind: str = "minutes") -> list[tuple[str, str, str, str]]:
    item = Item("i", 0, "1", "Falls", kind, blocks, 1, 1)
    return [(a.text, a.owner, a.due, a.status) for a in find_actions([item])]


def test_a_row_of_an_action_log_is_an_action_with_its_columns() -> None:
    log = row("A24-11", "Deep dive into falls", "NP", "26 September 2024", "Open", header=HEADER)
    assert actions(log) == [("Deep dive into falls", "NP", "26 September 2024", "Open")]


def test_the_header_row_itself_is_not_an_action() -> None:
    assert actions(row(*HEADER, header=HEADER)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ACTION: NP to bring a deep dive by 26 September 2024.",
            ("bring a deep dive by 26 September 2024.", "NP", "26 September 2024", ""),
        ),
        ("Action: circulate the plan (RT)", ("circulate the plan", "RT", "", "")),
        ("ACTION: MD – refresh the plan. Due: November 2024", ("refresh the plan. Due: November 2024", "MD", "November 2024", "")),
        (
            "Action: RT, final winter plan before the next meeting",
            ("final winter plan before the next meeting", "RT", "the next meeting", ""),
        ),
        ("Action: the Chief Nurse will report back", ("the Chief Nurse will report back", "", "", "")),
    ],
)
def test_a_marked_line_is_an_action_with_owner_and_date_where_they_are_printed(text: str, expected: tuple[str, str, str, str]) -> None:
    assert actions(block(text)) == [expected]


def test_initials_in_the_margin_belong_to_the_paragraph_beside_them() -> None:
    text = "4. | Falls\nThe board asked why.\nThe Chief Nurse will report. | NP"
    starts = [0, 5, 11, 32, text.index("NP")]
    tops = [100, 100, 114, 128, 129]
    lines = tuple(Line(start, 1, Box(72, top, 90, top + 12)) for start, top in zip(starts, tops, strict=True))
    cells = ("4.", "Falls\nThe board asked why.\nThe Chief Nurse will report.", "NP")
    assert actions(Block(text, 1, "row", lines, cells=cells)) == [("The Chief Nurse will report.", "NP", "", "")]


def test_a_rating_in_the_last_cell_of_a_table_is_nobodys_initials() -> None:
    assert actions(row("Falls", "The rate of falls rose again this month.", "RED")) == []
    assert actions(row("Falls", "The rate of falls rose again this month.", "NP"), kind="performance report") == []
