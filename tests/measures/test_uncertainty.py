"""Two kinds of uncertainty: the correction by hand, and prediction-powered means against the numbers of ppi-python 0.2.3."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts
from wellled_nlp.measures import uncertainty
from wellled_nlp.measures.intervals import prediction_powered

# 120 sentences with both labels and 700 with the model's alone.
PEOPLE = np.array([1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0] * 10, dtype=float)
MODEL = np.array([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0] * 10, dtype=float)
OTHERS = np.array([1, 0, 0, 0, 0, 0, 1] * 100, dtype=float)


@pytest.mark.parametrize(
    ("level", "power", "expected"),
    [
        (0.95, 1.0, (0.28571429, 0.20536929, 0.36605928)),
        (0.90, 1.0, (0.28571429, 0.21828664, 0.35314193)),
        (0.95, None, (0.26571711, 0.19903379, 0.33240044)),
        (0.90, None, (0.26571711, 0.20975471, 0.32167952)),
    ],
)
def test_prediction_powered_means_are_those_of_the_reference_package(
    level: float, power: float | None, expected: tuple[float, float, float]
) -> None:
    """ppi_mean_ci(PEOPLE, MODEL, OTHERS, alpha, lam) of ppi-python 0.2.3 printed these; its lam=None is power tuning."""
    assert prediction_powered(PEOPLE, MODEL, OTHERS, level, power) == pytest.approx(expected, abs=5e-8)


def test_without_trust_in_the_model_only_the_labels_of_people_count() -> None:
    assert prediction_powered(PEOPLE, MODEL, OTHERS, 0.95, 0.0)[0] == PEOPLE.mean()


def test_a_model_that_never_says_it_is_given_no_trust() -> None:
    none, never = np.zeros(120), np.zeros(700)
    assert prediction_powered(PEOPLE, none, never, 0.95) == prediction_powered(PEOPLE, none, never, 0.95, 0.0)


def test_labels_of_different_sentences_are_refused() -> None:
    with pytest.raises(ValueError, match="two labels for the same sentences"):
        prediction_powered(PEOPLE, MODEL[:5], OTHERS, 0.95)


def test_the_ratio_of_prevalences_and_its_interval() -> None:
    """80 by people, 74 by the model, 52 by both: ratio 1.081, standard error of its logarithm sqrt((22 + 28) / (74 * 80)) = 0.0919."""
    ratio, low, high = uncertainty.relative_prevalence(74, 80, 52, 0.95)
    assert (round(ratio, 4), round(low, 4), round(high, 4)) == (1.0811, 0.9029, 1.2944)


def test_a_model_that_agrees_everywhere_leaves_no_doubt() -> None:
    assert uncertainty.relative_prevalence(50, 50, 50, 0.95) == (1.0, 1.0, 1.0)


def test_counted_shares_are_corrected_and_sum_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model finds half of the quality that people find: 1 of 4 sentences becomes 2 of 5."""
    figures = {
        "domain": {
            "quality": {"given": 20, "support": 40, "precision": 1.0, "recall": 0.5},
            "finance": {"given": 30, "support": 30, "precision": 1.0, "recall": 1.0},
        }
    }
    monkeypatch.setattr(uncertainty, "_figures", lambda: figures)
    said = [Said("2024-07-25", 9, domain) for domain in ("quality", "finance", "finance", "finance", "procedural")]
    found = uncertainty.measure(facts(said), attention())
    rows = found[found["facet"] == "domain"].set_index("code")
    assert rows.loc["quality", ["share", "corrected"]].tolist() == [0.25, 0.4]
    assert rows["corrected"].sum() == pytest.approx(1.0)
    assert rows.loc["quality", "label_low"] < 0.4 < rows.loc["quality", "label_high"]
    assert pd.isna(rows.loc["workforce", "corrected"])
    assert found.loc[found["facet"] == "act", "corrected"].isna().all()


def test_too_little_text_gives_counts_and_no_share() -> None:
    found = uncertainty.measure(facts([Said("2024-07-25", 9, "quality")]), attention(10))
    assert found["share"].isna().all() and found["corrected"].isna().all()
    assert found.set_index(["facet", "code"]).loc[("domain", "quality"), "sentences"] == 1


def test_both_kinds_stand_beside_the_share_of_quality_in_the_sample_year(scanned: Path) -> None:
    (row,) = duckdb.sql(
        f"SELECT * FROM '{scanned}/tables/measures/uncertainty.parquet' WHERE facet = 'domain' AND code = 'quality'"
    ).fetchall()
    share, sampling_low, sampling_high = row[4:7]
    corrected, label_low, label_high = row[10:13]
    assert sampling_low < share < sampling_high
    assert label_low < corrected < label_high
