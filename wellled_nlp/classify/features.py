"""Features: texts in, sparse rows of numbers out; the same for training and for use.

A text gives folded words and pairs of words, runs of four letters within a word, the weight of the lexicons' cues by code, and its shape
(length, figures, how it ends). A sentence's row holds its own text in full, and the cues and words of its heading and of the sentence
before it as columns of their own. Everything is counted with arrays, for a year of packs has 60,000 sentences.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
from scipy import sparse

from wellled_nlp.classify import lexicon, rules
from wellled_nlp.classify.words import words

_RUN = 4
_SHAPES = (
    "words<6",
    "words<12",
    "words<30",
    "words>=30",
    "figures",
    "many figures",
    "ends .",
    "ends ?",
    "ends :",
    "capitals",
    "table",
    "quoted",
)
# Cue weights of one code are counted up to the limit, in units that bring them near the size of the other features.
_CUE_LIMIT, _CUE_UNIT = 6.0, 3.0
# What a plain yes counts, for the same reason.
_YES = np.float32(0.3)
_PAPERS = ("minutes", "board paper", "quality account")


class Context(NamedTuple):
    """What a label may depend on: the sentence, its heading, the sentence before it and the kind of paper."""

    text: str
    heading: str = ""
    previous: str = ""
    paper: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words, pairs and letter runs that a model knows, with the weight (idf) of each.

    words: folded words in order of their id; pairs: sorted keys `first id * len(words) + second id`; runs: sorted keys of four bytes.
    """

    words: tuple[str, ...]
    pairs: np.ndarray
    runs: np.ndarray
    word_idf: np.ndarray
    pair_idf: np.ndarray
    run_idf: np.ndarray
    facets: tuple[str, ...]


