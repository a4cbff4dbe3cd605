"""Actions followed through the logs: by hand, and the twenty-one of the sample year as their writers listed them."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table

GOLD = tomllib.loads((Path(__file__).parents[2] / "corpora" / "samples" / "source" / "gold.toml").read_text(encoding="utf-8"))
MEETINGS = ("2024-07-25", "2024-09-26", "2024-11-28")


def found(logs: Sequence[tuple[int, str, str, str, str]]) -> list[tuple[object, ...]]:
    """(action, meeting, state, matched, left_open) of log rows given as (meeting number, ref, text, owner, status)."""
    tables = facts([Said(day, 9, "quality") for day in MEETINGS])
    rows = [(f"a{n}", f"d{at}", f"d{at}-i0", 1, text, owner, "May", status) for n, (at, _, text, owner, status) in enumerate(logs)]
    tables["action_refs"] = table.of("action_refs", [(f"a{n}", log[1]) for n, log in enumerate(logs) if log[1]])
    tables["actions"] = table.of("actions", rows)
    frame = measured("action_history", tables, attention())
    return [(r.action, r.meeting_date, r.state, r.matched, r.left_open) for r in frame.itertuples()]


def test_an_action_is_followed_by_its_reference() -> None:
    rows = found(
        [
            (0, "A1", "Falls deep dive", "NP", "New"),
            (1, "A1", "Deep dive", "NP", "Overdue, carried forward"),
            (2, "A1", "Dive", "NP", "Closed"),
        ]
    )
    assert [row[2:4] for row in rows] == [("new", "first"), ("overdue", "by reference"), ("closed", "by reference")]
    assert {row[0] for row in rows} == {"a0"}
    assert not any(row[4] for row in rows)


def test_without_a_reference_it_is_followed_by_its_words_and_owner() -> None:
    rows = found(
        [
            (0, "", "Timetable for outstanding mortality reviews", "IS", "Open"),
            (1, "", "Timetable for the outstanding mortality reviews", "IS", "Deferred to May"),
            (1, "", "Timetable for the outstanding mortality reviews", "NP", "Open"),
        ]
    )
    assert rows == [
        ("a0", "2024-07-25", "open", "first", True),
        ("a0", "2024-09-26", "carried over", "by text", True),
        ("a2", "2024-09-26", "open", "first", True),
    ]


def test_three_words_of_five_in_common_are_enough() -> None:
    rows = found([(0, "", "Falls dive report now", "IS", "Open"), (1, "", "Falls dive report soon", "IS", "Open")])
    assert [row[3] for row in rows] == ["first", "by text"]


def test_actions_of_two_organisations_are_two_though_their_references_are_one() -> None:
    tables = facts([Said(day, 9, "quality") for day in MEETINGS[:2]])
    tables["documents"]["organisation"] = pd.array(["Trust", "Other Trust"], dtype="string")
    tables["actions"] = table.of("actions", [(f"a{n}", f"d{n}", f"d{n}-i0", 1, "Falls", "NP", "May", "Open") for n in range(2)])
    tables["action_refs"] = table.of("action_refs", [("a0", "A1"), ("a1", "A1")])
    assert measured("action_history", tables, attention())["action"].tolist() == ["a0", "a1"]


def test_a_reference_that_comes_after_the_first_log_is_learned() -> None:
    text = "Timetable for outstanding mortality reviews"
    rows = found([(0, "", text, "IS", "Open"), (1, "A7", text, "IS", "Open"), (2, "A7", "Mortality reviews", "IS", "Closed")])
    assert rows == [
        ("a0", "2024-07-25", "open", "first", False),
        ("a0", "2024-09-26", "open", "by text", False),
        ("a0", "2024-11-28", "closed", "by reference", False),
    ]


def test_a_reference_that_only_the_second_log_of_a_meeting_prints_is_learned() -> None:
    text = "Timetable for outstanding mortality reviews"
    rows = found([(0, "", text, "IS", "Open"), (0, "A7", text, "IS", "Open"), (1, "A7", "Mortality reviews", "IS", "Closed")])
    assert [row[:4] for row in rows] == [("a0", "2024-07-25", "open", "first"), ("a0", "2024-09-26", "closed", "by reference")]


def test_a_closed_action_is_not_opened_again_by_its_words() -> None:
    rows = found([(0, "", "Winter plan to the Board", "RT", "Closed"), (1, "", "Winter plan to the Board", "RT", "New")])
    assert [row[0] for row in rows] == ["a0", "a1"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Complete", "closed"),
        ("Not yet complete", "open"),
        ("Closed (was overdue)", "closed"),
        ("Extended", "carried over"),
        ("In progress", "open"),
        ("Awaiting the auditor's reply", "new"),
    ],
)
def test_a_printed_status_is_read(status: str, state: str) -> None:
    assert found([(0, "A1", "Falls deep dive", "NP", status)])[0][2] == state


def test_a_status_that_says_nothing_known_is_not_guessed() -> None:
    rows = found([(0, "A1", "Falls deep dive", "NP", "New"), (1, "A1", "Falls deep dive", "NP", "Awaiting the auditor's reply")])
    assert [row[2] for row in rows] == ["new", "not said"]


def test_tasks_without_a_log_are_not_followed() -> None:
    assert found([(0, "", "Bring a report", "NP", "")]) == []


@pytest.fixture(scope="module")
def followed(scanned: Path) -> pd.DataFrame:
    return duckdb.sql(f"SELECT * FROM '{scanned}/tables/measures/action_history.parquet'").df()


@pytest.mark.parametrize("planted", GOLD["action_history"], ids=lambda action: action["ref"])
def test_every_planted_action_has_the_history_that_was_planted(followed: pd.DataFrame, planted: dict[str, Any]) -> None:
    held = followed[followed["ref"] == planted["ref"]]
    assert list(zip(held["meeting_date"], held["status"], strict=True)) == [
        (s["meeting"].isoformat(), s["status"]) for s in planted["status"]
    ]
    assert held["action"].nunique() == 1


@pytest.mark.parametrize(
    ("ref", "states", "left_open"),
    [
        ("A24-11", ["new", "closed"], False),
        ("A24-14", ["new", "overdue", "overdue", "overdue", "overdue"], True),
        ("A24-17", ["new", "overdue", "overdue", "overdue"], True),
        ("A24-12", ["new", "open", "carried over", "closed"], False),
    ],
)
def test_states_of_the_actions_that_the_story_turns_on(followed: pd.DataFrame, ref: str, states: list[str], left_open: bool) -> None:
    held = followed[followed["ref"] == ref]
    assert held["state"].tolist() == states
    assert set(held["left_open"]) == {left_open}
