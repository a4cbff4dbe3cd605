"""A sample: stratified, seeded, with the chance of every sentence kept, and nothing in the form that tells the labels."""

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding import world
from wellled_nlp.coding import draw, forms
from wellled_nlp.errors import InputError


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.scan(tmp_path_factory.mktemp("scan"))


def design(scan: Path, sample: str) -> dict[str, object]:
    return json.loads((scan / "library" / "samples" / f"{sample}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("by", draw.STRATA)
def test_the_same_seed_draws_the_same_sentences_and_another_seed_others(scan: Path, by: str) -> None:
    one, again, other = draw.draw(scan, 60, by, 5), draw.draw(scan, 60, by, 5), draw.draw(scan, 60, by, 6)
    assert one == again
    assert one.sample != other.sample
    assert len({question.sentence_id for question in one.questions}) == 60


@pytest.mark.parametrize("by", draw.STRATA)
def test_the_weights_of_the_drawn_sentences_sum_to_all_sentences(scan: Path, by: str) -> None:
    kept = design(scan, draw.draw(scan, 60, by, 5).sample)
    weights = [kept["strata"][stratum]["weight"] for _, _, stratum in kept["sentences"]]
    assert sum(weights) == pytest.approx(240, abs=0.01)
    assert kept["population"] == 240


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 900), min_size=1, max_size=12), st.floats(0, 1))
def test_strata_get_at_least_two_and_at_most_all_and_together_what_was_asked_for(sizes: dict[str, int], part: float) -> None:
    least = min(2 * len(sizes), sum(sizes.values()))
    n = least + int(part * (sum(sizes.values()) - least))
    taken = draw.allocate(sizes, n)
    assert sum(taken.values()) == n
    assert all(min(2, size) <= taken[place] <= size for place, size in sizes.items())


def test_a_stratum_four_times_as_large_gives_twice_as_many() -> None:
    assert draw.allocate({"large": 400, "small": 100}, 30) == {"large": 20, "small": 10}


def test_more_strata_than_sentences_can_serve_are_put_together(scan: Path) -> None:
    kept = design(scan, draw.draw(scan, 6, "theme", 1).sample)
    assert set(kept["strata"]) == {"W3", "W5", "other"}
    assert sum(stratum["drawn"] for stratum in kept["strata"].values()) == 6


def test_only_the_papers_that_shares_are_of_are_drawn_from_unless_asked(tmp_path: Path) -> None:
    said = world.said(80)
    papers = [world.replace(one, doc_type="board paper") for one in world.said(80)]
    scan = world.scan(tmp_path / "scan", said + papers)
    assert design(scan, draw.draw(scan, 20, "domain", 1).sample)["population"] == 80
    assert design(scan, draw.draw(scan, 20, "domain", 1, every_paper=True).sample)["population"] == 160


@pytest.mark.parametrize("n", [0, 241])
def test_a_number_that_cannot_be_drawn_says_which_can(scan: Path, n: int) -> None:
    with pytest.raises(InputError, match="Give --n between 1 and 240"):
        draw.draw(scan, n, "theme", 1)


def test_a_folder_without_a_scan_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no whole scan"):
        draw.draw(tmp_path, 5, "theme", 1)


@pytest.mark.parametrize("ending", forms.WRITERS)
def test_a_blind_form_holds_no_label_stratum_or_weight(scan: Path, tmp_path: Path, ending: str) -> None:
    form = draw.draw(scan, 40, "theme", 5)
    assert all(not question.labels for question in form.questions)
    forms.write(form, tmp_path / f"form{ending}")
    if ending == ".xlsx":
        sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["sentences"]
        header = [cell.value for cell in sheet[1]]
        assert header[:5] == ["document", "page", "heading", "previous", "text"]
        assert header[5:] == ["prompts 1", "prompts 2", "language", "domain", "act", "coder", "note", "sentence_id", "hash", "sample"]
        assert all(cell.value is None for row in sheet.iter_rows(min_row=2, min_col=6, max_col=12) for cell in row)
    else:
        text = (tmp_path / f"form{ending}").read_text(encoding="utf-8")
        assert not any(word in text for word in ("stratum", "weight", "predictions", "model "))


def test_shown_labels_stand_in_columns_of_their_own(scan: Path, tmp_path: Path) -> None:
    form = draw.draw(scan, 40, "theme", 5, show_labels=True)
    forms.write(form, tmp_path / "form.csv")
    header = (tmp_path / "form.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",")
    assert [name for name in header if name.startswith("model ")] == ["model prompts", "model language", "model domain", "model act"]
