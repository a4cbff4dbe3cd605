from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import block, heading, row, structured
from wellled_nlp.document import Box
from wellled_nlp.sentences import boundaries, passages, split


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in boundaries(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr. J. Orrin met Dr. Vale at 3.15 p.m. on Tuesday. He was late.",
            ["Mr. J. Orrin met Dr. Vale at 3.15 p.m. on Tuesday.", "He was late."],
        ),
        ("It cost £3.2m. The rate was 84.1%.In June it fell.", ["It cost £3.2m.", "The rate was 84.1%.", "In June it fell."]),
        (
            "The lease came to £50K. It had been paid for by 3.15p.m. on Friday.",
            ["The lease came to £50K.", "It had been paid for by 3.15p.m. on Friday."],
        ),
        ("7.3 The Board noted E. coli cases (see p. 4).", ["7.3 The Board noted E. coli cases (see p. 4)."]),
        ("5. Falls on the wards", ["5. Falls on the wards"]),
        ("TB/16/043. The plan was agreed.", ["TB/16/043. The plan was agreed."]),
        ("AB asked why? CD did not know.", ["AB asked why?", "CD did not know."]),
        ("Wards, e.g. Ash and Elm, are full. Others are not.", ["Wards, e.g. Ash and Elm, are full.", "Others are not."]),
        ("“It was kind.” The family agreed.", ["“It was kind.”", "The family agreed."]),
        ("Item No. 4 was withdrawn.", ["Item No. 4 was withdrawn."]),
        ("", []),
    ],
)
def test_full_stops_that_do_not_end_a_sentence_are_left_alone(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text(alphabet="Ab .?!\n\t£3,(”", max_size=200))
def test_the_sentences_of_a_text_joined_give_the_text(text: str) -> None:
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


def test_each_sentence_knows_its_heading_and_the_sentence_before_it_across_blocks() -> None:
    found = split(structured(heading("3 Quality"), block("Falls rose. Why?"), heading("Falls on Ash ward"), block("A test began.")))
    assert [(s.text, s.heading, s.previous) for s in found] == [
        ("3 Quality", "", ""),
        ("Falls rose.", "3 Quality", "3 Quality"),
        ("Why?", "3 Quality", "Falls rose."),
        ("Falls on Ash ward", "3 Quality", "Why?"),
        ("A test began.", "Falls on Ash ward", "Falls on Ash ward"),
    ]


def test_the_box_of_a_sentence_is_that_of_the_lines_it_touches() -> None:
    first, second = split(structured(block("Falls rose. The\nboard asked why.")))[0], None
    assert first.box == Box(72.0, 100.0, 500.0, 112.0)
    second = block("One long sentence goes on without a break, and ends here.")
    assert split(structured(second))[0].box == Box(72.0, 100.0, 500.0, 112.0)


def test_the_paragraphs_of_a_prose_cell_are_split_and_margin_initials_are_not_sentences() -> None:
    cells = row("4.", "Falls\nThe Chief Nurse said that falls had risen on two wards this month. She was concerned.", "NP")
    assert [s.text for s in split(structured(cells))] == [
        "Falls",
        "The Chief Nurse said that falls had risen on two wards this month.",
        "She was concerned.",
    ]


def test_a_row_of_short_cells_is_one_record() -> None:
    assert [s.text for s in split(structured(row("Falls", "4.1", "5.0", "Red")))] == ["Falls | 4.1 | 5.0 | Red"]


def test_positions_and_ids_run_through_the_document() -> None:
    found = split(structured(block("One came. Two came.")))
    assert [(s.sentence_id, s.position) for s in found] == [("abababababab-00000", 0), ("abababababab-00001", 1)]


@given(st.lists(st.text(alphabet="Ab. \n", min_size=1, max_size=40), min_size=1, max_size=5))
def test_no_words_of_a_passage_are_lost_between_reading_and_sentences(paragraphs: list[str]) -> None:
    blocks = [block(text) for text in paragraphs]
    expected = "".join("".join(b.text[a:z] for a, z in passages(b)) for b in blocks)
    assert "".join("".join(s.text for s in split(structured(*blocks))).split()) == "".join(expected.split())


def test_a_heading_row_whose_cells_join_two_printed_rows_is_still_read() -> None:
    heading_row = replace(row("KPI", "RAG rating Latest", "RAG rating Previous", "DoT"), text="KPI | RAG rating | DoT")
    assert passages(heading_row) == [(0, len(heading_row.text))]
