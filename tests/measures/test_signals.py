"""The table of signals: one row each, also where nothing was found."""

import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table
from wellled_nlp.codebook import load_signals


def signals(*hits: tuple[str, str, str, str]) -> pd.DataFrame:
    world = facts([Said(f"2024-0{n + 1}-25", words, "quality") for n, words in enumerate((12, 30, 3))])
    world["signal_hits"] = table.of("signal_hits", hits)
    return measured("signals", world, attention()).set_index("signal")


def test_every_signal_has_a_row_and_what_was_not_found_says_so() -> None:
    found = signals()
    assert list(found.index) == [one.id for one in load_signals()]
    assert set(found["status"]) == {"not found"} and found["sentence_id"].isna().all() and found["hits"].eq(0).all()


def test_what_is_present_once_is_present_and_counted_with_its_meetings() -> None:
    found = signals(
        ("s0", "winter-plan", "planned", "winter plan"),
        ("s1", "winter-plan", "present", "winter plan"),
        ("s2", "winter-plan", "present", "title: Winter plan"),
    ).loc["winter-plan"]
    assert (found["status"], found["hits"], found["documents"], found["meetings"]) == ("present", 2, 2, 2)
    assert (found["first_seen"], found["last_seen"]) == ("2024-02-25", "2024-03-25")
    assert found["sentence_id"] == "s1"  # it names the plan, where the later one only stands under its heading


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("planned",), "planned"),
        (("planned", "absent said"), "absent said"),
        (("absent said", "present"), "present"),
        (("planned", "present"), "present"),
        (("planned", "absent said", "present"), "present"),
    ],
)
def test_what_is_there_outweighs_what_is_said_to_be_missing_and_this_what_is_planned(given: tuple[str, ...], expected: str) -> None:
    found = signals(*((f"s{n}", "green-plan", status, "green plan") for n, status in enumerate(given)))
    assert found.loc["green-plan", ["status", "hits", "sentence_id"]].tolist() == [expected, 1, f"s{given.index(expected)}"]
