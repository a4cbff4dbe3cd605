"""Carried text: sentences that a paper repeats from the papers of the meeting before, word for word or nearly.

Standing paragraphs are pasted from meeting to meeting; they say what is always said and not what the board turned to. Two sentences are
the same here where their sets of four-word runs overlap by Jaccard 0.8 or more (Broder 1997, on the resemblance of documents).
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.settings import AttentionSettings

_RUN = 4  # words
_FEWEST_WORDS = 8  # a shorter sentence recurs by itself ("The Board noted the report.")
_WORD = re.compile(r"\w+")

Places = NDArray[np.intp]


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `carried`: each sentence that stood in the last papers of the same organisation and type, with the one it repeats.

    Meetings are compared with the one before them that has papers of the same type, though nothing may stand in these; undated papers are
    compared with none.
    """
    sentences = sentence_table(tables)
    dated = sentences[
        (sentences["meeting_date"] != UNDATED) & (sentences["words"] >= _FEWEST_WORDS) & ~sentences["domain"].isin(settings.left_out)
    ]
    days = tables["documents"].dropna(subset=["meeting_date"]).groupby(["organisation", "doc_type"])["meeting_date"].agg(set)
    rows = [
        row
        for kind, held in dated.groupby(["organisation", "doc_type"], sort=True)
        for row in _carried(held, sorted(days[kind]), settings.carried_overlap)
    ]
    return table.of("carried", rows)


def _carried(held: pd.DataFrame, days: Sequence[str], overlap: float) -> Iterator[tuple[object, ...]]:
    """The rows of one organisation and type of paper, whose meetings were on these days: also those whose papers hold nothing to repeat."""
    meetings = held.reset_index(drop=True).groupby("meeting_date").indices
    if len(meetings) < 2:
        return
    runs = _runs(held["text"].tolist())
    ids, papers, dates, words = (held[name].tolist() for name in ("sentence_id", "document_id", "meeting_date", "words"))
    for earlier, day in pairwise(days):
        if earlier not in meetings or day not in meetings:
            continue
        before, now = meetings[earlier], meetings[day]
        best, similarity = _closest(runs[now], runs[before], overlap)
        for at in np.flatnonzero(similarity >= overlap):
            one, other = now[at], before[best[at]]
            yield (ids[one], papers[one], dates[one], int(words[one]), ids[other], dates[other], float(similarity[at]))


def _runs(texts: Sequence[str]) -> csr_matrix:
    """One row a text, one column a run of four words, 1 where the run stands in the text; the rarest runs have the last columns."""
    known: dict[str, int] = {}
    tokens = [array("l", [known.setdefault(word, len(known)) for word in _WORD.findall(text.lower())]) for text in texts]
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


def _closest(now: csr_matrix, before: csr_matrix, overlap: float) -> tuple[Places, NDArray[np.float64]]:
    """For each row of `now` the row of `before` with the largest Jaccard overlap, and that overlap; 0 where it is under `overlap`.

    Only pairs that share one of their rarest runs can overlap as much (Chaudhuri, Ganti and Kaushik 2006), and of like sentences only the
    first is compared, so that the work does not grow with the square of the sentences.
    """
    first = _first_of_like(before)
    others = before[first]
    one, other = (_rarest(now, overlap) @ _rarest(others, overlap).T).nonzero()
    common = np.asarray(now[one].multiply(others[other]).sum(axis=1)).ravel()
    sizes_now, sizes_before = np.diff(now.indptr), np.diff(others.indptr)
    similar = common / (sizes_now[one] + sizes_before[other] - common)
    best, similarity = np.zeros(now.shape[0], dtype=np.intp), np.zeros(now.shape[0])
    order = np.lexsort((-first[other], similar))  # the largest overlap comes last, of equal ones the earliest sentence
    best[one[order]], similarity[one[order]] = first[other[order]], similar[order]
    return best, np.where(similarity >= overlap, similarity, 0.0)


def _first_of_like(rows: csr_matrix) -> Places:
    """The places of the rows that are like none before them."""
    keys = {rows.indices[start:end].tobytes(): place for place, (start, end) in reversed(list(enumerate(pairwise(rows.indptr))))}
    return np.array(sorted(keys.values()), dtype=np.intp)


def _rarest(rows: csr_matrix, overlap: float) -> csr_matrix:
    """Of each row so many of its rarest runs that a row sharing none of them overlaps with it by less than `overlap`."""
    sizes = np.diff(rows.indptr)
    kept = sizes - np.ceil(overlap * sizes - 1e-9).astype(int) + 1
    left = np.repeat(rows.indptr[1:], sizes) - np.arange(len(rows.indices))  # runs from here to the end of the row, this one included
    held = left <= np.repeat(kept, sizes)
    which = np.repeat(np.arange(rows.shape[0]), sizes)[held]
    return csr_matrix((rows.data[held], (which, rows.indices[held])), shape=rows.shape)
