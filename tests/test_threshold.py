import pytest

from wellled_nlp import threshold


@pytest.mark.parametrize(
    ("share", "low", "high", "expected"),
    [
        (0.3, 0.26, 0.33, "above"),
        (0.3, 0.24, 0.33, "near"),
        (0.2, 0.1, 0.24, "below"),
        (0.26, None, None, "above"),
        (0.25, None, None, "near"),
        (0.24, None, None, "below"),
        (None, None, None, "too little text"),
    ],
)
def test_a_verdict_needs_the_whole_interval_on_one_side(share: float | None, low: float | None, high: float | None, expected: str) -> None:
    assert threshold.verdict(share, low, high, 0.25) == expected
