"""Patterns: wording written in a compact notation, found in texts by spaCy's token matcher.

A pattern is words in order, folded as `words` folds them (case, hyphens, possessives, plurals and -ize do not matter). Of its pieces
`a|b` is either word, `learn*` any word that begins so, `annual?` a word that may be left out, `..3` up to three words of any kind within
the clause, `<number>` a number in digits or words, `<year>` a year, `62` that number, and `BAF` (capitals) an acronym that counts in
capitals alone.

The matcher tries every pattern at every word, too slow for a thousand patterns over a year of packs. Here a pattern is tried only on texts
that hold one of each of its words, looked up by the rarest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from wellled_nlp.classify.words import NUMBER, YEAR, Remembered, fold
from wellled_nlp.errors import CodebookError

# Marks that end a clause: no gap of a pattern leads over them.
CLAUSE_ENDS = frozenset(".;:?!|")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:['’][a-z]+)?|[0-9]+(?:[.,:/][0-9]+)*[A-Za-z0-9]*|[£%&.;:?!|(),]")
_PIECE = re.compile(r"(?:\.\.(?P<gap>[1-9][0-9]?)|(?P<words>[A-Za-z0-9£%:<>*|]+)(?P<optional>\?)?)")
_NUMBER = "<number>"
_ENTRY = re.compile(r"(?<![.\w])[A-Za-z0-9£%]+")
# A number that a pattern names, such as 62 or 29a.
_LITERAL = re.compile(r"[1-9][0-9]*[a-z]?")
_SHORT = 4
_NUMBERS = (NUMBER, "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words to find, and what they stand for. where: file and entry, for errors."""

    key: Any
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Match:
    """`key` of a pattern, and the words from `start` to before `end` that it was found in."""

    key: Any
    start: int
    end: int


@dataclass(slots=True)
class Text:
    """A text, and its folded words and clause marks."""

    plain: str
    tokens: list[str]

    def between(self, start: int, end: int) -> str:
        """The stretch of the text from one word to before another, as printed."""
        spans = [match.span() for match in _TOKEN.finditer(self.plain)]
        return self.plain[spans[start][0] : spans[end - 1][1]]


class Patterns:
    """Patterns, filed under their rarest words. Raises CodebookError naming the entry with a pattern that makes no sense."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        listed = list(patterns)
        # Words of the patterns that stay as they stand in a text: acronyms in capitals, numbers of their own.
        self._kept = frozenset(word for one in listed for word in _ENTRY.findall(one.text) if _is_kept(word))
        held = [(pattern, [_piece(piece, pattern, self._kept) for piece in pattern.text.split()]) for pattern in listed]
        self._vocab = Vocab()
        self._by_word: dict[str, list[_Compiled]] = {}
        self._by_stem: dict[str, list[_Compiled]] = {}
        self._filed = Remembered(self._with)
        self._spelled = Remembered(self._spell)
        counts = Counter(word for _, pieces in held for piece in pieces for word in piece.words)
        for number, (pattern, pieces) in enumerate(held):
            rarest = _rarest(pieces, counts, pattern)
            compiled = _Compiled(number, pattern.key, pieces, [piece.words for piece in pieces if piece.words != rarest])
            for word in rarest:
                filed, name = (self._by_stem, word[:-1]) if word.endswith("*") else (self._by_word, word)
                filed.setdefault(name, []).append(compiled)

    def read(self, text: str) -> Text:
        """The text in the words that these patterns know."""
        return Text(text, list(map(self._spelled.__getitem__, _TOKEN.findall(text))))

    def find(self, text: Text) -> list[Match]:
        """What stands in the text, in order of place; of the same key and start only the longest."""
        words = set(text.tokens)
        filed = chain.from_iterable(map(self._filed.__getitem__, words))
        hopeful = {one.number: one for one in filed if one.may_stand_in(words)}
        if not hopeful:
            return []
        doc = Doc(self._vocab, words=text.tokens)
        found: dict[tuple[Any, int], int] = {}
        for compiled in hopeful.values():
            for start, end in compiled.places(doc):
                place = (compiled.key, start)
                if end > found.get(place, 0) and CLAUSE_ENDS.isdisjoint(text.tokens[start : end - 1]):
                    found[place] = end
        return sorted((Match(key, start, end) for (key, start), end in found.items()), key=lambda m: (m.start, -m.end, str(m.key)))

    def _with(self, word: str) -> tuple["_Compiled", ...]:
        """The patterns that are filed under this word."""
        of_stems = (one for end in range(len(word) + 1) for one in self._by_stem.get(word[:end], ()))
        return (*self._by_word.get(word, ()), *of_stems)

    def _spell(self, raw: str) -> str:
        held = raw.replace("’", "'")
        held = held[:-2] if held.endswith("'s") else held.replace("'", "")
        single = held[:-1] if held.endswith("s") and held[:-1].isupper() else held
        return single if single in self._kept else "and" if held == "&" else fold(held.lower())


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of a pattern as spaCy has it, and the words of which one must stand (stems with a star; none of a gap or optional word)."""

    token: dict[str, Any]
    words: tuple[str, ...]


