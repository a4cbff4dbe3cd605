from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.measures import acts, balance, measure_all
from wellled_nlp.table import MEASURES

DOMAINS = ("quality", "finance", "governance", "procedural")
SAID = st.builds(
    Said,
    meeting=st.sampled_from(("2024-07-25", "2024-09-26", None)),
    words=st.integers(1, 40),
    domain=st.sampled_from(DOMAINS),
    language=st.sampled_from(balance.LANGUAGES),
    act=st.sampled_from(acts.KINDS),
    prompts=st.sampled_from(((), ("W5.2",), ("W5.2", "W7.1"), ("ES",))),
)


def test_a_prompt_without_evidence_has_its_row() -> None:
    found = measured("coverage", facts([Said("2024-07-25", 9, "quality", prompts=("W5.2",))]), attention()).set_index(["facet", "code"])
    assert len(found) == 9 + 48 + 5
    assert found.loc[("prompts", "W5.2"), ["sentences", "first_seen", "last_seen"]].tolist() == [1, "2024-07-25", "2024-07-25"]
    assert found.loc[("prompts", "W8.4"), "sentences"] == 0
    assert found.loc[("themes", "W5"), "sentences"] == 1


@given(said=st.lists(st.builds(replace, SAID, doc_type=st.sampled_from(("minutes", "board paper"))), min_size=1, max_size=25))
def test_coverage_agrees_with_the_plain_count(said: list[Said]) -> None:
    substantive = [s for s in said if s.domain != "procedural"]
    expected = {}
    for prompt in {prompt for s in substantive for prompt in s.prompts}:
        held = [s for s in substantive if prompt in s.prompts]
        days = sorted({s.meeting for s in held if s.meeting})
        papers = len({(s.meeting, s.doc_type) for s in held})
        first, last = (days[0], days[-1]) if days else (None, None)
        expected[prompt] = (len(held), round(len(held) / len(substantive), 9), len(substantive), papers, len(days), first, last)
    found = measured("coverage", facts(said), attention()).astype({"first_seen": object, "last_seen": object})
    found = found[(found["facet"] == "prompts") & (found["sentences"] > 0)].round(9)
    columns = ["sentences", "share", "of_sentences", "documents", "meetings", "first_seen", "last_seen"]
    rows = found[columns].astype(object).where(found[columns].notna(), None).itertuples(index=False, name=None)
    assert dict(zip(found["code"], rows, strict=True)) == expected


@given(said=st.lists(SAID, min_size=1, max_size=25))
def test_balance_counts_every_substantive_sentence_once(said: list[Said]) -> None:
    substantive = [s for s in said if s.domain != "procedural"]
    found = measured("balance", facts(said), attention()).set_index(["by", "code"])
    whole = found.loc[("all", "all")]
    assert whole["sentences"] == len(substantive) == sum(whole[name] for name in balance.LANGUAGES)
    assert found.loc["domain"]["sentences"].sum() == len(substantive)


def test_both_counts_for_assurance_and_for_improvement() -> None:
    said = [Said("2024-07-25", 5, "quality", "both"), Said("2024-07-25", 5, "quality", "assurance"), Said("2024-07-25", 5, "quality")]
    row = measured("balance", facts(said), attention()).iloc[0]
    assert (round(row["assurance_share"], 3), round(row["improvement_share"], 3)) == (0.667, 0.333)


@given(said=st.lists(SAID, min_size=1, max_size=25))
def test_acts_add_up_to_the_sentences(said: list[Said]) -> None:
    found = measured("acts", facts(said), attention())
    assert found["sentences"].sum() == len(said) == int(found[list(acts.KINDS)].to_numpy().sum())
    assert dict(Counter(s.act for s in said)) == {k: int(found[k].sum()) for k in acts.KINDS if found[k].sum()}


def test_a_theme_share_is_of_the_substantive_words_of_its_meeting() -> None:
    said = [
        Said("2024-07-25", 30, "quality", prompts=("W5.2", "W5.4")),
        Said("2024-07-25", 70, "finance"),
        Said("2024-07-25", 20, "procedural"),
    ]
    found = measured("themes", facts(said), attention()).set_index("theme")
    assert (found.loc["W5", "words"], found.loc["W5", "share"], found.loc["W8", "share"]) == (30, 0.3, 0.0)


def test_every_measure_has_a_table_in_the_contract() -> None:
    found = measure_all(facts([Said("2024-07-25", 9, "quality")]), attention())
    assert list(found) == list(MEASURES)


def test_facts_without_a_sentence_give_tables_without_a_share() -> None:
    found = measure_all(facts([]), attention())
    assert len(found["attention"]) == 0
    assert found["coverage"]["share"].isna().all()
