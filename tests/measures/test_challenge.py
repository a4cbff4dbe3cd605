"""Challenge: by hand, and against the twenty that were planted in the sample year."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured

GOLD = tomllib.loads((Path(__file__).parents[2] / "corpora" / "samples" / "source" / "gold.toml").read_text(encoding="utf-8"))
ASKED, ANSWER = "PU asked how the forecast could still be on plan.", "MD replied that it could not."


def found(said: Sequence[tuple[str, str]], title: str = "Finance") -> pd.DataFrame:
    """The measure on one item of these (text, act)."""
    tables = facts([Said("2024-07-25", 9, "finance", "assurance", act, prompts=("W5.2",)) for _, act in said])
    tables["sentences"]["text"] = pd.array([text for text, _ in said], dtype="string")
    tables["items"]["title"] = pd.array([title], dtype="string")
    return measured("challenge", tables, attention())


def test_consecutive_sentences_of_challenge_are_one() -> None:
    rows = found([(ASKED, "challenge"), ("It had grown each month.", "challenge"), (ANSWER, "report"), (ASKED, "challenge")])
    assert rows[["sentence_id", "sentences", "answered"]].to_numpy().tolist() == [["s0", 2, True], ["s3", 1, False]]
    assert rows["themes"].tolist() == ["W5", "W5"]


def test_a_reply_that_was_labelled_as_challenge_is_a_reply() -> None:
    rows = found([(ASKED, "challenge"), (ANSWER, "challenge")])
    assert rows[["sentences", "answered"]].to_numpy().tolist() == [[1, True]]


@pytest.mark.parametrize(
    ("act", "answered"), [("report", True), ("noting", True), ("challenge", True), ("action", False), ("decision", False)]
)
def test_an_answer_is_told_noted_or_taken_for_a_challenge_and_no_action_or_decision(act: str, answered: bool) -> None:
    assert found([(ASKED, "challenge"), ("It was so.", "report"), (ANSWER, act)])["answered"].tolist() == [answered]


def test_what_the_asker_goes_on_to_say_is_no_answer_and_what_another_goes_on_to_say_is() -> None:
    assert found([(ASKED, "challenge"), ("She said that it had grown.", "report")])["answered"].tolist() == [False]
    answer = [(ASKED, "challenge"), ("MD spoke.", "report"), ("She said that it had grown.", "report")]
    assert found(answer)["answered"].tolist() == [True]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("SM was disappointed that the figures were late.", 1),
        ("HB would like to see a plan for it.", 1),
        ("Recommend to the executive, recognising the widely expressed concerns, that it waits.", 0),
    ],
)
def test_what_opens_a_challenge(text: str, asked: int) -> None:
    assert len(found([(text, "challenge")])) == asked


def test_action_and_decision_count_for_the_challenge_before_them() -> None:
    rows = found([(ASKED, "challenge"), ("ACTION: MD", "action"), (ASKED, "challenge"), (ANSWER, "report"), ("RESOLVED", "decision")])
    assert rows[["answered", "action", "decision"]].to_numpy().tolist() == [[False, True, False], [True, False, True]]


def test_questions_of_the_public_and_rows_of_tables_are_not_challenges_of_members() -> None:
    assert len(found([(ASKED, "challenge")], "Questions from the public")) == 0
    assert len(found([("Asked how | it went", "challenge")])) == 0


def test_something_asked_elsewhere_opens_nothing() -> None:
    assert len(found([("The Committee had asked how the plan would be met.", "challenge")])) == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SM asked what had been learned from the two wards that did not improve.", "lesson-seeking"),
        ("LA questioned what other options there were.", "options"),
        ("HB asked whether this fitted the strategy.", "strategy-seeking"),
        ("YC commended the team and asked how members could help.", "supportive"),
        ("PU asked for a further report.", "further-work"),
        ("PU asked why.", "diagnostic"),
        ("Concern was expressed.", "untyped"),
    ],
)
def test_a_type_is_given_by_its_cue(text: str, kind: str) -> None:
    assert found([(text, "challenge")])["type"].tolist() == [kind]


def test_no_papers_give_no_challenge() -> None:
    assert len(measured("challenge", facts([]), attention())) == 0


@pytest.fixture(scope="module")
def matched(scanned: Path) -> tuple[pd.DataFrame, int]:
    """Found and planted challenges side by side, and how many were found in all."""
    tables = scanned / "tables"
    rows = duckdb.sql(
        f"SELECT c.*, s.text FROM '{tables}/measures/challenge.parquet' c JOIN '{tables}/sentences.parquet' s USING (sentence_id)"
    ).df()
    pairs = [
        {"start": one["start"], "found": row, "planted": one}
        for meeting in GOLD["meeting"]
        for one in meeting.get("challenge", [])
        for _, row in rows[rows["text"].str.contains(one["start"], regex=False)].iterrows()
    ]
    return pd.DataFrame(pairs), len(rows)


def test_at_least_sixteen_of_twenty_are_found_with_at_most_four_besides(matched: tuple[pd.DataFrame, int]) -> None:
    pairs, total = matched
    assert sum(len(meeting.get("challenge", [])) for meeting in GOLD["meeting"]) == 20
    assert len(pairs) >= 16
    assert total - len(pairs) <= 4


@pytest.mark.parametrize(
    ("ours", "theirs"), [("type", "type"), ("answered", "answered"), ("action", "position_action"), ("decision", "position_decision")]
)
def test_what_is_found_agrees_with_what_was_planted_in_nine_of_ten(matched: tuple[pd.DataFrame, int], ours: str, theirs: str) -> None:
    pairs, _ = matched
    names = {"asking for further work": "further-work"}
    same = [pair.found[ours] == names.get(pair.planted[theirs], pair.planted[theirs]) for pair in pairs.itertuples()]
    assert sum(same) >= 0.9 * len(same)


def test_the_unanswered_challenge_on_corridor_care_is_unanswered(matched: tuple[pd.DataFrame, int]) -> None:
    pairs, _ = matched
    held = [pair.found["answered"] for pair in pairs.itertuples() if pair.start.startswith("SM asked what was known about the harm")]
    assert held == [False]
