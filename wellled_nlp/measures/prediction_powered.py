"""Shares from few labels by people and many by a model: unbiased whatever the model's faults, and the narrower the better it is.

The model's share of all sentences is put right by how far it and people differ on a sample (prediction-powered inference: Angelopoulos,
Bates, Fannjiang, Jordan and Zrnic 2023, Science 382:669; the trust in the model is tuned as in PPI++, Angelopoulos, Duchi and Zrnic 2023).
The sample may be stratified, and the papers are a finite population, so the spread is that of the difference estimator of survey sampling
(Sarndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, chapters 6 and 7). A share whose denominator depends on labels itself
is a ratio of two such estimates, linearised.
"""

from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_FEWEST = 2  # sentences of a stratum, below which it is put together with others: one shows no spread


@dataclass(frozen=True)
class Sample:
    """Sentences labelled by people. people, model: sentences by codes, 1 where given; inside: whether the sentence is among those that the
    share is of; stratum: number of its stratum; sizes: sentences in each stratum of what was sampled; worth: what each stratum counts for,
    on any scale (of one sample, its size).
    """

    people: Matrix
    model: Matrix
    inside: NDArray[np.bool_]
    stratum: NDArray[np.int64]
    sizes: Matrix
    worth: Matrix


def shares(
    sample: Sample, given: Matrix, total: int, counted: NDArray[np.bool_] | None, level: float, power: float | None = None
) -> Matrix:
    """(share, low, high) of each code, shape (codes, 3).

    given: how often the model gave each code among all `total` sentences that the share is of. counted: the codes of which a sentence needs
    one to be in the denominator (without the procedural ones, say); None where every sentence is in it. power: 1 trusts the model fully,
    0 not at all; None chooses one value for all codes, so that shares of a facet with one code a sentence sum to 1. Raises ValueError for
    fewer than two sentences.
    """
    sample = _served(sample)
    weights = _weights(sample)
    inside = int(sample.inside.sum())
    trust = _trust(sample, given / total, weights, inside / max(total - inside, 1)) if power is None else power
    below, below_model, below_all = _denominator(sample, given, total, counted)
    estimate = trust * given / total + weights @ (sample.people - trust * sample.model)
    part = float(trust * below_all / total + weights @ (below - trust * below_model))
    found = np.empty((len(given), 3))
    for code in range(len(given)):
        if part <= 0:
            found[code] = np.nan
            continue
        share = estimate[code] / part
        apart = (sample.people[:, code] - share * below) - trust * (sample.model[:, code] - share * below_model)
        error = sqrt(_variance(sample, apart, weights)) / part
        found[code] = _interval(min(max(share, 0.0), 1.0), error, inside, level)
    return found


def _served(sample: Sample) -> Sample:
    """The sample with strata of fewer than two sentences put together, and with the smallest other one if that is not enough."""
    held = np.bincount(sample.stratum, minlength=len(sample.sizes))
    if held.sum() < _FEWEST:
        raise ValueError(f"labels of at least two sentences are needed, not {held.sum()}")
    poor = held < _FEWEST
    if not poor.any():
        return sample
    if held[poor].sum() < _FEWEST:
        rich = np.flatnonzero(~poor)
        poor[rich[np.argmin(sample.sizes[rich])]] = True
    kept = np.flatnonzero(~poor)
    number = np.full(len(held), len(kept))
    number[kept] = np.arange(len(kept))
    sizes, worth = (np.append(of[kept], of[poor].sum()) for of in (sample.sizes, sample.worth))
    return Sample(sample.people, sample.model, sample.inside, number[sample.stratum], sizes, worth)


def _weights(sample: Sample) -> Matrix:
    """What each labelled sentence stands for, as a part of all sentences that the share is of; 0 outside them. They sum to 1."""
    held = np.bincount(sample.stratum, minlength=len(sample.sizes))
    weights = (sample.worth / held)[sample.stratum] * sample.inside
    total = weights.sum()
    return weights / total if total else weights


def _trust(sample: Sample, prevalence: Matrix, weights: Matrix, ratio: float) -> float:
    """The power with the least variance over all codes together, between 0 and 1."""
    people, model = weights @ sample.people, weights @ sample.model
    covariance = float((weights @ ((sample.people - people) * (sample.model - model))).sum())
    spread = float((prevalence * (1 - prevalence)).sum())
    return min(max(covariance / ((1 + ratio) * spread), 0.0), 1.0) if spread > 0 else 0.0


def _denominator(sample: Sample, given: Matrix, total: int, counted: NDArray[np.bool_] | None) -> tuple[Matrix, Matrix, float]:
    """Whether each labelled sentence is in the denominator, by people and by the model, and how many of all the model puts there."""
    if counted is None:
        every = np.ones(len(sample.people))
        return every, every, float(total)
    return sample.people[:, counted].sum(axis=1), sample.model[:, counted].sum(axis=1), float(given[counted].sum())


def _interval(share: float, error: float, n: int, level: float) -> tuple[float, float, float]:
    """(share, low, high), symmetric on the scale of log odds, which keeps it within 0 and 1 and right for rare codes; a share nearer to 0
    or 1 than one sentence in n is put there.
    """
    centre = min(max(share, 1 / n), 1 - 1 / n)
    reach = NormalDist().inv_cdf((1 + level) / 2) * error / (centre * (1 - centre))
    low, high = (1 / (1 + (1 / centre - 1) * exp(way * reach)) for way in (1, -1))
    return share, min(low, share), max(high, share)


def _variance(sample: Sample, apart: Matrix, weights: Matrix) -> float:
    """Of the weighted mean of `apart`. At least that of one sentence that differs: a sample without one proves no perfection."""
    held = np.bincount(sample.stratum, minlength=len(sample.sizes))
    centred = np.where(sample.inside, apart - float(weights @ apart), 0.0)
    whole = float((sample.worth / held)[sample.stratum] @ sample.inside)
    variance = 0.0
    for stratum, size in enumerate(sample.sizes):
        here = centred[sample.stratum == stratum]
        left = max(1 - len(here) / size, 0.0)
        variance += (sample.worth[stratum] / whole) ** 2 * left * float(np.var(here, ddof=1)) / len(here)
    n = int(sample.inside.sum())
    left = max(1 - len(apart) / float(sample.sizes.sum()), 0.0)
    return max(variance, left * (1 / n) * (1 - 1 / n) / n)
