"""W6.2: every indicator worked out by hand on a few sentences, and its evidence on the sample year."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.codebook import load_facet

ASKED = "PU asked how that could be."
# Two meetings: the first has an item of quality (30 words), one of finance (10) with a challenge and an answer; the second one of strategy.
SAID = [
    Said("2024-07-25", 30, "quality", item=0, prompts=("W5.6",)),
    Said("2024-07-25", 8, "finance", act="challenge", item=1),
    Said("2024-07-25", 2, "finance", item=1, prompts=("W6.2",)),
    Said("2024-09-26", 40, "strategy", item=0),
    Said("2024-09-26", 20, "procedural", item=1),
]


def world() -> dict[str, pd.DataFrame]:
    tables = facts(SAID)
    tables["sentences"]["text"] = pd.array(["Falls.", ASKED, "MD replied.", "The estate.", "Welcome."], dtype="string")
    return tables


@pytest.mark.parametrize(
    ("indicator", "value", "n", "evidence"),
    [
        ("quality-words", 30 / 80, 80, "s0"),
        ("quality-meetings", 1 / 2, 2, "s0"),
        ("quality-first-five", 1 / 3, 3, "s0"),
        ("sustainability-words", 10 / 80, 80, "s1 s2"),
        ("sustainability-meetings", 1 / 2, 2, "s1 s2"),
        ("prompt:W5.6", 1 / 4, 4, "s0"),
        ("challenges", 25.0, 4, "s1"),
        ("challenges-quality", 0.0, 1, ""),
        ("challenges-sustainability", 1.0, 1, "s1"),
        ("challenges-answered", 1.0, 1, "s1"),
        ("challenges-followed", 0.0, 1, ""),
        ("prompt:W6.2", 1 / 4, 4, "s2"),
    ],
)
def test_an_indicator_is_what_it_says(indicator: str, value: float, n: int, evidence: str) -> None:
    row = measured("w62", world(), attention()).set_index("indicator").loc[indicator]
    assert row["value"] == pytest.approx(value)
    assert (row["n"], row["evidence"]) == (n, evidence)


def test_the_sixth_item_is_not_among_the_first_five() -> None:
    said = [
        Said("2024-07-25", 9, domain, item=n) for n, domain in enumerate(("quality", "finance", "quality", "procedural", *["quality"] * 3))
    ]
    row = measured("w62", facts(said), attention()).set_index("indicator").loc["quality-first-five"]
    assert row[["amount", "n", "value", "sentences", "evidence"]].tolist() == [4.0, 5, 0.8, 4, "s0 s2 s4 s5"]


def test_every_indicator_of_the_file_has_its_row_in_its_part() -> None:
    found = measured("w62", world(), attention())
    assert found["indicator"].tolist() == list(load_facet("w62-indicators").code_ids)
    assert found["part"].unique().tolist() == ["quality", "sustainability", "challenge"]


def test_too_little_text_or_no_challenge_gives_no_value() -> None:
    assert measured("w62", world(), attention(81))["value"].isna().all()
    none = measured("w62", facts([Said("2024-07-25", 9, "quality")]), attention()).set_index("indicator")
    assert pd.isna(none.loc["challenges-answered", "value"])
    assert none.loc["challenges", "value"] == 0.0
    assert measured("w62", facts([]), attention())["value"].isna().all()


def test_the_evidence_of_the_sample_year_can_be_opened(scanned: Path) -> None:
    tables = scanned / "tables"
    found = duckdb.sql(f"SELECT * FROM '{tables}/measures/w62.parquet'").df()
    known = set(duckdb.sql(f"SELECT sentence_id FROM '{tables}/sentences.parquet'").df()["sentence_id"])
    ids = [one for held in found["evidence"] for one in held.split()]
    assert ids and set(ids) <= known
    assert found["value"].notna().all()
    assert (found.loc[found["indicator"] != "challenges", "value"].between(0, 1)).all()
