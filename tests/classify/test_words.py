"""One spelling of a word, whatever the paper's."""

import pytest

from wellled_nlp.classify.words import fold, words


def test_case_possessives_hyphens_and_plurals_are_taken_away() -> None:
    assert words("The Trust's co-designed Services") == ["the", "trust", "co", "designed", "service"]


def test_years_counts_and_sums_stay_apart() -> None:
    assert words("£3.2m in 2024, 14 falls") == ["£", "0m", "in", "0000", "0", "fall"]


@pytest.mark.parametrize(
    ("one", "other"), [("organization", "organisation"), ("policies", "policy"), ("analyzed", "analysed"), ("risks", "risk")]
)
def test_spellings_that_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_acronym_that_is_also_a_word_counts_only_in_capitals() -> None:
    assert "it^" in words("The IT system failed")
    assert "it^" not in words("It failed")
    assert "it^" not in words("HOW IT WORKS FOR PATIENTS")
    assert "it^" not in words("An AUDIT of the ITEM and 5IT")


def test_words_that_end_in_s_and_are_no_plurals_are_left_alone() -> None:
    assert words("this process status") == ["this", "process", "status"]


def test_a_text_without_words_has_none() -> None:
    assert words("— … •") == []
