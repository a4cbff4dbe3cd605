import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured, shares

DOMAINS = ("quality", "finance", "operations", "workforce", "strategy", "governance", "procedural")
MEETINGS = ("2024-07-25", "2024-09-26", "2024-11-28", None)
SAID = st.builds(
    Said,
    meeting=st.sampled_from(MEETINGS),
    words=st.integers(1, 40),
    domain=st.sampled_from(DOMAINS),
    item=st.integers(0, 3),
    page=st.integers(1, 3),
)


def rows(said: list[Said], unit: str = "words", level: str = "all", minimum: int = 1) -> pd.DataFrame:
    found = measured("attention", facts(said), attention(minimum))
    return found[(found["basis"] == "minutes") & (found["unit"] == unit) & (found["level"] == level)]


@pytest.mark.parametrize("unit", ["words", "sentences", "pages", "items"])
@given(said=st.lists(SAID, min_size=1, max_size=30))
def test_shares_agree_with_the_plain_count_and_sum_to_one(unit: str, said: list[Said]) -> None:
    found = rows(said, unit).dropna(subset=["share"])
    expected = shares(said, unit)
    assert {d: s for d, s in zip(found["domain"], found["share"], strict=True) if s > 0} == pytest.approx(
        {d: s for d, s in expected.items() if s > 0}
    )
    if len(found):
        assert found["share"].sum() == pytest.approx(1.0)
        assert found["share"].between(0, 1 + 1e-9).all()


def test_procedural_words_are_left_out_and_counted() -> None:
    found = rows([Said("2024-07-25", 30, "quality"), Said("2024-07-25", 70, "finance"), Said("2024-07-25", 50, "procedural")])
    quality = found[found["domain"] == "quality"].iloc[0]
    assert (quality["amount"], quality["total"], quality["left_out"], quality["share"]) == (30.0, 100.0, 50.0, 0.3)


def test_too_little_text_has_no_share_rather_than_nought() -> None:
    found = rows([Said("2024-07-25", 299, "quality")], minimum=300)
    assert found["share"].isna().all()
    assert set(found["verdict"]) == {"too little text"}
    enough = rows([Said("2024-07-25", 300, "quality")], minimum=300)
    assert enough[enough["domain"] == "quality"]["share"].iloc[0] == 1.0


def test_an_item_counts_for_the_domain_with_most_of_its_words_and_is_procedural_only_when_nothing_else_is_in_it() -> None:
    said = [
        Said("2024-07-25", 5, "quality", item=0),
        Said("2024-07-25", 90, "procedural", item=0),
        Said("2024-07-25", 9, "finance", item=1),
    ]
    found = rows([*said, Said("2024-07-25", 3, "procedural", item=2)], "items").set_index("domain")
    assert (found.loc["quality", "amount"], found.loc["finance", "amount"], found.loc["finance", "left_out"]) == (1.0, 1.0, 1.0)


def test_minutes_of_the_clock_count_only_where_an_agenda_gives_them() -> None:
    said = [
        Said("2024-07-25", 5, "quality", item=0, clock=20.0),
        Said("2024-07-25", 5, "finance", item=1, clock=60.0),
        Said("2024-07-25", 5, "strategy", item=2),
    ]
    found = rows(said, "minutes").set_index("domain")
    assert (found.loc["quality", "share"], found.loc["strategy", "share"]) == (0.25, 0.0)
    assert rows([Said("2024-07-25", 5, "quality")], "minutes").empty


def test_minutes_lead_and_all_papers_stand_beside_them() -> None:
    said = [Said("2024-07-25", 10, "quality"), Said("2024-07-25", 30, "finance", doc_type="board paper")]
    found = measured("attention", facts(said), attention())
    share = found[(found["unit"] == "words") & (found["level"] == "all") & (found["domain"] == "quality")].set_index("basis")["share"]
    assert share.to_dict() == {"minutes": 1.0, "minutes, new text": 1.0, "all papers": 0.25}


def test_quarters_and_years_are_those_of_the_calendar_and_an_unknown_date_is_undated() -> None:
    said = [Said(f"2024-{month:02d}-25", 10, "quality") for month in (3, 4, 6, 7, 9, 10, 12)] + [
        Said("2025-01-30", 10, "quality"),
        Said(None, 10, "quality"),
    ]
    quarters = rows(said, level="quarter").drop_duplicates("key").set_index("key")["meetings"].to_dict()
    assert quarters == {"2024 Q1": 1, "2024 Q2": 2, "2024 Q3": 2, "2024 Q4": 2, "2025 Q1": 1, "undated": 1}
    assert sorted(set(rows(said, level="year")["key"])) == ["2024", "2025", "undated"]


@given(said=st.lists(SAID, min_size=1, max_size=20), seed=st.integers(0, 99))
def test_the_order_of_sentences_changes_nothing(said: list[Said], seed: int) -> None:
    shuffled = [said[i] for i in np.random.default_rng(seed).permutation(len(said))]
    assert rows(said)[["domain", "amount", "share"]].values.tolist() == rows(shuffled)[["domain", "amount", "share"]].values.tolist()
