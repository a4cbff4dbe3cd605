"""Training: labelled sentences in, a folder of models out, each with its card; the same sentences give the same bytes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from wellled_nlp import evaluate
from wellled_nlp.classify import LEXICONS, choose, labelled, score
from wellled_nlp.classify.card import write_card
from wellled_nlp.classify.features import Featuriser, learn_vocabulary
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.classify.model import FEATURES, HEADS, RIVALS, Head, save_head, save_vocabulary, write_json
from wellled_nlp.classify.regression import Fitted, fit_choice, fit_flags
from wellled_nlp.codebook import load_facet

# Steps of the solver: more of them fit our own text better and real text worse.
_STEPS = {"themes": 60, "language": 60, "prompts": 40, "domain": 40, "act": 40}
# Penalty on each kind of feature; the smaller, the more it is trusted. Chosen on real sentences (docs/method.md), as is the scale a head.
_PENALTY = {"words": 4.0, "pairs": 4.0, "runs": 8.0, "shape": 16.0, "heading words": 32.0, "paper": 4.0, "rules": 1.0}
# Of cues: for the code that they are listed under, and for any other.
_CUE_PENALTY = {"cues": (0.1, 4.0), "heading cues": (0.25, 8.0), "previous cues": (0.5, 16.0)}
_SCALE = {"prompts": 0.25, "domain": 0.5, "act": 0.25}
_SHOWN = ("macro_f1", "micro_f1", "top3_recall", "kappa", "calibration_error", "flags", "n")


def train(corpora: Path, models: Path) -> None:
    """Trains every head on the CSVs in `corpora` and writes the folder `models`. Raises InputError where there is nothing to train on."""
    rows = labelled.read(corpora)
    contexts = [row.context for row in rows]
    vocabulary = learn_vocabulary([one.text for one in contexts] + [one.heading for one in contexts], LEXICONS)
    save_vocabulary(vocabulary, models / FEATURES)
    featuriser = Featuriser(vocabulary)
    features = featuriser.rows(contexts)
    about = {"sentences": len(rows), "corpora_sha256": _digest(rows), "thresholds": choose.load().provenance}
    for facet in HEADS:
        codes, true = _targets(rows, facet)
        support = dict(zip(codes, true.sum(axis=0).tolist(), strict=True))
        weights, bias = fit(facet, codes, features, true, featuriser)
        save_head(Head(facet, codes, weights, bias, about | {"support": support}), models / facet)
        write_card(models / facet, facet, about | {"support": support}, _measured(models / facet))


def record(path: Path, models: Path) -> None:
    """Writes the figures on the labelled file at `path` into each head's metrics.json and card; the file's text is not kept."""
    found = evaluate.evaluate(path, models)
    for facet, figures in found["facets"].items():
        folder = models / facet
        write_json(folder / "metrics.json", figures | {"file": path.name, "sha256": found["sha256"]})
        config = _config(folder)
        write_card(folder, facet, config, _measured(folder))


def fit(facet: str, codes: Sequence[str], features: sparse.csr_matrix, true: np.ndarray, featuriser: Featuriser) -> Fitted:
    """Weights and biases of one head."""
    penalty = _penalties(facet, codes, featuriser) * np.float32(_SCALE.get(facet, 1.0))
    if facet in RIVALS:
        return fit_choice(features, true / true.sum(axis=1, keepdims=True), penalty, _STEPS[facet])
    return fit_flags(features, true, penalty, _STEPS[facet])
