"""Scoring: sentences in their context to probabilities and labels, by the trained model with the rules for acts."""

from collections.abc import Sequence

import numpy as np

from wellled_nlp.classify import choose, rules
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.labelled import FRAMEWORK
from wellled_nlp.classify.model import Model
from wellled_nlp.codebook import load_facet

Label = tuple[str, str, str, float, bool]
NONE = "none"


def by_model(contexts: Sequence[Context], model: Model, thresholds: choose.Thresholds | None = None) -> list[list[Label]]:
    """The labels (facet, code, scorer, score, assigned) of each context."""
    return labels(contexts, probabilities(contexts, model), thresholds or choose.load())


def probabilities(contexts: Sequence[Context], model: Model) -> dict[str, np.ndarray]:
    """For each facet the probabilities of its codes, one row a context; a theme's is the sum of its prompts'.

    A theme has two witnesses: its own head, and the sum of its prompts in the head where all prompts and `none` are rivals. Their
    geometric mean is taken, and divided among the theme's prompts as the second head divides it.
    """
    if not contexts:
        return {facet: np.zeros((0, len(codes))) for facet, codes in codes_of().items()}
    found = model.probabilities(contexts)
    facet = load_facet(FRAMEWORK)
    belongs = np.array([[code.parent == theme.id for theme in facet.parents] for code in facet.codes], dtype=np.float64)
    rivals = found["prompts"][:, : len(facet.codes)]
    pooled = rivals @ belongs
    themes = np.sqrt(found["themes"] * pooled)
    shares = rivals / np.maximum(pooled @ belongs.T, 1e-12)
    assurance, improvement = found["language"].T
    neither = (1 - assurance) * (1 - improvement)
    language = np.stack([assurance * (1 - improvement), improvement * (1 - assurance), assurance * improvement, neither], axis=1)
    return {"prompts": (themes @ belongs.T) * shares, "themes": themes, "language": language, "domain": found["domain"], "act": found["act"]}


def codes_of() -> dict[str, tuple[str, ...]]:
    """The codes of each facet in the order of the columns of its probabilities."""
    facet = load_facet(FRAMEWORK)
    rest = {name: load_facet(name).code_ids for name in ("language", "domain", "act")}
    return {"prompts": facet.code_ids, "themes": tuple(parent.id for parent in facet.parents)} | rest


def labels(contexts: Sequence[Context], probable: dict[str, np.ndarray], thresholds: choose.Thresholds) -> list[list[Label]]:
    """The labels of each context from its probabilities; an act that a rule finds is given, whatever its probability."""
    codes = codes_of()
    facet = load_facet(FRAMEWORK)
    acts = rules.load()
    found = []
    for number, context in enumerate(contexts):
        scores = {name: values[number] for name, values in probable.items()}
        themes = choose.themes(scores["themes"], codes["themes"], thresholds, facet.maximum)
        rule = acts.first(context.text, context.paper)
        given = {
            "prompts": choose.prompts(scores["prompts"], codes["prompts"], themes, facet.parent_of),
            "themes": themes,
            "language": [choose.language(*_flags(scores["language"]), thresholds)],
            "domain": [choose.one("domain", scores["domain"], codes["domain"], thresholds)],
            "act": [rule.code if rule else choose.one("act", scores["act"], codes["act"], thresholds)],
        }
        rows: list[Label] = []
        for name in codes:
            scorer = "rules" if name == "act" and rule else "model"
            rows += [(name, code, scorer, score, yes) for code, score, yes in choose.rows(scores[name], codes[name], given[name], thresholds)]
        found.append(rows)
    return found


def _flags(language: np.ndarray) -> tuple[float, float]:
    """The probabilities of the two flags from those of the four codes."""
    assurance, improvement, both, _ = language.tolist()
    return assurance + both, improvement + both
