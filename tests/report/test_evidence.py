import dataclasses

from wellled_nlp import table
from wellled_nlp.report import evidence


def with_cues(analysis: table.Analysis, *cues: tuple[str, str, str, str]) -> table.Analysis:
    return dataclasses.replace(analysis, facts={**analysis.facts, "cues": table.of("cues", cues)})


def test_cues_that_speak_for_the_labels_come_first_and_are_counted(tarnbrook: table.Analysis) -> None:
    # The first sentence is labelled quality, assurance, report.
    first = (
        ("m0-00000", "domain", "finance", "beds"),
        ("m0-00000", "domain", "quality", "falls"),
        ("m0-00000", "language", "assurance", "limits"),
    )
    held = evidence.of(with_cues(tarnbrook, *first))
    assert held.cues[0] == [("domain", "quality", "falls"), ("language", "assurance", "limits"), ("domain", "finance", "beds")]
    assert held.reasons[0] == 2


def test_both_languages_speak_for_a_sentence_that_has_both(tarnbrook: table.Analysis) -> None:
    both = int((tarnbrook.facts["sentences"]["text"].str.startswith("Learning from the 11 deaths")).to_numpy().argmax())
    sentence = str(tarnbrook.facts["sentences"]["sentence_id"].iloc[both])
    held = evidence.of(
        with_cues(tarnbrook, (sentence, "language", "improvement", "learning"), (sentence, "language", "assurance", "reviewed"))
    )
    assert held.reasons[both] == 2


def test_only_assigned_labels_are_evidence_and_the_best_comes_first(tarnbrook: table.Analysis) -> None:
    held = evidence.of(tarnbrook)
    labels = tarnbrook.facts["labels"]
    assert sum(len(row) for row in held.many["prompts"]) == int(((labels["facet"] == "prompts") & labels["assigned"]).sum())
    assert all(row == sorted(row, key=lambda label: (-label[1], label[0])) for row in held.many["prompts"])


def test_repeated_sentences_are_marked(tarnbrook: table.Analysis) -> None:
    assert sum(evidence.of(tarnbrook).repeated) == len(tarnbrook.measures["carried"])
