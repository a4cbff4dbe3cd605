"""Evaluation: labelled sentences and models in, honest figures out, each with the interval that so many sentences allow.

Macro F1 is the mean over the codes that the labelled sentences hold at all; micro F1 pools every decision. Intervals are the middle
95 % of bootstrap draws over sentences. Figures are on the sentences given: to speak for real papers they must be real, and unseen.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wellled_nlp import classify, output
from wellled_nlp.classify import labelled, score, tune
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.codebook import load_facet

FACETS = ("prompts", "themes", "language", "domain", "act")
_DRAWS = 1000
_LEVEL = 0.95
_BINS = 10
_TOP = 3


@dataclass(frozen=True)
class Outcome:
    """One facet on the sentences labelled for it: what is true, given and probable (sentences by codes), as arrays."""

    codes: tuple[str, ...]
    rows: list[int]
    true: np.ndarray
    given: np.ndarray
    probable: np.ndarray


def evaluate(path: Path, models: Path, draws: int = _DRAWS, seed: int = 0) -> dict[str, Any]:
    """Figures for the labelled file at `path`: `n`, `sha256`, and `facets` by name, each with `n`, `macro_f1`, `micro_f1`, `kappa`,
    `calibration_error` and `per_code`; prompts also with `top3_recall`, language with `flags`. Every figure has its interval beside it
    under the same name plus `_ci`. A facet whose column is missing or empty throughout is left out. Raises InputError, ModelError.
    """
    rows = labelled.read(path)
    drawn = np.random.default_rng(seed)
    facets = {}
    for facet, outcome in outcomes(rows, models).items():
        weights = drawn.multinomial(len(outcome.rows), [1 / len(outcome.rows)] * len(outcome.rows), size=draws).astype(np.float64)
        facets[facet] = _figures(facet, outcome, weights)
    return {"n": len(rows), "sha256": digest(path), "facets": facets}


def evaluate_file(path: Path, models: Path, json_file: Path | None = None, predictions_file: Path | None = None) -> dict[str, Any]:
    """The same, also written as JSON and with the labels given to each sentence as CSV where asked for. Raises OutputError."""
    found = evaluate(path, models)
    if json_file is not None:
        output.write_json(found, json_file)
    if predictions_file is not None:
        output.write_csv(predictions(path, models), predictions_file, encoding="utf-8")
    return found


def cross_fitted(path: Path, models: Path) -> dict[str, dict[str, float]]:
    """For themes, language and domain the figures that result when each half's thresholds are chosen on the other half, halves by id."""
    rows = labelled.read(path)
    half = halves(rows)
    found = outcomes(rows, models)
    once = np.ones((1, len(rows)))
    figures: dict[str, dict[str, float]] = {}
    if "themes" in found:
        one = found["themes"]
        crossed = Outcome(one.codes, one.rows, one.true, tune.cross_fitted(one.true, one.probable, half[one.rows]), one.probable)
        figures["themes"] = {"macro_f1": _number(_macro(crossed, once)[0]), "micro_f1": _number(_micro(crossed, once)[0])}
    if "language" in found:
        figures["language"] = {}
        for name in labelled.FLAGS:
            one = flag(found["language"], name)
            crossed = Outcome(one.codes, one.rows, one.true, tune.cross_fitted(one.true, one.probable, half[one.rows]), one.probable)
            figures["language"][f"{name}_f1"] = _number(_micro(crossed, np.ones((1, len(one.rows))))[0])
    if "domain" in found:
        one = found["domain"]
        crossed = Outcome(one.codes, one.rows, one.true, tune.cross_fitted_rivals(one.true, one.probable, half[one.rows]), one.probable)
        figures["domain"] = {"macro_f1": _number(_macro(crossed, np.ones((1, len(one.rows))))[0])}
    return figures


def halves(rows: Sequence[Labelled]) -> np.ndarray:
    """0 or 1 for each sentence, by its id, so that the halves are the same wherever the file is cut."""
    return np.array([int(hashlib.sha256(row.id.encode("utf-8")).hexdigest(), 16) % 2 for row in rows])


