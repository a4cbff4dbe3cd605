"""Reference values worked out by hand from Spiegelhalter's formulas."""

import numpy as np
import pytest

from wellled_nlp.compare import funnel

SHARES, ERRORS = np.array([0.17, 0.19, 0.20, 0.21, 0.26]), np.full(5, 0.01)


def test_dispersion_of_five_groups() -> None:
    """z: -3, -1, 0, 1, 6. A tenth at each end: -3 + 0.4 x 2 = -2.2 and 1 + 0.6 x 5 = 4. phi = (4.84 + 1 + 0 + 1 + 16) / 5 = 4.568.

    tau squared = (5 x 4.568 - 4) / (50,000 - 10,000) = 18.84 / 40,000 = 0.000471.
    """
    found = funnel.dispersion(SHARES, ERRORS, 0.2, 0.1)
    assert found.z.tolist() == pytest.approx([-3, -1, 0, 1, 6])
    assert found.phi == pytest.approx(4.568)
    assert found.tau == pytest.approx(0.021703, abs=1e-6)


def test_limits_of_a_share_of_1600_around_a_fifth() -> None:
    """Standard error 0.01. Multiplicative: 1.96 x 0.01 x 2.13729 = 0.04189; additive: 1.96 x root of 0.0001 + 0.000471 = 0.046835."""
    found = funnel.dispersion(SHARES, ERRORS, 0.2, 0.1)
    n = np.array([1600.0])
    sides = [float(side[0]) for additive in (False, True) for side in funnel.limits(n, 0.2, 1.0, found, funnel.Z_95, additive)]
    assert sides == pytest.approx([0.15811, 0.24189, 0.153165, 0.246835], abs=1e-5)


def test_groups_that_differ_less_than_chance_have_no_spread_and_no_narrower_limits() -> None:
    found = funnel.dispersion(np.array([0.19, 0.2, 0.2, 0.2, 0.21]), np.full(5, 0.02), 0.2, 0.1)
    assert found.tau == 0.0
    n = np.array([400.0])
    for additive in (False, True):
        lower, upper = funnel.limits(n, 0.2, 1.0, found, funnel.Z_95, additive)
        assert (float(lower[0]), float(upper[0])) == pytest.approx((0.2 - 1.959964 * 0.02, 0.2 + 1.959964 * 0.02), abs=1e-6)


def test_clumping_widens_limits_by_its_root() -> None:
    found = funnel.Dispersion(np.array([]), 1.0, 0.0)
    plain, clumped = (funnel.limits(np.array([1600.0]), 0.2, one, found, 1.0, True) for one in (1.0, 4.0))
    assert float(clumped[1][0] - 0.2) == pytest.approx(2 * float(plain[1][0] - 0.2))


def test_limits_stay_within_nothing_and_all() -> None:
    lower, upper = funnel.limits(np.array([4.0]), 0.02, 9.0, funnel.Dispersion(np.array([]), 3.0, 0.5), 3.09, True)
    assert (float(lower[0]), float(upper[0])) == (0.0, 1.0)
