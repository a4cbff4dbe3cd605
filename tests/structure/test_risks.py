"""Risks read from tables, pages with one risk each, and sentences."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import block, row
from wellled_nlp import pipeline
from wellled_nlp.document import Block, Item, Risk
from wellled_nlp.structure import scores
from wellled_nlp.structure.risks import find_risks
from wellled_nlp.structure.scores import Score

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"


def risks(*blocks: Block, title: str = "Corporate risk register", number: str = "", kind: str = "risk register") -> tuple[Risk, ...]:
    return find_risks([Item("i", 0, number, title, kind, blocks, 1, 1)], ["Pack"])


def table(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[Block]:
    return [row(*header, header=header), *(row(*cells, header=header) for cells in rows)]


def read(path: Path) -> tuple[Risk, ...]:
    return pipeline.read_one(path).risks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4x5=20", Score(4, 5, 20)),
        ("4 x 5 = 20", Score(4, 5, 20)),
        ("20 (4×5)", Score(4, 5, 20)),
        ("L4 x C5", Score(4, 5, 20)),
        ("L4 C5", Score(4, 5, 20)),
        ("4 (L) x 5 (C)", Score(4, 5, 20)),
        ("being likelihood 4 and consequence 5", Score(4, 5, 20)),
        ("16 High", Score(None, None, 16)),
        ("Red (25)", Score(None, None, 25)),
        ("17", None),
        ("None", None),
        ("12 of 31", None),
    ],
)
def test_scores_are_read_in_the_forms_in_which_trusts_print_them(text: str, expected: Score | None) -> None:
    assert scores.read(text) == expected


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_score_is_likelihood_times_impact_whichever_way_it_is_printed(likelihood: int, impact: int) -> None:
    expected = Score(likelihood, impact, likelihood * impact)
    assert scores.read(f"{likelihood} x {impact}") == expected
    assert scores.read(f"{likelihood}×{impact}={likelihood * impact}") == expected
    assert scores.read(f"{impact} x {likelihood}", impact_first=True) == expected


def test_a_register_with_a_column_for_each_factor() -> None:
    header = ("Risk ID", "Risk description", "Likelihood", "Consequence", "Rating", "Target rating", "Risk owner", "Mitigating actions")
    cells = ("2214", "Tower block roof", "4", "4", "16", "8", "Director of Estates", "Temporary membrane")
    (found,) = risks(*table(header, cells))
    assert (found.kind, found.ref, found.title, found.likelihood, found.impact, found.score) == (
        "register",
        "2214",
        "Tower block roof",
        4,
        4,
        16,
    )
    assert (found.target_score, found.owner, found.actions, found.source) == (8, "Director of Estates", "Temporary membrane", "table")


def test_likelihood_and_impact_in_words_have_the_numbers_of_the_published_matrix() -> None:
    header = ("Ref", "Risk title", "Likelihood", "Impact")
    (found,) = risks(*table(header, ("R7", "Loss of power", "Almost certain", "Major")))
    assert (found.likelihood, found.impact, found.score) == (5, 4, 20)


def test_a_description_under_consequence_is_no_impact_and_no_score_is_made_up() -> None:
    header = ("Directorate", "Risk Title", "Risk Event", "Consequence", "Current Likelihood (1-5)")
    (found,) = risks(*table(header, ("ALL", "Savings", "Plans slip", "A significant overspend, and further calls on the reserves", "4")))
    assert (found.title, found.likelihood, found.impact, found.score, found.level) == ("Savings", 4, None, None, "")


def test_headings_in_two_rows_give_each_phase_its_scores() -> None:
    header = ("Ref", "Principal risk", "Initial", "", "", "Current", "", "", "Target", "", "")
    below = ("", "", "L", "C", "Score", "L", "C", "Score", "L", "C", "Score")
    cells = ("BAF 1", "Workforce", "5", "4", "20", "4", "4", "16", "2", "4", "8")
    (found,) = risks(row(*header, header=header), row(*below, header=header), row(*cells, header=header))
    assert (found.kind, found.likelihood, found.impact) == ("baf", 4, 4)
    assert (found.initial_score, found.score, found.target_score) == (20, 16, 8)


def test_quarters_are_read_from_the_right_and_the_last_is_the_score() -> None:
    header = ("Ref", "Principal risk", "Lead", "Q1", "Q2", "Q3", "Target")
    (found,) = risks(*table(header, ("BAF2", "Money", "CFO", "12", "16", "20", "8")))
    assert (found.previous_score, found.score, found.target_score, found.owner) == (16, 20, 8, "CFO")


def test_a_date_of_review_is_no_score() -> None:
    header = ("ID", "Risk", "Score", "Next review")
    (found,) = risks(*table(header, ("3114", "Crowding", "20", "12 March 2025")))
    assert (found.score, found.previous_score) == (20, None)


def test_a_column_of_changes_says_the_score_before() -> None:
    (found,) = risks(*table(("ID", "Risk", "Score", "Trend"), ("3114", "Crowding", "20", "Up from 16")))
    assert (found.previous_score, found.score) == (16, 20)


def test_impact_by_likelihood_is_read_in_the_order_of_its_heading() -> None:
    (found,) = risks(*table(("ID", "Risk", "Impact x likelihood"), ("7", "Power", "5 x 3")))
    assert (found.likelihood, found.impact, found.score) == (3, 5, 15)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("Measure", "Score", "Target"), ("Friends and family", "16", "20")),
        (("Score", "Sept 2024", "Jan 2025"), ("20", "1", "2")),
        (("", "Low Risk", "Medium Risk", "High Risk"), ("Current", "0", "5", "12")),
        (("Standard", "Rating"), ("Core standard 4", "Amber")),
    ],
)
def test_tables_of_other_things_are_no_risks(header: tuple[str, ...], cells: tuple[str, ...]) -> None:
    assert risks(*table(header, cells), title="Performance", kind="performance report") == ()


def test_a_page_with_one_risk_gives_its_phases_and_actions() -> None:
    header = ("Element", "Detail")
    rows = table(
        header,
        ("Score", "Initial 20. Current 4 x 4 = 16. Target 12 by March 2026."),
        ("Mitigating actions", "1. International recruitment."),
    )
    (found,) = risks(*rows, number="BAF1", title="Workforce supply")
    assert (found.ref, found.title, found.initial_score, found.score, found.target_score) == ("BAF1", "Workforce supply", 20, 16, 12)
    assert (found.actions, found.source, found.kind) == ("1. International recruitment.", "card", "baf")


def test_labels_and_values_side_by_side_on_a_page_are_read_in_pairs() -> None:
    (found,) = risks(
        row("Executive lead", "Chief Nurse", "Current score", "20 (4 x 5)", "Target score", "10"), title="BAF 3: Harm from delays"
    )
    assert (found.ref, found.title, found.owner) == ("BAF 3", "Harm from delays", "Chief Nurse")
    assert (found.likelihood, found.impact, found.score, found.target_score) == (4, 5, 20, 10)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("", "Initial", "Current", "Target"),
            ("Likelihood", "5", "4", "2"),
            ("Consequence", "4", "4", "4"),
            ("Risk score", "20", "16", "8"),
        ],
        [
            ("Risk rating", "Likelihood", "Consequence", "Score"),
            ("Inherent", "5", "4", "20"),
            ("Current", "4", "4", "16"),
            ("Target", "2", "4", "8"),
        ],
    ],
)
def test_phases_across_and_quantities_down_or_the_other_way_about_are_read(rows: list[tuple[str, ...]]) -> None:
    start = [row("BAF 2", "Failure to keep enough staff"), row("Executive lead", "Chief People Officer")]
    end = [row("Mitigating actions", "Recruitment abroad")]
    (found,) = risks(*start, *(row(*cells) for cells in rows), *end, title="Principal risks")
    assert (found.ref, found.title, found.owner, found.actions) == (
        "BAF 2",
        "Failure to keep enough staff",
        "Chief People Officer",
        "Recruitment abroad",
    )
    assert (found.initial_score, found.likelihood, found.impact, found.score, found.target_score) == (20, 4, 4, 16, 8)


def test_cards_that_follow_each_other_in_one_item_are_risks_of_their_own() -> None:
    rows = [row("BAF 1", "Staff"), row("Current score", "16"), row("Risk ref", "BAF 2"), row("Title", "Money"), row("Current score", "20")]
    found = risks(*rows, title="Principal risks")
    assert [(r.ref, r.title, r.score) for r in found] == [("BAF 1", "Staff", 16), ("BAF 2", "Money", 20)]


def test_a_reference_in_a_table_of_something_else_is_no_risk() -> None:
    assert risks(row("BAF1", "People Committee"), row("BAF2", "Finance Committee"), title="Committees") == ()


def test_a_register_that_prints_references_and_no_scores_has_risks_without_scores() -> None:
    (found,) = risks(block("The risk has reduced slightly."), number="CRR0042", title="Border arrangements", kind="performance report")
    assert (found.kind, found.ref, found.title, found.score) == ("register", "CRR0042", "Border arrangements", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BAF 3 remained at 16 (4 x 4).", [("BAF 3", "", 4, 4, 16, None)]),
        (
            "BAF1 workforce supply at 4 x 4 = 16, BAF2 money at 4 x 5 = 20.",
            [("BAF1", "workforce supply", 4, 4, 16, None), ("BAF2", "money", 4, 5, 20, None)],
        ),
        ("The Board approved the framework with BAF2 at 20.", [("BAF2", "", None, None, 20, None)]),
        ("BAF3 had been raised from 16 to 20.", [("BAF3", "", None, None, 20, 16)]),
        ("Risk 3114 on the register (crowding) is scored 20.", [("Risk 3114", "", None, None, 20, None)]),
        ("It is proposed that BAF3 be raised from 16 to 20.", []),
        ("The Committee recommends that BAF2 stay at 20.", []),
        ("BAF2 was discussed at 10.30 and 12 members spoke.", []),
        ("Members asked what BAF5 meant for the 16 wards.", []),
    ],
)
def test_scores_stated_in_sentences_count_and_proposals_do_not(text: str, expected: list[tuple[object, ...]]) -> None:
    found = risks(block(text), title="Board assurance framework", kind="minutes")
    assert [(r.ref, r.title, r.likelihood, r.impact, r.score, r.previous_score) for r in found] == expected


def test_the_sentence_that_names_the_actions_of_a_risk_is_kept_with_it() -> None:
    (found,) = risks(
        block("BAF1 stood at 4 x 4 = 16."), block("66.2 For BAF1 the mitigating actions were recruitment and a panel."), kind="minutes"
    )
    assert found.actions == "For BAF1 the mitigating actions were recruitment and a panel."


def test_the_same_risk_in_a_table_and_in_the_text_is_one_risk_and_the_table_counts() -> None:
    rows = table(("Ref", "Strategic risk", "Score"), ("BAF 2", "Money", "16"))
    (found,) = risks(block("BAF2 had stayed at 12 until June."), *rows, block("The actions for BAF2 are a recovery plan."))
    assert (found.score, found.source, found.actions) == (16, "table", "The actions for BAF2 are a recovery plan.")


def test_rows_without_references_are_never_thought_to_be_the_same_risk() -> None:
    rows = table(("Directorate", "Risk title", "Score"), ("Adults", "Market", "16"), ("Children", "Market", "16"))
    assert len(risks(*rows)) == 2


def gold() -> list[tuple[str, list[tuple[str, int, int, int]]]]:
    planted = tomllib.loads((SAMPLES / "source" / "gold.toml").read_text(encoding="utf-8"))["meeting"]
    return [(one["file"], [(b["ref"], b["likelihood"], b["impact"], b["score"]) for b in one["baf"]]) for one in planted]


@pytest.mark.parametrize(("file", "expected"), gold(), ids=[file for file, _ in gold()])
def test_the_planted_risks_of_every_sample_meeting_are_read_with_their_scores(file: str, expected: list[tuple[str, int, int, int]]) -> None:
    path = next(path for path in SAMPLES.glob(f"{Path(file).stem}.*") if path.suffix in (".pdf", ".docx"))
    assert [(r.ref, r.likelihood, r.impact, r.score) for r in read(path)] == expected


def test_the_sample_pack_has_six_principal_risks_with_targets_and_sixteen_on_its_register() -> None:
    found = read(SAMPLES / "pack-2025-01-30.pdf")
    framework = [(r.ref, r.initial_score, r.previous_score, r.score, r.target_score) for r in found if r.kind == "baf"]
    assert framework == [
        ("BAF1", 20, 16, 16, 12),
        ("BAF2", 20, 20, 20, 12),
        ("BAF3", 20, 16, 20, 12),
        ("BAF4", 20, 15, 15, 10),
        ("BAF5", 20, 16, 16, 12),
        ("BAF6", 16, 12, 12, 8),
    ]
    register = [r.score for r in found if r.kind == "register"]
    assert (len(register), register.count(20), register.count(16), register.count(15)) == (16, 2, 8, 6)


def test_a_real_register_is_read_row_for_row(real: Path) -> None:
    found = read(real / "packs" / "risk-register-2025-01-22.pdf")
    assert "".join(str(r.likelihood) for r in found) == "444334443434444444444443333333333333222211"
    assert {r.score for r in found} == {None}  # it prints no impact and no score


def test_real_papers_without_scored_risks_give_none(real: Path) -> None:
    assert read(real / "packs" / "public-pack-2025-03-13.pdf") == ()
    assert read(real / "packs" / "minutes-2025-01-09.pdf") == ()
    assert [r.ref for r in read(real / "packs" / "performance-report-2025-03-04.pdf")][:3] == ["CRR0003", "CRR0009", "CRR0014"]
