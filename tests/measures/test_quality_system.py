"""Quality system: a sentence counts once in all, however many parts it serves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.codebook import load_facet

PARTS = tuple(code for code in load_facet("nqb-quality").code_ids if code != "none")
SAID = st.builds(
    Said,
    meeting=st.sampled_from(("2024-07-25", None)),
    words=st.integers(1, 9),
    domain=st.sampled_from(("quality", "finance", "procedural")),
    prompts=st.sampled_from(((), ("W5.2",), ("W5.2", "W7.1"))),
    parts=st.one_of(st.just(("none",)), st.lists(st.sampled_from(PARTS), min_size=1, max_size=2, unique=True).map(tuple)),
)


@given(said=st.lists(SAID, min_size=1, max_size=25))
def test_shares_of_a_group_sum_to_one_and_those_of_the_named_parts_do_too(said: list[Said]) -> None:
    found = measured("quality_system", facts(said), attention())
    for _, group in found[found["of_sentences"] > 0].groupby(["by", "code"]):
        assert group["share"].sum() == pytest.approx(1)
        assert group["amount"].sum() == pytest.approx(group["of_sentences"].iloc[0])
        named = group["share_of_named"].dropna()
        assert len(named) == 0 or named.sum() == pytest.approx(1)


@given(said=st.lists(SAID, min_size=1, max_size=25))
def test_amounts_agree_with_the_plain_count(said: list[Said]) -> None:
    held = [s for s in said if s.domain != "procedural"]
    found = measured("quality_system", facts(said), attention()).set_index(["by", "code", "part"])
    for part in (*PARTS, "none"):
        assert found.loc[("all", "all", part), "amount"] == pytest.approx(sum(1 / len(s.parts) for s in held if part in s.parts))
        assert found.loc[("domain", "finance", part), "sentences"] == sum(part in s.parts for s in held if s.domain == "finance")
        themed = sum(part in s.parts for s in held if any(p.startswith("W7") for p in s.prompts))
        assert found.loc[("theme", "W7", part), "sentences"] == themed


def test_a_sentence_of_control_and_improvement_is_half_of_each() -> None:
    said = [Said("2024-07-25", 5, "quality", parts=("control", "improvement")), Said("2024-07-25", 5, "quality")]
    found = measured("quality_system", facts(said), attention()).set_index(["by", "code", "part"])
    assert found.loc[("all", "all", "control"), ["sentences", "amount", "share", "share_of_named"]].tolist() == [1, 0.5, 0.25, 0.5]


def test_papers_that_were_not_labelled_with_it_give_no_rows() -> None:
    tables = facts([Said("2024-07-25", 5, "quality")])
    tables["codes"] = tables["codes"][tables["codes"]["facet"] != "nqb-quality"]
    assert len(measured("quality_system", tables, attention())) == 0
