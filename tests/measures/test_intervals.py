"""The interval over meetings: its arithmetic written out, its edges, and how often it holds the truth."""

from itertools import product
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellled_nlp.measures.intervals import ratio_interval, ratio_intervals

T_95_OF_3 = 2.353363  # the 95th percentile of Student's t with three degrees of freedom, as tables print it


def test_under_four_meetings_there_is_no_interval() -> None:
    assert ratio_interval(np.array([1.0, 2.0, 3.0]), np.array([10.0, 10.0, 10.0]), 0.95, 100) is None


def test_meetings_without_text_do_not_count_as_meetings() -> None:
    assert ratio_interval(np.array([1.0, 2.0, 3.0, 0.0]), np.array([10.0, 10.0, 10.0, 0.0]), 0.95, 100) is None


def test_the_exact_interval_is_that_of_all_resamples_written_out() -> None:
    amounts, totals = [1.0, 2.0, 3.0, 6.0], [10.0, 20.0, 10.0, 10.0]
    every = [sum(amounts[i] for i in pick) / sum(totals[i] for i in pick) for pick in product(range(4), repeat=4)]
    assert len(every) == 256
    middle = sum(every) / 256
    error = sqrt(sum((one - middle) ** 2 for one in every) / 256 * 4 / 3)
    odds, reach = log(0.24 / 0.76), T_95_OF_3 * error / (0.24 * 0.76)  # 12 of 50 is 0.24
    ends = [1 / (1 + exp(-(odds - reach))), 1 / (1 + exp(-(odds + reach)))]
    assert ratio_interval(np.array(amounts), np.array(totals), 0.90, 0) == pytest.approx(ends, abs=1e-6)
    assert ends == pytest.approx([0.066, 0.585], abs=0.001)


def test_drawn_intervals_are_the_same_every_time_and_hold_the_share() -> None:
    amounts, totals = np.arange(1.0, 13.0), np.full(12, 40.0)
    first = ratio_interval(amounts, totals, 0.95, 2000)
    assert first == ratio_interval(amounts, totals, 0.95, 2000)
    # Of equal meetings the share is a mean: 0.1625 with a standard error of 0.0260, and t is 2.201.
    assert first == pytest.approx((0.113, 0.228), abs=0.002)


def test_meetings_that_do_not_differ_have_an_interval_without_width() -> None:
    totals = np.array([10.0, 10.0, 20.0, 4.0])
    found = ratio_intervals(np.stack([0 * totals, totals, totals / 4], axis=1), totals, 0.95, 0)
    assert found is not None
    assert found == pytest.approx(np.array([[0.0, 0.0], [1.0, 1.0], [0.25, 0.25]]), abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=4, max_size=10))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(meetings: list[tuple[int, int]]) -> None:
    amounts = np.array([float(said) for said, _ in meetings])
    totals = np.array([float(said + other) for said, other in meetings])
    low, high = ratio_interval(amounts, totals, 0.95, 300) or (0.0, 1.0)
    assert 0 <= low <= amounts.sum() / totals.sum() + 1e-12
    assert amounts.sum() / totals.sum() - 1e-12 <= high <= 1


@pytest.mark.parametrize(("meetings", "share", "spread"), [(4, 0.25, 25.0), (6, 0.25, 25.0), (6, 0.08, 20.0), (12, 0.40, 15.0)])
def test_95_percent_intervals_hold_the_truth_in_some_95_of_100_boards(meetings: int, share: float, spread: float) -> None:
    """Each meeting's share is drawn about the board's own (standard deviations of 6 to 12 points), its length too."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        totals = np.exp(random.normal(8.5, 0.3, meetings))
        found = ratio_interval(random.beta(share * spread, (1 - share) * spread, meetings) * totals, totals, 0.95, 500)
        held += found is not None and found[0] <= share <= found[1]
    assert 0.92 <= held / 600 <= 0.975
