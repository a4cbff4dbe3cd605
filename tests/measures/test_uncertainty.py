"""Two kinds of uncertainty: other meetings, and the correction for wrong labels by figures on real text."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.measures import uncertainty


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
    found = measured("uncertainty", facts(said), attention())
    rows = found[found["facet"] == "domain"].set_index("code")
    assert rows.loc["quality", ["share", "corrected"]].tolist() == [0.25, 0.4]
    assert rows["corrected"].sum() == pytest.approx(1.0)
    assert rows.loc["quality", "label_low"] < 0.4 < rows.loc["quality", "label_high"]
    assert pd.isna(rows.loc["workforce", "corrected"])
    assert found.loc[found["facet"] == "act", "corrected"].isna().all()


def test_too_little_text_gives_counts_and_no_share() -> None:
    found = measured("uncertainty", facts([Said("2024-07-25", 9, "quality")]), attention(10))
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
