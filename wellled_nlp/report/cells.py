"""What a cell of a table says where it is read as words: on the page and in the Word paper. The workbook shows values with formats."""

from wellled_nlp.report import words
from wellled_nlp.report.contents import Absent, Estimate, Link, Rate

NUMBERS = ("whole", "share", "estimate", "rate", "score")
_PLACES = {"rate": 1, "score": 2}


def said(value: object, kind: str) -> str:
    """Shares as per cent, dates in words, what is absent as a dash."""
    if isinstance(value, Link):
        value = value.value
    if isinstance(value, Absent):
        return value.text
    if isinstance(value, Rate):
        return said(value.value, "rate")
    if isinstance(value, Estimate):
        return words.estimate(value.share, value.low, value.high)
    if isinstance(value, str) and value:
        return words.day(value) if kind == "day" and value[:1].isdigit() else words.clean(value)
    if not isinstance(value, (int, float)) or words.absent(value):
        return words.NOTHING
    if kind == "share":
        return words.percent(value)
    places = _PLACES.get(kind)
    return words.number(value) if places is None else f"{value:.{places}f}"
