from datetime import date

import pytest

from wellled_nlp.structure.dates import meeting_date, of_file_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("board-meeting-minutes-2015-01-22.pdf", date(2015, 1, 22)),
        ("Board_Papers_25July2024.pdf", date(2024, 7, 25)),
        ("minutes 25th July 2024.docx", date(2024, 7, 25)),
        ("TB-20240725.pdf", date(2024, 7, 25)),
        ("25.07.24 Trust Board.pdf", date(2024, 7, 25)),
        ("Trust Board July 2024.pdf", None),
        ("annual-report-2023-24.pdf", None),
        ("minutes.pdf", None),
    ],
)
def test_a_file_name_states_a_date_in_any_uk_style(name: str, expected: date | None) -> None:
    assert of_file_name(name)[0] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Minutes of the Trust Board held on Thursday 25th July 2024", date(2024, 7, 25)),
        ("Board of Directors, 25/07/2024", date(2024, 7, 25)),
        ("Date of meeting: 25 Jul 24", date(2024, 7, 25)),
        ("Minutes of the meeting held on July 25, 2024", date(2024, 7, 25)),
        ("Trust Board agenda 2024-07-25", date(2024, 7, 25)),
    ],
)
def test_the_date_in_the_title_is_the_meetings(line: str, expected: date) -> None:
    assert meeting_date([line], [], [], "minutes.pdf") == (expected, [])


def test_dates_of_the_next_and_the_previous_meeting_are_not_this_meetings() -> None:
    title = ["Minutes of the Trust Board held on 25 July 2024", "Next meeting: 26 September 2024"]
    assert meeting_date(title, ["Minutes of the previous meeting held on 30 May 2024"], [], "m.pdf")[0] == date(2024, 7, 25)


def test_a_year_that_is_not_printed_comes_from_the_weekday_and_other_years_nearby() -> None:
    title = ["Minutes of the Board held on Thursday 25 July at 9.30"]
    assert meeting_date(title, ["Minutes of the previous meeting held on 30 May 2024"], [], "m.pdf")[0] == date(2024, 7, 25)


def test_without_any_evidence_no_year_is_invented() -> None:
    assert meeting_date(["Minutes of the Board held on 25 July"], [], [], "m.pdf") == (
        None,
        ["No meeting date was found in the text or the file name."],
    )


def test_a_file_name_that_disagrees_is_reported_and_the_text_is_followed() -> None:
    found, doubts = meeting_date(["Date 28th July 2016"], [], ["2016-07-28 draft minutes"], "minutes-2016-07-27.pdf")
    assert found == date(2016, 7, 28)
    assert doubts == ["The text says 2016-07-28, the file name minutes-2016-07-27.pdf says 2016-07-27; the text was followed."]


def test_the_file_name_serves_where_the_text_says_nothing() -> None:
    found, doubts = meeting_date(["Board minutes"], [], [], "minutes-2016-07-27.pdf")
    assert found == date(2016, 7, 27)
    assert doubts == ["The text states no meeting date; 2016-07-27 is taken from the file name."]
