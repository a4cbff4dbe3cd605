"""Corrections: taken in whole or not at all, kept for good, laid over the labels, and carried by the figures."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from tests.coding import world
from tests.coding.world import Person
from wellled_nlp import output, pipeline
from wellled_nlp.cli import main
from wellled_nlp.coding import corrections, draw, forms, listing, local
from wellled_nlp.coding.records import Form
from wellled_nlp.coding.take_in import take_in
from wellled_nlp.errors import InputError

MORNING, NOON = datetime(2025, 6, 3, 9, tzinfo=UTC), datetime(2025, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return world.scan(tmp_path / "scan")


def filled(scan: Path, path: Path, name: str = "Pia", n: int = 60, **more: tuple[str, ...]) -> Form:
    """A form filled in as the model labels, but for the facets in `more`."""
    form, model = draw.draw(scan, n, "theme", 3), world.as_the_model(scan)
    forms.write(form, path)
    world.fill(path, form, Person(name, lambda question: model(question) | more))
    return form


@pytest.mark.parametrize("ending", forms.WRITERS)
def test_a_filled_in_sample_is_kept_with_coder_time_versions_and_weights(scan: Path, tmp_path: Path, ending: str) -> None:
    form = filled(scan, tmp_path / f"form{ending}")
    (taken,) = take_in(scan, tmp_path / f"form{ending}", MORNING)
    (held,) = corrections.load(scan)
    assert (taken.held, taken.known, taken.stale) == (held, False, 0)
    assert (held.coder, held.at, held.sample, held.source) == ("Pia", "2025-06-03T09:00:00+00:00", form.sample, f"form{ending}")
    assert set(held.models) == {"prompts", "themes", "language", "domain", "act"}
    assert held.codebooks["prompts"].startswith("kloe-2017 ")
    assert sum(row.weight for row in held.rows) == pytest.approx(240, abs=0.01)
    assert {row.sentence_id: row.hash for row in held.rows} == {question.sentence_id: question.hash for question in form.questions}


def test_taking_in_the_same_form_again_adds_nothing(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "form.xlsx")
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    before = {path.name: path.read_bytes() for path in (scan / "library" / "corrections").iterdir()}
    (again,) = take_in(scan, tmp_path / "form.xlsx", NOON)
    assert again.known
    assert {path.name: path.read_bytes() for path in (scan / "library" / "corrections").iterdir()} == before


def edited(path: Path, row: int, **cells: str) -> None:
    """Changes cells of a row, numbered as a spreadsheet numbers it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[row - 2] |= cells
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"sentence_id": "s9999"}, "row 5: the sentence_id 's9999' is not in the sample; copy it back"),
        ({"hash": "0123456789abcdef"}, "row 5: the hash '0123456789abcdef' is not that of"),
        ({"text": "Something else altogether."}, "row 5: the text is not that of"),
        ({"sample": "000000000000"}, "The sample '000000000000' was not drawn from the scan in"),
        ({"domain": "kwality"}, "row 5: unknown domain code 'kwality'"),
    ],
)
def test_a_changed_row_refuses_the_form_by_its_number_and_nothing_is_kept(
    scan: Path, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    filled(scan, tmp_path / "form.csv")
    edited(tmp_path / "form.csv", 5, **cells)
    with pytest.raises(InputError) as caught:
        take_in(scan, tmp_path / "form.csv", MORNING)
    assert said in caught.value.message
    assert corrections.load(scan) == []


def test_rows_may_be_sorted_taken_out_and_their_spaces_changed(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "form.csv")
    header, *rows = (tmp_path / "form.csv").read_text(encoding="utf-8-sig").split("\n")
    plain = [row for row in rows if row.startswith("s") and row.count('"') == 0]
    changed = [row.replace("tells something.", "tells  something .") for row in reversed(plain[:30])]
    (tmp_path / "form.csv").write_text("\n".join([header, *changed]), encoding="utf-8")
    (taken,) = take_in(scan, tmp_path / "form.csv", MORNING)
    assert len(taken.held.rows) == 30


def test_nobody_named_as_coder_is_refused_and_a_name_can_be_given(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "form.csv", "")
    with pytest.raises(InputError, match="row 2: nobody is named as coder"):
        take_in(scan, tmp_path / "form.csv", MORNING)
    assert take_in(scan, tmp_path / "form.csv", MORNING, "Quentin")[0].held.coder == "Quentin"


def test_the_persons_label_takes_the_models_place_and_the_models_row_stays(scan: Path, tmp_path: Path) -> None:
    form = filled(scan, tmp_path / "form.xlsx", domain=("strategy",), prompts=("W8.2",))
    before = output.load_facts(scan, ["labels"])["labels"]
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    facts = pipeline.measure_again(scan).facts
    labels = facts["labels"]
    given = labels[labels["assigned"]]
    for facet in ("domain", "language", "act"):
        assert (given[given["facet"] == facet].groupby("sentence_id").size() == 1).all()
        assert given[given["facet"] == facet]["sentence_id"].nunique() == 240
    here = given[given["sentence_id"].isin([question.sentence_id for question in form.questions])]
    assert set(here.loc[here["facet"] == "themes", "code"]) == {"W8"}
    assert set(here.loc[here["facet"] == "domain", "code"]) == {"strategy"}
    assert set(here.loc[here["facet"] == "domain", "scorer"]) == {"person"}
    assert list(labels["sentence_id"].unique()) == list(before["sentence_id"].unique())
    own = labels[labels["scorer"] != "person"].drop(columns="assigned").sort_values(["sentence_id", "facet", "code"], ignore_index=True)
    assert own.equals(before.drop(columns="assigned").sort_values(["sentence_id", "facet", "code"], ignore_index=True))


def test_decisions_follow_the_corrected_act(scan: Path, tmp_path: Path) -> None:
    form = filled(scan, tmp_path / "form.xlsx", act=("decision",))
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    decisions = pipeline.measure_again(scan).facts["decisions"]
    texts = {question.text for question in form.questions}
    assert texts <= set(decisions["text"])
    assert decisions["decision_id"].is_unique


def test_the_latest_answer_counts_and_the_earlier_one_stays_where_it_is_kept(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "one.csv", domain=("finance",))
    filled(scan, tmp_path / "two.csv", domain=("quality",))
    take_in(scan, tmp_path / "one.csv", NOON)
    take_in(scan, tmp_path / "two.csv", MORNING)
    said = pipeline.measure_again(scan).facts["corrections"]
    assert set(said.loc[said["facet"] == "domain", "code"]) == {"finance"}
    assert len(corrections.load(scan)) == 2


def test_measuring_again_twice_gives_the_same_and_without_corrections_what_was_before(scan: Path, tmp_path: Path) -> None:
    before = output.load(scan)
    filled(scan, tmp_path / "form.xlsx", domain=("strategy",))
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    once, twice = pipeline.measure_again(scan), pipeline.measure_again(scan)
    for name, frame in once.facts.items():
        pd.testing.assert_frame_equal(frame, twice.facts[name])
    for path in (scan / "library" / "corrections").iterdir():
        path.unlink()
    after = pipeline.measure_again(scan)
    key = ["sentence_id", "facet", "code"]
    pd.testing.assert_frame_equal(
        after.facts["labels"].sort_values(key, ignore_index=True), before.facts["labels"].sort_values(key, ignore_index=True)
    )
    pd.testing.assert_frame_equal(after.measures["uncertainty"], before.measures["uncertainty"])


def test_what_changed_or_went_since_is_shown_as_stale_and_does_not_count(scan: Path, tmp_path: Path) -> None:
    form = filled(scan, tmp_path / "form.xlsx", domain=("strategy",))
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    held = output.load(scan)
    gone, changed = form.questions[10].sentence_id, form.questions[11].sentence_id
    facts = {name: frame[frame["sentence_id"] != gone] if "sentence_id" in frame else frame for name, frame in held.facts.items()}
    facts["sentences"] = facts["sentences"].assign(
        text=facts["sentences"]["text"].mask(facts["sentences"]["sentence_id"] == changed, "Read otherwise now.").astype("string")
    )
    world.write(scan, {name: frame.reset_index(drop=True) for name, frame in facts.items()})
    said = pipeline.measure_again(scan).facts["corrections"]
    assert said["sentence_id"].nunique() == 58
    assert {gone, changed} & set(said["sentence_id"]) == set()
    assert listing.imports(scan)[["coder", "sentences", "stale", "models"]].to_numpy().tolist() == [["Pia", 60, 2, "the same"]]
    # A form filled in before and sent after the change is taken in, and says so.
    filled_again = tmp_path / "form.xlsx"
    assert take_in(scan, filled_again, NOON)[0].stale == 2


def test_a_damaged_file_of_corrections_is_named(scan: Path) -> None:
    folder = scan / "library" / "corrections"
    folder.mkdir(parents=True)
    (folder / "0123456789abcdef.jsonl").write_text('{"coder": "Pia"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"0123456789abcdef\.jsonl is damaged"):
        corrections.load(scan)


def test_with_enough_labels_the_figures_carry_the_users_own_sample(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "form.xlsx", "Pia", 120)
    run = CliRunner().invoke
    done = run(main, ["correct", str(scan), str(tmp_path / "form.xlsx")])
    assert done.exit_code == 0, done.output
    assert "Pia: 120 sentences taken in" in done.output
    measured = output.load(scan).measures
    assert set(measured["uncertainty"]["corrected_by"]) == {"own sample"}
    row = measured["own_sample"].set_index(["facet", "code"]).loc[("domain", "quality")]
    assert (row["share"], row["corrected"]) == (pytest.approx(35 / 206), pytest.approx(35 / 206, abs=0.02))
    assert row["low"] < row["share"] < row["high"]
    listed = run(main, ["correct", str(scan), "--list"])
    assert "Pia" in listed.output
    assert run(main, ["correct", str(scan)]).exit_code == 2


def test_too_few_labels_leave_the_figures_on_real_text(scan: Path, tmp_path: Path) -> None:
    filled(scan, tmp_path / "form.xlsx", "Pia", 39)
    take_in(scan, tmp_path / "form.xlsx", MORNING)
    measured = pipeline.measure_again(scan).measures
    assert measured["own_sample"].empty
    assert "own sample" not in set(measured["uncertainty"]["corrected_by"].dropna())


def test_training_takes_the_answers_that_count_with_their_context_and_no_more(scan: Path, tmp_path: Path) -> None:
    form = draw.draw(scan, 20, "theme", 3)
    forms.write(form, tmp_path / "form.csv")
    world.fill(tmp_path / "form.csv", form, Person("Pia", lambda _: {"domain": ("strategy",), "prompts": ()}))
    take_in(scan, tmp_path / "form.csv", MORNING)
    own = local.read([scan])
    assert {(row.domain, row.language, row.act, row.prompts) for row in own.rows} == {("strategy", "", "", frozenset())}
    assert set(own.answered) == {frozenset({"domain", "prompts"})}
    assert {row.context.text for row in own.rows} == {question.text for question in form.questions}
    assert {row.context.paper for row in own.rows} == {"minutes"}
    assert (own.about["sentences"], own.about["coders"]) == (20, ["Pia"])
    with pytest.raises(InputError, match="no corrections to learn from"):
        local.read([world.scan(tmp_path / "other")])