class Featuriser:
    """Turns (text, heading, previous) into rows; holds the rows of texts already seen in this batch only."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.lexicon = lexicon.load(vocabulary.facets)
        self._id_of = {word: number for number, word in enumerate(vocabulary.words)}
        self._cue_weights = np.array([cue.weight for cue in self.lexicon.cues] or [0.0], dtype=np.float32)
        self._cue_columns = np.array(self.lexicon.column_of or [0], dtype=np.int64)
        self._runs = _Runs(vocabulary.runs)
        self.blocks = self._blocks()
        self.width = sum(self.blocks.values())

    def rows(self, contexts: Sequence[Context]) -> sparse.csr_matrix:
        """One row for each (text, heading, previous), in their order; float32, `width` columns."""
        distinct = list(dict.fromkeys(text for context in contexts for text in context[:3]))
        place = {text: number for number, text in enumerate(distinct)}
        known = self._parts(distinct)
        text, heading, previous = (np.array([place[context[part]] for context in contexts], dtype=np.int64) for part in range(3))
        parts = [known["words"][text], known["pairs"][text], known["runs"][text], known["cues"][text], known["shape"][text]]
        parts += [known["cues"][heading], known["words"][heading], known["cues"][previous], _papers(contexts), _acts(contexts)]
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    def names(self) -> list[str]:
        """What each column stands for, as shown in explanations."""
        vocabulary = self.vocabulary
        size = len(vocabulary.words)
        pairs = [f"{vocabulary.words[key // size]} {vocabulary.words[key % size]}" for key in vocabulary.pairs.tolist()]
        runs = [f"…{int(key).to_bytes(_RUN, 'little').decode('latin-1')}…" for key in vocabulary.runs]
        cues = [f"cue {facet}:{code}" for facet, code in self.lexicon.columns]
        named = [*vocabulary.words, *pairs, *runs, *cues, *(f"shape {shape}" for shape in _SHAPES)]
        named += [f"heading {cue}" for cue in cues] + [f"heading {word}" for word in vocabulary.words]
        return (
            named + [f"previous {cue}" for cue in cues] + [f"paper {paper}" for paper in _PAPERS] + [f"rule {act}" for act in rules.ORDER]
        )

    def _blocks(self) -> dict[str, int]:
        size, cues = len(self.vocabulary.words), len(self.lexicon.columns)
        own = {"words": size, "pairs": len(self.vocabulary.pairs), "runs": len(self.vocabulary.runs), "cues": cues, "shape": len(_SHAPES)}
        return own | {"heading cues": cues, "heading words": size, "previous cues": cues, "paper": len(_PAPERS), "rules": len(rules.ORDER)}

    def _parts(self, texts: list[str]) -> dict[str, sparse.csr_matrix]:
        tokens = [words(text) for text in texts]
        vocabulary = self.vocabulary
        ids, rows = _token_ids(tokens, self._id_of)
        pair_ids, pair_rows = _pair_ids(ids, rows, vocabulary)
        run_ids, run_rows = self._runs.ids(*_run_keys(tokens))
        known = ids >= 0
        count = len(texts)
        return {
            "words": _weighted(ids[known], rows[known], vocabulary.word_idf, count),
            "pairs": _weighted(pair_ids, pair_rows, vocabulary.pair_idf, count),
            "runs": _weighted(run_ids, run_rows, vocabulary.run_idf, count),
            "cues": self._cues(texts, tokens),
            "shape": _shape(texts, tokens),
        }

    def _cues(self, texts: list[str], tokens: list[list[str]]) -> sparse.csr_matrix:
        found = [self.lexicon.numbers(text, sentence) for text, sentence in zip(texts, tokens, strict=True)]
        ends = np.cumsum([0] + [len(cues) for cues in found])
        flat = np.fromiter(chain.from_iterable(found), dtype=np.int64)
        shape = (len(tokens), len(self.lexicon.columns))
        counts = sparse.csr_matrix((self._cue_weights[flat], self._cue_columns[flat], ends), shape=shape, dtype=np.float32)
        counts.sum_duplicates()
        counts.data = np.clip(counts.data, -_CUE_LIMIT, _CUE_LIMIT) / np.float32(_CUE_UNIT)
        return counts


def learn_vocabulary(texts: Iterable[str], facets: tuple[str, ...], minimum: int = 2) -> Vocabulary:
    """The words, pairs and letter runs that stand in at least `minimum` of these texts, with their weights."""
    tokens = [words(text) for text in texts]
    counts = Counter(word for sentence in tokens for word in set(sentence))
    known = tuple(sorted(word for word, count in counts.items() if count >= minimum))
    id_of = {word: number for number, word in enumerate(known)}
    ids, rows = _token_ids(tokens, id_of)
    keys, pair_rows = _pair_keys(ids, rows, len(known))
    pairs, pair_counts = _frequent(keys, pair_rows, minimum)
    run_keys, run_rows = _run_keys(tokens)
    runs, run_counts = _frequent(run_keys, run_rows, minimum)
    size = len(tokens)
    word_counts = np.array([counts[word] for word in known])
    return Vocabulary(
        known, pairs, runs.astype(np.uint32), _idf(word_counts, size), _idf(pair_counts, size), _idf(run_counts, size), facets
    )


def _idf(counts: np.ndarray, size: int) -> np.ndarray:
    """Inverse document frequency, 1 + ln((1 + n) / (1 + texts with it)): the rarer, the heavier."""
    return (1 + np.log((1 + size) / (1 + counts))).astype(np.float32)


def _frequent(keys: np.ndarray, rows: np.ndarray, minimum: int) -> tuple[np.ndarray, np.ndarray]:
    """The keys that stand in at least `minimum` rows, sorted, and in how many."""
    together = np.unique(np.stack([keys.astype(np.int64), rows.astype(np.int64)], axis=1), axis=0)
    found, counts = np.unique(together[:, 0], return_counts=True)
    return found[counts >= minimum], counts[counts >= minimum]


def _token_ids(tokens: list[list[str]], id_of: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    ids = np.fromiter(map(id_of.get, chain.from_iterable(tokens), repeat(-1)), dtype=np.int64)
    rows = np.repeat(np.arange(len(tokens)), [len(sentence) for sentence in tokens])
    return ids, rows


def _pair_keys(ids: np.ndarray, rows: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Keys of neighbouring known words of one text."""
    joined = (rows[1:] == rows[:-1]) & (ids[1:] >= 0) & (ids[:-1] >= 0) if len(ids) else np.zeros(0, dtype=bool)
    return ids[:-1][joined] * size + ids[1:][joined], rows[:-1][joined]


