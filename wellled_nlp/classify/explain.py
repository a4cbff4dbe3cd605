"""Explanation: why one sentence got its labels, in cues and words."""

from typing import Any

import numpy as np

from wellled_nlp.classify import score
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.model import Model

_WORDS = 8


def explain(context: Context, model: Model) -> dict[str, Any]:
    """`labels` (facet, code, score, assigned, scorer), `cues` (facet, code, term) and, for each facet, the `words` that weighed most for
    the code given: (word, weight) pairs, letter runs left out, weights in log odds.
    """
    rows = score.by_model([context], model)[0]
    labels = [{"facet": f, "code": c, "score": s, "assigned": given, "scorer": scorer} for f, c, scorer, s, given in rows]
    cues = [{"facet": cue.facet, "code": cue.code, "term": cue.term} for cue in model.featuriser.lexicon.cues_in(context.text)]
    return {"labels": labels, "cues": cues, "words": _words(context, model, rows)}


def _words(context: Context, model: Model, rows: list[score.Label]) -> dict[str, list[tuple[str, float]]]:
    features = model.featuriser.rows([context])
    names = model.featuriser.names()
    weighed: dict[str, list[tuple[str, float]]] = {}
    for facet, code, _, _, given in rows:
        head = model.heads[facet]
        if not given or code not in head.codes or facet == "prompts":
            continue
        parts = features.data * head.weights[features.indices, head.codes.index(code)]
        order = [place for place in np.argsort(-np.abs(parts), kind="stable") if not names[features.indices[place]].startswith("…")]
        weighed.setdefault(facet, []).extend((names[features.indices[place]], round(float(parts[place]), 3)) for place in order[:_WORDS])
    return weighed
