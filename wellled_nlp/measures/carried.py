"""Carried text: sentences that a paper repeats from the papers of the meeting before, word for word or nearly.

Standing paragraphs are pasted from meeting to meeting; they say what is always said and not what the board turned to. Two sentences are
the same here where their sets of four-word runs overlap by Jaccard 0.8 or more (Broder 1997, on the resemblance of documents).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.settings import AttentionSettings

_RUN = 4  # words
_FEWEST_WORDS = 8  # a shorter sentence recurs by itself ("The Board noted the report.")


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `carried`: each sentence that stood in the last papers of the same organisation and type, with the one it repeats.

    Meetings are compared with the one before them that has papers of the same type; undated papers are compared with none.
    """
    sentences = sentence_table(facts)
    dated = sentences[
        (sentences["meeting_date"] != UNDATED) & (sentences["words"] >= _FEWEST_WORDS) & ~sentences["domain"].isin(settings.left_out)
    ]
    rows = [row for _, held in dated.groupby(["organisation", "doc_type"], sort=True) for row in _carried(held, settings.carried_overlap)]
    return table.of("carried", rows)


def _carried(held: pd.DataFrame, overlap: float) -> Iterator[tuple[object, ...]]:
    meetings = [meeting for _, meeting in held.groupby("meeting_date", sort=True)]
    if len(meetings) < 2:
        return
    counter = CountVectorizer(ngram_range=(_RUN, _RUN), binary=True, token_pattern=r"(?u)\b\w+\b", dtype=np.int32)
    runs = counter.fit_transform(held["text"])
    places = pd.Series(np.arange(len(held)), index=held.index)
    for before, now in pairwise(meetings):
        best, similarity = _closest(runs[places[now.index].to_numpy()], runs[places[before.index].to_numpy()])
        for at in np.flatnonzero(similarity >= overlap):
            one, other = now.iloc[at], before.iloc[best[at]]
            yield (
                one["sentence_id"],
                one["document_id"],
                one["meeting_date"],
                int(one["words"]),
                other["sentence_id"],
                other["meeting_date"],
                float(similarity[at]),
            )


def _closest(now: csr_matrix, before: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """For each row of `now` the row of `before` with the largest Jaccard overlap, and that overlap."""
    common = (now @ before.T).tocoo()
    sizes_now, sizes_before = np.asarray(now.sum(axis=1)).ravel(), np.asarray(before.sum(axis=1)).ravel()
    overlap = common.data / (sizes_now[common.row] + sizes_before[common.col] - common.data)
    best, similarity = np.zeros(now.shape[0], dtype=int), np.zeros(now.shape[0])
    order = np.lexsort((-common.col, overlap))  # the largest overlap comes last, of equal ones the earliest sentence
    best[common.row[order]], similarity[common.row[order]] = common.col[order], overlap[order]
    return best, similarity
