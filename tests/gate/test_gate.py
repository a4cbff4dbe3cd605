"""Floors of quality that cannot slip unseen.

The sentences beside this file were written for it and are in no corpus. They are easy, so these figures say nothing about quality on
real papers and are quoted nowhere; they only guard against a change that breaks something. After a rise, pin the new figures here.
"""

from pathlib import Path

import pytest

from wellled_nlp import evaluate

HERE = Path(__file__).parent
MODELS = HERE.parents[1] / "models"
FLOORS = {
    ("themes", "micro_f1"): 0.86,
    ("prompts", "micro_f1"): 0.86,
    ("prompts", "top3_recall"): 0.95,
    ("language", "micro_f1"): 0.82,
    ("domain", "micro_f1"): 0.86,
    ("act", "macro_f1"): 0.95,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    facets: dict[str, dict[str, float]] = evaluate.evaluate(HERE / "sentences.csv", MODELS, draws=10)["facets"]
    return facets


@pytest.mark.parametrize(("facet", "figure"), FLOORS)
def test_no_figure_falls_below_its_floor(figures: dict[str, dict[str, float]], facet: str, figure: str) -> None:
    assert figures[facet][figure] >= FLOORS[facet, figure]