class _Compiled:
    """A pattern and, once it is first needed, its matcher; all matchers of one set of patterns share the words that they know.

    others: the words of its pieces apart from that which it is filed under.
    """

    def __init__(self, number: int, key: Any, pieces: Sequence[_Piece], others: Iterable[tuple[str, ...]]) -> None:
        self.number, self.key = number, key
        self._tokens = [piece.token for piece in pieces]
        self._needed = [frozenset(words) for words in others if words and not any(word.endswith("*") for word in words)]
        self._matcher: Matcher | None = None

    def may_stand_in(self, words: set[str]) -> bool:
        """Whether a text of these words, one that it is filed under among them, holds one of each piece that must stand (stems aside)."""
        for needed in self._needed:  # noqa: SIM110 (asked a dozen times a sentence, and a loop takes half the time)
            if needed.isdisjoint(words):
                return False
        return True

    def places(self, doc: Doc) -> list[tuple[int, int]]:
        """The first word and the word after the last of each place where it stands."""
        if self._matcher is None:
            self._matcher = Matcher(doc.vocab, validate=False)
            self._matcher.add("", [self._tokens])
        return [(start, end) for _, start, end in self._matcher(doc)]


def _piece(piece: str, pattern: Pattern, kept: frozenset[str]) -> _Piece:
    match = _PIECE.fullmatch(piece)
    if match is None:
        raise CodebookError(f"{pattern.where}: the pattern {pattern.text!r} has the piece {piece!r}.", "docs/signals.md has the notation.")
    if match["gap"]:
        return _Piece({"OP": f"{{0,{match['gap']}}}"}, ())
    words = tuple(word for entry in match["words"].split("|") for word in _spellings(entry, kept))
    if any(word.endswith("*") for word in words):
        any_of = "|".join(re.escape(word[:-1]) + ".*" if word.endswith("*") else re.escape(word) for word in words)
        token: dict[str, Any] = {"ORTH": {"REGEX": f"^(?:{any_of})$"}}
    else:
        token = {"ORTH": words[0] if len(words) == 1 else {"IN": list(words)}}
    return _Piece({**token, "OP": "?"}, ()) if match["optional"] else _Piece(token, words)


def _spellings(entry: str, kept: frozenset[str]) -> Sequence[str]:
    """The words that an entry of a pattern stands for; a word in small letters also means its capitals, where others want those alone."""
    if entry == _NUMBER:
        return (*_NUMBERS, *sorted(word for word in kept if word[0].isdigit()))
    if entry == "<year>":
        return (YEAR,)
    if entry.endswith("*"):
        return (entry.lower().replace("iz", "is"),)
    if _is_kept(entry):
        return (entry,)
    return (fold(entry), entry.upper()) if entry.upper() in kept else (fold(entry.lower()),)


def _is_kept(word: str) -> bool:
    """Whether a word of a pattern is met as it stands: an acronym in capitals or a number of its own."""
    return len(word) > 1 and word.isupper() or bool(_LITERAL.fullmatch(word))


def _rarest(pieces: Sequence[_Piece], counts: Counter[str], pattern: Pattern) -> tuple[str, ...]:
    """The words of the piece that other patterns name least, of several such that with the longest; short ones, which stand in every
    sentence, only where there are no others.
    """
    if not pieces[0].words or not pieces[-1].words:
        raise CodebookError(f"{pattern.where}: the pattern {pattern.text!r} begins or ends with what may be left out.", "Take it off.")
    required = [piece.words for piece in pieces if piece.words]
    if not required:
        raise CodebookError(f"{pattern.where}: the pattern {pattern.text!r} has no word that must stand.", "Leave the ? off one.")
    return min(
        required, key=lambda words: (min(map(len, words)) < _SHORT, sum(counts[word] for word in words), -min(map(len, words)), words)
    )
