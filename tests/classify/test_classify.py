"""Sentences in, labels out: the contract of the labels table."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from wellled_nlp import classify, table
from wellled_nlp.classify import model
from wellled_nlp.codebook import load_facet
from wellled_nlp.document import Sentence
from wellled_nlp.errors import ModelError

MODELS = Path(__file__).parents[2] / "models"
TEXTS = (
    ("Patient story", "A mother described her son's care on the ward."),
    ("Finance report", "The deficit at month 6 was £4.2m against a plan of £3.9m."),
    ("Finance report", "Mr Dale asked whether the savings would be recurrent."),
    ("Finance report", "The Board noted the report."),
    ("Quality improvement", "Two wards tested a new checklist over four PDSA cycles, and falls halved."),
    ("Quality improvement", "It was agreed that the Chief Nurse would bring the results to the June meeting."),
    ("Green plan", "Carbon emissions from heating fell by a tenth after the boilers were replaced."),
    ("", "Page 4 of 9"),
    ("", ""),
)


def sentences() -> list[Sentence]:
    found, previous = [], ""
    for number, (heading, text) in enumerate(TEXTS):
        found.append(Sentence(f"s{number}", "d", "i", number, 1, None, heading, previous, text, "text", "minutes"))
        previous = text
    return found


def assigned(facet: str) -> dict[str, list[str]]:
    labels = classify.annotate(sentences(), MODELS)
    given = labels[(labels["facet"] == facet) & labels["assigned"]]
    return {one.sentence_id: list(given.loc[given["sentence_id"] == one.sentence_id, "code"]) for one in sentences()}


def test_labels_have_the_columns_of_the_contract() -> None:
    labels = classify.annotate(sentences(), MODELS)
    table.check(labels, table.FACTS["labels"], "labels")
    assert set(labels["facet"]) == {"prompts", "themes", "language", "domain", "act"}
    assert set(labels["scorer"]) <= {"model", "rules"}
    assert labels["score"].between(0, 1).all()


def test_every_code_exists_in_its_facet() -> None:
    labels = classify.annotate(sentences(), MODELS)
    prompts = load_facet("kloe-2017")
    known = {name: set(load_facet(name).code_ids) for name in ("language", "domain", "act")}
    known |= {"prompts": set(prompts.code_ids), "themes": {parent.id for parent in prompts.parents}}
    assert all(row.code in known[row.facet] for row in labels.itertuples())


@pytest.mark.parametrize("facet", ["language", "domain", "act"])
def test_a_choose_one_facet_has_exactly_one_assigned_code(facet: str) -> None:
    assert all(len(codes) == 1 for codes in assigned(facet).values())


def test_at_most_two_prompts_and_themes_follow_from_them() -> None:
    parent_of = load_facet("kloe-2017").parent_of
    prompts, themes = assigned("prompts"), assigned("themes")
    for one, codes in prompts.items():
        assert len(codes) <= 2
        assert {parent_of[code] for code in codes} == set(themes[one])


def test_a_prompt_is_never_more_probable_than_its_theme() -> None:
    labels = classify.annotate(sentences(), MODELS)
    parent_of = load_facet("kloe-2017").parent_of
    themes = {(row.sentence_id, row.code): row.score for row in labels[labels["facet"] == "themes"].itertuples()}
    prompts = labels[labels["facet"] == "prompts"]
    assert all(row.score <= themes[row.sentence_id, parent_of[row.code]] + 1e-6 for row in prompts.itertuples())


def test_the_plain_cases_come_out_right() -> None:
    assert assigned("themes")["s6"] == ["ES"]
    assert assigned("domain")["s1"] == ["finance"]
    assert [assigned("act")[one] for one in ("s2", "s3", "s5")] == [["challenge"], ["noting"], ["action"]]
    assert "W8" in assigned("themes")["s4"]


def test_labels_do_not_depend_on_the_order_or_company_of_sentences() -> None:
    forwards = classify.annotate(sentences(), MODELS)
    backwards = classify.annotate(sentences()[::-1], MODELS)
    alone = classify.annotate([sentences()[4]], MODELS)
    key = ["sentence_id", "facet", "code"]
    one, other = (frame.sort_values(key).reset_index(drop=True) for frame in (forwards, backwards))
    assert one[[*key, "assigned"]].equals(other[[*key, "assigned"]])
    assert np.allclose(one["score"].astype(float), other["score"].astype(float), atol=1e-5)
    assert list(alone["code"]) == list(forwards.loc[forwards["sentence_id"] == "s4", "code"])


def test_no_sentences_give_an_empty_table() -> None:
    table.check(classify.annotate([], MODELS), table.FACTS["labels"], "labels")


def test_cues_are_given_for_each_sentence_in_order_without_traps() -> None:
    cues = classify.cues(sentences())
    assert len(cues) == len(TEXTS)
    assert ("prompts", "ES") in {(cue.facet, cue.code) for cue in cues[6]}
    assert all(cue.weight > 0 for found in cues for cue in found)


def test_explain_shows_labels_cues_and_words() -> None:
    found = classify.explain("Two wards tested a new checklist over four PDSA cycles.", MODELS, heading="Quality improvement")
    assert {label["facet"] for label in found["labels"] if label["assigned"]} >= {"language", "domain", "act"}
    assert {"facet": "prompts", "code": "W8.2", "term": "PDSA"} in found["cues"]
    weights = [abs(weight) for _, weight in found["words"]["domain"]]
    assert weights
    assert all(one >= two for one, two in pairwise(weights))


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        model.load(tmp_path)


def test_models_hold_no_code_and_stay_small() -> None:
    files = [path for path in MODELS.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".npz", ".json", ".md"}
    assert sum(path.stat().st_size for path in files) < 20_000_000
