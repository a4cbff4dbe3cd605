"""Subjects: how far two sentences speak of the same thing, by the words that they share, rare words counting more.

The cosine of inverse document frequencies (Salton and Buckley 1988) over word stems. The words that name no subject are data.
"""

import re
from functools import cache

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from wellled_nlp.codebook import load_lexicon

_WORD = re.compile(r"[^\W\d_]{3,}")
_INITIALS = re.compile(r"\b[A-Z]{2,3}\b")
_ENDINGS = ("ing", "ed", "es", "s")
_STEM = 7  # letters, so that reconciled meets reconciliation
_BACK = 2  # sentences of the same paragraph whose subject a sentence goes on with
_PARAGRAPH = re.compile(r"^\d+(?:\.\d+)+\b")


class Subjects:
    """The sentences' subjects: `own` of each sentence alone, `around` with the two before it in its paragraph (unit-length rows)."""

    def __init__(self, sentences: pd.DataFrame, lexicon: str) -> None:
        generic = {_stem(term.term) for term in load_lexicon(lexicon) if term.code == "generic"}

        def stems(text: str) -> list[str]:
            found = (_stem(word) for word in _WORD.findall(_INITIALS.sub(" ", text).lower()))
            return [stem for stem in found if stem not in generic]

        counter = TfidfVectorizer(analyzer=stems, binary=True, norm=None)
        weights = counter.fit_transform([*sentences["text"], "vocabulary"])[:-1]  # one word more, so that none is no error
        self.own = normalize(weights)
        before = starts(sentences)
        around = weights
        for back in range(1, _BACK + 1):
            shifted = vstack([csr_matrix((min(back, len(sentences)), weights.shape[1])), weights[: max(len(sentences) - back, 0)]]).tocsr()
            held = np.arange(len(sentences)) - before >= back
            around = around.maximum(csr_matrix(shifted.multiply(held.reshape(-1, 1))))
        self.around = normalize(around)
        self.size = np.diff(self.own.indptr)

    def likeness(self, places: np.ndarray, others: np.ndarray, *, around: bool) -> tuple[csr_matrix, csr_matrix]:
        """Of the sentences at `places` (rows) with each of the others (columns): the cosine, and how many stems they share."""
        ones, rows = self.own[places], (self.around if around else self.own)[others]
        return ones @ rows.T, _counted(ones) @ _counted(rows).T


def _counted(weights: csr_matrix) -> csr_matrix:
    return csr_matrix((np.ones(len(weights.data)), weights.indices, weights.indptr), shape=weights.shape)


def starts(sentences: pd.DataFrame) -> np.ndarray:
    """For each sentence the place (row number) of the first sentence of its paragraph; paragraphs begin with an item or a number."""
    items = sentences["item_id"].to_numpy()
    begins = sentences["text"].str.match(_PARAGRAPH).to_numpy(dtype=bool, copy=True)
    begins[1:] |= items[1:] != items[:-1]
    return np.maximum.accumulate(np.where(begins, np.arange(len(sentences)), 0))


@cache  # words recur, and the vocabulary of papers is small beside them
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]
