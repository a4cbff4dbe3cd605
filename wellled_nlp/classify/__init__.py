"""Classification: sentences in, one long table of labels out; each label with its score, and on request the cues that speak for it."""

import gc
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify import by_data, labelled, lexicon, model, score
from wellled_nlp.classify import explain as explanation
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.lexicon import Cue
from wellled_nlp.codebook import Facet
from wellled_nlp.document import Sentence

LEXICONS = ("prompts", "language", "domain")

frameworks = by_data.chosen


def annotate(sentences: Sequence[Sentence], models: Path, frameworks: Sequence[Facet] = ()) -> pd.DataFrame:
    """The labels of every sentence in the order of the sentences: prompts, themes, language, domain and act, then these frameworks.

    frameworks: as `frameworks` gives them; `by_data` says how they are labelled.

    At most two prompts are assigned, and of the facets language, domain and act exactly one code each; other codes that came near are
    kept with `assigned` false. A label depends on the sentence, its heading, the one before it and the kind of paper, on nothing else.
    Raises ModelError where `models` holds no model that can be used.
    """
    contexts = [_context(sentence) for sentence in sentences]
    distinct = list(dict.fromkeys(contexts))
    rows = score.by_model(distinct, load(models))
    for facet in frameworks:
        rows = [[*held, *more] for held, more in zip(rows, by_data.label(distinct, rows, facet), strict=True)]
    labels = dict(zip(distinct, rows, strict=True))
    ids = [sentence.sentence_id for sentence, one in zip(sentences, contexts, strict=True) for _ in labels[one]]
    columns = zip(*(row for one in contexts for row in labels[one]), strict=True)
    return table.of_columns("labels", [ids, *columns]) if ids else table.of("labels", [])


def cues(sentences: Sequence[Sentence], frameworks: Sequence[Facet] = ()) -> list[tuple[Cue, ...]]:
    """For each sentence the cues of the lexicons that stand in its own text; traps (negative weights) are left out."""
    known = [lexicon.load(LEXICONS), *map(by_data.compiled, frameworks)]
    texts = dict.fromkeys([one.text for one in sentences])
    found = {text: tuple([cue for one in known for cue in one.cues_in(text) if cue.weight > 0]) for text in texts}
    return [found[sentence.text] for sentence in sentences]


def signal_hits(sentences: Sequence[Sentence], listed: str = "signals") -> pd.DataFrame:
    """The table `signal_hits`: which named things of this list (shipped, or an own one's path) the sentences show. See `signals`."""
    from wellled_nlp.classify import signals  # spaCy takes a second to load, which `explain` and others need not wait for

    return signals.hits(sentences, listed)


def explain(sentence: str, models: Path, heading: str = "", previous: str = "", paper: str = "minutes") -> dict[str, Any]:
    """Why a sentence gets its labels: `labels`, the `cues` that fired and, for each facet, the `words` that weighed most."""
    return explanation.explain(labelled.context(sentence, heading, previous, paper), load(models))


@cache
def load(models: Path) -> model.Model:
    """The model in this folder, read once a process."""
    collecting = gc.isenabled()
    gc.disable()  # it would go through all the words of the lexicons again and again while they are added
    try:
        return model.load(models)
    finally:
        if collecting:
            gc.enable()


def _context(sentence: Sentence) -> Context:
    return labelled.context(sentence.text, sentence.heading, sentence.previous, sentence.paper_kind)
