"""Is a difference between two groups more than chance? The units are dealt out to the two groups anew, many times or in every way.

The statistic is the difference of two ratios over its standard error (a studentised permutation test: Janssen 1997, Statistics &
Probability Letters 36:9; Chung and Romano 2013, Annals of Statistics 41:484). It is exact where units of the groups are exchangeable,
however few they are, and right for many where the groups differ in spread or in length of text.

Blocks (the organisations, where years are compared) differ by themselves. So the units are dealt out within their block, each block is
levelled to the ratio of all, and the difference is that within blocks, averaged with the weights of Mantel and Haenszel (Greenland and
Robins 1985, Biometrics 41:55). A block with units of one side alone says nothing and has to be left out before.

Most differences are plainly chance after a few arrangements; more are drawn for the others only (after Besag and Clifford 1991, Biometrika
78:301). Going on only where p is small leaves p valid at every level: a p that ends under the level was under it, or went on, at the look
after which it could stop there, so it comes no oftener than that one look would have called it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Values = NDArray[np.float64]
Places = NDArray[np.signedinteger]
_ROUNDING = 1e-9
_CELLS = 4_000_000  # of the places and sums of one batch of arrangements, 32 MB
# No more are drawn once so many arrangements reach the statistic: the standard error of p is a tenth of it then.
_SETTLED = 100


@dataclass(frozen=True)
class Tested:
    """One difference for each of several quantities, all arrays of that length. low and high: infinite where chance alone has no bound.

    arrangements: how many were tried; exact: whether these were all there are.
    """

    statistic: Values
    difference: Values
    low: Values
    high: Values
    p: Values
    arrangements: Places
    exact: bool


def statistic(mine: Values, others: Values, n: int | Places, m: int | Places) -> tuple[Values, Values, Values]:
    """(difference of ratios, its standard error, their quotient) from the sums of `moments_of` over each side, which have n and m units.

    The variance of a ratio is that of its linear approximation (Cochran 1977, Sampling Techniques, 6.4).
    """
    (ratio, variance), (against, other_variance) = _ratio(mine, n), _ratio(others, m)
    difference, error = ratio - against, np.sqrt(variance + other_variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(np.abs(difference) < _ROUNDING, 0.0, difference / error)
    return difference, error, quotient


def test(
    amounts: Values,
    totals: Values,
    mine: NDArray[np.bool_],
    blocks: Places,
    wider: float,
    looks: Sequence[int],
    level: float,
    seed: Sequence[int],
) -> Tested:
    """Two-sided tests of the units that are `mine` against the others. amounts, totals: shape (units, quantities).

    blocks: the block of each unit; each has units of both sides. wider: how many times the standard error is that of independent units,
    which the dealt ones are. looks: after how many arrangements it is seen which quantities need more, the last at the most that are drawn;
    where there are no more than that, all are tried. The interval is that of the differences which the same test would not reject at
    1 - level, with the spread as observed.
    """
    moments = moments_of(levelled(amounts, totals, blocks), totals)
    whole, own, n = moments.sum(axis=0), moments[mine].sum(axis=0), int(mine.sum())
    difference, error, observed = statistic(own, whole - own, n, len(mine) - n)
    error, observed = error * wider, observed / wider
    chance, exact = _chance(moments, observed, mine, blocks, looks, np.random.default_rng(list(seed)))
    found = [_judged(one, float(at), level, exact) for one, at in zip(chance, observed, strict=True)]
    p, within = (np.array(side) for side in zip(*found, strict=True))
    times = _within_blocks(totals, mine, blocks)
    reach = np.where(np.isinf(within), np.inf, np.where(np.isinf(within), 0.0, within) * error)
    low, high = times * (difference - reach), times * (difference + reach)
    return Tested(observed, times * difference, low, high, p, np.array([len(one) for one in chance]), exact)


def _chance(
    moments: Values, observed: Values, mine: NDArray[np.bool_], blocks: Places, looks: Sequence[int], rng: np.random.Generator
) -> tuple[list[Values], bool]:
    """For each quantity the sizes of the statistic that chance gives, in all arrangements (then True) or in as many as were drawn."""
    ways = prod(comb(int(size), int(taken)) for size, taken in _sizes(mine, blocks))
    exact = ways <= looks[-1]
    whole, n = moments.sum(axis=0), int(mine.sum())
    chance: list[Values] = [np.empty(0)] * len(observed)
    going, done = np.arange(len(observed)), 0
    for look in [ways] if exact else looks:
        dealt = _every(mine, blocks) if exact else _drawn(mine, blocks, look - done, moments[0][:, going].size, rng)
        fresh = np.concatenate([_statistics(places, moments[:, :, going], whole[:, going], n) for places in dealt])
        done = look
        for place, column in enumerate(going):
            chance[column] = np.concatenate([chance[column], fresh[:, place]])
        going = going[[1 + _reached(chance[column], float(observed[column])) <= _SETTLED for column in going]]
        if not len(going):
            break
    return chance, exact


def levelled(amounts: Values, totals: Values, blocks: Places) -> Values:
    """The amounts as they would be if every block had the ratio of all; with one block as they are."""
    of_block = np.unique(blocks, return_inverse=True)[1]
    sums = [np.stack([np.bincount(of_block, weights=column) for column in side.T], axis=1) for side in (amounts, totals)]
    ratios = np.divide(sums[0], sums[1], out=np.zeros_like(sums[0]), where=sums[1] > 0)
    overall = np.divide(sums[0].sum(axis=0), sums[1].sum(axis=0), out=np.zeros(amounts.shape[1]), where=sums[1].sum(axis=0) > 0)
    return amounts - totals * (ratios - overall)[of_block] if len(ratios) > 1 else amounts


def _within_blocks(totals: Values, mine: NDArray[np.bool_], blocks: Places) -> Values:
    """How many times the difference of the levelled ratios the average difference within blocks is, for each quantity."""
    of_block = np.unique(blocks, return_inverse=True)[1]
    whole, own = (np.stack([np.bincount(of_block, weights=column * side) for column in totals.T], axis=1) for side in (1.0, mine))
    weights = (own * (whole - own) / whole).sum(axis=0)
    return np.asarray(own.sum(axis=0) * (whole - own).sum(axis=0) / whole.sum(axis=0) / weights)


def _statistics(places: Places, moments: Values, whole: Values, n: int) -> Values:
    """The size of the statistic in each arrangement, shape (arrangements, quantities). places: the units that are mine in each."""
    rows, taken = places.shape
    dealt = sparse.csr_matrix((np.ones(places.size), places.ravel(), np.arange(0, places.size + 1, taken)), shape=(rows, len(moments)))
    sums = np.asarray(dealt @ moments.reshape(len(moments), -1)).reshape(rows, *whole.shape).transpose(1, 0, 2)
    return np.abs(statistic(sums, whole[:, None, :] - sums, n, len(moments) - n)[2])


def _reached(chance: Values, observed: float) -> int:
    """How many arrangements have a statistic as large as the one observed."""
    return int((chance >= abs(observed) * (1 - _ROUNDING) - _ROUNDING).sum())


def _judged(chance: Values, observed: float, level: float, exact: bool) -> tuple[float, float]:
    """(p, the size of the statistic that chance stays under as often as `level` says)."""
    reached, tried = _reached(chance, observed), len(chance)
    place = min(int(np.ceil(level * tried)), tried - 1)
    return reached / tried if exact else (1 + reached) / (1 + tried), float(np.partition(chance, place)[place])


def moments_of(amounts: Values, totals: Values) -> Values:
    """Shape (units, 5, quantities): amount, total, and the products from which the variance of their ratio follows."""
    return np.stack([amounts, totals, amounts * amounts, amounts * totals, totals * totals], axis=1)


def _ratio(sums: Values, n: int | Places) -> tuple[Values, Values]:
    amount, total, squares, cross, total_squares = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total > 0, amount / total, 0.0)
        residual = squares - 2 * ratio * cross + ratio * ratio * total_squares
        clean = np.where(residual < _ROUNDING * total_squares, 0.0, residual)
        return ratio, np.where(total > 0, clean / (total * total), np.inf) * n / np.maximum(n - 1, 1)


def _sizes(mine: NDArray[np.bool_], blocks: Places) -> list[tuple[int, int]]:
    """For each block how many units it has and how many of them are mine."""
    return [(int((blocks == block).sum()), int(mine[blocks == block].sum())) for block in np.unique(blocks)]


def _every(mine: NDArray[np.bool_], blocks: Places) -> Iterator[Places]:
    """Every arrangement: rows of the units that are mine in it."""
    held = [np.flatnonzero(blocks == block) for block in np.unique(blocks)]
    choices = [list(combinations(places.tolist(), int(mine[places].sum()))) for places in held]
    yield np.array([[place for part in picked for place in part] for picked in product(*choices)], dtype=np.int64)


def _drawn(mine: NDArray[np.bool_], blocks: Places, draws: int, width: int, rng: np.random.Generator) -> Iterator[Places]:
    """The same for arrangements drawn at random, batch by batch."""
    taken = int(mine.sum())
    few = taken * taken <= 4 * len(mine) and len(np.unique(blocks)) == 1
    size = max(1, _CELLS // max(taken if few else len(mine), width))
    for start in range(0, draws, size):
        rows = min(size, draws - start)
        yield _picked(len(mine), taken, rows, rng) if few else _dealt(mine, blocks, rows, rng)


def _picked(units: int, taken: int, rows: int, rng: np.random.Generator) -> Places:
    """Rows of this many different units: where few of many are taken, drawing again what holds one twice is quicker than shuffling.

    With k of n units a row is taken at once about exp(-k * k / 2n) of the time.
    """
    picked, left = np.empty((rows, taken), dtype=np.int32), np.arange(rows)
    while len(left):
        fresh = np.sort(rng.integers(0, units, (len(left), taken), dtype=np.int32), axis=1)
        good = (fresh[:, 1:] != fresh[:, :-1]).all(axis=1)
        picked[left[good]] = fresh[good]
        left = left[~good]
    return picked


def _dealt(mine: NDArray[np.bool_], blocks: Places, rows: int, rng: np.random.Generator) -> Places:
    """Rows of as many units of each block as are mine there, every block shuffled."""
    parts = []
    for block in np.unique(blocks):
        held = np.flatnonzero(blocks == block)
        parts.append(rng.permuted(np.broadcast_to(held, (rows, len(held))), axis=1)[:, : int(mine[held].sum())])
    return np.concatenate(parts, axis=1)
