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
        ("ACTION: All – comments before the end of April 2024", ("comments before the end of April 2024", "All", "April 2024", "")),
        ("Action: names to be sent prior to 3 May 2024 (RT)", ("names to be sent prior to 3 May 2024", "RT", "3 May 2024", "")),
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


def minutes_row(paragraphs: list[tuple[float, str]], margin: list[tuple[float, str]]) -> Block:
    """A row of minutes kept in a table: paragraphs and initials, each with the height at which it is printed."""
    cells = ("4.", "\n".join(text for _, text in paragraphs), "\n".join(text for _, text in margin))
    text = " | ".join(cells)
    lines, at = [Line(0, 1, Box(72, 90, 90, 102))], 5
    for top, paragraph in paragraphs:
        lines.append(Line(at, 1, Box(100, top, 400, top + 12)))
        at += len(paragraph) + 1
    at += 2
    for top, initials in margin:
        lines.append(Line(at, 1, Box(420, top, 440, top + 12)))
        at += len(initials) + 1
    return Block(text, 1, "row", tuple(lines), cells=cells)


@pytest.mark.parametrize("owner", ["KV/RH", "ALL", "PP/NS"])
def test_initials_of_two_people_and_of_all_are_owners(owner: str) -> None:
    said = minutes_row([(100, "The Board heard the report."), (128, "The plan will be sent to every site.")], [(129, owner)])
    assert actions(said) == [("The plan will be sent to every site.", owner, "", "")]


def test_initials_between_two_paragraphs_belong_to_the_one_in_which_somebody_is_asked() -> None:
    said = [(100.0, "Shelves were ordered within the requested sum."), (128.0, "The Board asked the secretary to name the day of closing.")]
    assert actions(minutes_row(said, [(114, "NS")])) == [(said[1][1], "NS", "", "")]


def test_initials_below_the_last_paragraph_belong_to_it() -> None:
    said = minutes_row([(100, "The lease was explained to the members."), (128, "It will be discussed in April.")], [(144, "NS")])
    assert actions(said) == [("It will be discussed in April.", "NS", "", "")]


def test_the_mark_of_a_list_is_no_part_of_the_task() -> None:
    said = minutes_row([(100, "• The shop is short of one buyer and a van."), (128, "• The sister will ring the buyers.")], [(129, "NP")])
    assert actions(said) == [("The sister will ring the buyers.", "NP", "", "")]


def test_a_list_entry_of_two_words_takes_the_line_that_leads_into_its_list() -> None:
    said = minutes_row(
        [(100, "The form went round and these should be added:"), (128, "• Human resources"), (142, "• Law")], [(129, "PP/NS")]
    )
    assert actions(said) == [("The form went round and these should be added: Human resources", "PP/NS", "", "")]


def test_a_row_of_people_is_no_action_however_long_the_role() -> None:
    people = ("Role", "Name", "Initials")
    assert actions(row("Non-Executive Director, Chair of the Finance and Performance Committee", "Percy Vane", "PV", header=people)) == []
