import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import block, document, heading, row
from wellled_nlp.document import Block
from wellled_nlp.structure import structure
from wellled_nlp.structure.items import find_items, split_number


def found(*blocks: Block, kind: str = "minutes") -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in find_items(blocks, kind, "doc", 1, 0, "Front")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6. Falls", ("6", "Falls")),
        ("7.0 Finance report", ("7.0", "Finance report")),
        ("45/24 Patient story", ("45/24", "Patient story")),
        ("TB02/13 Matters arising", ("TB02/13", "Matters arising")),
        ("84. (Item 1) Apologies", ("84", "(Item 1) Apologies")),
        ("Item 9: Winter plan", ("9", "Winter plan")),
        ("Any other business", ("", "Any other business")),
        ("2024 in review", ("", "2024 in review")),
        ("4 wards were visited", ("", "4 wards were visited")),
    ],
)
def test_a_number_is_taken_as_printed(text: str, expected: tuple[str, str]) -> None:
    assert split_number(text) == expected


def test_numbers_that_repeat_jump_and_change_style_keep_the_order_of_the_page() -> None:
    blocks = [heading("6. Skills"), heading("7.0 Reports"), heading("10. Move"), heading("10. Any other business"), heading("11. Close")]
    assert found(*blocks) == [("6", "Skills"), ("7.0", "Reports"), ("10", "Move"), ("10", "Any other business"), ("11", "Close")]


def test_an_item_without_number_before_the_first_numbered_one_is_an_item_of_its_own() -> None:
    chair = [heading("Election of Chair"), block("1. Ann Orrin was proposed and elected.", kind="list")]
    names = [heading("Present"), block("Ann Orrin, Bo Vale")]
    items = found(*names, *chair, heading("283. Apologies"), block("None."), heading("284. Interests"), heading("285. Close"))
    assert items == [("", "Front"), ("", "Election of Chair"), ("283", "Apologies"), ("284", "Interests"), ("285", "Close")]


def test_an_appendix_on_a_page_of_its_own_is_no_part_of_the_last_item_of_minutes() -> None:
    said = [heading("1. Falls"), heading("2. Money"), heading("3. Close"), block("Appendix 1 shows the rota.\nAppendix 2")]
    appended = [block("Appendix 1", page=2), block("Questions put by the Chair.", page=2), block("Annex B Answers", page=3)]
    assert found(*said, *appended)[2:] == [("3", "Close"), ("", "Appendix 1"), ("", "Annex B Answers")]


def test_plain_list_entries_of_an_agenda_are_its_items() -> None:
    entries = [
        block("1. Apologies", kind="list"),
        block("2. Declarations of interest", kind="list"),
        block("3. Hubs (if required)", kind="list"),
    ]
    assert found(heading("AGENDA"), heading("OPEN ITEMS"), *entries, kind="agenda") == [
        ("", "Front"),
        ("1", "Apologies"),
        ("2", "Declarations of interest"),
        ("3", "Hubs (if required)"),
    ]


def test_an_item_reference_under_the_heading_of_council_minutes_is_not_an_item() -> None:
    blocks = [heading("283. Apologies"), block("(Item 1)"), heading("284. Declarations"), block("(Item 2)"), heading("285. White paper")]
    assert found(*blocks) == [("283", "Apologies"), ("284", "Declarations"), ("285", "White paper")]


def test_numbered_paragraphs_are_inside_the_item_of_their_heading() -> None:
    blocks = [
        heading("45/24 Falls"),
        block("45.1 The board heard why.", kind="list"),
        heading("46/24 Close"),
        block("46.1 It ended.", kind="list"),
        heading("47/24 Next"),
    ]
    assert found(*blocks) == [("45/24", "Falls"), ("46/24", "Close"), ("47/24", "Next")]


def test_minutes_kept_in_a_ruled_table_have_an_item_a_row() -> None:
    said = "Members talked about it for a good while and agreed that it should come back."
    rows = [row("1.", f"Welcome\n{said}", ""), row("2.", f"Falls\n{said}", "NP"), row("3.", f"Money\n{said}", "")]
    assert found(block("Minutes"), *rows) == [("", "Front"), ("1", "Welcome"), ("2", "Falls"), ("3", "Money")]


def test_a_table_of_risks_within_minutes_does_not_become_items() -> None:
    risks = [row("BAF1", "Workforce", "16"), row("BAF2", "Money", "20"), row("BAF3", "Estate", "16")]
    prose = block(
        "The board talked for a long time about the framework, its scores, and what had been done about each since the spring meeting."
    )
    assert found(heading("1. Welcome"), heading("2. Framework"), prose, *risks, heading("3. Close")) == [
        ("1", "Welcome"),
        ("2", "Framework"),
        ("3", "Close"),
    ]


def test_an_action_log_after_the_last_item_is_an_item_of_its_own_kind() -> None:
    items = find_items(
        [heading("1. A"), heading("2. B"), heading("3. C"), heading("Action log"), row("A1", "Do it", "NP")],
        "minutes",
        "doc",
        1,
        0,
        "Front",
    )
    assert [(item.title, item.kind) for item in items] == [
        ("A", "minutes"),
        ("B", "minutes"),
        ("C", "minutes"),
        ("Action log", "action log"),
    ]


def test_clock_times_of_an_agenda_give_start_and_length() -> None:
    rows = [row("1", "9.30", "Welcome"), row("2", "9.40", "Falls"), row("3", "10.10 am", "Money"), row("4", "1.05 pm", "Close")]
    items = find_items(rows, "agenda", "doc", 1, 0, "Agenda")
    assert [(item.clock_start, item.clock_minutes) for item in items] == [
        ("09:30", 10.0),
        ("09:40", 30.0),
        ("10:10", 175.0),
        ("13:05", None),
    ]


@given(
    st.lists(st.sampled_from([heading("6. A"), heading("B"), block("Text."), row("1", "x"), block("7.1 Para", kind="list")]), max_size=12)
)
def test_every_block_is_in_exactly_one_item_or_in_the_furniture(blocks: list[Block]) -> None:
    found = structure(document(*blocks))
    held = [b.text for item in found.items for b in item.blocks] + [b.text for b in found.furniture]
    assert sorted(held) == sorted(b.text for b in blocks)
