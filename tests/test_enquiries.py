"""Lines of enquiry as data: every code of every framework has a question for every state of its evidence."""

import pytest

from wellled_nlp.codebook import frameworks, load_facet
from wellled_nlp.codebook.enquiries import STATES, load_bounds, load_enquiries, load_interviews, states_by_urgency

FRAMEWORKS = [facet.id for facet in frameworks() if facet.maximum != 1]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_code_has_someone_to_ask_documents_and_a_question_for_each_state(framework: str) -> None:
    known = load_enquiries(framework)
    assert list(known) == list(load_facet(framework).code_ids)
    for enquiries in known.values():
        for one in enquiries:
            assert one.whom
            assert one.documents
            assert sorted(one.questions) == sorted(STATES)
            assert all(question.endswith(("?", ".")) for question in one.questions.values())
            assert len(set(one.questions.values())) == len(STATES)


def test_all_47_prompts_have_wording_of_their_own() -> None:
    known = load_enquiries("kloe-2017")
    prompts = [code.id for code in load_facet("kloe-2017").codes if code.parent != code.id]
    assert len(prompts) == 47
    assert [known[code][0].of for code in prompts] == prompts
    assert len({question for code in prompts for question in known[code][0].questions.values()}) == 4 * 47


def test_a_quality_statement_is_asked_about_in_the_words_of_the_prompts_that_lead_to_it() -> None:
    assert load_enquiries("qs-2024")["QS3"][0].of == "W3.5"
    assert "climate" not in load_enquiries("qs-2024")["QS8"][0].questions["none"]
    assert "Environmental sustainability" in load_enquiries("qs-2024")["QS8"][0].questions["none"]


def test_every_key_line_of_enquiry_says_what_papers_cannot_show() -> None:
    assert sorted(load_interviews("kloe-2017")) == [f"W{number}" for number in range(1, 9)]
    assert load_interviews("qs-2024") == {}


def test_the_states_are_ordered_and_the_bounds_make_sense() -> None:
    assert sorted(states_by_urgency()) == sorted(STATES)
    bounds = load_bounds()
    assert bounds.thin_sentences <= bounds.one_sided_sentences
    assert bounds.stale_months > 0
