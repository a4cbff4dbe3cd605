from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellled_nlp.compare import permutation

SIX = np.array([[1.0], [2.0], [3.0], [10.0], [11.0], [12.0]])
TEN = np.full((6, 1), 10.0)
ONE_BLOCK = np.zeros(6, dtype=np.int64)
LAST_THREE = np.array([False, False, False, True, True, True])


def run(amounts: np.ndarray, mine: np.ndarray, blocks: np.ndarray = ONE_BLOCK, draws: int = 9999) -> permutation.Tested:
    return permutation.test(amounts, np.full_like(amounts, 10.0), mine, blocks, 1.0, [draws], 0.95, (1,))


def test_three_against_three_that_do_not_overlap_have_two_of_twenty_ways_and_no_fewer() -> None:
    found = run(SIX, LAST_THREE)
    assert (found.arrangements.tolist(), found.exact, float(found.p[0])) == ([20], True, 0.1)
    assert float(found.difference[0]) == pytest.approx(0.9)


def test_the_statistic_is_that_of_the_linear_approximation() -> None:
    """Ratios 1.1 and 0.2; each side's residuals are -1, 0, 1: variance 3/2 x 2 / 30 squared = 1/300, so T = 0.9 / sqrt(2/300) = 11.0227."""
    assert float(run(SIX, LAST_THREE).statistic[0]) == pytest.approx(11.0227, abs=1e-4)


def test_equal_sides_have_no_difference_and_the_chance_one() -> None:
    found = run(np.array([[1.0], [2.0], [3.0], [1.0], [2.0], [3.0]]), LAST_THREE)
    assert (float(found.statistic[0]), float(found.p[0])) == (0.0, 1.0)


@given(st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_among_all_ways_to_deal_no_chance_comes_more_often_than_it_says(values: list[int]) -> None:
    amounts = np.array(values, dtype=float)[:, None]
    chances = []
    for picked in combinations(range(6), 3):
        mine = np.isin(np.arange(6), picked)
        chances.append(float(run(amounts, mine).p[0]))
    assert all(sum(one <= p + 1e-12 for one in chances) <= p * len(chances) + 1e-9 for p in chances)


def test_what_is_drawn_comes_near_what_is_exact() -> None:
    rng = np.random.default_rng(5)
    amounts = rng.integers(0, 9, (12, 1)).astype(float)
    mine, blocks = np.arange(12) < 6, np.zeros(12, dtype=np.int64)
    exact, drawn = run(amounts, mine, blocks, 924), run(amounts, mine, blocks, 900)
    assert (int(exact.arrangements[0]), exact.exact, int(drawn.arrangements[0]), drawn.exact) == (924, True, 900, False)
    assert float(drawn.p[0]) == pytest.approx(float(exact.p[0]), abs=0.05)


def test_units_stay_within_their_block() -> None:
    """Blocks of two with one of each side: 2 x 2 x 2 = 8 ways; a difference that lies between blocks alone is none."""
    amounts = np.array([[1.0], [1.0], [5.0], [5.0], [9.0], [9.0]])
    found = run(amounts, np.array([True, False] * 3), np.array([0, 0, 1, 1, 2, 2]))
    assert (int(found.arrangements[0]), float(found.p[0])) == (8, 1.0)


def test_drawn_arrangements_hold_as_many_in_each_block() -> None:
    mine, blocks = np.array([True, False, False, True, True, False, True]), np.array([0, 1, 0, 1, 1, 0, 2])
    rows = permutation._dealt(mine, blocks, 50, np.random.default_rng(0))
    for block, taken in ((0, 1), (1, 2), (2, 1)):
        assert set((blocks[rows] == block).sum(axis=1)) == {taken}
    assert len({tuple(sorted(row)) for row in rows.tolist()}) == 9


def test_more_are_drawn_only_for_what_may_be_more_than_chance() -> None:
    """The first quantity is the same on both sides, the second far apart: 100 arrangements do for one, the other needs all."""
    rng = np.random.default_rng(6)
    amounts = rng.integers(3, 7, (40, 2)).astype(float)
    mine = np.arange(40) < 20
    amounts[:20, 0] = amounts[20:, 0]
    amounts[:20, 1] += 3
    found = permutation.test(amounts, np.full_like(amounts, 10.0), mine, np.zeros(40, dtype=np.int64), 1.0, [100, 2000], 0.95, (1,))
    assert found.arrangements.tolist() == [100, 2000]
    assert (float(found.p[0]), float(found.p[1])) == (1.0, 1 / 2001)


@given(st.integers(0, 9999))
def test_looking_early_calls_no_more_than_drawing_all_at_once(seed: int) -> None:
    """Where the two p differ the early one was over 0.05 already, for the limit of 100 in 1,999 was reached."""
    rng = np.random.default_rng(seed)
    amounts = rng.integers(0, 9, (24, 6)).astype(float)
    sides = (np.full_like(amounts, 10.0), np.arange(24) < 9, np.zeros(24, dtype=np.int64))
    early, whole = (permutation.test(amounts, *sides, 1.0, looks, 0.95, (seed,)) for looks in ([1999, 3999], [3999]))
    apart = early.p != whole.p
    assert (early.p[apart] > 0.05).all()
    assert early.arrangements[apart].tolist() == [1999] * int(apart.sum())


def test_an_interval_excludes_nothing_where_and_only_where_the_chance_is_under_five_in_a_hundred() -> None:
    rng = np.random.default_rng(8)
    amounts = rng.integers(0, 9, (14, 40)).astype(float)
    amounts[:7, 20:] += 3
    found = permutation.test(amounts, np.full_like(amounts, 20.0), np.arange(14) < 7, np.zeros(14, dtype=np.int64), 1.0, [3432], 0.95, (1,))
    outside = (found.low > 0) | (found.high < 0)
    assert outside.tolist() == (found.p < 0.05).tolist()
    assert 5 < outside.sum() < 40


def test_the_same_seed_draws_the_same() -> None:
    amounts = np.random.default_rng(2).integers(0, 9, (30, 3)).astype(float)
    mine, blocks = np.arange(30) < 12, np.zeros(30, dtype=np.int64)
    assert run(amounts, mine, blocks, 99).p.tolist() == run(amounts, mine, blocks, 99).p.tolist()


def test_few_of_many_are_drawn_without_one_twice_and_each_as_often() -> None:
    picked = permutation._picked(20, 3, 20_000, np.random.default_rng(4))
    assert (np.diff(picked, axis=1) > 0).all()
    assert np.bincount(picked.ravel(), minlength=20) == pytest.approx(np.full(20, 3000), rel=0.06)
