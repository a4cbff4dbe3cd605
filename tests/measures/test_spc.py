"""The reference numbers are those in the snapshots and tests of NHSRplotthedots 0.2.2 (NHS-R Community, MIT licence)."""

import numpy as np
import pytest

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp.measures import spc

# R: set.seed(123); rnorm(20), to eight digits.
RNORM = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197,
    1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
WITH_OUTLIER = [*RNORM[:14], 10.0, *RNORM[15:]]
SPIKE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]


@pytest.mark.parametrize(
    ("values", "screen", "expected"),
    [
        (RNORM, True, (0.1416238, -3.01138, 3.294627)),
        (WITH_OUTLIER, True, (0.6694159, -2.383666, 3.722497)),
        (WITH_OUTLIER, False, (0.6694159, -4.596625, 5.935457)),
    ],
)
def test_limits_agree_with_the_reference(values: list[float], screen: bool, expected: tuple[float, float, float]) -> None:
    found = spc.limits(np.array(values, dtype=float), screen)
    assert (found.mean, found.lower, found.upper) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(("screen", "expected"), [(True, (1.94, -0.72, 4.60)), (False, (1.94, -3.06, 6.95))])
def test_limits_agree_with_the_reference_that_is_printed_to_two_digits(screen: bool, expected: tuple[float, float, float]) -> None:
    found = spc.limits(np.array(SPIKE, dtype=float), screen)
    assert (round(found.mean, 2), round(found.lower, 2), round(found.upper, 2)) == expected


def test_a_run_is_one_from_its_seventh_point() -> None:
    assert spc.runs(np.array([1] * 8 + [-1])).tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(("values", "last"), [([1, 2, 3, 4, 5, 6, 7], 1), ([7, 6, 5, 4, 3, 2, 1], -1), ([1, 2, 3, 3, 4, 5, 6], 0)])
def test_a_trend_needs_seven_points_each_past_the_one_before(values: list[float], last: int) -> None:
    assert spc.trends(np.array(values, dtype=float)).tolist() == [0, 0, 0, 0, 0, 0, last]


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ([0, 0, 1, 0, 1, 0, 0], [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 0, -1, 0, 0], [0] * 7),
        ([0, 0, -1, -1, 0, 0, 0], [0, -1, -1, -1, -1, 0, 0]),
    ],
)
def test_two_of_three_must_be_near_the_same_limit(near: list[int], expected: list[int]) -> None:
    assert spc.two_of_three(np.array(near)).tolist() == expected


def test_points_on_opposite_sides_near_the_limits_are_common_cause() -> None:
    values = np.array([1.0, -1.0] * 8 + [5.5, -5.5])
    assert spc.signals(values, spc.limits(values))[-1] == ("common cause", "")


def test_a_point_outside_wins_over_a_run() -> None:
    values = np.array([0.0, 1.0] * 6 + [20.0])
    assert spc.signals(values, spc.limits(values))[-1] == ("high", "outside a limit")


def test_under_twelve_meetings_the_limits_are_trial_limits_and_under_four_there_are_none() -> None:
    def said(n: int) -> list[Said]:
        return [Said(f"2024-{m:02d}-01", 10 + m % 2, domain) for m in range(1, n + 1) for domain in ("quality", "finance")]

    assert set(measured("trend", facts(said(6)), attention())["limits"]) == {"trial limits"}
    assert set(measured("trend", facts(said(12)), attention())["limits"]) == {"limits"}
    assert set(measured("trend", facts(said(4)), attention())["limits"]) == {"trial limits"}
    assert len(measured("trend", facts(said(3)), attention())) == 0


def test_a_steady_series_has_no_signal() -> None:
    said = [Said(f"2024-{m:02d}-01", 100 + m % 3, domain) for m in range(1, 13) for domain in ("quality", "finance")]
    assert set(measured("trend", facts(said), attention())["point"]) == {"common cause"}


def test_a_series_that_never_moves_has_no_signal() -> None:
    values = np.array([1 / 10] * 6)
    assert spc.signals(values, spc.limits(values)) == [(spc.COMMON, "")] * 6
