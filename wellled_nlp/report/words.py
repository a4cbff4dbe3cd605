"""How a report says a share, an interval, a date or a count: written once and used by every writer, so that all of them say the same."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

UNDATED = "undated"
NOTHING = "–"

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Control characters, halves of surrogate pairs, marks that turn the direction of the text around, and code points that XML forbids.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def clean(text: object) -> str:
    """Text from a paper as one line that is safe to show: no control characters, no marks that reverse what stands beside it."""
    if absent(text):
        return ""
    return _SPACE.sub(" ", _UNSAFE.sub("", str(text))).strip()


def absent(value: object) -> bool:
    """Whether a cell of a table holds nothing."""
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def percent(share: float | None) -> str:
    """0.224 as "22%"; anything between nothing and half a per cent as "under 1%"; nothing at all as a dash."""
    if absent(share) or share is None:
        return NOTHING
    if 0 < share < 0.005:
        return "under 1%"
    return f"{_hundredths(share)}%"


def interval(low: float | None, high: float | None) -> str:
    """(0.184, 0.261) as "18 to 26"; the empty text where there is none."""
    if low is None or high is None or absent(low) or absent(high):
        return ""
    return f"{_hundredths(low)} to {_hundredths(high)}"


def estimate(share: float | None, low: float | None, high: float | None) -> str:
    """A share with its interval: "22% (18 to 26)"."""
    held = interval(low, high)
    return f"{percent(share)} ({held})" if held else percent(share)


def number(value: float) -> str:
    """1234 as "1,234"."""
    return f"{value:,.0f}"


def spelled(count: int) -> str:
    """Up to ten in words, past it in figures; 0 is "none"."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else number(count)


def counted(count: int, noun: str, plural: str = "") -> str:
    """(3, "meeting") as "3 meetings"."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def spelled_out(count: int, noun: str, plural: str = "") -> str:
    """(3, "meeting") as "three meetings" and (0, "meeting") as "no meetings"."""
    return f"{spelled(count) if count else 'no'} {noun if count == 1 else plural or noun + 's'}"


def verb(count: int, one: str, many: str) -> str:
    """The form that agrees: (1, "was", "were") as "was"."""
    return one if count == 1 else many


def day(iso: object) -> str:
    """ "2024-09-26" as "26 September 2024"; what is no date as it is, nothing as "undated"."""
    if absent(iso) or not str(iso):
        return UNDATED
    try:
        when = date.fromisoformat(str(iso))
    except ValueError:
        return str(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def short_day(iso: object) -> str:
    """ "2024-09-26" as "26 Sep 2024"."""
    whole = day(iso).split(" ")
    return f"{whole[0]} {whole[1][:3]} {whole[2]}" if len(whole) == 3 else " ".join(whole)


def month(iso: str) -> str:
    """ "2024-09" as "September 2024"."""
    year, number = iso.split("-")[:2]
    return f"{_MONTHS[int(number) - 1]} {year}"


def span(days: Sequence[str]) -> str:
    """Sorted ISO dates as "25 July 2024 to 27 March 2025"."""
    dated = [one for one in days if one != UNDATED]
    if not dated:
        return UNDATED
    return day(dated[0]) if dated[0] == dated[-1] else f"{day(dated[0])} to {day(dated[-1])}"


def by_day(day_or_undated: str) -> tuple[bool, str]:
    """The key that sorts ISO dates with "undated" last."""
    return day_or_undated == UNDATED, day_or_undated


def listed(parts: Sequence[str]) -> str:
    """["a", "b", "c"] as "a, b and c"."""
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def capital(text: str) -> str:
    """The text with a capital at its start and the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The text with a small letter at its start and the rest as it is."""
    return text[:1].lower() + text[1:]


def shortened(text: str, letters: int) -> str:
    """The text, cut at a space where there is one and ended with an ellipsis where it has more letters than these."""
    if len(text) <= letters:
        return text
    kept, space, _ = text[:letters].rpartition(" ")
    return (kept if space and len(kept) > letters // 2 else text[: letters - 1]) + "…"


def _hundredths(share: float) -> int:
    return int(share * 100 + 0.5)
