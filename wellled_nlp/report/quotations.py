"""Three quotations that show what the figures are made of: chosen by rule from the evidence, never by hand, each with its reference."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from wellled_nlp.report import evidence, headline, words
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.table import Analysis

# A quotation stands by itself: no fragment, and short enough to be read in a list.
_LEAST_WORDS, _MOST_WORDS, _MOST_LETTERS = 12, 45, 320
RULE = (
    "Chosen by rule, not by hand: for each heading the sentence whose labels the model is surest of, from different meetings where there "
    "is a choice, 12 to 45 words long and not repeated from the meeting before. Three sentences illustrate; they do not prove."
)


@dataclass(frozen=True)
class Quotation:
    """A sentence word for word. about: what it shows; reference: paper, item, page and file."""

    about: str
    text: str
    reference: str


def best(analysis: Analysis) -> tuple[Quotation, ...]:
    """A challenge on quality, a challenge on sustainability and a sentence on improving quality; fewer where there are none."""
    held, of_minutes = evidence.of(analysis), headline.basis(analysis) == "minutes"
    counted = set(analysis.measures["challenge"]["sentence_id"])
    asked = {row for row, one in enumerate(analysis.facts["sentences"]["sentence_id"]) if one in counted}
    fit = [
        row
        for row in range(len(held.text))
        if _stands_alone(held, row) and (not of_minutes or held.papers[held.document[row]].kind == "Minutes")
    ]
    quality, money = headline.group(analysis, "quality"), headline.group(analysis, "sustainability")
    found: list[Quotation] = []
    seen: set[str] = set()
    for about, surety in (
        ("A challenge on quality", _challenge(held, asked, quality)),
        (f"A challenge on {words.uncapital(headline.group_name(analysis, 'sustainability'))}", _challenge(held, asked, money)),
        ("Improving quality", _improvement(held, quality)),
    ):
        ranked = sorted([row for row in fit if surety(row)], key=lambda row: (-surety(row), row))
        if ranked:
            row = next((row for row in ranked if _day(held, row) not in seen), ranked[0])
            seen.add(_day(held, row))
            found.append(Quotation(about, held.text[row], reference(held, row)))
    return tuple(found)


def reference(held: Evidence, row: int) -> str:
    """ "Minutes, 26 Sep 2024, 7 Quality report, page 4, minutes.pdf"; without a page where the format has none."""
    paper, page = held.papers[held.document[row]], held.page[row]
    item = words.shortened(held.items[held.item[row]], 120)
    return ", ".join(part for part in (paper.label, item, f"page {page}" if page and paper.paged else "", paper.file) if part)


def _stands_alone(held: Evidence, row: int) -> bool:
    text = held.text[row]
    whole = text.endswith((".", "?", "”", "’")) and _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS
    return whole and len(text) <= _MOST_LETTERS and not held.repeated[row]


def _challenge(held: Evidence, asked: Collection[int], domains: Sequence[str]) -> Callable[[int], float]:
    """How sure a row is a challenge on these domains; 0 where it does not begin one of those that the report counts."""
    return lambda row: _both(held, row, ("act", ("challenge",)), ("domain", domains)) if row in asked else 0.0


def _improvement(held: Evidence, domains: Sequence[str]) -> Callable[[int], float]:
    """How sure a row speaks of improvement on these domains; actions are left out, since they say what is to come."""
    return lambda row: 0.0 if held.one["act"][row][0] == "action" else _both(held, row, ("language", ("improvement",)), ("domain", domains))


def _both(held: Evidence, row: int, *wanted: tuple[str, Sequence[str]]) -> float:
    """The lower of the scores of these labels; 0 where one is missing."""
    return min(held.one[facet][row][1] if held.one[facet][row][0] in codes else 0.0 for facet, codes in wanted)


def _day(held: Evidence, row: int) -> str:
    return held.papers[held.document[row]].day
