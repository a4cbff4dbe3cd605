"""Gaps: by hand on a few sentences, and the eight that were planted in the sample year."""

import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.measures import subjects, wording

GOLD = tomllib.loads((Path(__file__).parents[2] / "corpora" / "samples" / "source" / "gold.toml").read_text(encoding="utf-8"))
# What the writers called the answer, and the status that the measure gives to it. G4 has an action that was never done.
PLANTED = {
    "G1": "improvement",
    "G2": "improvement",
    "G3": "monitored only",
    "G4": "action only",
    "G5": "improvement",
    "G6": "monitored only",
    "G7": "improvement",
    "G8": "unanswered",
}
GAP = "Internal audit gave limited assurance on medicines reconciliation in surgery."
FILLER = ("The canteen opened on Sundays.", "Parking permits were issued.", "Cash was steady.", "Windows were cleaned.")


def found(said: Sequence[tuple[str, str, str, str]]) -> pd.DataFrame:
    """The measure on sentences given as (meeting, text, language, act), with others about nothing of the sort beside them."""
    whole = [*said, *((said[0][0], text, "neither", "report") for text in FILLER)]
    tables = facts([Said(day, 9, "quality", language, act, item=n) for n, (day, _, language, act) in enumerate(whole)])
    tables["sentences"]["text"] = pd.array([text for _, text, _, _ in whole], dtype="string")
    return measured("gaps", tables, attention())


def pairs(frame: pd.DataFrame) -> list[tuple[str, str, str | None]]:
    return [(row.sentence_id, row.status, None if pd.isna(row.reply) else row.reply) for row in frame.itertuples()]


def test_a_gap_that_nobody_speaks_of_again_is_unanswered() -> None:
    assert pairs(found([("2024-07-25", GAP, "assurance", "report")])) == [("s0", "unanswered", None)]


def test_a_change_tried_on_the_same_subject_answers_and_one_on_another_does_not() -> None:
    same = ("2024-09-26", "Small tests of change on medicines reconciliation in surgery had begun.", "improvement", "report")
    other = ("2024-09-26", "Small tests of change on hip fractures had begun.", "improvement", "report")
    assert pairs(found([("2024-07-25", GAP, "assurance", "report"), same, other])) == [("s0", "improvement", "improvement")]


def test_an_action_alone_and_a_figure_alone_are_told_apart() -> None:
    action = ("2024-09-26", "ACTION: IS to report on medicines reconciliation in surgery.", "neither", "action")
    figure = ("2024-11-28", "Medicines reconciliation in surgery was at 60 %.", "assurance", "report")
    gap = ("2024-07-25", GAP, "assurance", "report")
    assert pairs(found([gap, figure])) == [("s0", "monitored only", "monitored only")]
    assert pairs(found([gap, action, figure])) == [("s0", "action only", "action only"), ("s0", "action only", "monitored only")]


def test_the_same_gap_stated_again_is_one_gap() -> None:
    again = ("2024-09-26", "There was still limited assurance on medicines reconciliation in surgery.", "assurance", "report")
    frame = found([("2024-07-25", GAP, "assurance", "report"), again])
    assert pairs(frame) == [("s0", "monitored only", "restated")]
    assert frame["restated"].tolist() == [1]


OTHER = "Letters to families about complaints were overdue."


def paragraph(*texts: str) -> list[tuple[str, str | None]]:
    """(first statement, statement said again or None) of each gap in one paragraph of one item."""
    frame = measured("gaps", facts([Said("2024-07-25", 9, "quality", "assurance", text=text) for text in texts]), attention())
    return [(row.sentence_id, None if pd.isna(row.reply_id) else row.reply_id) for row in frame.itertuples()]


def test_a_gap_on_another_subject_in_the_same_paragraph_is_a_gap_of_its_own() -> None:
    assert paragraph(GAP, OTHER) == [("s0", None), ("s1", None)]


def test_what_points_back_in_its_paragraph_is_the_gap_before_it_again() -> None:
    assert paragraph(GAP, "The shortfall was greatest among paediatric nurses.") == [("s0", "s1")]
    assert paragraph("The shortfall was greatest among paediatric nurses.") == [("s0", None)]


def test_what_has_no_subject_goes_on_with_the_gap_that_was_stated_last() -> None:
    assert paragraph(GAP, OTHER, "It was overdue.") == [("s0", None), ("s1", "s2")]
    assert paragraph(GAP, OTHER, GAP, "It was overdue.") == [("s1", None), ("s0", "s2"), ("s0", "s3")]


@pytest.mark.parametrize(("between", "goes_on"), [(2, True), (3, False)])
def test_a_paragraph_goes_on_with_a_gap_for_three_sentences(between: int, goes_on: bool) -> None:
    assert paragraph(GAP, *FILLER[:between], "It was overdue.") == [("s0", f"s{between + 1}" if goes_on else None)]


