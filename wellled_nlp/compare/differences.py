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
LOWER, HIGHER, NONE_SHOWN, TOO_LITTLE = "lower", "higher", "no difference shown", "too little text"


@dataclass(frozen=True)
class _Test:
    """One group against others, to be made for some of the quantities. aside: the groups that "the rest" goes without."""

    group: str
    versus: str
    others: tuple[str, ...]
    columns: tuple[int, ...]
    aside: tuple[str, ...] = ()


def of(amounts: Amounts, quantities: Sequence[Quantity], chosen: CompareSettings, level: float, seed: int) -> pd.DataFrame:
    """Rows of the table `differences`, quantity by quantity. q: the least rate of false discoveries at which a test would count."""
    tests = [*_against_the_rest(amounts, chosen), *_pairs(amounts, len(quantities), chosen)]
    made = sum(len(test.columns) for test in tests)
    draws = min(chosen.draws_most, max(chosen.draws, ceil(2 * made / chosen.false_discovery)))
    rows: list[tuple[int, tuple[object, ...]]] = []
    for test in tests:
        rows += _rows(test, amounts, quantities, draws, level, seed)
    if not rows:
        return table.build(table.COMPARED["differences"], [])
    rates = stats.false_discovery_control([float(str(row[-1])) for _, row in rows], method="bh")
    rows = [(column, (*row, rate, _verdict(row, rate, chosen))) for (column, row), rate in zip(rows, rates, strict=True)]
    ordered = sorted(rows, key=lambda one: (one[0], one[1][3] != THE_REST, str(one[1][2]), str(one[1][3])))
    return table.build(table.COMPARED["differences"], (row for _, row in ordered))


def set_aside(amounts: Amounts, column: int, chosen: CompareSettings) -> tuple[str, ...]:
    """The groups that stand out in this quantity, fewer than half of all: each judged against those left, by Student's t at the rate of
    false discoveries over the number left. Only what "the rest" is rests on this; the tests themselves do not.
    """
    left, aside = list(amounts.groups), list[str]()
    while len(aside) < (len(amounts.groups) - 1) // 2:
        found = [(abs(_statistic(amounts, column, name, left)), name) for name in left if name in amounts.enough]
        if not found:
            break
        farthest, name = max(found, key=lambda one: (one[0], one[1]))
        chance = 2 * stats.t.sf(farthest, len(amounts.members[name]) - 1) * len(left)
        if chance > chosen.false_discovery:
            break
        aside.append(name)
        left.remove(name)
    return tuple(sorted(aside))


def _statistic(amounts: Amounts, column: int, name: str, left: Sequence[str]) -> float:
    mine, others = amounts.members[name], _places(amounts, [other for other in left if other != name])
    moments = permutation.moments_of(amounts.amounts[:, [column]], amounts.totals[:, [column]])
    return float(permutation.statistic(moments[mine].sum(axis=0), moments[others].sum(axis=0), len(mine), len(others))[2][0])


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
            if name in amounts.enough and _units(amounts, others) >= chosen.meetings_minimum:
                yield _Test(name, THE_REST, others, tuple(columns), without)


def _pairs(amounts: Amounts, columns: int, chosen: CompareSettings) -> Iterator[_Test]:
    if len(amounts.groups) > chosen.pairwise_groups:
        return
    for one, other in combinations(amounts.groups, 2):
        if {one, other} <= amounts.enough:
            yield _Test(one, other, (other,), tuple(range(columns)))


def _rows(
    test: _Test, amounts: Amounts, quantities: Sequence[Quantity], draws: int, level: float, seed: int
) -> Iterator[tuple[int, tuple[object, ...]]]:
    mine, others = amounts.members[test.group], _places(amounts, test.others)
    at = np.sort(np.concatenate([mine, others]))
    columns = list(test.columns)
    found = permutation.test(
        amounts.amounts[np.ix_(at, np.array(columns))],
        amounts.totals[np.ix_(at, np.array(columns))],
        np.isin(at, mine),
        amounts.blocks[at],
        draws,
        level,
        (seed, _number(test)),
    )
    for place, column in enumerate(columns):
        share, other, low, high = (float(side[place]) for side in (found.share, found.other, found.low, found.high))
        bounds = (low, high) if np.isfinite([low, high]).all() else (None, None)
        names = "; ".join(test.aside) or None
        ways = (len(mine), len(others), found.arrangements, found.exact)
        yield (
            column,
            (*quantities[column].key, test.group, test.versus, names, share, other, share - other, *bounds, *ways, float(found.p[place])),
        )


def _verdict(row: tuple[object, ...], rate: float, chosen: CompareSettings) -> str:
    if rate > chosen.false_discovery:
        return NONE_SHOWN
    return LOWER if float(str(row[7])) < 0 else HIGHER


def _places(amounts: Amounts, groups: Sequence[str]) -> NDArray[np.int64]:
    return np.concatenate([amounts.members[name] for name in groups]) if groups else np.array([], dtype=np.int64)


def _units(amounts: Amounts, groups: Sequence[str]) -> int:
    return sum(len(amounts.members[name]) for name in groups)


def _number(test: _Test) -> int:
    """A number of the test's own, so that what it draws does not depend on which other tests there are."""
    said = "\n".join((test.group, test.versus, *test.others))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")
