"""Labels without a model: a crosswalk passes labels on, a lexicon adds what its words say, traps take away."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellled_nlp.classify import by_data
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.score import Label
from wellled_nlp.codebook import Facet, frameworks, load_facet
from wellled_nlp.errors import CodebookError

DATA_LABELLED = [facet.id for facet in frameworks() if "model" not in facet.scored_by]


def given_codes(text: str, facet: str, *labels: Label) -> list[str]:
    rows = by_data.label([Context(text)], [list(labels)], load_facet(facet))[0]
    return [code for name, code, _, _, assigned in rows if assigned and name == facet]


def prompt(code: str) -> Label:
    return ("prompts", code, "model", 0.7, True)


def language(code: str) -> Label:
    return ("language", code, "model", 0.7, True)


def test_a_primary_link_passes_a_label_on() -> None:
    assert given_codes("Fifty people joined the walk.", "qs-2024", prompt("W3.5")) == ["QS3"]


def test_a_secondary_link_alone_gives_no_label_and_with_words_it_does() -> None:
    assert given_codes("The board asked about the report.", "capability-2025", prompt("W5.2")) == []
    assert given_codes("The waiting list grew by a tenth.", "capability-2025", prompt("W5.2")) == ["C4"]


def test_a_label_that_only_came_near_is_not_passed_on() -> None:
    near = ("prompts", "W3.5", "model", 0.3, False)
    assert given_codes("Fifty people joined the walk.", "qs-2024", near) == []


def test_words_alone_give_the_statement_that_no_prompt_leads_to() -> None:
    assert given_codes("The trust's carbon footprint fell by a tenth.", "qs-2024") == ["QS8"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan restores financial sustainability by 2027.",
        "The long term sustainability of services depends on recruitment.",
        "The underlying deficit puts sustainability at risk.",
        "The sustainability and transformation plan was noted.",
    ],
)
def test_the_sustainability_of_money_and_services_is_not_the_environments(text: str) -> None:
    assert "QS8" not in given_codes(text, "qs-2024", prompt("W5.2"))
    assert "QS8" not in given_codes(text, "qs-2024", prompt("ES"))


def test_a_sentence_may_serve_two_parts_of_the_quality_system() -> None:
    text = "The SPC chart shows special cause improvement since the wards tested the checklist."
    assert given_codes(text, "nqb-quality", language("improvement")) == ["control", "improvement"]


def test_words_of_assurance_do_not_overrule_the_model() -> None:
    assert given_codes("The chair of the Audit Committee gave an update.", "nqb-quality", language("neither")) == ["none"]


def test_a_plan_is_told_from_a_plan_of_action() -> None:
    assert given_codes("Our quality priorities for next year follow a needs assessment.", "nqb-quality", language("neither")) == [
        "planning"
    ]
    assert given_codes("The action plan was received.", "nqb-quality", language("neither")) == ["none"]


@pytest.mark.parametrize("name", DATA_LABELLED)
@given(labels=st.lists(st.sampled_from([prompt("W5.2"), prompt("W7.2"), prompt("ES"), language("both"), language("neither")]), unique=True))
def test_labels_keep_to_the_facets_codes_maximum_and_fallback(name: str, labels: list[Label]) -> None:
    facet = load_facet(name)
    text = "We tested a huddle, escalated the risk, met the standard and set priorities with the strategy for carbon and waiting lists."
    rows = [row for row in by_data.label([Context(text)], [labels], facet)[0] if row[0] == facet.name]
    assigned = [row for row in rows if row[4]]
    assert {row[1] for row in rows} <= set(facet.code_ids)
    assert len(assigned) <= facet.maximum
    assert len(assigned) >= (1 if facet.fallback else 0)
    assert len({row[1] for row in rows}) == len(rows)
    assert all(0 <= row[3] <= 1 for row in rows)
    assert {row[2] for row in rows} <= {"crosswalk", "lexicon"}


def own(tmp_path: Path, lexicon: str, scored_by: str = "lexicon", extra: str = "", name: str = "own") -> Facet:
    (tmp_path / "words.csv").write_text("code,term,kind,weight,note\n" + lexicon, encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        f'id = "own"\nname = "{name}"\ntitle = "Own"\npublisher = "Us"\nmaximum = 2\n'
        f'lexicon = "words.csv"\nscored_by = "{scored_by}"\n{extra}\n'
        '[[parent]]\nid = "P"\ntitle = "Parent"\n[[code]]\nid = "a"\ntitle = "A"\nparent = "P"\n[[code]]\nid = "b"\ntitle = "B"\n',
        encoding="utf-8",
    )
    return by_data.chosen([str(tmp_path / "own.toml")])[0]


def test_a_framework_of_ones_own_with_a_lexicon_beside_it_gives_codes_and_parents(tmp_path: Path) -> None:
    facet = own(tmp_path, "a,tea trolley,phrase,1,\na,no tea trolley,phrase,-1,a trap\n", extra='parent_name = "groups"')
    first, second = by_data.label([Context("The tea trolley came."), Context("There was no tea trolley.")], [[], []], facet)
    assert first == [("own", "a", "lexicon", 0.5, True), ("groups", "P", "lexicon", 0.5, True)]
    assert second == []


@pytest.mark.parametrize(
    ("lexicon", "name", "said"),
    [
        ("c,tea,phrase,1,\n", "own", "the code 'c' is not one of own"),
        ("a,te+a,regex,1,\n", "own", "is a regular expression"),
        ("a,tea,phrase,1,\n", "themes", "the name 'themes' is another framework's"),
    ],
)
def test_a_fault_in_ones_own_framework_is_said_before_anything_is_labelled(lexicon: str, name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as caught:
        own(tmp_path, lexicon, name=name)
    assert said in str(caught.value)


def test_a_framework_that_another_leads_to_is_labelled_before_it() -> None:
    assert [facet.id for facet in by_data.chosen(["qs-2024", "nqb-quality", "qs-2024"])] == ["qs-2024", "nqb-quality"]
