"""What a cell of a table says where it is read as words: on the page and in the Word paper. The workbook shows values with formats."""

from wellled_nlp.report import words
from wellled_nlp.report.contents import Absent, Estimate, Link

NUMBERS = ("whole", "share", "estimate", "rate")


def said(value: object, kind: str) -> str:
    """Shares as per cent, dates in words, what is absent as a dash."""
    if isinstance(value, Link):
        value = value.value
    if isinstance(value, Absent):
        return value.text
    if isinstance(value, Estimate):
        return words.estimate(value.share, value.low, value.high)
    if isinstance(value, str) and value:
        return words.day(value) if kind == "day" and value[:1].isdigit() else words.clean(value)
    if not isinstance(value, (int, float)) or words.absent(value):
        return words.NOTHING
    if kind == "share":
        return words.percent(value)
    return f"{value:.1f}" if kind == "rate" else words.number(value)