def macro_f1(true: np.ndarray, given: np.ndarray) -> float:
    """Mean F1 over the codes with support; arrays are sentences by codes."""
    outcome = Outcome(("",) * true.shape[1], list(range(len(true))), true, given, given)
    return float(_macro(outcome, np.ones((1, len(true))))[0])


def digest(path: Path) -> str:
    """SHA-256 of a file, or of the CSVs of a folder one after another."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def predictions(path: Path, models: Path) -> pd.DataFrame:
    """One row a sentence and facet: id, text, what is labelled, what was given (codes joined with `;`) and the probability of the first."""
    rows = labelled.read(path)
    found = []
    for facet, outcome in outcomes(rows, models).items():
        codes = np.array(outcome.codes)
        for place, number in enumerate(outcome.rows):
            given = codes[outcome.given[place]]
            probability = float(outcome.probable[place][outcome.given[place]].max()) if len(given) else float("nan")
            true = ";".join(codes[outcome.true[place]])
            found.append((rows[number].id, facet, true, ";".join(given), round(probability, 4), rows[number].context.text))
    return pd.DataFrame(found, columns=["id", "facet", "labelled", "given", "probability", "text"])


def outcomes(rows: Sequence[Labelled], models: Path) -> dict[str, Outcome]:
    """For every facet that is labelled at all: truth, decisions and probabilities on the sentences labelled for it."""
    loaded = classify.load(models)
    contexts = [row.context for row in rows]
    labels = score.by_model(contexts, loaded)
    probable = score.probabilities(contexts, loaded)
    result = {}
    for facet in FACETS:
        numbers = _labelled_for(rows, facet)
        if numbers:
            codes, true = _truth([rows[number] for number in numbers], facet)
            assigned = [{code for name, code, _, _, given in labels[number] if name == facet and given} for number in numbers]
            given = np.array([[code in codes_given for code in codes] for codes_given in assigned], dtype=bool)
            result[facet] = Outcome(codes, numbers, true, given, probable[facet][numbers])
    return result


def _labelled_for(rows: Sequence[Labelled], facet: str) -> list[int]:
    if facet in ("prompts", "themes"):
        return list(range(len(rows))) if any(row.prompts for row in rows) else []
    return [number for number, row in enumerate(rows) if getattr(row, facet)]


def _truth(rows: Sequence[Labelled], facet: str) -> tuple[tuple[str, ...], np.ndarray]:
    if facet != "language":
        return labelled.targets(rows, facet)
    codes = load_facet(facet).code_ids
    return codes, np.array([[row.language == code for code in codes] for row in rows], dtype=bool)


def _figures(facet: str, outcome: Outcome, weights: np.ndarray) -> dict[str, Any]:
    once = np.ones((1, len(outcome.rows)))

    def both(figure: Callable[[np.ndarray], np.ndarray]) -> tuple[float, list[float]]:
        return _number(figure(once)[0]), _interval(figure(weights))

    figures: dict[str, Any] = {"n": len(outcome.rows)}
    for name, figure in _FIGURES.items():
        figures[name], figures[f"{name}_ci"] = both(lambda draw, figure=figure: figure(outcome, draw))  # type: ignore[misc]
    if facet == "prompts":
        figures["top3_recall"], figures["top3_recall_ci"] = both(lambda draw: _top_recall(outcome, draw))
    if facet == "language":
        figures["flags"] = {}
        for name in labelled.FLAGS:
            pooled = flag(outcome, name)
            figures["flags"][name], figures["flags"][f"{name}_ci"] = both(lambda draw, pooled=pooled: _micro(pooled, draw))  # type: ignore[misc]
    figures["per_code"] = {code: _per_code(outcome, place, weights) for place, code in enumerate(outcome.codes) if _counts(outcome, place)}
    return figures


def _counts(outcome: Outcome, place: int) -> bool:
    return bool(outcome.true[:, place].any() or outcome.given[:, place].any())


def _per_code(outcome: Outcome, place: int, weights: np.ndarray) -> dict[str, Any]:
    true, given = outcome.true[:, place], outcome.given[:, place]
    found: dict[str, Any] = {"support": int(true.sum()), "given": int(given.sum())}
    for name, share in (("precision", (true & given, given)), ("recall", (true & given, true))):
        found[name] = _number(share[0].sum() / max(1, share[1].sum()))
        found[f"{name}_ci"] = _interval((weights @ share[0]) / np.maximum(1e-9, weights @ share[1]))
    found["f1"] = _number(2 * (true & given).sum() / max(1, true.sum() + given.sum()))
    found["f1_ci"] = _interval(2 * (weights @ (true & given)) / np.maximum(1e-9, weights @ true + weights @ given))
    return found


def _macro(outcome: Outcome, weights: np.ndarray) -> np.ndarray:
    """Mean F1 over the codes with support in each draw."""
    both, true, given = (weights @ matrix for matrix in (outcome.true & outcome.given, outcome.true, outcome.given))
    scores = 2 * both / np.maximum(1e-9, true + given)
    return (scores * (true > 0)).sum(axis=1) / np.maximum(1, (true > 0).sum(axis=1))


def _micro(outcome: Outcome, weights: np.ndarray) -> np.ndarray:
    both, true, given = ((weights @ matrix).sum(axis=1) for matrix in (outcome.true & outcome.given, outcome.true, outcome.given))
    return 2 * both / np.maximum(1e-9, true + given)


def _kappa(outcome: Outcome, weights: np.ndarray) -> np.ndarray:
    """Cohen's kappa of the yes-or-no decisions, codes pooled: agreement beyond what their frequencies give by chance."""
    true, given, same = (weights @ matrix for matrix in (outcome.true, outcome.given, outcome.true == outcome.given))
    size = weights.sum(axis=1, keepdims=True)
    chance = (true * given + (size - true) * (size - given)) / size**2
    return ((same / size).mean(axis=1) - chance.mean(axis=1)) / np.maximum(1e-9, 1 - chance.mean(axis=1))


