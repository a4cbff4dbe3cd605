"""Risks followed from meeting to meeting."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import output, table
from wellled_nlp.measures import risk_history
from wellled_nlp.measures.facts import labelled

GOLD = Path(__file__).parents[2] / "corpora" / "samples" / "source" / "gold.toml"
Printed = tuple[str, str, str, int | None, str]  # meeting, reference, title, score, actions


def history(*printed: Printed, said: tuple[tuple[str, str, str], ...] = ()) -> pd.DataFrame:
    """The table for risks printed at these meetings, and sentences said there (meeting, language, text), all in minutes."""
    days = sorted({one[0] for one in (*printed, *said)})
    known = facts([])
    documents = [(f"d{n}", f"d{n}.pdf", "0" * 64, "pdf", "Trust", "minutes", day, 1, 1, 0, 0, 1, True, None) for n, day in enumerate(days)]
    ids = {row[6]: row[0] for row in documents}
    risks = [
        (f"r{n}", ids[day], "i", 1, "baf", ref, title, None, None, score, None, None, None, "", actions, "", "table")
        for n, (day, ref, title, score, actions) in enumerate(printed)
    ]
    sentences = [(f"s{n}", ids[day], f"{ids[day]}-i", 1, *[None] * 4, n, "", "", text, 9) for n, (day, _, text) in enumerate(said)]
    codes = [("domain", "quality"), ("act", "report")]
    labels = [
        (f"s{n}", facet, code, "model", 1.0, True) for n, (_, own, _) in enumerate(said) for facet, code in [*codes, ("language", own)]
    ]
    built = {"documents": documents, "risks": risks, "sentences": sentences, "labels": labels}
    return risk_history.measure(labelled({**known, **{name: table.of(name, rows) for name, rows in built.items()}}), attention())


def column(frame: pd.DataFrame, name: str) -> list[object]:
    return [None if pd.isna(value) else value for value in frame[name]]


def test_a_risk_is_followed_by_its_reference_however_it_is_spelled() -> None:
    found = history(("2024-07-25", "BAF1", "Workforce", 16, ""), ("2024-09-26", "BAF 1", "workforce", 16, ""))
    assert column(found, "risk") == ["r0", "r0"]
    assert column(found, "matched") == ["first", "by reference"]
    assert column(found, "meetings") == [2, 2]


def test_a_risk_with_a_new_reference_is_known_by_its_title() -> None:
    found = history(
        ("2024-07-25", "BAF1", "Failing estate and boilers", 16, ""), ("2024-09-26", "SR4", "Failing estate and boilers", 16, "")
    )
    assert column(found, "matched") == ["first", "by title"]


def test_a_reference_that_is_given_to_another_risk_begins_a_new_history() -> None:
    found = history(("2024-07-25", "BAF1", "Failing estate", 16, ""), ("2024-09-26", "BAF1", "Cyber attack", 16, ""))
    assert column(found, "matched") == ["first", "first"]


def test_months_at_fifteen_or_more_run_until_the_score_falls_below() -> None:
    meetings = (("2024-01-25", 12), ("2024-03-25", 15), ("2024-05-25", 20), ("2024-07-25", 16), ("2024-09-25", 10), ("2024-11-25", 16))
    found = history(*((day, "BAF1", "Workforce", score, "") for day, score in meetings))
    assert column(found, "change") == ["first", "up", "up", "down", "down", "up"]
    assert column(found, "high_months") == [None, 0, 2, 4, None, 0]
    assert column(found, "unmoved_months") == [0, 0, 0, 0, 0, 0]


def test_a_paper_without_the_score_neither_begins_nor_ends_the_months() -> None:
    meetings = (
        ("2024-01-25", None),
        ("2024-03-25", 16),
        ("2024-05-25", None),
        ("2024-07-25", 16),
        ("2024-09-25", 12),
        ("2024-11-25", None),
    )
    found = history(*((day, "BAF1", "Workforce", score, "") for day, score in meetings))
    assert column(found, "change") == ["not said", "first", "not said", "same", "down", "not said"]
    assert column(found, "high_months") == [None, 0, None, 4, None, None]
    assert column(found, "unmoved_months") == [None, 0, None, 4, 0, None]


def test_a_high_risk_with_the_same_score_and_actions_for_half_a_year_never_moves() -> None:
    actions = (
        "International recruitment of nurses and the weekly establishment panel.",
        "The actions for BAF1 were again recruitment of nurses, international, and the weekly establishment panel.",
        "International recruitment of nurses; weekly establishment panel.",
    )
    days = ("2024-07-25", "2024-10-25", "2025-01-25")
    found = history(*((day, "BAF1", "Workforce", 16, text) for day, text in zip(days, actions, strict=True)))
    assert column(found, "actions") == ["first", "unchanged", "unchanged"]
    assert column(found, "actions_months") == [0, 3, 6]
    assert column(found, "standing") == ["high", "high", "high, nothing changes"]


def test_changed_actions_are_told_from_unchanged_ones_and_from_silence() -> None:
    found = history(
        ("2024-07-25", "BAF1", "Workforce", 16, "International recruitment of nurses."),
        ("2024-09-25", "BAF1", "Workforce", 16, ""),
        ("2025-01-25", "BAF1", "Workforce", 16, "Self-rostering on six wards, with staff side."),
    )
    assert column(found, "actions") == ["first", "not said", "changed"]
    assert column(found, "standing")[-1] == "high, score unmoved"


def test_months_of_the_same_actions_end_where_they_were_last_printed() -> None:
    found = history(("2024-07-25", "BAF1", "Workforce", 16, "International recruitment."), ("2025-01-25", "BAF1", "Workforce", 16, ""))
    assert column(found, "actions_months") == [0, 0]


def test_a_sentence_on_improvement_answers_a_risk_that_it_names_or_shares_a_subject_with() -> None:
    said = (
        ("2024-09-25", "improvement", "The discharge lounge had been redesigned so that medicines wait for patients."),
        ("2024-11-25", "neither", "BAF2 fell in the light of the collaborative on wards."),
        ("2024-11-25", "improvement", "The kitchen had tried a new menu."),
    )
    days = ("2024-07-25", "2024-09-25", "2024-11-25")
    found = history(*((day, "BAF2", "Late discharge without medicines", 16, "") for day in days), said=said)
    assert column(found, "answer_id") == [None, "s0", "s1"]
    assert column(found, "answer_similarity")[2] == 1.0


def test_the_minutes_score_counts_before_that_of_another_paper_of_the_day() -> None:
    tables = facts([Said("2024-07-25", 9, "quality", doc_type=kind) for kind in ("board paper", "minutes")])
    risks = [(f"r{n}", f"d{n}", "i", 1, "baf", "BAF1", "Workforce", None, None, n, None, None, None, "", "", "", "table") for n in (0, 1)]
    assert tables["documents"]["doc_type"].tolist() == ["board paper", "minutes"]
    found = measured("risk_history", {**tables, "risks": table.of("risks", risks)}, attention())
    assert column(found, "score") == [1]


def test_a_risk_without_a_score_is_followed_and_never_called_high() -> None:
    found = history(("2024-07-25", "CRR0003", "Growth", None, ""), ("2024-09-25", "CRR0003", "Growth", None, ""))
    assert column(found, "standing") == ["no score", "no score"]
    assert column(found, "change") == ["not said", "not said"]


def test_two_rows_of_one_register_with_one_title_and_no_reference_are_two_risks() -> None:
    found = history(("2024-07-25", "", "Market", 16, ""), ("2024-07-25", "", "Market", 20, ""))
    assert column(found, "risk") == ["r0", "r1"]


@given(st.lists(st.sampled_from([None, 4, 12, 15, 16, 20, 25]), min_size=1, max_size=6))
def test_every_risk_printed_has_one_row_and_high_months_only_from_fifteen_on(scores: list[int | None]) -> None:
    found = history(*((f"2024-{month:02d}-15", "BAF1", "Workforce", score, "") for month, score in enumerate(scores, 1)))
    assert column(found, "score") == scores
    assert [months is not None for months in column(found, "high_months")] == [score is not None and score >= 15 for score in scores]


def test_the_planted_scores_of_the_sample_year_are_followed_and_the_one_that_never_moves_is_found(scanned: Path) -> None:
    planted = {
        (one["date"].isoformat(), risk["ref"]): risk["score"]
        for one in tomllib.loads(GOLD.read_text(encoding="utf-8"))["meeting"]
        for risk in one["baf"]
    }
    found = output.load(scanned).measures["risk_history"]
    framework = found[found["kind"] == "baf"]
    assert dict(zip(zip(framework["meeting_date"], framework["ref"], strict=True), framework["score"], strict=True)) == planted
    last = framework.drop_duplicates("risk", keep="last").set_index("ref")
    assert last["standing"].to_dict() == {
        "BAF1": "high, nothing changes",
        "BAF2": "high, score unmoved",
        "BAF3": "high",
        "BAF4": "high, score unmoved",
        "BAF5": "high, score unmoved",
        "BAF6": "below 15",
    }
    assert last.loc["BAF1", ["high_months", "unmoved_months", "actions_months"]].tolist() == [10, 10, 10]
    assert sorted(framework.loc[framework["answer_id"].notna(), "ref"].unique()) == ["BAF3", "BAF6"]


@pytest.mark.parametrize("name", ["risks", "risk_history"])
def test_tables_of_risks_are_there_without_any_risk(name: str) -> None:
    known = facts([])
    assert len(known["risks"] if name == "risks" else risk_history.measure(labelled(known), attention())) == 0
