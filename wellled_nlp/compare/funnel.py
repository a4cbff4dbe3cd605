"""Funnel: how far a share lies from the centre for the amount of text that it is of, where groups differ more than chance alone.

Spiegelhalter 2005, Statistics in Medicine 24:1185 (funnel plots) and Quality and Safety in Health Care 14:347 (over-dispersion): z-scores
are winsorised, their mean square is phi; the limits are widened by its root (multiplicative) or by a spread tau between groups (additive).
Words come in sentences and sentences in meetings, so the variance of a share is first raised by what its meetings show (clumping).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from wellled_nlp import table
from wellled_nlp.compare.amounts import Amounts
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.settings import CompareSettings

Values = NDArray[np.float64]
Z_95, Z_998 = float(stats.norm.ppf(0.975)), float(stats.norm.ppf(0.999))
INSIDE, OUTSIDE_95, OUTSIDE_998 = "inside", "outside 95%", "outside 99.8%"


@dataclass(frozen=True)
class Dispersion:
    """phi: the mean square of the winsorised z-scores; tau: the spread between groups, 0 where chance alone would differ as much."""

    z: Values
    phi: float
    tau: float


def dispersion(shares: Values, errors: Values, centre: float, winsorised: float) -> Dispersion:
    """From the shares of groups and their standard errors. winsorised: the part of the z-scores at each end that is drawn in."""
    z = (shares - centre) / errors
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    groups, weights = len(z), errors**-2
    excess = groups * phi - (groups - 1)
    tau = np.sqrt(excess / (weights.sum() - (weights**2).sum() / weights.sum())) if excess > 0 else 0.0
    return Dispersion(z, phi, float(tau))


def limits(n: Values, centre: float, clumping: float, found: Dispersion, z: float, additive: bool) -> tuple[Values, Values]:
    """(lower, upper) for shares of this much text, within 0 and 1. phi under 1 does not draw the limits in."""
    variance = clumping * centre * (1 - centre) / n
    spread = np.sqrt(variance + found.tau**2) if additive else np.sqrt(variance * max(found.phi, 1.0))
    return np.clip(centre - z * spread, 0.0, 1.0), np.clip(centre + z * spread, 0.0, 1.0)


def of(amounts: Amounts, quantities: Sequence[Quantity], chosen: CompareSettings) -> pd.DataFrame:
    """Rows of the table `funnel`, of the groups with enough text; none where they are fewer than the settings ask for."""
    names = [name for name in amounts.groups if name in amounts.enough]
    rows: list[tuple[object, ...]] = []
    for column, quantity in enumerate(quantities):
        if len(names) >= chosen.funnel_groups:
            rows += _rows(amounts, column, quantity, names, chosen.funnel_winsorised)
    return table.build(table.COMPARED["funnel"], rows)


def _rows(amounts: Amounts, column: int, quantity: Quantity, names: Sequence[str], winsorised: float) -> list[tuple[object, ...]]:
    x, n = (np.array([side[amounts.members[name], column].sum() for name in names]) for side in (amounts.amounts, amounts.totals))
    centre = float(x.sum() / n.sum())
    if not 0 < centre < 1:
        return []
    clumping = _clumping(amounts, column, names, centre)
    found = dispersion(x / n, np.sqrt(clumping * centre * (1 - centre) / n), centre, winsorised)
    multiplicative = limits(n, centre, clumping, found, Z_95, additive=False)
    inner, outer = (limits(n, centre, clumping, found, z, additive=True) for z in (Z_95, Z_998))
    rows: list[tuple[object, ...]] = []
    for at, name in enumerate(names):
        share = float(x[at] / n[at])
        bounds = [float(side[at]) for pair in (multiplicative, inner, outer) for side in pair]
        about = (centre, clumping, float(found.z[at]), found.phi, found.tau)
        rows.append((*quantity.key, name, share, float(n[at]), *about, *bounds, _position(share, bounds[2:4], bounds[4:])))
    return rows


def _clumping(amounts: Amounts, column: int, names: Sequence[str], centre: float) -> float:
    """How many times the variance between units of one group is that of single words or sentences; at least 1 (Pearson chi-squared)."""
    square, freedom = 0.0, 0
    for name in names:
        x, n = (side[amounts.members[name], column] for side in (amounts.amounts, amounts.totals))
        square += float((((x - n * x.sum() / n.sum()) ** 2) / n).sum())
        freedom += len(x) - 1
    return max(square / (freedom * centre * (1 - centre)), 1.0) if freedom else 1.0


def _position(share: float, inner: Sequence[float], outer: Sequence[float]) -> str:
    if outer[0] <= share <= outer[1]:
        return INSIDE if inner[0] <= share <= inner[1] else OUTSIDE_95
    return OUTSIDE_998
