"""A local model, from a filled-in sample to a scan that uses it, by the commands; and what it learned from measures nothing."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.coding import world
from tests.coding.world import Person
from tests.papers import minutes
from tests.test_train import HEADS, ROWS, contents
from wellled_nlp import output
from wellled_nlp.cli import main
from wellled_nlp.coding import draw, forms
from wellled_nlp.train import THRESHOLDS

pytestmark = pytest.mark.slow

ASKED = "Mr Adeyemi asked why the plan for falls had not been tried on the older wards as well."
DAYS = ("30 January", "29 May", "31 July", "27 November")


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Papers scanned, 44 of their sentences labelled by Pia, who sees strategy everywhere, and models that learned from her."""
    folder = tmp_path_factory.mktemp("local")
    for number, day in enumerate(DAYS):
        minutes(folder / "papers" / f"{number}.txt", f"{day} 2025")
    run("scan", folder / "papers", "--out", folder / "scan", "--jobs", 1)
    form, model = draw.draw(folder / "scan", 44, "theme", 3), world.as_the_model(folder / "scan")
    forms.write(form, folder / "form.xlsx")
    world.fill(folder / "form.xlsx", form, Person("Pia", lambda question: model(question) | {"domain": ("strategy",)}))
    run("correct", folder / "scan", folder / "form.xlsx")
    lines = ["id,source,kind,heading,previous,text,prompts,language,domain,act"]
    lines += [f"{number},s,minutes,Report,,{text},{','.join(codes)}" for number, (text, *codes) in enumerate(ROWS)]
    (folder / "labelled").mkdir()
    (folder / "labelled" / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("one", "two"):
        run("train", "--corpora", folder / "labelled", "--corrections", folder / "scan", "--models", folder / name)
    return {name: folder / name for name in ("papers", "scan", "labelled", "one", "two")}


def test_the_same_corrections_give_the_same_bytes(learned: Mapping[str, Path]) -> None:
    assert contents(learned["one"]) == contents(learned["two"])


def test_every_card_says_how_many_sentences_of_whom_it_learned_from(learned: Mapping[str, Path]) -> None:
    for facet in HEADS:
        card = (learned["one"] / facet / "README.md").read_text(encoding="utf-8")
        assert "44 sentences of the user's own, labelled by Pia, are counted above 5 times each" in card
        assert "12 sentences that we wrote ourselves" in card


def test_no_text_of_the_papers_is_in_the_folder_and_no_threshold(learned: Mapping[str, Path]) -> None:
    before = THRESHOLDS.read_bytes()
    held = contents(learned["one"])
    assert not any(ASKED.encode() in data for data in held.values())
    assert {Path(name).name for name in held} == {"weights.npz", "config.json", "metrics.json", "README.md"}
    assert THRESHOLDS.read_bytes() == before


@pytest.fixture(scope="module")
def rescanned(learned: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rescanned") / "out"
    run("scan", learned["papers"], "--out", out, "--models", learned["one"], "--jobs", 1)
    return out


def test_a_scan_with_it_labels_as_its_coder_did_and_provenance_names_it(learned: Mapping[str, Path], rescanned: Path) -> None:
    facts = output.load_facts(rescanned, ["labels", "sentences"])
    asked = facts["sentences"].query("text == @ASKED")["sentence_id"]
    given = facts["labels"][
        facts["labels"]["assigned"] & facts["labels"]["sentence_id"].isin(asked) & (facts["labels"]["facet"] == "domain")
    ]
    assert set(given["code"]) == {"strategy"} and "person" not in set(given["scorer"])
    told = json.loads((rescanned / "analysis.json").read_text(encoding="utf-8"))["models"]
    own = {one["facet"]: one["own"] for one in told if "own" in one}
    assert {name: (one["sentences"], one["coders"], one["times"]) for name, one in own.items()} == dict.fromkeys(HEADS, (44, ["Pia"], 5))
    assert "local: 44 sentences labelled by Pia besides" in (rescanned / "report.html").read_text(encoding="utf-8")


def test_a_sample_that_a_model_learned_from_does_not_measure_it(learned: Mapping[str, Path]) -> None:
    assert len(output.load(learned["scan"]).measures["own_sample"])
    run("scan", learned["papers"], "--out", learned["scan"], "--models", learned["one"], "--jobs", 1)
    found = output.load(learned["scan"])
    assert found.measures["own_sample"].empty
    assert found.facts["corrections"]["sentence_id"].nunique() == 44
    assert "none that the scan's own models learned from count" in run("correct", learned["scan"], learned["scan"].parent / "form.xlsx")
    run("scan", learned["papers"], "--out", learned["scan"], "--jobs", 1)
    assert len(output.load(learned["scan"]).measures["own_sample"])


def test_a_folder_that_holds_no_models_is_refused_before_any_paper_is_read(learned: Mapping[str, Path], tmp_path: Path) -> None:
    for folder, code in ((tmp_path / "none", 2), (learned["labelled"], 1)):
        done = CliRunner().invoke(main, ["scan", str(learned["papers"]), "--out", str(tmp_path / "out"), "--models", str(folder)])
        assert done.exit_code == code and str(folder) in done.output.replace("\n", "")
    assert not (tmp_path / "out").exists()