def _calibration(outcome: Outcome, weights: np.ndarray) -> np.ndarray:
    """Expected calibration error over ten bins of probability, codes pooled: how far shares stray from the probabilities shown."""
    bins = np.minimum((outcome.probable * _BINS).astype(int), _BINS - 1)
    total = np.zeros(len(weights))
    for number in range(_BINS):
        inside = bins == number
        gap = np.where(inside, outcome.probable - outcome.true, 0.0).sum(axis=1)
        total += np.abs(weights @ gap)
    return total / (weights.sum(axis=1) * outcome.probable.shape[1])


def _top_recall(outcome: Outcome, weights: np.ndarray) -> np.ndarray:
    """The share of the labelled codes that are among the three most probable of their sentence."""
    order = np.argsort(-outcome.probable, axis=1, kind="stable")[:, :_TOP]
    among = np.zeros_like(outcome.true)
    np.put_along_axis(among, order, True, axis=1)
    return (weights @ (outcome.true & among).sum(axis=1)) / np.maximum(1e-9, weights @ outcome.true.sum(axis=1))


def flag(outcome: Outcome, name: str) -> Outcome:
    """One flag of language as an outcome of its own: `both` counts for either flag."""
    places = [outcome.codes.index(name), outcome.codes.index("both")]
    true, given = (matrix[:, places].sum(axis=1, keepdims=True) > 0 for matrix in (outcome.true, outcome.given))
    return Outcome((name,), outcome.rows, true, given, outcome.probable[:, places].sum(axis=1, keepdims=True))


_FIGURES = {"macro_f1": _macro, "micro_f1": _micro, "kappa": _kappa, "calibration_error": _calibration}


def _number(value: float) -> float:
    return round(float(value), 4)


def _interval(values: np.ndarray) -> list[float]:
    low, high = np.quantile(values, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return [_number(low), _number(high)]
