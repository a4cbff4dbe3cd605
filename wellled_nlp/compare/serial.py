"""Serial dependence: meetings that follow each other are alike, so that twelve of them tell less than twelve taken at random.

Each quantity's ratios at the meetings of one group and block, in the order of their dates, are a series; the correlation of neighbours is
averaged over all series and quantities, since one short series tells little of its own. A run of n meetings with the correlation r has the
variance of n * (1 - r) / (1 + r) independent ones (Bayley and Hammersley 1946, Supplement to the Journal of the Royal Statistical Society
8:184).
"""

import numpy as np
from scipy.optimize import brentq

from wellled_nlp.compare.amounts import Amounts

_SHORTEST = 4  # meetings of a series; fewer have no correlation to speak of
_HIGHEST = 0.8  # of so few meetings no higher correlation can be told from a trend


def inflation(amounts: Amounts) -> float:
    """How many times the standard error of a difference is that of independent units, at least 1; 1 where units are no series."""
    correlation = _correlation(amounts)
    return float(np.sqrt((1 + correlation) / (1 - correlation)))


def _correlation(amounts: Amounts) -> float:
    """The correlation of neighbours, between 0 and 0.8."""
    held = [places for places in amounts.series if len(places) >= _SHORTEST]
    if not held:
        return 0.0
    products, squares, lengths = (np.zeros(amounts.amounts.shape[1]) for _ in range(3))
    for places in held:
        x, n = amounts.amounts[places], amounts.totals[places]
        apart = (x - n * x.sum(axis=0) / n.sum(axis=0)) / np.sqrt(n)
        count = len(places)
        products += (apart[1:] * apart[:-1]).sum(axis=0) * count / (count - 1)
        squares += (apart**2).sum(axis=0)
        lengths += count
    varied = squares > 0
    if not varied.any():
        return 0.0
    length = float(lengths[0]) / len(held)
    found = float((products[varied] / squares[varied]).mean())
    if found >= _shown(_HIGHEST, length):
        return _HIGHEST
    return float(brentq(lambda correlation: _shown(correlation, length) - found, 0.0, _HIGHEST)) if found > _shown(0.0, length) else 0.0


def _shown(correlation: float, length: float) -> float:
    """What runs of this length show of a correlation: they are apart from their own mean, which goes with its run and takes some along."""
    r, n = correlation, length
    of_mean = (1 + r) / (1 - r) / n - 2 * r * (1 - r**n) / (n * (1 - r)) ** 2
    return (r - of_mean) / (1 - of_mean)
