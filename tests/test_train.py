"""From labelled sentences to a folder of models, to the same bytes."""

import json
from pathlib import Path

import pytest

from wellled_nlp import classify, train
from wellled_nlp.errors import InputError

HEADS = ("themes", "prompts", "language", "stance", "domain", "act")
ROWS = (
    ("Falls rose to 14 against a target of 9.", "W5.2", "assurance", "quality", "report"),
    ("Falls fell to 8 against a target of 9.", "W5.2", "assurance", "quality", "report"),
    ("The risk register was reviewed.", "W5.4", "neither", "governance", "report"),
    ("The risk of flooding was added to the risk register.", "W5.4", "neither", "governance", "report"),
    ("Two wards tested a new checklist.", "W8.2", "improvement", "quality", "report"),
    ("Staff tested small changes and learned from them.", "W8.2", "improvement", "quality", "report"),
    ("Mr Dale asked whether the plan was realistic.", "W2.2", "neither", "strategy", "challenge"),
    ("The Board approved the plan.", "W2.2", "neither", "strategy", "decision"),
    ("The Board noted the report.", "", "neither", "procedural", "noting"),
    ("Apologies were received from Mrs Lund.", "", "neither", "procedural", "noting"),
    ("The Chief Nurse to bring a report to the next meeting.", "", "neither", "quality", "action"),
    ("The deficit was £4m against a plan of £3m.", "W5.2", "assurance", "finance", "report"),
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "labelled"
    folder.mkdir()
    lines = ["id,source,kind,heading,previous,text,prompts,language,domain,act"]
    lines += [f"{number},s,minutes,Report,,{text},{','.join(codes)}" for number, (text, *codes) in enumerate(ROWS)]
    (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_sentences_give_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    train.train(corpora, tmp_path / "one")
    train.train(corpora, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_every_head_has_weights_configuration_metrics_and_a_card(corpora: Path, tmp_path: Path) -> None:
    train.train(corpora, tmp_path / "models")
    for facet in HEADS:
        assert {path.name for path in (tmp_path / "models" / facet).iterdir()} == {
            "weights.npz",
            "config.json",
            "metrics.json",
            "README.md",
        }
        card = (tmp_path / "models" / facet / "README.md").read_text(encoding="utf-8")
        assert "Documentary evidence only; not a rating." in card
        assert "12 sentences" in card


def test_a_model_that_was_not_measured_says_so(corpora: Path, tmp_path: Path) -> None:
    train.train(corpora, tmp_path / "models")
    assert json.loads((tmp_path / "models" / "domain" / "metrics.json").read_text(encoding="utf-8")) == {}
    assert "Not measured since it was last built." in (tmp_path / "models" / "domain" / "README.md").read_text(encoding="utf-8")


def test_figures_are_shown_once_measured_and_vanish_when_the_model_changes(corpora: Path, tmp_path: Path) -> None:
    models, figures = tmp_path / "models", tmp_path / "figures.json"
    train.train(corpora, models)
    train.record([corpora / "a.csv"], corpora / "a.csv", models, figures)
    metrics = json.loads((models / "domain" / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["n"] == 12
    assert metrics["file"] == "a.csv"
    assert metrics["fresh"]["n"] == 12
    assert (models / "domain" / "README.md").read_text(encoding="utf-8").count("On 12 real sentences") == 2


def test_what_was_trained_can_be_loaded_and_knows_its_own_sentences(corpora: Path, tmp_path: Path) -> None:
    train.train(corpora, tmp_path / "models")
    found = classify.explain("Two wards tested a new checklist.", tmp_path / "models")
    given = {(label["facet"], label["code"]) for label in found["labels"] if label["assigned"]}
    assert {("themes", "W8"), ("prompts", "W8.2"), ("language", "improvement"), ("domain", "quality")} <= given


def test_thresholds_are_written_with_what_they_were_chosen_on(corpora: Path, tmp_path: Path) -> None:
    train.train(corpora, tmp_path / "models")
    target = tmp_path / "thresholds.toml"
    train.calibrate(corpora / "a.csv", corpora / "a.csv", tmp_path / "models", target)
    written = target.read_text(encoding="utf-8")
    assert 'file = "a.csv"' in written
    assert "n = 12" in written
    assert "[facet.themes]" in written
    assert "[facet.act]" in written


def test_nothing_to_train_on_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled sentences"):
        train.train(tmp_path, tmp_path / "models")


@pytest.mark.slow
def test_the_models_of_this_repository_are_what_its_sentences_give(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    train.train(root / "corpora" / "labelled", tmp_path / "models")
    assert contents(tmp_path / "models") == {
        name: data for name, data in contents(root / "models").items() if not name.startswith("README")
    }
