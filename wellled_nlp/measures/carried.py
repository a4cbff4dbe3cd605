"""Carried text: sentences that a paper repeats from the papers of the meeting before, word for word or nearly.

Standing paragraphs are pasted from meeting to meeting; they say what is always said and not what the board turned to. Two sentences are
the same here where their sets of four-word runs overlap by Jaccard 0.8 or more (Broder 1997, on the resemblance of documents).
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.settings import AttentionSettings

_BY = ["organisation", "doc_type"]
_RUN = 4  # words
_FEWEST_WORDS = 8  # a shorter sentence recurs by itself ("The Board noted the report.")
_TOGETHER = 8192  # pairs of sentences whose runs are counted at once
_WORD = re.compile(r"\w+")

Places = NDArray[np.intp]


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `carried`: each sentence that stood in the last papers of the same organisation and type, with the one it repeats.

    Meetings are compared with the one before them that has papers of the same type, though nothing may stand in these; undated papers are
    compared with none.
    """
    sentences = sentence_table(tables)
    compared = (sentences["meeting_date"] != UNDATED) & (sentences["words"] >= _FEWEST_WORDS) & ~sentences["domain"].isin(settings.left_out)
    dated = sentences.loc[compared, [*_BY, "sentence_id", "document_id", "meeting_date", "words", "text"]]
    days = tables["documents"].dropna(subset=["meeting_date"]).groupby(_BY)["meeting_date"].agg(set)
    rows = [row for kind, held in dated.groupby(_BY, sort=True) for row in _carried(held, sorted(days[kind]), settings.carried_overlap)]
    return table.of("carried", rows)


def _carried(held: pd.DataFrame, days: Sequence[str], overlap: float) -> Iterator[tuple[object, ...]]:
    """The rows of one organisation and type of paper, whose meetings were on these days: also those whose papers hold nothing to repeat."""
    meeting = pd.Index(days).get_indexer(held["meeting_date"])
    if len(np.unique(meeting)) < 2:
        return
    best, similarity = _closest(_runs(held["text"].tolist()), meeting, overlap)
    ids, papers, dates, words = (held[name].tolist() for name in ("sentence_id", "document_id", "meeting_date", "words"))
    repeats = np.flatnonzero(similarity >= overlap)
    for one in repeats[np.argsort(meeting[repeats], kind="stable")]:
        other = best[one]
        yield (ids[one], papers[one], dates[one], int(words[one]), ids[other], dates[other], float(similarity[one]))


def _runs(texts: Sequence[str]) -> csr_matrix:
    """One row a text, one column a run of four words, 1 where the run stands in the text; the rarest runs have the last columns."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    tokens = [array("l", map(known.__getitem__, _WORD.findall(text.lower()))) for text in texts]
    words = np.fromiter(chain.from_iterable(tokens), dtype=np.int64)
    lengths = np.array([len(found) for found in tokens], dtype=np.int64)
    text = np.repeat(np.arange(len(texts)), lengths)
    begins = np.arange(len(words)) + _RUN - 1 < np.repeat(np.cumsum(lengths), lengths)
    pairs = np.unique(words[:-1] * len(known) + words[1:], return_inverse=True)[1] if len(words) > 1 else words
    at = np.flatnonzero(begins)
    columns = np.unique(pairs[at] * (len(words) + 1) + pairs[at + 2], return_inverse=True, return_counts=True)
    by_count = np.empty(len(columns[0]), dtype=np.int64)
    by_count[np.argsort(-columns[2], kind="stable")] = np.arange(len(columns[0]))
    found = csr_matrix((np.ones(len(at), dtype=np.int32), (text[at], by_count[columns[1]])), shape=(len(texts), len(columns[0])))
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _closest(runs: csr_matrix, meeting: Places, overlap: float) -> tuple[Places, NDArray[np.float64]]:
    """For each row the row of the meeting before with the largest Jaccard overlap, and that overlap; 0 where it is under `overlap`.

    Only pairs that share one of their rarest runs can overlap as much (Chaudhuri, Ganti and Kaushik 2006), and of like sentences only the
    first is compared, so that the work does not grow with the square of the sentences.
    """
    one, other = _candidates(runs, meeting, overlap)
    pairs = range(0, len(one), _TOGETHER)
    common = [runs[one[at : at + _TOGETHER]].multiply(runs[other[at : at + _TOGETHER]]).sum(axis=1).A1 for at in pairs]
    shared, sizes = np.concatenate([np.zeros(0), *common]), np.diff(runs.indptr)
    similar = shared / (sizes[one] + sizes[other] - shared)
    best, similarity = np.zeros(runs.shape[0], dtype=np.intp), np.zeros(runs.shape[0])
    order = np.lexsort((-other, similar))  # the largest overlap comes last, of equal ones the earliest sentence
    best[one[order]], similarity[one[order]] = other[order], similar[order]
    return best, np.where(similarity >= overlap, similarity, 0.0)


def _candidates(runs: csr_matrix, meeting: Places, overlap: float) -> tuple[Places, Places]:
    """The pairs (row, row of the meeting before) that share one of their rarest runs."""
    row, run = _rarest(runs, overlap)
    first = _first_of_like(runs, meeting)[row]
    # A run at a meeting is one column, which the rows of that meeting have, and in the other matrix those of the meeting before.
    width = runs.shape[1]
    keys = np.concatenate([meeting[row] * width + run, (meeting[row[first]] + 1) * width + run[first]])
    known, column = np.unique(keys, return_inverse=True)
    now, before = (
        csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(runs.shape[0], len(known)))
        for rows, columns in ((row, column[: len(row)]), (row[first], column[len(row) :]))
    )
    return (now @ before.T).nonzero()


def _first_of_like(runs: csr_matrix, meeting: Places) -> NDArray[np.bool_]:
    """Whether each row is like none before it of the same meeting."""
    known: set[tuple[int, bytes]] = set()
    first = np.zeros(runs.shape[0], dtype=bool)
    for place, (start, end) in enumerate(pairwise(runs.indptr)):
        key = (int(meeting[place]), runs.indices[start:end].tobytes())
        first[place] = key not in known
        known.add(key)
    return first


def _rarest(runs: csr_matrix, overlap: float) -> tuple[Places, Places]:
    """(row, run) for so many of the rarest runs of each row that a row sharing none of them overlaps with it by less than `overlap`."""
    sizes = np.diff(runs.indptr)
    kept = sizes - np.ceil(overlap * sizes - 1e-9).astype(int) + 1
    left = np.repeat(runs.indptr[1:], sizes) - np.arange(len(runs.indices))  # runs from here to the end of the row, this one included
    held = left <= np.repeat(kept, sizes)
    return np.repeat(np.arange(runs.shape[0]), sizes)[held], runs.indices[held].astype(np.intp)
