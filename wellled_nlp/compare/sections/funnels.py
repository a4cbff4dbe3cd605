"""Funnel plots of the quantities that are always drawn."""

from collections.abc import Sequence

import numpy as np

from wellled_nlp.compare import charts, funnel, wording
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Section, records
from wellled_nlp.report.drawing import Drawing

_POINTS = 60  # of each limit's line
_KEY = "Dashed: 95% limits; whole lines: 99.8%; thin line: centre."
_BOUNDS = ("lower_95", "upper_95", "lower_998", "upper_998")


def section(found: Comparison) -> Section:
    """The funnels, or how many groups they need."""
    rows = records(found.tables["funnel"])
    if not rows:
        least = words.spelled(found.chosen.compare.funnel_groups)
        return Section("funnel", "Funnel plots", (f"Funnel plots need at least {least} groups with enough text.",))
    held = [(q, [row for row in rows if (row["measure"], row["code"]) == q.key]) for q in found.quantities if q.drawn]
    lead = (
        "A share of little text varies more. A group inside the limits is no further from the centre than such groups usually are.",
        "The limits allow for groups that differ more than chance alone would have them (over-dispersion, additive; Spiegelhalter 2005).",
    )
    return Section("funnel", "Funnel plots", lead, tuple(_figure(quantity, mine) for quantity, mine in held if mine))


def _figure(quantity: Quantity, rows: Sequence[wording.Row]) -> Figure:
    outside = [row["group"] for row in rows if row["position"] != funnel.INSIDE]
    lie = words.verb(len(outside), "lies", "lie")
    said = f"{wording.some(outside)} {lie} outside the limits" if outside else "every group lies inside the limits"
    first = rows[0]
    about = f"phi {first['phi']:.1f}, spread between groups {100 * first['tau']:.1f} points"
    note = f"n = {words.counted(len(rows), 'group')}; centre {words.percent(first['centre'])}; {about}."
    name = f"funnel-{quantity.measure}-{quantity.code}"
    return Figure(name, f"{quantity.title}: {said}", note, _drawing(quantity, rows), _grid(name, quantity, rows), _KEY)


def _drawing(quantity: Quantity, rows: Sequence[wording.Row]) -> Drawing:
    points = [charts.Point(row["group"], row["n"], row["share"], row["position"]) for row in rows]
    first = rows[0]
    spread = funnel.Dispersion(np.array([]), first["phi"], first["tau"])
    n = np.linspace(min(point.n for point in points) / 2, max(point.n for point in points) * 1.2, _POINTS)
    bands = []
    for name, z in (("95", funnel.Z_95), ("99.8", funnel.Z_998)):
        lower, upper = funnel.limits(n, first["centre"], first["clumping"], spread, z, additive=True)
        bands.append((name, list(zip(n.tolist(), lower.tolist(), upper.tolist(), strict=True))))
    return charts.funnel(points, first["centre"], bands, words.capital(quantity.unit))


def _grid(name: str, quantity: Quantity, rows: Sequence[wording.Row]) -> Grid:
    heads = ("95% from", "95% to", "99.8% from", "99.8% to")
    columns = (
        Column("Group", TITLE), Column(words.capital(quantity.unit), WHOLE), Column("Share", SHARE),
        *(Column(head, SHARE) for head in heads), Column("Position"),
    )  # fmt: skip
    cells = tuple((row["group"], int(row["n"]), row["share"], *(row[bound] for bound in _BOUNDS), row["position"]) for row in rows)
    return Grid(name, f"{quantity.title}: share and limits", columns, cells)
