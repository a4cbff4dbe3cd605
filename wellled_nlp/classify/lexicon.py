"""Lexicons: which cues of the hand-written lists stand in a text, found in one pass over its words.

A term of kind `phrase` matches its words in order, `stem` lets the last word have any ending, and in both a word with `*` at its end
may end as it likes. Case, hyphens, plurals and `-ize` do not matter (see `words`). A term that names an expansion of the acronym list
also matches with the acronym in its place. Negative weights are traps: wording that looks like a cue and is not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from wellled_nlp.classify.words import ACRONYMS, fold, words
from wellled_nlp.codebook import Term, load_lexicon

_STEM = "*"
# Texts whose cues are kept in memory; a year of packs has 60,000.
_REMEMBERED = 200_000
# Most terms are plain lower-case words, which need no more than folding.
_PLAIN = re.compile(r"[a-z ]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A term that stands in a text: `facet` and `code` it speaks for, the `term` as listed, its weight."""

    facet: str
    code: str
    term: str
    weight: float


@dataclass(slots=True)
class _Node:
    """A place in the trie: next words, next stems, and the cues whose last word leads here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] | None = None
    cues: tuple[int, ...] = ()


class Lexicon:
    """The terms of several facets, compiled; `columns` are the (facet, code) pairs in the order of the counts."""

    def __init__(self, terms: dict[str, Sequence[Term]], acronyms: Sequence[Term] = ()) -> None:
        self.cues: list[Cue] = []
        self._root = _Node()
        self._stems: set[str] = set()
        self._stems_of: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, list[int]] = {}
        short = _expansions(acronyms)
        for facet, listed in terms.items():
            for term in listed:
                if term.kind != "regex":
                    self._add(facet, term, short)
        self._longest = max((len(stem) for stem in self._stems), default=0)
        self.columns = tuple(dict.fromkeys((cue.facet, cue.code) for cue in self.cues))
        place = {column: number for number, column in enumerate(self.columns)}
        self.column_of = [place[cue.facet, cue.code] for cue in self.cues]

    def find(self, tokens: Sequence[str]) -> list[int]:
        """The numbers of the cues (places in `self.cues`) that stand in these folded words, each once, in the order of their ends."""
        found: dict[int, None] = {}
        live: list[_Node] = []
        root = self._root
        begins, begins_as = root.next, root.stems or {}
        for token in tokens:
            stems = self._stems_of.get(token)
            if stems is None:
                stems = self._stems_of[token] = self._known_stems(token)
            if not live and token not in begins and not any(stem in begins_as for stem in stems):
                continue
            live.append(root)
            following = []
            for node in live:
                step = node.next.get(token)
                if step is not None:
                    following.append(step)
                if stems and node.stems:
                    following += [node.stems[stem] for stem in stems if stem in node.stems]
            for node in following:
                for cue in node.cues:
                    found[cue] = None
            live = [node for node in following if node.next or node.stems]
        return list(found)

    def cues_in(self, text: str) -> list[Cue]:
        """The cues that stand in this text, each once."""
        return [self.cues[number] for number in self.numbers(text)]

    def numbers(self, text: str, tokens: Sequence[str] | None = None) -> list[int]:
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
        for pattern in [spelled, *_shortened(spelled, short)]:
            node = self._root
            for word in pattern:
                if word.endswith(_STEM):
                    self._stems.add(word[:-1])
                    node.stems = {} if node.stems is None else node.stems
                    node = node.stems.get(word[:-1]) or node.stems.setdefault(word[:-1], _Node())
                else:
                    node = node.next.get(word) or node.next.setdefault(word, _Node())
            node.cues += (number,)

    def _known_stems(self, token: str) -> tuple[str, ...]:
        return tuple(token[:end] for end in range(2, min(len(token), self._longest) + 1) if token[:end] in self._stems)


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
