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


def test_only_the_meeting_before_is_compared() -> None:
    rows = measured("carried", world(("2024-07-25", STANDING), ("2024-09-26", OTHER), ("2024-11-28", STANDING)), attention())
    assert len(rows) == 0


def test_short_sentences_recur_by_themselves_and_are_not_carried() -> None:
    noted = "The Board noted the report."
    assert len(measured("carried", world(("2024-07-25", noted), ("2024-09-26", noted)), attention())) == 0


def test_attention_is_given_without_carried_text_too() -> None:
    found = measured("attention", world(("2024-07-25", STANDING), ("2024-09-26", STANDING), ("2024-09-26", OTHER)), attention())
    totals = found[(found["unit"] == "sentences") & (found["level"] == "all") & (found["domain"] == "operations")].set_index("basis")[
        "total"
    ]
    assert totals.to_dict() == {"minutes": 3.0, "minutes, new text": 2.0, "all papers": 3.0}
