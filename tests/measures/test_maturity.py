"""Maturity of the governance of improvement, as far as papers show it."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import output, table
from wellled_nlp.codebook.maturity import CANT_TELL, load_maturity

MEETINGS = ("2024-07-25", "2024-09-26", "2024-11-28")


def levels(said: list[Said]) -> dict[str, str]:
    """The level of each question by its dimension."""
    found = measured("maturity", facts(said), attention())
    decided = found[(found["scheme"] == "jones-2017") & found["question"].notna()]
    return dict(zip(decided["dimension"], decided["level"], strict=True))


def meeting(day: str, *languages: str, first: int = 0) -> list[Said]:
    """A meeting with one item a language, each of four sentences."""
    return [Said(day, 10, "quality", language, item=first + n) for n, language in enumerate(languages) for _ in range(4)]


def test_only_dimensions_with_a_question_have_a_level_and_the_elements_never_have_one() -> None:
    known = load_maturity()
    asked = {one.id for one in known.dimensions if one.questions}
    found = measured("maturity", facts([said for day in MEETINGS for said in meeting(day, "improvement", "assurance")]), attention())
    told = found[found["level"] != CANT_TELL]
    assert asked == {"priority", "data", "balance"}
    assert set(told["dimension"]) <= asked
    assert set(found.loc[found["scheme"] == "qi-elements-2018", "level"]) == {CANT_TELL}
    assert len(known.dimensions) == 8


def test_improvement_first_at_every_meeting_is_high_priority_and_last_at_one_is_low() -> None:
    first = [said for day in MEETINGS for said in meeting(day, "improvement", "assurance", "neither")]
    last = [said for day in MEETINGS[1:] for said in meeting(day, "assurance", "neither")]
    once = meeting(MEETINGS[0], "assurance", "neither", "improvement")
    assert levels(first)["priority"] == "high"
    assert levels([*once, *last])["priority"] == "low"


def figures(tables: dict[str, pd.DataFrame]) -> dict[str, float | None]:
    """Each figure by its name."""
    found = measured("maturity", tables, attention())
    return dict(found.dropna(subset=["figure"])[["figure", "value"]].itertuples(index=False, name=None))


def test_the_place_of_improvement_is_0_for_the_first_item_1_for_the_last_and_the_mean_is_over_meetings_that_have_it() -> None:
    first, last = meeting(MEETINGS[0], "improvement", "assurance", "neither"), meeting(MEETINGS[1], "assurance", "neither", "improvement")
    middle = meeting(MEETINGS[2], "assurance", "improvement", "neither")
    assert figures(facts(first))["agenda_place"] == 0.0
    assert figures(facts(last))["agenda_place"] == 1.0
    assert figures(facts([*first, *middle]))["agenda_place"] == 0.25
    assert figures(facts([*first, *meeting(MEETINGS[1], "assurance", "neither")]))["agenda_place"] == 0.0


def test_meetings_with_data_are_those_of_the_boards_own_papers() -> None:
    said = [*meeting(MEETINGS[0], "neither"), *meeting(MEETINGS[1], "neither"), Said(MEETINGS[2], 9, "quality", doc_type="board paper")]
    tables = facts(said)
    shown = load_maturity().figures["data_meetings"].signals[0]
    tables["signal_hits"] = table.of("signal_hits", [(one, shown, "present", "run chart") for one in ("s0", f"s{len(said) - 1}")])
    assert figures(tables)["data_meetings"] == 0.5


def test_language_of_assurance_only_is_low_balance() -> None:
    assert levels([said for day in MEETINGS for said in meeting(day, "assurance", "assurance")])["balance"] == "low"


def test_two_meetings_are_too_few_to_tell() -> None:
    said = [one for day in MEETINGS[:2] for one in meeting(day, "improvement", "assurance")]
    assert set(levels(said).values()) == {CANT_TELL}


def test_bounds_hold_at_their_edges_and_an_unknown_figure_holds_nowhere() -> None:
    level = next(one for one in load_maturity().dimensions if one.id == "data").questions[0].levels[0]
    edge = level.bounds["data_meetings"][0]
    assert level.holds({"data_meetings": edge})
    assert not level.holds({"data_meetings": edge - 1e-9})
    assert not level.holds({"data_meetings": None})
    assert not replace(level, bounds={"unknown": (0.0, 1.0)}).holds({"data_meetings": 1.0})


def test_figures_of_the_sample_year_lead_to_the_signals_behind_them(scanned: Path) -> None:
    found = output.load(scanned).measures["maturity"].set_index(["dimension", "figure"])
    assert found.loc[("priority", "agenda_meetings"), "value"] == pytest.approx(0.5)
    assert "run-chart" in found.loc[("data", "data_meetings"), "signals"]
