"""Rules for what the board does in a sentence: patterns over its wording, in order of priority, all of them data.

`lexicons/act.csv` holds the patterns (regular expressions over the plain text of a sentence, with `<name>` for any entry of the word
list of that name in `lexicons/act-words.csv`). Of the patterns that match, the one with the largest weight decides; among equals, the
order of the codebook. Names of people become `person`, so that a pattern need not know anybody.
"""

import re
from dataclasses import dataclass
from functools import cache

from wellled_nlp.codebook import Term, load_lexicon

WORD_LISTS = "act-words"
# Minutes name the one who speaks; the codebook's order settles which act wins among patterns of one weight.
ORDER = ("decision", "action", "challenge", "noting", "report")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rev|Canon)\.? (?:[A-Z][\w'’.-]*(?: |\b)){1,3}")
_NAMED = re.compile(r"\b[A-Z][a-z'’-]+(?: [A-Z]\.?)? (?:Mc|Mac|O'|O’|De |de )?[A-Z][a-z'’-]+\b")
_INITIALS = re.compile(r"\b(?!(?:NHS|CQC|ICB|ICS|CCG|PCT|DH|BAF|CIP|QIA|GP|IT|HR|QI|ED|A&E)\b)[A-Z]{2,3}\b(?= [a-z])")
_SPACE = re.compile(r"\s+")
_LIST = re.compile(r"<([a-z-]+)>")
PERSON = " person "
# Papers that tell what was said at a meeting; "" is a paper of unknown kind.
_SPEAKING = frozenset({"minutes", "other", ""})
# From this weight a rule also holds in papers that only tell of meetings ("The Board approved the plan in May").
_SURE = 7.0


@dataclass(frozen=True)
class Rule:
    """A pattern that speaks for an act; `needs` are the word lists of which it uses at least one entry each."""

    code: str
    term: str
    pattern: re.Pattern[str]
    weight: float
    needs: frozenset[str]


class Rules:
    """The compiled rules and their word lists."""

    def __init__(self, terms: tuple[Term, ...], listed: tuple[Term, ...]) -> None:
        lists: dict[str, list[str]] = {}
        for entry in listed:
            lists.setdefault(entry.code, []).append(entry.term)
        rank = {code: number for number, code in enumerate(ORDER)}
        compiled = [_compile(term, lists) for term in terms if term.kind == "regex"]
        self.rules = sorted(compiled, key=lambda rule: (-rule.weight, rank.get(rule.code, len(rank)), rule.term))
        self._sure = [rule for rule in self.rules if rule.weight >= _SURE]
        self._roles = frozenset(word for term in lists.get("capitalised", []) for word in term.split())
        self._lists_of: dict[str, set[str]] = {}
        for name, entries in lists.items():
            for entry in entries:
                self._lists_of.setdefault(entry.split()[0], set()).add(name)

    def first(self, text: str, paper: str = "") -> Rule | None:
        """The rule that decides for this text, or None where none matches; in papers that are not minutes only the surest rules speak."""
        rules = self.rules if paper in _SPEAKING else self._sure
        plain = self.plain(text)
        present: set[str] = set()
        for word in plain.split():
            present |= self._lists_of.get(word.strip(".,;:()"), set())
        for rule in rules:
            if rule.needs <= present and rule.pattern.search(plain):
                return rule
        return None

    def plain(self, text: str) -> str:
        """The text in lower case with single spaces, people as `person`, between two spaces."""
        plain = _TITLED.sub(PERSON, text)
        plain = _NAMED.sub(self._person, plain)
        plain = _INITIALS.sub(PERSON, plain)
        return f" {_SPACE.sub(' ', plain.lower().replace('’', chr(39)))} "

    def _person(self, match: re.Match[str]) -> str:
        name = match.group()
        return name if any(word.strip(".").lower() in self._roles for word in name.split()) else PERSON


@cache
def load() -> Rules:
    """The shipped rules."""
    return Rules(load_lexicon("act"), load_lexicon(WORD_LISTS))


def _compile(term: Term, lists: dict[str, list[str]]) -> Rule:
    needs = frozenset(name for name in _LIST.findall(term.term) if not name.endswith("-maybe"))
    pattern = _LIST.sub(lambda match: _any_of(lists[match.group(1)]), term.term)
    return Rule(term.code, term.term, re.compile(pattern), term.weight, needs)


def _any_of(entries: list[str]) -> str:
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return f"(?:{'|'.join(longest_first)})"
