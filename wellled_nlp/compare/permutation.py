"""Is a difference between two groups more than chance? The units are dealt out to the two groups anew, many times or in every way.

The statistic is the difference of two ratios over its standard error (a studentised permutation test: Janssen 1997, Statistics &
Probability Letters 36:9; Chung and Romano 2013, Annals of Statistics 41:484). It is exact where units of the groups are exchangeable,
however few they are, and right for many where the groups differ in spread or in length of text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_ROUNDING = 1e-9
_CELLS = 4_000_000  # of the matrix of one batch of arrangements, 32 MB


@dataclass(frozen=True)
class Tested:
    """One difference for each of several quantities, all arrays of that length. low and high: infinite where chance alone has no bound."""

    share: Values
    other: Values
    statistic: Values
    low: Values
    high: Values
    p: Values
    arrangements: int
    exact: bool


def statistic(mine: Values, others: Values, n: int, m: int) -> tuple[Values, Values, Values]:
    """(difference of ratios, its standard error, their quotient) from the sums of `moments` over each side.

    The variance of a ratio is that of its linear approximation (Cochran 1977, Sampling Techniques, 6.4).
    """
    (ratio, variance), (against, other_variance) = _ratio(mine, n), _ratio(others, m)
    difference, error = ratio - against, np.sqrt(variance + other_variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(np.abs(difference) < _ROUNDING, 0.0, difference / error)
    return difference, error, quotient


def test(
    amounts: Values, totals: Values, mine: NDArray[np.bool_], blocks: NDArray[np.int64], draws: int, level: float, seed: Sequence[int]
) -> Tested:
    """Two-sided tests of the units that are `mine` against the others. amounts, totals: shape (units, quantities).

    blocks: the block of each unit; units are dealt out within their block. Where there are at most `draws` arrangements all are tried. The
    interval is that of the differences which the same test would not reject at 1 - level, with the spread as observed.
    """
    moments = moments_of(amounts, totals)
    whole, n = moments.sum(axis=0), int(mine.sum())
    m = len(mine) - n
    own = moments[mine].sum(axis=0)
    share, other = own[0] / own[1], (whole[0] - own[0]) / (whole[1] - own[1])
    difference, error, observed = statistic(own, whole - own, n, m)
    ways = prod(comb(int(size), int(taken)) for size, taken in _sizes(mine, blocks))
    exact = ways <= draws
    batches = _every(mine, blocks, moments) if exact else _drawn(mine, blocks, moments, draws, np.random.default_rng(list(seed)))
    found = []
    for dealt in batches:
        sums = dealt.transpose(1, 0, 2)
        found.append(np.abs(statistic(sums, whole[:, None, :] - sums, n, m)[2]))
    chance = np.concatenate(found)
    reached = (chance >= np.abs(observed) * (1 - _ROUNDING) - _ROUNDING).sum(axis=0)
    p = reached / len(chance) if exact else (1 + reached) / (1 + len(chance))
    within = _within(chance, level)
    reach = np.where(np.isinf(within), np.inf, np.where(np.isinf(within), 0.0, within) * error)
    return Tested(share, other, observed, difference - reach, difference + reach, p, len(chance), exact)


def _within(chance: Values, level: float) -> Values:
    """The size of the statistic that chance stays under this often."""
    return np.sort(chance, axis=0)[min(int(np.ceil(level * len(chance))), len(chance) - 1)]


def moments_of(amounts: Values, totals: Values) -> Values:
    """Shape (units, 5, quantities): amount, total, and the products from which the variance of their ratio follows."""
    return np.stack([amounts, totals, amounts * amounts, amounts * totals, totals * totals], axis=1)


def _ratio(sums: Values, n: int) -> tuple[Values, Values]:
    amount, total, squares, cross, total_squares = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total > 0, amount / total, 0.0)
        residual = squares - 2 * ratio * cross + ratio * ratio * total_squares
        clean = np.where(residual < _ROUNDING * total_squares, 0.0, residual)
        return ratio, np.where(total > 0, clean / (total * total), np.inf) * n / max(n - 1, 1)


def _sizes(mine: NDArray[np.bool_], blocks: NDArray[np.int64]) -> list[tuple[int, int]]:
    """For each block how many units it has and how many of them are mine."""
    return [(int((blocks == block).sum()), int(mine[blocks == block].sum())) for block in np.unique(blocks)]


def _every(mine: NDArray[np.bool_], blocks: NDArray[np.int64], moments: Values) -> Iterator[Values]:
    """The sums of the moments in every arrangement, shape (arrangements, 5, quantities)."""
    places = [np.flatnonzero(blocks == block) for block in np.unique(blocks)]
    choices = [list(combinations(held, int(mine[held].sum()))) for held in places]
    rows = [np.concatenate([np.array(one, dtype=np.int64) for one in picked]) for picked in product(*choices)]
    every = np.zeros((len(rows), len(mine)))
    for number, row in enumerate(rows):
        every[number, row] = 1.0
    yield np.tensordot(every, moments, axes=(1, 0))


def _drawn(mine: NDArray[np.bool_], blocks: NDArray[np.int64], moments: Values, draws: int, rng: np.random.Generator) -> Iterator[Values]:
    """The sums of the moments in arrangements drawn at random, batch by batch."""
    taken = int(mine.sum())
    few = taken * taken <= len(mine) and len(np.unique(blocks)) == 1
    size = max(1, _CELLS // (taken * moments[0].size if few else len(mine)))
    for start in range(0, draws, size):
        rows = min(size, draws - start)
        if few:
            yield moments[_picked(len(mine), taken, rows, rng)].sum(axis=1)
        else:
            yield np.tensordot(_batch(mine, blocks, rows, rng), moments, axes=(1, 0))


def _picked(units: int, taken: int, rows: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows of this many different units: where few of many are taken, drawing again what holds one twice is quicker than shuffling."""
    picked = np.sort(rng.integers(0, units, (rows, taken)), axis=1)
    while (twice := (picked[:, 1:] == picked[:, :-1]).any(axis=1)).any():
        picked[twice] = np.sort(rng.integers(0, units, (int(twice.sum()), taken)), axis=1)
    return picked


def _batch(mine: NDArray[np.bool_], blocks: NDArray[np.int64], rows: int, rng: np.random.Generator) -> Values:
    """Rows of 0 and 1: within each block as many ones as are mine there, at random places."""
    order = np.lexsort((~mine, blocks))  # block by block, mine first: where a one stands once the places of a block are shuffled
    shuffled = np.argsort(rng.random((rows, len(mine))) + blocks[order], axis=1)
    batch = np.zeros((rows, len(mine)))
    np.put_along_axis(batch, order[shuffled], np.broadcast_to(mine[order].astype(float), shuffled.shape), axis=1)
    return batch
