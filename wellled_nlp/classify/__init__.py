"""Classification: sentences in, one long table of labels out; each label with its score, and on request the cues that speak for it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify import explain as explanation
from wellled_nlp.classify import labelled, lexicon, model, score
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.lexicon import Cue
from wellled_nlp.document import Sentence

# Ways of scoring: contexts and a loaded model to labels. Facets with a lexicon alone or a crosswalk find their place here.
SCORERS = {"model": score.by_model}
LEXICONS = ("prompts", "language", "domain")


def annotate(sentences: Sequence[Sentence], models: Path, scorer: str = "model") -> pd.DataFrame:
    """The labels of every sentence for the facets prompts, themes, language, domain and act, in the order of the sentences.

    At most two prompts are assigned, and of the facets language, domain and act exactly one code each; other codes that came near are
    kept with `assigned` false. A label depends on the sentence, its heading, the one before it and the kind of paper, on nothing else.
    Raises ModelError where `models` holds no model that can be used.
    """
    contexts = [_context(sentence) for sentence in sentences]
    distinct = list(dict.fromkeys(contexts))
    labels = dict(zip(distinct, SCORERS[scorer](distinct, load(models)), strict=True))
    rows = [(sentence.sentence_id, *row) for sentence, one in zip(sentences, contexts, strict=True) for row in labels[one]]
    return table.of("labels", rows)


def cues(sentences: Sequence[Sentence]) -> list[tuple[Cue, ...]]:
    """For each sentence the cues of the lexicons that stand in its own text; traps (negative weights) are left out."""
    known = lexicon.load(LEXICONS)
    found = {text: tuple(cue for cue in known.cues_in(text) if cue.weight > 0) for text in dict.fromkeys(one.text for one in sentences)}
    return [found[sentence.text] for sentence in sentences]


def explain(sentence: str, models: Path, heading: str = "", previous: str = "", paper: str = "minutes") -> dict[str, Any]:
    """Why a sentence gets its labels: `labels`, the `cues` that fired and, for each facet, the `words` that weighed most."""
    return explanation.explain(labelled.context(sentence, heading, previous, paper), load(models))


@cache
def load(models: Path) -> model.Model:
    """The model in this folder, read once a process."""
    return model.load(models)


def _context(sentence: Sentence) -> Context:
    return labelled.context(sentence.text, sentence.heading, sentence.previous, sentence.paper_kind)
