"""Contracts over the data files: a file that is added is under test by existing."""

import csv
from pathlib import Path

import pytest

from wellled_nlp import codebook, settings
from wellled_nlp.errors import CodebookError, SettingsError

DATA = Path(__file__).parents[1] / "wellled_nlp" / "data"
FACETS = sorted(path.stem for path in (DATA / "facets").glob("*.toml"))


@pytest.mark.parametrize("name", FACETS)
def test_every_facet_file_loads_and_says_what_it_is(name: str) -> None:
    facet = codebook.load_facet(name)
    assert facet.id == name
    assert all(code.title and code.text for code in facet.codes)


def test_the_framework_has_eight_lines_of_enquiry_and_47_prompts() -> None:
    facet = codebook.load_facet("kloe-2017")
    assert [parent.id for parent in facet.parents] == ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "ES"]
    counts = [sum(code.parent == parent.id for code in facet.codes) for parent in facet.parents]
    assert counts == [4, 6, 9, 5, 6, 7, 5, 5, 1]
    assert [code.id for code in facet.codes if code.applies_to] == ["W4.5"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = 1", "key 'id' is missing or not text"),
        ('id = "x"\nname = "x"\ntitle = "x"\npublisher = "x"', "no codes"),
        ('id="x"\nname="x"\ntitle="x"\npublisher="x"\nfallback="a"\n' + '[[code]]\nid="a"\ntitle="A"\n' * 2, "code a stands twice"),
        ('id="x"\nname="x"\ntitle="x"\npublisher="x"\nfallback="b"\n[[code]]\nid="a"\ntitle="A"\n', "fallback 'b' is not one of the codes"),
        ('id="x"\nname="x"\ntitle="x"\npublisher="x"\nfallback="a"\n[[code]]\nid="a"\ntitle="A"\nparent="P"\n', "unknown parent 'P'"),
        ("id =", "not valid TOML"),
    ],
)
def test_a_facet_file_at_fault_is_named_with_its_fault(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match="own.toml") as caught:
        codebook.load_facet(str(path))
    assert said in str(caught.value)


def test_an_unknown_facet_lists_those_shipped() -> None:
    with pytest.raises(CodebookError, match="kloe-2017"):
        codebook.load_facet("kloe-1999")


def test_a_setting_of_ones_own_overlays_the_default_and_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "wellled.toml"
    path.write_text("[attention]\nlead = 0.3\n", encoding="utf-8")
    found = settings.load(path)
    assert found.attention.lead == 0.3
    assert found.attention.lead_unit == "words"
    assert (found.origin["attention.lead"], found.origin["attention.lead_unit"]) == (str(path), "default")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[attention]\nlead = 'high'\n", "'attention.lead' is 'high', but should be float"),
        ("[attenshun]\nlead = 1\n", "line 1: unknown setting 'attenshun'"),
        ("attention = 1\n", "'attention' is a section"),
        ("[attention\n", "not valid TOML"),
    ],
)
def test_a_setting_at_fault_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "wellled.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.load(path)
    assert said in str(caught.value)


def test_every_labelled_file_is_in_the_codebooks_format() -> None:
    header = ["id", "source", "kind", "heading", "previous", "text", "prompts", "language", "domain", "act"]
    files = sorted((Path(__file__).parents[1] / "corpora" / "labelled").glob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == header, path.name
