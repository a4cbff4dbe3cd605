from dataclasses import replace

import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured

STANDING = "The trust remains fully compliant with the core standards for emergency preparedness and has tested them."
NEARLY = "The trust remains fully compliant with the core standards for emergency preparedness and has now tested them."
OTHER = "The lift at the cottage hospital has been out of order for a month and nobody knows when."


def world(*texts: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """One sentence a meeting and text."""
    found = facts([Said(meeting, len(text.split()), "operations") for meeting, text in texts])
    found["sentences"] = found["sentences"].assign(text=pd.array([text for _, text in texts], dtype="string"))
    return found


@pytest.mark.parametrize(("text", "expected"), [(STANDING, [("s1", "s0", 1.0)]), (OTHER, [])])
def test_a_sentence_of_the_meeting_before_is_carried(text: str, expected: list[tuple[str, str, float]]) -> None:
    rows = measured("carried", world(("2024-07-25", STANDING), ("2024-09-26", text)), attention())
    assert rows[["sentence_id", "carried_from", "similarity"]].values.tolist() == [list(row) for row in expected]


def test_a_small_change_of_wording_still_counts_as_carried_and_the_overlap_is_told() -> None:
    rows = measured("carried", world(("2024-07-25", STANDING), ("2024-09-26", NEARLY)), replace(attention(), carried_overlap=0.6))
    assert rows["similarity"].round(2).tolist() == [0.69]


def test_a_sentence_of_eight_words_with_eight_runs_of_ten_in_common_is_carried() -> None:
    eight = "the trust meets core standards for emergency preparedness"
    assert len(measured("carried", world(("2024-07-25", eight), ("2024-09-26", eight)), attention())) == 1
    twelve = "one two three four five six seven eight nine ten eleven {}"
    rows = measured("carried", world(("2024-07-25", twelve.format("twelve")), ("2024-09-26", twelve.format("again"))), attention())
    assert rows["similarity"].tolist() == [0.8]


def test_only_the_meeting_before_is_compared() -> None:
    rows = measured("carried", world(("2024-07-25", STANDING), ("2024-09-26", OTHER), ("2024-11-28", STANDING)), attention())
    assert len(rows) == 0


@pytest.mark.parametrize("between", ["The Board noted the report.", ""])
def test_a_meeting_before_whose_papers_hold_nothing_to_repeat_is_not_passed_over(between: str) -> None:
    tables = world(("2024-07-25", STANDING), ("2024-09-26", between), ("2024-11-28", STANDING))
    tables["sentences"] = tables["sentences"][tables["sentences"]["text"] != ""].reset_index(drop=True)
    assert len(measured("carried", tables, attention())) == 0


def test_a_meeting_between_without_papers_of_the_type_is_passed_over() -> None:
    tables = world(("2024-07-25", STANDING), ("2024-09-26", OTHER), ("2024-11-28", STANDING))
    tables["documents"]["doc_type"] = pd.array(["minutes", "board paper", "minutes"], dtype="string")
    assert measured("carried", tables, attention())["from_meeting"].tolist() == ["2024-07-25"]


def test_short_sentences_recur_by_themselves_and_are_not_carried() -> None:
    noted = "The Board noted the report."
    assert len(measured("carried", world(("2024-07-25", noted), ("2024-09-26", noted)), attention())) == 0


def test_attention_is_given_without_carried_text_too() -> None:
    found = measured("attention", world(("2024-07-25", STANDING), ("2024-09-26", STANDING), ("2024-09-26", OTHER)), attention())
    totals = found[(found["unit"] == "sentences") & (found["level"] == "all") & (found["domain"] == "operations")].set_index("basis")[
        "total"
    ]
    assert totals.to_dict() == {"minutes": 3.0, "minutes, new text": 2.0, "all papers": 3.0}
