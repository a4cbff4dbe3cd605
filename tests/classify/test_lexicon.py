"""Cues are found in every form in which a paper may write them, and the shipped lists are fit to be read by a person."""

import csv
from importlib import resources

import pytest

from wellled_nlp.classify import LEXICONS, lexicon
from wellled_nlp.classify.lexicon import Lexicon
from wellled_nlp.classify.words import words
from wellled_nlp.codebook import Term, load_facet, load_lexicon

FILES = ("prompts", "language", "domain", "act", "act-words", "acronyms")


def found(terms: list[Term], text: str, acronyms: list[Term] | None = None) -> list[str]:
    return [cue.term for cue in Lexicon({"prompts": terms}, acronyms or []).cues_in(text)]


def term(text: str, kind: str = "phrase") -> Term:
    return Term("W5.4", text, kind, 1.0, "")


def test_a_phrase_is_found_whatever_its_case_hyphens_or_number() -> None:
    assert found([term("risk register")], "Both Risk-Registers were reviewed.") == ["risk register"]


def test_a_phrase_is_not_found_across_other_words() -> None:
    assert found([term("risk register")], "The risk on the register was closed.") == []


def test_a_stem_takes_any_ending() -> None:
    assert found([term("risk mitigat", "stem")], "Risk mitigations are listed.") == ["risk mitigat"]


def test_a_starred_word_within_a_phrase_takes_any_ending() -> None:
    assert found([term("learn* from incident")], "We are learning from incidents.") == ["learn* from incident"]


def test_overlapping_cues_are_all_found_and_each_once() -> None:
    assert found([term("risk"), term("risk register")], "The risk register and its risks.") == ["risk", "risk register"]


def test_an_acronym_stands_for_its_expansion() -> None:
    acronyms = [Term("BAF", "board assurance framework", "phrase", 1.0, "")]
    assert found([term("board assurance framework")], "The BAF was noted.", acronyms) == ["board assurance framework"]


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_list_is_sorted_and_without_duplicates(name: str) -> None:
    text = (resources.files("wellled_nlp") / "data" / "lexicons" / f"{name}.csv").read_text(encoding="utf-8")
    rows = [(row["code"], row["term"].lower(), row["kind"], float(row["weight"])) for row in csv.DictReader(text.splitlines())]
    assert rows == sorted(rows)
    assert len({(code, term, kind, weight > 0) for code, term, kind, weight in rows}) == len(rows)


@pytest.mark.parametrize(("name", "facet"), [("prompts", "kloe-2017"), ("language", "language"), ("domain", "domain"), ("act", "act")])
def test_every_cue_speaks_for_a_code_of_its_facet(name: str, facet: str) -> None:
    assert {entry.code for entry in load_lexicon(name)} <= set(load_facet(facet).code_ids)


def test_every_prompt_has_at_least_twenty_five_cues() -> None:
    listed = [entry.code for entry in load_lexicon("prompts")]
    assert {code for code in load_facet("kloe-2017").code_ids if listed.count(code) < 25} == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Staff can raise concerns with the Freedom to Speak Up Guardian.", "W3.5"),
        ("The BAF was presented.", "W5.1"),
        ("A PDSA cycle was run on Ward 4.", "W8.2"),
        ("Carbon emissions from the fleet fell.", "ES"),
        ("Hospital managers' hearings were held for detained patients.", "W4.5"),
        ("The WRES return was published.", "W3.8"),
    ],
)
def test_the_shipped_cues_speak_for_the_right_prompt(text: str, code: str) -> None:
    assert code in {cue.code for cue in lexicon.load(LEXICONS).cues_in(text) if cue.facet == "prompts"}


def test_a_trap_weighs_against_its_code() -> None:
    cues = [
        cue for cue in lexicon.load(LEXICONS).cues_in("The CQC rated the service as requires improvement.") if cue.code == "improvement"
    ]
    assert sum(cue.weight for cue in cues) <= 0


def test_it_as_a_word_is_not_information_technology() -> None:
    assert "IT" not in {cue.term for cue in lexicon.load(LEXICONS).cues_in("It was noted.")}
    assert words("IT") == ["it^"]
