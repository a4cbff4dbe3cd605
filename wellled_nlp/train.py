"""Training: labelled sentences in, a folder of models out, each with its card; the same sentences give the same bytes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from wellled_nlp.classify import LEXICONS, labelled, score
from wellled_nlp.classify.features import Featuriser, learn_vocabulary
from wellled_nlp.classify.model import FEATURES, HEADS, RIVALS, Head, save_head, save_vocabulary
from wellled_nlp.classify.regression import Fitted, fit_choice, fit_flags
from wellled_nlp.codebook import load_facet

# Steps of the solver; more of them fit our own text better and real text worse.
_STEPS = {"themes": 60, "prompts": 40, "language": 60, "domain": 60, "act": 60}
# Strength of the penalty on each kind of feature; the smaller, the more it is trusted. Chosen on real sentences (docs/method.md).
_PENALTY = {"words": 1.0, "pairs": 1.0, "runs": 2.0, "shape": 4.0, "heading words": 8.0, "paper": 1.0, "rules": 1.0}
# Cues: for the code that they are listed under, and for any other.
_CUE_PENALTY = {"cues": (0.1, 1.0), "heading cues": (0.25, 2.0), "previous cues": (0.5, 4.0)}
_SCALE = {"prompts": 0.5}


def train(corpora: Path, models: Path) -> None:
    """Trains every head on the CSVs in `corpora` and writes the folder `models`. Raises InputError where there is nothing to train on."""
    rows = labelled.read(corpora)
    contexts = [row.context for row in rows]
    vocabulary = learn_vocabulary([one.text for one in contexts] + [one.heading for one in contexts], LEXICONS)
    save_vocabulary(vocabulary, models / FEATURES)
    featuriser = Featuriser(vocabulary)
    features = featuriser.rows(contexts)
    for facet in HEADS:
        codes, true = labelled.targets(rows, facet)
        if facet == "prompts":
            codes, true = (*codes, score.NONE), np.concatenate([true, ~true.any(axis=1, keepdims=True)], axis=1)
        weights, bias = fit(facet, codes, features, true, featuriser)
        save_head(Head(facet, codes, weights, bias, {"sentences": len(rows)}), models / facet)


def fit(facet: str, codes: Sequence[str], features: object, true: np.ndarray, featuriser: Featuriser) -> Fitted:
    """Weights and biases of one head."""
    penalty = _penalties(facet, codes, featuriser) * np.float32(_SCALE.get(facet, 1.0))
    if facet in RIVALS:
        return fit_choice(features, true / true.sum(axis=1, keepdims=True), penalty, _STEPS[facet])
    return fit_flags(features, true, penalty, _STEPS[facet])


def _penalties(facet: str, codes: Sequence[str], featuriser: Featuriser) -> np.ndarray:
    """The penalty of every weight, features by codes."""
    columns = featuriser.lexicon.columns
    parent_of = load_facet(labelled.FRAMEWORK).parent_of
    listed = [(name, parent_of[code]) if facet == "themes" and name == "prompts" else (name, code) for name, code in columns]
    own = np.array([[name == ("prompts" if facet == "themes" else facet) and cue == code for code in codes] for name, cue in listed])
    blocks = []
    for block, width in featuriser.blocks.items():
        if block in _CUE_PENALTY:
            blocks.append(np.where(own, *_CUE_PENALTY[block]))
        else:
            blocks.append(np.full((width, len(codes)), _PENALTY[block]))
    return np.concatenate(blocks).astype(np.float32)
