"""UK dates in text and in file names, and which of them is the date of the meeting.

A date counts by where it stands ("Date", "held on" and the title before the body; "next meeting" and "minutes of the previous meeting"
never). The file name is a second witness: it decides only where the text says nothing, and a disagreement is reported.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september"]
        + ["oct october", "nov november", "dec december"],
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""\b(?:
        (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s,.-]+(?P<m1>{_MONTH})\b[\s,.'’-]*(?P<y1>(?:19|20)\d\d|\d\d(?!\d|[.:]\d|\s*(?:am|pm)))?
      | (?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)
      | (?P<y3>(?:19|20)\d\d)[-/._](?P<m3>\d\d)[-/._](?P<d3>\d\d)(?!\d)
      | (?P<d4>\d{{1,2}})[/.-](?P<m4>\d{{1,2}})[/.-](?P<y4>(?:19|20)\d\d|\d\d)(?![\d/])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FILE_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)|(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>20\d\d)|(?P<m5>{_MONTH})[-_ ]*(?P<y5>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_NOT_THIS_MEETING = re.compile(
    r"next (?:meeting|board)|previous (?:meeting|minutes)|last meeting|minutes of the (?:last|previous)|"
    r"future meeting|following meeting|date of (?:the )?next|"
    r"as at|published|printed|version|review date|approved on|period (?:to|ending|ended)|year end|deadline|due|born",
    re.IGNORECASE,
)
_THIS_MEETING = re.compile(
    r"\bheld\b|meeting of the|date of (?:the )?(?:board )?meeting|meeting date|\bminutes\b|\bagenda\b|"
    r"board of directors|governing body|trust board|to be held|\bdate\b|papers for",
    re.IGNORECASE,
)
EARLIEST_YEAR = 1990
# Evidence weights: a date beside words of this meeting, in the title lines, or repeated in running heads.
_BESIDE, _IN_TITLE, _PLAIN, _REPEATED = 6.0, 3.0, 0.5, 3.0
_TITLE_WORDS = 15  # a longer line is a paragraph or a table row, not a title
_INFERRED = 0.8  # of the weight of a date whose year is printed
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def find_dates(text: str) -> Iterator[tuple[int, int, int | None, int, int]]:
    """(start, end, year or None, month, day) of every date in the text that the calendar allows."""
    for match in _DATE.finditer(text):
        parts = match.groupdict()
        for n in "1234":
            if parts.get(f"m{n}"):
                month = _MONTHS.get(parts[f"m{n}"].lower()) or int(parts[f"m{n}"]) if not parts[f"m{n}"].isdigit() else int(parts[f"m{n}"])
                year = parts.get(f"y{n}")
                whole = None if not year else int(year) if len(year) == 4 else 2000 + int(year)
                if is_real(whole or 2000, month, int(parts[f"d{n}"])):
                    yield match.start(), match.end(), whole, month, int(parts[f"d{n}"])
                break


def is_real(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return EARLIEST_YEAR <= year <= 2100


def of_file_name(name: str) -> tuple[date | None, tuple[int, int] | None]:
    """The date that a file name states, and where it has only a month, (year, month)."""
    spaced = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", name.replace("_", " "), flags=re.IGNORECASE)
    spaced = re.sub(r"(\d) (st|nd|rd|th)\b", r"\1\2", spaced, flags=re.IGNORECASE)
    for text in (name, spaced):
        for _, _, year, month, day in find_dates(text):
            if year is not None:
                return date(year, month, day), (year, month)
    match = _FILE_DATE.search(name)
    if match is None:
        return None, None
    if match["m5"]:
        return None, (int(match["y5"]), _MONTHS[match["m5"].lower()])
    year, month, day = (int(match[k] or match[f"{k}2"]) for k in "ymd")
    return (date(year, month, day), (year, month)) if is_real(year, month, day) else (None, None)


def meeting_date(
    title_lines: Iterable[str], body_lines: Iterable[str], running: Iterable[str], file_name: str
) -> tuple[date | None, list[str]]:
    """The date of the meeting and the doubts about it.

    title_lines: the lines of the first page before the body; body_lines: the rest of the first pages; running: the texts of running
    heads and feet. The year of a bare "25 July" comes from the other dates in the same lines, or from the file name, never from today.
    """
    from_name, month_of_name = of_file_name(file_name)
    votes: defaultdict[date, float] = defaultdict(float)
    years: Counter[int] = Counter()
    bare: list[tuple[int, int, str, float]] = []
    for lines, plain in ((title_lines, _IN_TITLE), (body_lines, _PLAIN), (set(running), _REPEATED)):
        before = ""
        for line in lines:
            for start, end, year, month, day in find_dates(line):
                around = f"{before[-60:]} {line[max(0, start - 90) : end]}" if start < 40 else line[max(0, start - 90) : end]
                if year is not None:
                    years[year] += 1
                if _NOT_THIS_MEETING.search(around):
                    continue
                weight = (plain if len(line.split()) <= _TITLE_WORDS else _PLAIN) + (
                    _BESIDE if _THIS_MEETING.search(around) and plain != _PLAIN else 2.0 if _THIS_MEETING.search(around) else 0.0
                )
                if year is None:
                    bare.append((month, day, _weekday_before(line[:start]), weight))
                else:
                    votes[date(year, month, day)] += weight
            before = line
    for month, day, weekday, weight in bare:
        year = _year_of(month, day, weekday, month_of_name, years)
        if year is not None:
            votes[date(year, month, day)] += weight * _INFERRED
    return _decide(votes, from_name, month_of_name, file_name)


def _weekday_before(text: str) -> str:
    match = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]*$", text, re.IGNORECASE)
    return match.group(1).lower() if match else ""


def _year_of(month: int, day: int, weekday: str, month_of_name: tuple[int, int] | None, years: "Counter[int]") -> int | None:
    """The year of a day and month, from the file name or the years printed nearby; a printed weekday must fit. None without evidence."""
    seen = [month_of_name[0]] if month_of_name else []
    seen += [year for year, _ in years.most_common()]
    if weekday:
        seen += [year + step for year in seen for step in (1, -1)]
    for year in seen:
        if is_real(year, month, day) and (not weekday or _WEEKDAYS[date(year, month, day).weekday()] == weekday):
            return year
    return None


def _decide(
    votes: dict[date, float], from_name: date | None, month_of_name: tuple[int, int] | None, file_name: str
) -> tuple[date | None, list[str]]:
    if month_of_name:
        for day in votes:
            if day == from_name or (from_name is None and (day.year, day.month) == month_of_name):
                votes[day] += _IN_TITLE
    if not votes or max(votes.values()) < _IN_TITLE:
        if from_name is not None:
            return from_name, [f"The text states no meeting date; {from_name.isoformat()} is taken from the file name."]
        return None, ["No meeting date was found in the text or the file name."]
    best = min(votes, key=lambda day: (-votes[day], day))
    if from_name is not None and from_name != best:
        return best, [f"The text says {best.isoformat()}, the file name {file_name} says {from_name.isoformat()}; the text was followed."]
    return best, []
