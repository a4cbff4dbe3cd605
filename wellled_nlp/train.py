"""Training: labelled sentences in, a folder of models out, each with its card; the same sentences give the same bytes."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from wellled_nlp.classify import LEXICONS, score
from wellled_nlp.classify.features import Context, Featuriser, learn_vocabulary
from wellled_nlp.classify.model import FEATURES, HEADS, Head, save_head, save_vocabulary
from wellled_nlp.codebook import load_facet

_STRENGTH = 10.0


def train(corpora: Path, models: Path) -> None:
    """Trains every head on the CSVs in `corpora` and writes the folder `models`. Raises InputError where there is nothing to train on."""
    rows = read_labelled(corpora)
    contexts = [score.context(row["text"], row["heading"], row["previous"], row["kind"]) for row in rows]
    vocabulary = learn_vocabulary([one.text for one in contexts] + [one.heading for one in contexts], LEXICONS)
    save_vocabulary(vocabulary, models / FEATURES)
    features = Featuriser(vocabulary).rows(contexts)
    for facet in HEADS:
        codes, truth = targets(rows, facet)
        weights, bias = fit(features, truth)
        save_head(Head(facet, codes, weights, bias, {"sentences": len(rows)}), models / facet)


def read_labelled(folder: Path) -> list[dict[str, str]]:
    """The rows of all CSVs in the folder, files in order of name."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def targets(rows: Sequence[dict[str, str]], facet: str) -> tuple[tuple[str, ...], np.ndarray]:
    """The codes of a head and which of them each row has, as 0 and 1."""
    prompts = load_facet("kloe-2017")
    if facet == "prompts":
        codes = prompts.code_ids
        given = [set(filter(None, row["prompts"].split(";"))) for row in rows]
    elif facet == "themes":
        codes = tuple(parent.id for parent in prompts.parents)
        given = [{prompts.parent_of[code] for code in filter(None, row["prompts"].split(";"))} for row in rows]
    elif facet == "language":
        codes = ("assurance", "improvement")
        given = [{"assurance", "improvement"} if row["language"] == "both" else {row["language"]} for row in rows]
    else:
        codes = load_facet(facet).code_ids
        given = [{row[facet]} for row in rows]
    return codes, np.array([[code in labels for code in codes] for labels in given], dtype=np.int8)


def fit(features: sparse.csr_matrix, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One balanced logistic regression a code; weights (features by codes) and biases. A code that no row has is never given."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((features.shape[1], truth.shape[1]), dtype=np.float32)
    bias = np.full(truth.shape[1], -10.0, dtype=np.float32)
    for number in range(truth.shape[1]):
        if 0 < truth[:, number].sum() < len(truth):
            head = LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=0)
            head.fit(features, truth[:, number])
            weights[:, number], bias[number] = head.coef_[0], head.intercept_[0]
    return weights, bias
