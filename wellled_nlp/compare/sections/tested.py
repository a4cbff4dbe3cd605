"""Every difference that was tested, with its interval and how often chance alone would reach it."""

from wellled_nlp.compare import wording
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import words
from wellled_nlp.report.contents import RATE, SHARE, TITLE, Column, Grid, Rate, Section, records

_FOLD_FROM = 12


def section(found: Comparison) -> Section:
    """All tests in one table, quantity by quantity."""
    columns = (
        Column("Quantity", TITLE), Column("Group"), Column("Against"), Column("Share", SHARE), Column("Theirs", SHARE),
        Column("Points apart", RATE), Column("From", RATE), Column("To", RATE), Column("Chance (p)"), Column("Adjusted (q)"),
        Column("Verdict"),
    )  # fmt: skip
    rows = []
    for row in records(found.tables["differences"]):
        quantity = wording.quantity_of(found, row)
        against = row["versus"] + (f" without {row['set_aside']}" if row["set_aside"] else "")
        chances = (wording.chance(row["p"]), wording.chance(row["q"]))
        rows.append((wording.named(quantity), row["group"], against, *figures(quantity, row), *chances, row["verdict"]))
    folded = "All tests" if len(rows) > _FOLD_FROM else ""
    grid = Grid("differences", "Every difference that was tested", columns, tuple(rows), folded=folded, empty="None could be tested.")
    lead = (
        f"Each group is held against the rest, and pair by pair up to {words.spelled(found.chosen.compare.pairwise_groups)} groups. "
        f"Points are per cent, or in 100 sentences. Intervals are of one test each, at {words.percent(found.chosen.attention.level)}.",
        "A group that stands out is left out of the rest of the others, or they would look different from it in turn.",
    )
    return Section("differences", "Differences", lead, grids=(grid,))


def figures(quantity: Quantity, row: wording.Row) -> tuple[object, ...]:
    """The two shares, and how many points they are apart with the interval of that."""
    shares = (_cell(quantity, row["share"]), _cell(quantity, row["other_share"]))
    return (*shares, *(None if row[name] is None else 100 * row[name] for name in ("difference", "low", "high")))


def _cell(quantity: Quantity, share: float) -> object:
    return share if quantity.per == 1 else Rate(share * quantity.per)
