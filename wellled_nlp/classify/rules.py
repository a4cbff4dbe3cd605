"""Rules for what the board does in a sentence: patterns over its wording, in order of priority, all of them data.

`lexicons/act.csv` holds the patterns (regular expressions over the plain text of a sentence, with `<name>` for any entry of the word
list of that name in `lexicons/act-words.csv`). Of the patterns that match, the one with the largest weight decides; among equals, the
order of the codebook. Names of people become `person`, so that a pattern need not know anybody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from wellled_nlp.classify.words import Remembered, any_word
from wellled_nlp.codebook import Term, load_lexicon

WORD_LISTS = "act-words"
# Where two acts fit, the codebook gives the first of these.
ORDER = ("decision", "action", "challenge", "noting", "report")
# Papers that tell what was said at a meeting; "" is a paper of unknown kind.
_SPEAKING = frozenset({"minutes", "other", ""})
# From this weight a rule also holds in papers that only tell of meetings ("The Board approved the plan in May").
_SURE = 7.0
_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady", "Baroness", "Cllr", "Councillor")
_TITLED = re.compile(
    any_word((*_TITLES, "Rev", "Canon")) + r"\.? (?:[A-Z]\.? ){0,3}(?:[A-Z][\w'’.-]*(?: |\b)){1,3}",
)
# A capital that begins a word; as in `any_word`, so that a search skips to capitals.
_CAPITAL = r"[A-Z](?<!\w.)"
_NAMED = re.compile(rf"{_CAPITAL}[a-z'’-]+(?: [A-Z]\.?)? (?:Mc|Mac|O'|O’|De |de )?[A-Z][a-z'’-]+\b")
_NOT_PEOPLE = ("NHS", "CQC", "ICB", "ICS", "CCG", "PCT", "DH", "BAF", "CIP", "QIA", "GP", "IT", "HR", "QI", "ED")
_INITIALS = re.compile(rf"{_CAPITAL}[A-Z]{{1,2}}\b(?= [a-z])" + "".join(rf"(?<!\b{word})" for word in _NOT_PEOPLE))
_LIST = re.compile(r"<([a-z-]+)>")
# For telling what a pattern needs: a character class, a group of plain words that must match, a whole word.
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]")
_OTHER = "#"
_GROUP = re.compile(r"\(\?:([a-z' |-]+)\)[^?*{\w]?")
_WORD = re.compile(r"(?:(?<=\\b)|(?<![\w#?*\\]))[a-z']{4,}(?![\w#?*{])")
# Shorter words stand in every other sentence and tell little.
_TELLING = 4
# So many alternatives take as long to look for as the whole pattern.
_MANY = 30
_PERSON = " person "
_STRIPPED = ".,;:()[]•–-"


@dataclass(frozen=True)
class Rule:
    """A pattern that speaks for an act; it cannot match where none of `needs` (whole words) is present, unless that is empty, nor where
    one of `telling` has no stretch that stands in the plain text.
    """

    code: str
    term: str
    pattern: re.Pattern[str]
    weight: float
    needs: frozenset[str]
    telling: tuple[tuple[str, ...], ...]

    def holds(self, plain: str) -> bool:
        """Whether it matches this text, given as `Rules.plain` leaves it."""
        for stretches in self.telling:  # quicker than the pattern
            for stretch in stretches:
                if stretch in plain:
                    break
            else:
                return False
        return self.pattern.search(plain) is not None


class Rules:
    """The compiled rules, in order of priority."""

    def __init__(self, terms: tuple[Term, ...], listed: tuple[Term, ...]) -> None:
        lists: dict[str, list[str]] = {}
        for entry in listed:
            lists.setdefault(entry.code, []).append(entry.term)
        rank = {code: number for number, code in enumerate(ORDER)}
        compiled = [_compile(term, lists) for term in terms if term.kind == "regex"]
        self.rules = sorted(compiled, key=lambda rule: (-rule.weight, rank.get(rule.code, len(rank)), rule.term))
        self._any, self._sure = _filed(self.rules), _filed([rule for rule in self.rules if rule.weight >= _SURE])
        self._roles = frozenset(word for term in lists.get("capitalised", []) for word in term.split())

    def first(self, text: str, paper: str = "") -> Rule | None:
        """The rule that decides for this text, or None where none matches; in papers that are not minutes only the surest rules speak."""
        of_word, always = self._any if paper in _SPEAKING else self._sure
        numbers = set(always)
        numbers.update(*map(of_word.__getitem__, text.lower().replace("’", "'").split()))
        if not numbers:
            return None
        plain = self.plain(text)
        return next((self.rules[number] for number in sorted(numbers) if self.rules[number].holds(plain)), None)

    def plain(self, text: str) -> str:
        """The text in lower case with single spaces, people as `person`, between two spaces."""
        plain = _TITLED.sub(_PERSON, text)
        plain = _NAMED.sub(self._person, plain)
        plain = _INITIALS.sub(_PERSON, plain)
        return f" {' '.join(plain.lower().replace('’', chr(39)).split())} "

    def _person(self, match: re.Match[str]) -> str:
        name = match.group()
        return name if any(word.strip(".").lower() in self._roles for word in name.split()) else _PERSON


@cache
def load() -> Rules:
    """The shipped rules."""
    return Rules(load_lexicon("act"), load_lexicon(WORD_LISTS))


@lru_cache(maxsize=4096)
def decide(text: str, paper: str) -> Rule | None:
    """`Rules.first` of the shipped rules, remembered: features and labels ask for the same sentences."""
    return load().first(text, paper)


def _filed(rules: Sequence[Rule]) -> tuple[Remembered[Sequence[int]], list[int]]:
    """The places of the rules that need a word, by each word as it is printed, and of those that may match any text: nobody's name is in
    the text yet.
    """
    by_word: dict[str, list[int]] = {}
    always = [number for number, rule in enumerate(rules) if not rule.needs or _PERSON.strip() in rule.needs]
    for number in sorted(set(range(len(rules))).difference(always)):
        for word in rules[number].needs:
            by_word.setdefault(word, []).append(number)
    return Remembered(lambda word: by_word.get(word.strip(_STRIPPED), ())), always


def _compile(term: Term, lists: dict[str, list[str]]) -> Rule:
    spelled = _LIST.sub(lambda match: _any_of(lists[match.group(1)]), term.term)
    return Rule(term.code, term.term, re.compile(spelled), term.weight, _needs(spelled), _telling(spelled))


def _any_of(entries: list[str]) -> str:
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return f"(?:{'|'.join(longest_first)})"


def _needs(pattern: str) -> frozenset[str]:
    """Words of which any match must hold at least one: the alternatives of a group, or a word on its own, that stands in no other group
    and is not optional; the fewest such words, or none where there is no telling.
    """
    outside, groups = _required(pattern)
    found = [frozenset({word}) for word in _WORD.findall(outside)]
    found += [frozenset(one.split()[0] for one in group) for group in groups if all(one.split() for one in group)]
    return min(found, key=lambda words: (min(map(len, words)) < _TELLING, len(words), sorted(words)), default=frozenset())


def _telling(pattern: str) -> tuple[tuple[str, ...], ...]:
    """The words and groups that any match must go through, each as its alternatives; the one with the fewest first, none with very many."""
    outside, groups = _required(pattern)
    every = [*((word,) for word in _WORD.findall(outside)), *map(tuple, groups)]
    return tuple(sorted((one for one in every if len(one) <= _MANY), key=len))


def _required(pattern: str) -> tuple[str, list[list[str]]]:
    """What stands outside all groups, and the alternatives of the outermost groups of plain words that are not optional; nothing of a
    pattern that is alternatives itself.
    """
    outside, groups = _outermost(_CLASS.sub(_OTHER, pattern))
    if "|" in outside:
        return "", []
    return outside, [match.group(1).split("|") for group in groups if (match := _GROUP.fullmatch(group))]


def _outermost(pattern: str) -> tuple[str, list[str]]:
    """What stands outside all groups (each group as a mark), and the outermost groups with what follows their closing bracket."""
    depth, start = 0, 0
    outside: list[str] = []
    groups: list[str] = []
    for place, letter in enumerate(pattern):
        if letter == "(" and pattern[place - 1 : place] != "\\":
            start = place if depth == 0 else start
            depth += 1
        elif letter == ")" and pattern[place - 1 : place] != "\\":
            depth -= 1
            if depth == 0:
                outside.append(" " if pattern[place - 1] == " " else _OTHER)
                groups.append(pattern[start : place + 2].rstrip(" "))
        elif depth == 0:
            outside.append(letter)
    return "".join(outside).replace(" ?", " "), groups
