"""How a comparison says its findings: which groups differ from the rest, in which quantity and by how much."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.compare.differences import HIGHER, LOWER, THE_REST, TOO_LITTLE
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import words
from wellled_nlp.report.contents import records

Row = Mapping[str, Any]
_NOUNS = {"organisation": "organisation", "year": "year", "doc_type": "type of paper"}
_PLURALS = {"type of paper": "types of paper"}
# So many groups, and differences of one group, a sentence names; the tables have the others.
_NAMED, _DIFFERENCES_NAMED = 6, 3


def noun(found: Comparison, count: int) -> str:
    """What a group is, in the number that is meant: "organisations", "groups by sector"."""
    one = _NOUNS.get(found.by, "group")
    return words.spelled_out(count, one, _PLURALS.get(one, ""))


def named(quantity: Quantity) -> str:
    """The quantity with its unit where that is no share: "Quality", "Challenge in 100 sentences"."""
    return quantity.title + unit(quantity)


def unit(quantity: Quantity) -> str:
    """ " in 100 sentences" after a figure that is no share."""
    return "" if quantity.per == 1 else f" in {quantity.per} {quantity.unit}"


def value(quantity: Quantity, share: float | None) -> str:
    """A figure: "24%", or "2.3" of those in every hundred."""
    if share is None or words.absent(share):
        return words.NOTHING
    return words.percent(share) if quantity.per == 1 else f"{share * quantity.per:.1f}"


def quantity_of(found: Comparison, row: Row) -> Quantity:
    """The quantity that a row of any table is of."""
    return next(one for one in found.quantities if one.key == (row["measure"], row["code"]))


def standing_out(found: Comparison) -> list[Row]:
    """The tests against the rest (of two groups, of the one against the other) that call a difference."""
    rows = records(found.tables["differences"])
    rest = [row for row in rows if row["versus"] == THE_REST] or rows
    return [row for row in rest if row["verdict"] in (LOWER, HIGHER)]


def difference(quantity: Quantity, row: Row) -> str:
    """ "Fellside Trust lower than the rest, 12% against 25%"."""
    figures = f"{value(quantity, row['share'])} against {value(quantity, row['other_share'])}"
    return f"{row['group']} {row['verdict']} than {row['versus']}, {figures}{unit(quantity)}"


def finding(found: Comparison) -> str:
    """The sentence that the page opens with."""
    rows, judged = standing_out(found), int(found.tables["groups"]["enough"].sum())
    if judged < 2 or not len(found.tables["differences"]):
        return f"There is too little text to say whether the {noun(found, len(found.groups))} differ."
    if not rows:
        return f"No difference is shown between {noun(found, judged)}."
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(row["group"], []).append(f"{within(quantity_of(found, row))} {row['verdict']}")
    verb = "stands" if len(said) == 1 else "stand"
    count = f"{words.capital(words.spelled(len(said)))} of {noun(found, len(found.groups))} {verb} apart from the rest"
    if len(said) > _NAMED:
        return f"{count} in one quantity or more; the table names them."
    return f"{count}: {words.listed([f'{name} ({some(held, _DIFFERENCES_NAMED)})' for name, held in sorted(said.items())])}."


def within(quantity: Quantity) -> str:
    """The quantity's title inside a sentence: "quality", but "W2 Vision and strategy"."""
    return quantity.title if quantity.title.startswith(f"{quantity.code} ") else words.uncapital(quantity.title)


def some(names: Sequence[str], most: int = _NAMED) -> str:
    """The names as a list, all of them where they are few: "a, b and c", "a, b and four more"."""
    return words.listed(names if len(names) <= most + 1 else [*names[:most], f"{words.spelled(len(names) - most)} more"])


def title(found: Comparison, quantity: Quantity, shares: Sequence[Row]) -> str:
    """What the chart of one quantity shows."""
    apart = [row for row in standing_out(found) if (row["measure"], row["code"]) == quantity.key]
    if apart:
        return f"{quantity.title}: {some([difference(quantity, row) for row in apart])}"
    known = [row["share"] for row in shares if row["share"] is not None and row["verdict"] != TOO_LITTLE]
    if len(known) < 2:
        return f"{quantity.title}: too little text to compare"
    return f"{quantity.title}: no difference shown, {value(quantity, min(known))} to {value(quantity, max(known))}{unit(quantity)}"


def chance(p: float) -> str:
    """0.0004 as "under 0.001", 0.031 as "0.031"."""
    return "under 0.001" if p < 0.001 else f"{p:.3f}"
