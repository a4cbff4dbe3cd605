"""Agreement between coders as numbers: Krippendorff's alpha and Cohen's kappa from arrays of labels, with intervals over sentences.

Every facet is looked at code by code, as yes or no, and its coefficient is 1 less the disagreement observed over that expected, both
summed over the codes. For a facet with one code a sentence that is exactly nominal alpha and Cohen's kappa; for a facet that allows
several codes it is the same idea without inventing a category for each combination. Codes that nobody gave add nothing to either sum, so
text that nobody coded cannot raise agreement.

Sources: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability (nominal, any number of coders, values may be missing); Cohen 1960,
Educational and Psychological Measurement 20:37. Intervals are percentiles of a bootstrap over sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = tuple[float, float, float]
_DRAWS = 2000
_SEED = 20110125
_NOTHING: Figures = (float("nan"),) * 3


@dataclass(frozen=True)
class Labels:
    """given: coders by sentences by codes, whether the coder gave it; coded: coders by sentences, whether the coder answered at all."""

    given: NDArray[np.bool_]
    coded: NDArray[np.bool_]

    def code(self, place: int) -> "Labels":
        """The same for one code alone."""
        return Labels(self.given[:, :, place : place + 1], self.coded)


def alpha(labels: Labels, level: float = 0.95) -> Figures:
    """(alpha, low, high); not a number where no sentence was coded twice, or everybody gave the same code everywhere."""
    coded = labels.coded.sum(axis=0)
    kept = coded > 1  # a label that nobody else gave cannot be paired
    values = coded[kept].astype(np.float64)
    yes = (labels.given & labels.coded[:, :, None]).sum(axis=0)[kept].astype(np.float64)
    apart = 2 * yes * (values[:, None] - yes) / (values[:, None] - 1)

    def coefficient(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        pairable, ones = weights @ values, weights @ yes
        observed = (weights @ apart).sum(axis=1)
        # n (n - 1) pairs can be made of n values: the value itself is not its own partner.
        expected = (2 * ones * (pairable[:, None] - ones)).sum(axis=1) / np.maximum(pairable - 1, 1)
        return _beyond(observed, expected)

    return _figures(coefficient, len(values), level)


def kappa(labels: Labels, level: float = 0.95) -> Figures:
    """(kappa, low, high) of two coders over the sentences that both coded; not a number as above. Raises ValueError for other than two."""
    if len(labels.given) != 2:
        raise ValueError(f"kappa compares two coders, not {len(labels.given)}")
    kept = labels.coded.all(axis=0)
    one, other = labels.given[0][kept], labels.given[1][kept]
    apart = (one != other).astype(np.float64)

    def coefficient(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        size = weights.sum(axis=1, keepdims=True)
        first, second = weights @ one / size, weights @ other / size
        expected = first * (1 - second) + second * (1 - first)
        return _beyond((weights @ apart / size).sum(axis=1), expected.sum(axis=1))

    return _figures(coefficient, int(kept.sum()), level)


def same(labels: Labels) -> tuple[int, int]:
    """(sentences on which all who coded them gave exactly the same codes, sentences coded by two or more)."""
    kept = labels.coded.sum(axis=0) > 1
    return int((kept & (_all(labels) == _any(labels)).all(axis=1)).sum()), int(kept.sum())


def on_coded(labels: Labels) -> tuple[int, int]:
    """(sentences to which all who coded them gave the code, sentences to which any of them did), summed over codes."""
    kept = (labels.coded.sum(axis=0) > 1)[:, None]
    return int((kept & _all(labels)).sum()), int((kept & _any(labels)).sum())


def _all(labels: Labels) -> NDArray[np.bool_]:
    return np.asarray((labels.given | ~labels.coded[:, :, None]).all(axis=0))


def _any(labels: Labels) -> NDArray[np.bool_]:
    return np.asarray((labels.given & labels.coded[:, :, None]).any(axis=0))


def _beyond(observed: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 less observed over expected disagreement; not a number where none is expected."""
    return 1 - np.divide(observed, expected, out=np.full_like(observed, np.nan), where=expected > 0)


def _figures(coefficient: Callable[[NDArray[np.float64]], NDArray[np.float64]], size: int, level: float) -> Figures:
    """The coefficient of the sentences as they are, and its percentiles over resampled ones."""
    if not size:
        return _NOTHING
    value = float(coefficient(np.ones((1, size)))[0])
    if np.isnan(value):
        return _NOTHING
    drawn = np.random.default_rng(_SEED).multinomial(size, np.full(size, 1 / size), size=_DRAWS).astype(np.float64)
    low, high = np.nanquantile(coefficient(drawn), [(1 - level) / 2, (1 + level) / 2])
    return value, float(low), float(high)
