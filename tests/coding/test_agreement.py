"""Agreement as numbers: on published examples, and where it must not be flattered."""

from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from wellled_nlp.cli import main
from wellled_nlp.coding import agreement, coders
from wellled_nlp.coding.agreement import Labels
from wellled_nlp.errors import InputError

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units, five nominal values, some missing.
KRIPPENDORFF = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def labels(rows: tuple[str, ...] | list[str], values: str = "12345") -> Labels:
    split = [row.split() for row in rows]
    return Labels(
        np.array([[[one == value for value in values] for one in row] for row in split]),
        np.array([[one != "." for one in row] for row in split]),
    )


def test_alpha_is_that_of_the_reference_example() -> None:
    assert round(agreement.alpha(labels(KRIPPENDORFF))[0], 4) == 0.7434


def test_alpha_of_two_observers_without_missing_values() -> None:
    """Krippendorff 2011, section B (two observers, twelve units, five values): nominal alpha 0.692."""
    held = labels(["a a b b d c c c e d d a", "b a b b b c c c e d d d"], "abcde")
    assert round(agreement.alpha(held)[0], 3) == 0.692


def test_kappa_of_twenty_and_fifteen_agreements_in_fifty() -> None:
    """20 yes by both, 15 no by both, 5 and 10 apart: 0.70 observed, 0.50 by chance."""
    held = labels([" ".join("y" * 20 + "y" * 5 + "n" * 10 + "n" * 15), " ".join("y" * 20 + "n" * 5 + "y" * 10 + "n" * 15)], "yn")
    value, low, high = agreement.kappa(held)
    assert value == pytest.approx(0.4)
    # Fleiss, Cohen and Everitt 1969: standard error 0.1275 on this table, so 0.15 to 0.65.
    assert (low, high) == (pytest.approx(0.15, abs=0.03), pytest.approx(0.65, abs=0.03))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40))
def test_kappa_of_a_facet_is_cohens_kappa(pairs: list[tuple[str, str]]) -> None:
    one, other = zip(*pairs, strict=True)
    expected = cohen_kappa_score(one, other, labels=list("abc"))
    found = agreement.kappa(labels([" ".join(one), " ".join(other)], "abc"))[0]
    assert found == pytest.approx(expected, abs=1e-9) or (np.isnan(found) and (np.isnan(expected) or expected == 0))


def test_agreement_on_everything_is_one_and_on_one_code_alone_cannot_be_told() -> None:
    assert agreement.alpha(labels(["1 2 3", "1 2 3"])) == (1.0, 1.0, 1.0)
    assert np.isnan(agreement.alpha(labels(["1 1 1", "1 1 1"]))[0])
    assert np.isnan(agreement.kappa(labels(["1 1 1", "1 1 1"]))[0])


def test_sentences_that_one_coder_alone_coded_change_nothing() -> None:
    assert agreement.alpha(labels(["1 2 1 . 3", "1 2 2 . ."])) == agreement.alpha(labels(["1 2 1", "1 2 2"]))


def test_text_that_nobody_coded_does_not_count_as_agreement() -> None:
    """A code given three times by one and four by the other, twice by both, among 10 or 1,000 sentences: 2 of 5 either way."""
    for n in (10, 1000):
        given = np.zeros((2, n, 1), dtype=bool)
        given[0, :3], given[1, 1:5] = True, True
        held = Labels(given, np.ones((2, n), dtype=bool))
        assert agreement.on_coded(held) == (2, 5)
    assert agreement.same(held) == (997, 1000)


def test_a_code_that_nobody_gave_leaves_alpha_as_it_is() -> None:
    assert agreement.alpha(labels(KRIPPENDORFF, "123456789"))[0] == agreement.alpha(labels(KRIPPENDORFF))[0]


def test_kappa_is_for_two() -> None:
    with pytest.raises(ValueError, match="two coders, not 4"):
        agreement.kappa(labels(KRIPPENDORFF))


def sheet(path: Path, rows: list[str]) -> Path:
    path.write_text("sentence_id,hash,text,prompts,domain,coder\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    one = sheet(
        tmp_path / "one.csv", ["a,h,Alpha.,W5.2,quality,", "b,h,=1+1,none,finance,", "c,h,Gamma.,W5.2;W6.3,quality,", "d,h,D.,,finance,"]
    )
    other = sheet(tmp_path / "other.csv", ["a,h,Alpha.,W5.2,quality,", "b,h,=1+1,none,quality,", "c,h,Gamma.,W6.3,quality,"])
    return [str(one), str(other)]


def test_coders_are_compared_by_facet_and_code_and_their_differences_listed(two: list[str]) -> None:
    held = coders.read([Path(path) for path in two])
    found = coders.table(held).set_index(["facet", "code"])
    assert found.loc[("domain", "all"), ["coders", "sentences", "same", "percent"]].tolist() == ["one, other", 3, 2, 66.7]
    assert found.loc[("prompts", "W5.2"), ["coded", "coded_same", "coded_percent"]].tolist() == [2, 1, 50.0]
    assert found.loc[("themes", "W6"), ["coded", "coded_same"]].tolist() == [1, 1]
    assert coders.disagreements(held).to_numpy().tolist() == [
        ["b", "domain", "finance", "quality", "=1+1"],
        ["c", "prompts", "W5.2;W6.3", "W6.3", "Gamma."],
    ]


def test_of_three_coders_each_pair_has_its_kappa_and_all_together_alpha(two: list[str], tmp_path: Path) -> None:
    third = sheet(tmp_path / "third.csv", ["a,h,Alpha.,W5.2,quality,CD", "b,h,=1+1,W5.2,finance,"])
    found = coders.table(coders.read([*map(Path, two), third]))
    whole = found[(found["facet"] == "domain") & (found["code"] == "all")]
    assert whole["coders"].tolist() == ["one, other, CD", "one, other", "one, CD", "other, CD"]
    assert whole["alpha"].isna().tolist() == [False, True, True, True]
    assert whole["kappa"].isna().tolist()[0]


def test_the_command_prints_writes_and_exits_with_four_where_agreement_is_too_low(two: list[str], tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["agree", *two]).exit_code == 0
    low = run(main, ["agree", *two, "--least", "0.67", "--out", str(tmp_path / "apart.csv")])
    assert low.exit_code == 4
    assert "Alpha is under 0.67, or cannot be told, for domain." in low.output
    assert "'=1+1" in (tmp_path / "apart.csv").read_text(encoding="utf-8-sig")
    assert run(main, ["agree", *two, "--out", str(tmp_path / "apart.xlsx")]).exit_code == 0
    assert pd.read_excel(tmp_path / "apart.xlsx")["text"].tolist() == ["=1+1", "Gamma."]
    shown = pd.read_json(StringIO(run(main, ["agree", *two, "--format", "json"]).output))
    assert set(shown["facet"]) == {"prompts", "themes", "domain"}


def test_one_coder_alone_and_files_of_different_samples_are_refused(two: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one coder alone"):
        coders.read([Path(two[0])])
    with pytest.raises(InputError, match="row 2: sentence a has another text here"):
        coders.read([Path(two[0]), sheet(tmp_path / "else.csv", ["a,other,Else.,W5.2,quality,"])])