def test_unanswered_gaps_come_first() -> None:
    answered = ("2024-07-25", "Complaints answered in time were below target.", "assurance", "report")
    reply = ("2024-09-26", "A weekly huddle on complaints answered in time was launched.", "improvement", "report")
    assert [status for _, status, _ in pairs(found([answered, ("2024-07-25", GAP, "assurance", "report"), reply]))] == [
        "unanswered",
        "improvement",
    ]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Mandatory training in safeguarding stood at 71 % against a requirement of 90 %.", True),
        ("Mandatory training in safeguarding stood at 92 % against a minimum of 90 %.", False),
        ("Mandatory training in safeguarding stood at 90 % against a minimum of 90 %.", False),
        ("The nursing vacancy rate was 9.8 % against a ceiling of 8 %.", True),
        ("The nursing vacancy rate was 7.9 % against a ceiling of 8 %.", False),
        ("There were no matters of non-compliance to escalate on fire doors.", False),
        ("The Board noted the limited assurance.", False),
    ],
)
def test_what_is_a_gap(text: str, gap: bool) -> None:
    assert len(found([("2024-07-25", text, "assurance", "report")])) == int(gap)


@pytest.mark.parametrize(
    ("text", "act", "gap"),
    [
        ("The library ward was overspent by 4K for the month on agency porters.", "report", True),
        ("PU asked why the library ward was overspent by 4K on agency porters.", "challenge", False),
        ("Porters were paid under budget by the library ward.", "report", False),
        ("Fees of the library ward were under budget for porters.", "report", True),
        ("Reserves are held to cover redundancy and any overspend of the library ward.", "report", False),
        ("Complaints letters from families were below target.", "report", False),
    ],
)
def test_some_words_tell_of_a_gap_whatever_the_language_of_the_sentence(text: str, act: str, gap: bool) -> None:
    assert len(found([("2024-07-25", text, "neither", act)])) == int(gap)


def test_papers_without_a_gap_or_a_date_give_no_row() -> None:
    assert len(measured("gaps", facts([]), attention())) == 0
    assert len(measured("gaps", facts([Said(None, 9, "quality", "assurance")]), attention())) == 0


def test_a_pattern_that_does_not_stand_in_the_text_is_said() -> None:
    with pytest.raises(ValueError, match="does not stand in"):
        wording.numbers("nothing", r"(?P<value>\d+)")


def test_rare_words_count_more_for_a_subject_than_words_that_stand_everywhere() -> None:
    """Of two texts: ln(4 / 3) + 1 for the word of both, ln(4 / 2) + 1 for that of one."""
    texts = pd.DataFrame({"item_id": ["a", "b"], "text": ["Medicines in surgery", "Medicines"]})
    likeness, shared = subjects.Subjects(texts, "gap").likeness(np.array([0]), np.array([1]), around=False)
    both, one = math.log(4 / 3) + 1, math.log(4 / 2) + 1
    assert likeness.toarray()[0, 0] == pytest.approx(both / math.hypot(both, one))
    assert shared.toarray()[0, 0] == 1


def test_a_paragraph_begins_with_its_number_or_its_item() -> None:
    frame = pd.DataFrame({"item_id": ["a", "a", "a", "b"], "text": ["One.", "60.1 Two.", "Three.", "Four."]})
    assert subjects.starts(frame).tolist() == [0, 1, 1, 3]


@pytest.fixture(scope="module")
def listed(scanned: Path) -> pd.DataFrame:
    """Each gap of the sample year with its status and all statements of it."""
    tables = scanned / "tables"
    return duckdb.sql(
        f"SELECT DISTINCT g.sentence_id AS gap, g.status, s.text "
        f"FROM '{tables}/measures/gaps.parquet' g JOIN '{tables}/sentences.parquet' s "
        "ON s.sentence_id = g.sentence_id OR (g.reply = 'restated' AND s.sentence_id = g.reply_id)"
    ).df()


@pytest.mark.parametrize("planted", GOLD["gap"], ids=lambda gap: gap["id"])
def test_every_planted_gap_is_found_with_its_status(listed: pd.DataFrame, planted: dict[str, Any]) -> None:
    held = listed[listed["text"].str.contains(planted["start"], regex=False)]
    assert held["status"].tolist() == [PLANTED[planted["id"]]]
    assert (PLANTED[planted["id"]] == "improvement") == (planted["answer"] == "improvement")


def test_the_complaints_figure_of_three_meetings_is_one_gap(listed: pd.DataFrame) -> None:
    held = listed[listed["text"].str.contains("within 40 working days")]
    assert (len(held), held["gap"].nunique()) == (3, 1)
