"""Subjects: how far two sentences speak of the same thing, by the words that they share, rare words counting more.

The cosine of inverse document frequencies (Salton and Buckley 1988) over word stems. The words that name no subject are data.
"""

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from wellled_nlp.codebook import load_lexicon

_WORD = re.compile(r"[^\W\d_]{3,}")
_INITIALS = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]{1,2}\b")  # of one word; a pattern that begins with \b is looked for three times as long
_ENDINGS = ("ing", "ed", "es", "s")
_STEM = 7  # letters, so that reconciled meets reconciliation
_BACK = 2  # sentences of the same paragraph whose subject a sentence goes on with
_PARAGRAPH = re.compile(r"^\d+(?:\.\d+)+\b")


class Subjects:
    """The sentences' subjects: `own` of each sentence alone, `around` with the two before it in its paragraph (unit-length rows)."""

    def __init__(self, sentences: pd.DataFrame, lexicon: str) -> None:
        self._sentences, self._weights = sentences, _weights(sentences["text"].tolist(), lexicon)
        self.own = _unit_length(self._weights)
        self.size = np.diff(self.own.indptr)

    @cached_property
    def around(self) -> csr_matrix:
        """Worked out when it is first asked for, for not all who ask how alike sentences are need it."""
        weights, before = self._weights, starts(self._sentences)
        around, count = weights, len(self._sentences)
        for back in range(1, _BACK + 1):
            shifted = vstack([csr_matrix((min(back, count), weights.shape[1])), weights[: max(count - back, 0)]]).tocsr()
            held = np.arange(count) - before >= back
            around = around.maximum(csr_matrix(shifted.multiply(held.reshape(-1, 1))))
        return _unit_length(around)

    def likeness(self, places: np.ndarray, others: np.ndarray, *, around: bool) -> tuple[csr_matrix, csr_matrix]:
        """Of the sentences at `places` (rows) with each of the others (columns): the cosine, and how many stems they share."""
        ones, rows = self.own[places], (self.around if around else self.own)[others]
        return ones @ rows.T, _counted(ones) @ _counted(rows).T


def _weights(texts: Sequence[str], lexicon: str) -> csr_matrix:
    """One row a text, one column a stem: where it stands in the text, however often, its inverse document frequency, which is never 0."""
    held = [_stems(text) for text in texts]
    generic = {_stem(term.term) for term in load_lexicon(lexicon) if term.code == "generic"}
    named = [stem for stem in dict.fromkeys(chain.from_iterable(held)) if stem not in generic]
    number = dict.fromkeys(generic, len(named)) | {stem: place for place, stem in enumerate(named)}
    columns = np.fromiter(map(number.__getitem__, chain.from_iterable(held)), dtype=np.int64)
    rows = np.repeat(np.arange(len(held)), [len(stems) for stems in held])
    kept = columns < len(named)
    found = csr_matrix((np.ones(int(kept.sum())), (rows[kept], columns[kept])), shape=(len(held), len(named)))
    often = np.bincount(found.indices, minlength=found.shape[1])
    found.data = (np.log((len(held) + 2) / (often + 1)) + 1.0)[found.indices]
    return found


def _unit_length(weights: csr_matrix) -> csr_matrix:
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    lengths = np.sqrt(np.bincount(rows, weights.data**2, minlength=weights.shape[0]))
    return csr_matrix((weights.data / lengths[rows], weights.indices, weights.indptr), shape=weights.shape)


def _counted(weights: csr_matrix) -> csr_matrix:
    return csr_matrix((np.ones(len(weights.data)), weights.indices, weights.indptr), shape=weights.shape)


def starts(sentences: pd.DataFrame) -> np.ndarray:
    """For each sentence the place (row number) of the first sentence of its paragraph; paragraphs begin with an item or a number."""
    items = sentences["item_id"].to_numpy()
    begins = sentences["text"].str.match(_PARAGRAPH).to_numpy(dtype=bool, copy=True)
    begins[1:] |= items[1:] != items[:-1]
    return np.maximum.accumulate(np.where(begins, np.arange(len(sentences)), 0))


@lru_cache(maxsize=1 << 12)  # several measures ask of the same sentences
def _stems(text: str) -> tuple[str, ...]:
    return tuple(map(_stem, _WORD.findall(_INITIALS.sub(" ", text).lower())))


@cache  # words recur, and the vocabulary of papers is small beside them
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]
