"""Differences: every group against the rest, and pair by pair where there are few; false discoveries controlled over all tests made.

A group that stands out would make the others look different from "the rest" that it belongs to. So for each quantity such groups are set
aside first, one at a time and the farthest first, and the rest of every group are those that were not.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from wellled_nlp import table
from wellled_nlp.compare import permutation
from wellled_nlp.compare.amounts import Amounts
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.settings import CompareSettings

THE_REST = "the rest"
# Arrangements after which most tests are plainly chance.
_FIRST_LOOK = 1999
LOWER, HIGHER, NONE_SHOWN, TOO_LITTLE = "lower", "higher", "no difference shown", "too little text"


@dataclass(frozen=True)
class _Test:
    """One group against others, to be made for some of the quantities. aside: the groups that "the rest" goes without."""

    group: str
    versus: str
    others: tuple[str, ...]
    columns: tuple[int, ...]
    aside: tuple[str, ...] = ()


def of(amounts: Amounts, quantities: Sequence[Quantity], wider: float, chosen: CompareSettings, level: float, seed: int) -> pd.DataFrame:
    """Rows of the table `differences`, quantity by quantity. q: the least rate of false discoveries at which a test would count.

    wider: how many times the standard errors are those of independent units, as `serial` has it.
    """
    tests = [*_against_the_rest(amounts, chosen), *_pairs(amounts, len(quantities), chosen)]
    tests = [test for test in tests if all((_sides(amounts, test)[1] == own).sum() >= chosen.meetings_minimum for own in (True, False))]
    looks = _looks(sum(len(test.columns) for test in tests), chosen)
    rows: list[tuple[int, tuple[object, ...]]] = []
    for test in tests:
        rows += _rows(test, amounts, quantities, wider, looks, level, seed)
    if not rows:
        return table.build(table.COMPARED["differences"], [])
    rates = stats.false_discovery_control([float(str(row[-1])) for _, row in rows], method="bh")
    rows = [(column, (*row, rate, _verdict(row, rate, chosen))) for (column, row), rate in zip(rows, rates, strict=True)]
    ordered = sorted(rows, key=lambda one: (one[0], one[1][3] != THE_REST, str(one[1][2]), str(one[1][3])))
    return table.build(table.COMPARED["differences"], (row for _, row in ordered))


def _looks(tests: int, chosen: CompareSettings) -> list[int]:
    """After how many arrangements each test is looked at: the more tests there are, the finer p must be in the end."""
    most = min(chosen.draws_most, max(chosen.draws, ceil(2 * tests / chosen.false_discovery)))
    return sorted({min(_FIRST_LOOK, chosen.draws), chosen.draws, most})


def set_aside(amounts: Amounts, column: int, chosen: CompareSettings) -> tuple[str, ...]:
    """The groups that stand out in this quantity, fewer than half of all: each judged against those left, by Student's t at the rate of
    false discoveries over the number left. Only what "the rest" is rests on this; the tests themselves do not.
    """
    names, units = amounts.groups, np.array([len(amounts.members[name]) for name in amounts.groups])
    x, n = amounts.amounts[:, [column]], amounts.totals[:, [column]]
    moments = permutation.moments_of(permutation.levelled(x, n, amounts.blocks), n)
    sums = np.stack([moments[amounts.members[name]].sum(axis=0) for name in names], axis=1)
    left, judged = np.ones(len(names), dtype=bool), np.array([name in amounts.enough for name in names])
    while len(names) - left.sum() < (len(names) - 1) // 2 and (left & judged).any():
        others = sums[:, left].sum(axis=1, keepdims=True) - sums
        far = np.abs(permutation.statistic(sums, others, units[:, None], (units[left].sum() - units)[:, None])[2][:, 0])
        # Of groups that are as far the last in the alphabet goes first.
        farthest = max(np.flatnonzero(left & judged), key=lambda place: (far[place], names[place]))
        chance = 2 * stats.t.sf(far[farthest], units[farthest] - 1) * left.sum()
        if chance > chosen.false_discovery:
            break
        left[farthest] = False
    return tuple(sorted(name for name, kept in zip(names, left, strict=True) if not kept))


def _against_the_rest(amounts: Amounts, chosen: CompareSettings) -> Iterator[_Test]:
    """With two groups the one against the rest is the pair, and is made once."""
    if len(amounts.groups) < 3:
        return
    alike: dict[tuple[str, ...], list[int]] = {}
    for column in range(amounts.amounts.shape[1]):
        alike.setdefault(set_aside(amounts, column, chosen), []).append(column)
    for aside, columns in alike.items():
        for name in amounts.groups:
            without = tuple(other for other in aside if other != name)
            others = tuple(other for other in amounts.groups if other != name and other not in without)
            if name in amounts.enough:
                yield _Test(name, THE_REST, others, tuple(columns), without)


def _pairs(amounts: Amounts, columns: int, chosen: CompareSettings) -> Iterator[_Test]:
    if len(amounts.groups) > chosen.pairwise_groups:
        return
    for one, other in combinations(amounts.groups, 2):
        if {one, other} <= amounts.enough:
            yield _Test(one, other, (other,), tuple(range(columns)))


def _sides(amounts: Amounts, test: _Test) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The places of the units that the test rests on, those in blocks with units of both sides; whether each is of the group itself."""
    mine = amounts.members[test.group]
    at = np.sort(np.concatenate([mine, *(amounts.members[name] for name in test.others)]))
    own = np.isin(at, mine)
    both = np.intersect1d(amounts.blocks[at[own]], amounts.blocks[at[~own]])
    kept = np.isin(amounts.blocks[at], both)
    return at[kept], own[kept]


def _rows(
    test: _Test, amounts: Amounts, quantities: Sequence[Quantity], wider: float, looks: Sequence[int], level: float, seed: int
) -> Iterator[tuple[int, tuple[object, ...]]]:
    at, mine = _sides(amounts, test)
    columns = np.array(test.columns)
    x, n = (side[np.ix_(at, columns)] for side in (amounts.amounts, amounts.totals))
    found = permutation.test(x, n, mine, amounts.blocks[at], wider, looks, level, (seed, _number(test)))
    shares = x[mine].sum(axis=0) / n[mine].sum(axis=0)
    for place, column in enumerate(test.columns):
        share, difference, low, high = (float(side[place]) for side in (shares, found.difference, found.low, found.high))
        bounds = (low, high) if np.isfinite([low, high]).all() else (None, None)
        names = "; ".join(test.aside) or None
        ways = (int(mine.sum()), int((~mine).sum()), int(found.arrangements[place]), found.exact)
        sides = (share, min(max(share - difference, 0.0), 1.0), difference)
        yield column, (*quantities[column].key, test.group, test.versus, names, *sides, *bounds, *ways, float(found.p[place]))


def _verdict(row: tuple[object, ...], rate: float, chosen: CompareSettings) -> str:
    if rate > chosen.false_discovery:
        return NONE_SHOWN
    return LOWER if float(str(row[7])) < 0 else HIGHER


def _number(test: _Test) -> int:
    """A number of the test's own, so that what it draws does not depend on which other tests there are."""
    said = "\n".join((test.group, test.versus, *test.others))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")
