import pytest

from wellled_nlp.report import words


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.224, "22%"), (0.225, "23%"), (0.0, "0%"), (0.004, "under 1%"), (0.005, "1%"), (1.0, "100%"), (None, "–"), (float("nan"), "–")],
)
def test_a_share_is_said_in_whole_per_cent(share: float | None, said: str) -> None:
    assert words.percent(share) == said


def test_an_estimate_carries_its_interval_where_there_is_one() -> None:
    assert words.estimate(0.22, 0.184, 0.261) == "22% (18 to 26)"
    assert words.estimate(0.22, None, None) == "22%"


@pytest.mark.parametrize(
    ("iso", "said", "short"),
    [
        ("2024-09-26", "26 September 2024", "26 Sep 2024"),
        ("undated", "undated", "undated"),
        (None, "undated", "undated"),
        ("by spring", "by spring", "by spring"),
    ],
)
def test_a_date_is_said_in_british_order(iso: str | None, said: str, short: str) -> None:
    assert (words.day(iso), words.short_day(iso)) == (said, short)


def test_small_counts_are_spelled_out_and_large_ones_grouped() -> None:
    assert [words.spelled(n) for n in (0, 3, 10, 11)] == ["none", "three", "ten", "11"]
    assert words.spelled_out(1, "meeting") == "one meeting"
    assert words.spelled_out(0, "meeting") == "no meetings"
    assert words.counted(1234, "sentence") == "1,234 sentences"


def test_lists_read_as_a_sentence() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a"]) == "a"
    assert words.listed([]) == ""


def test_cleaned_text_holds_no_control_characters_and_no_marks_that_turn_text_around() -> None:
    assert words.clean("a\x00b\x07 \u202egnp.exe\u202c\n\tc\ud800") == "ab gnp.exe c"


def test_cleaning_leaves_letters_of_every_script_alone() -> None:
    assert words.clean("Tŷ Gobaith, £3.2m, مرحبا, 👩‍⚕️") == "Tŷ Gobaith, £3.2m, مرحبا, 👩‍⚕️"
