"""Classification: sentences in, one long table of labels out; each label with its score, and the cues that speak for it on request."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify import lexicon, model, rules, score
from wellled_nlp.classify.score import Labels, label
from wellled_nlp.document import Sentence

SCORERS: dict[str, Callable[[Sequence[Sentence], model.Model], list[Labels]]] = {"model": score.by_model, "lexicon": score.by_lexicon}


def annotate(sentences: Sequence[Sentence], models: Path, scorer: str = "model") -> pd.DataFrame:
    """The labels of every sentence for the facets prompts, themes, language, domain and act, in the order of the sentences.

    At most two prompts are assigned, and of the facets language, domain and act exactly one code each; prompts and themes that came near
    are kept with `assigned` false. A label depends on the sentence, its heading, the one before it and the kind of paper, on nothing else.
    """
    loaded = load(models)
    distinct = list(dict.fromkeys(score.key(sentence) for sentence in sentences))
    labelled = dict(zip(distinct, SCORERS[scorer](distinct, loaded), strict=True))
    rows = ((sentence.sentence_id, *row) for sentence in sentences for row in labelled[score.key(sentence)])
    return table.check(table.build(table.LABELS, rows), table.LABELS, "labels")