def _pair_ids(ids: np.ndarray, rows: np.ndarray, vocabulary: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    return _looked_up(*_pair_keys(ids, rows, len(vocabulary.words)), vocabulary.pairs)


def _run_keys(tokens: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Keys of four bytes within a word and the spaces about it, and the text that each comes from."""
    texts = [f" {' '.join(sentence)} ".encode("latin-1", "replace") for sentence in tokens]
    data = np.frombuffer(b"".join(texts) + b"   ", dtype=np.uint8).astype(np.uint32)
    keys = data[:-3] | data[1:-2] << 8 | data[2:-1] << 16 | data[3:] << 24
    space = data == ord(" ")
    within = ~(space[1:-2] | space[2:-1])
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    within = within[: len(rows)]
    return keys[: len(rows)][within], rows[within]


class _Runs:
    """The letter runs of a vocabulary in one table with a place for any four of their letters: a text has as many runs as letters, and
    to search for each in a sorted list takes several times as long.
    """

    def __init__(self, known: np.ndarray) -> None:
        letters = np.unique(np.concatenate(_letters(known)))
        self._code = np.zeros(256, dtype=np.int32)
        self._code[letters] = np.arange(1, len(letters) + 1)
        self._base = len(letters) + 1
        self._ids = np.full(self._base**_RUN, -1, dtype=np.int32)
        self._ids[self._place(known)] = np.arange(len(known))

    def ids(self, keys: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of those runs that are known, and the rows that they stand in."""
        found = self._ids[self._place(keys)]
        return found[found >= 0], rows[found >= 0]

    def _place(self, keys: np.ndarray) -> np.ndarray:
        place = np.zeros(len(keys), dtype=np.int32)
        for letter in _letters(keys):
            place = place * self._base + self._code[letter]
        return place


def _letters(keys: np.ndarray) -> list[np.ndarray]:
    """The bytes of each key, the first of all, then the second of all, and so on."""
    return [keys >> 8 * number & 255 for number in range(_RUN)]


def _looked_up(keys: np.ndarray, rows: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(known):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found = known[place] == keys
    return place[found], rows[found]


def _weighted(ids: np.ndarray, rows: np.ndarray, idf: np.ndarray, count: int) -> sparse.csr_matrix:
    """idf at every occurrence, each row of length one; `rows` must be sorted."""
    weights = idf[ids] if len(ids) else np.zeros(0, dtype=np.float32)
    lengths = np.sqrt(np.bincount(rows, weights=weights.astype(np.float64) ** 2, minlength=count))
    ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    data = (weights / np.maximum(lengths, 1e-9)[rows]).astype(np.float32)
    matrix = sparse.csr_matrix((data, ids.astype(np.int32), ends.astype(np.int32)), shape=(count, len(idf)))
    matrix.sum_duplicates()
    return matrix


def _shape(texts: list[str], tokens: list[list[str]]) -> sparse.csr_matrix:
    rows = [_shape_of(text, sentence) for text, sentence in zip(texts, tokens, strict=True)]
    return sparse.csr_matrix(np.array(rows, dtype=np.float32).reshape(len(texts), len(_SHAPES)) * _YES)


def _shape_of(text: str, sentence: list[str]) -> tuple[bool, ...]:
    """Length, figures, how it ends and how it is set, in the order of `_SHAPES`."""
    length = len(sentence)
    figures = len([word for word in sentence if word[0].isdigit()])
    capitals = len([word for word in text.split() if word[0].isupper()])
    last = text.rstrip("\"'”’) ")[-1:]
    lengths = (length < 6, 6 <= length < 12, 12 <= length < 30, length >= 30)
    ends = (last == ".", last == "?", last == ":")
    set_as = (2 * capitals > max(length, 1), " | " in text or "  " in text, "“" in text or '"' in text)
    return (*lengths, 0 < figures <= 3, figures > 3, *ends, *set_as)


def _papers(contexts: Sequence[Context]) -> sparse.csr_matrix:
    rows = np.array([[context.paper == paper for paper in _PAPERS] for context in contexts], dtype=np.float32)
    return sparse.csr_matrix(rows.reshape(len(contexts), len(_PAPERS)) * _YES)


def _acts(contexts: Sequence[Context]) -> sparse.csr_matrix:
    """The act that the rules find, as one column an act."""
    found = [rules.decide(context.text, context.paper) for context in contexts]
    rows = np.array([[rule is not None and rule.code == act for act in rules.ORDER] for rule in found], dtype=np.float32)
    return sparse.csr_matrix(rows.reshape(len(contexts), len(rules.ORDER)))
