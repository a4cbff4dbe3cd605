"""Lexicons: which cues of the hand-written lists stand in a text, found in one pass over its words.

A term of kind `phrase` matches its words in order, `stem` lets the last word have any ending, and in both a word with `*` at its end
may end as it likes. Case, hyphens, plurals and `-ize` do not matter (see `words`). A term that names an expansion of the acronym list
also matches with the acronym in its place. Negative weights are traps: wording that looks like a cue and is not.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from wellled_nlp.classify.words import ACRONYMS, Remembered, fold, words
from wellled_nlp.codebook import Term, load_lexicon

_STEM = "*"
# Texts whose cues are kept in memory; a year of packs has 60,000.
_REMEMBERED = 200_000
# Most terms are plain lower-case words, which need no more than folding.
_PLAIN = re.compile(r"[a-z ]+")


class Cue(NamedTuple):
    """A term that stands in a text: `facet` and `code` it speaks for, the `term` as listed, its weight."""

    facet: str
    code: str
    term: str
    weight: float


# A place in the tree of all terms: by each next word or stem the place that it leads to, and by `_CUES` the cues whose last word led here.
# Plain dicts, for there are thousands, and they are most of what it takes to load a model.
_Node = dict[str, Any]
_CUES = ""


class Lexicon:
    """The terms of several facets, compiled; `columns` are the (facet, code) pairs in the order of the counts."""

    def __init__(self, terms: dict[str, Sequence[Term]], acronyms: Sequence[Term] = ()) -> None:
        self.cues: list[Cue] = []
        self._root: _Node = {}
        self._stems: set[str] = set()
        self._stems_of = Remembered(self._known_stems)
        self._begins = Remembered(self._begun)
        self._seen: dict[str, tuple[int, ...]] = {}
        short = _expansions(acronyms)
        for facet, listed in terms.items():
            for term in listed:
                if term.kind != "regex":
                    self._add(facet, term, short)
        self._longest = max((len(stem) for stem in self._stems), default=0)
        self.columns = tuple(dict.fromkeys((cue.facet, cue.code) for cue in self.cues))
        place = {column: number for number, column in enumerate(self.columns)}
        self.column_of = [place[cue.facet, cue.code] for cue in self.cues]

    def find(self, tokens: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the cues (places in `self.cues`) that stand in these folded words, each once, in the order of their ends."""
        found: dict[int, None] = {}
        live: list[_Node] = []
        begins, stems_of = self._begins, self._stems_of
        for token in tokens:
            reached = begins[token]
            if live:
                stems = stems_of[token]
                going_on = []
                for node in live:
                    if token in node:
                        going_on.append(node[token])
                    for stem in stems:
                        if stem in node:
                            going_on.append(node[stem])
                live = []
                if going_on:
                    reached = (*going_on, *reached)
            for node in reached:
                if _CUES in node:
                    for cue in node[_CUES]:
                        found[cue] = None
                    if len(node) == 1:
                        continue
                live.append(node)
        return tuple(found)

    def cues_in(self, text: str) -> list[Cue]:
        """The cues that stand in this text, each once."""
        return [self.cues[number] for number in self.numbers(text)]

    def numbers(self, text: str, tokens: Sequence[str] | None = None) -> tuple[int, ...]:
        """The same as numbers, remembered by text: features and reasons ask for the same sentences. `tokens` are its words, if known."""
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            found = self._seen[text] = self.find(words(text) if tokens is None else tokens)
        return found

    def _add(self, facet: str, term: Term, short: dict[str, list[tuple[list[str], list[str]]]]) -> None:
        number = len(self.cues)
        self.cues.append(Cue(facet, term.code, term.term, term.weight))
        spelled = _spell(term)
        patterns = [spelled] if short.keys().isdisjoint(spelled) else [spelled, *_shortened(spelled, short)]
        for pattern in patterns:
            node = self._root
            for word in pattern:
                node = node.setdefault(word, {})
                if word.endswith(_STEM):
                    self._stems.add(word[:-1])
            node[_CUES] = (*node.get(_CUES, ()), number)

    def _begun(self, token: str) -> tuple[_Node, ...]:
        """Where this word leads to from the root: by itself, then by its stems."""
        return tuple(self._root[word] for word in (token, *self._stems_of[token]) if word in self._root)

    def _known_stems(self, token: str) -> tuple[str, ...]:
        """The stems that this word may stand for, each with its star."""
        return tuple(token[:end] + _STEM for end in range(2, min(len(token), self._longest) + 1) if token[:end] in self._stems)


@cache
def load(facets: tuple[str, ...]) -> Lexicon:
    """The compiled lexicons of these facets (names or paths), with the shipped acronyms."""
    return Lexicon({facet: load_lexicon(facet) for facet in facets}, load_lexicon(ACRONYMS))


def _spell(term: Term) -> list[str]:
    """The folded words of a term; a word that may have any ending is its stem with a star."""
    if term.kind == "phrase" and _PLAIN.fullmatch(term.term):
        return [fold(word) for word in term.term.split()]
    parts = term.term.split()
    if term.kind == "stem" and not parts[-1].endswith(_STEM):
        parts[-1] += _STEM
    return [word for part in parts for word in (_stem(part) if part.endswith(_STEM) else words(part))]


def _stem(part: str) -> list[str]:
    """A stem keeps its own last letters (no plural is taken off), for `analys*` must not become `analy*`."""
    *before, last = part.lower().replace("iz", "is").replace("yz", "ys").replace("-", " ").split()
    return [*before, last]


def _expansions(acronyms: Iterable[Term]) -> dict[str, list[tuple[list[str], list[str]]]]:
    """For the first word of each expansion, the folded words of the expansion and of its acronym."""
    short: dict[str, list[tuple[list[str], list[str]]]] = {}
    for term in acronyms:
        long = words(term.term)
        short.setdefault(long[0], []).append((long, words(term.code)))
    return short


def _shortened(spelled: list[str], short: dict[str, list[tuple[list[str], list[str]]]]) -> list[list[str]]:
    """The same term with an acronym in the place of an expansion that it contains."""
    found = []
    for start, word in enumerate(spelled):
        for long, acronym in short.get(word, ()):
            if spelled[start : start + len(long)] == long:
                found.append(spelled[:start] + acronym + spelled[start + len(long) :])
    return found
