"""Signals in sentences: which named things each sentence shows, and whether they are there, coming, or said to be missing.

In come sentences in reading order and a list of signals (data); out comes the table `signal_hits`. A thing is named by the sentence's own
words, or by the heading that the sentence opens: an item called "Freedom to Speak Up Guardian's report" with text under it shows that the
report came, and its first sentence is the evidence. Agendas, contents lists, glossaries, attendance lists and job titles only
name things, and show none. The wording around the name decides the status, by token windows and no grammar (`signal-status.toml`), since
minutes are too clipped for a parser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify.patterns import CLAUSE_ENDS, Match, Pattern, Patterns, Text
from wellled_nlp.codebook import Signal, StatusRule, load_signals, load_status_wording
from wellled_nlp.codebook.signals import NO_HIT, STATUSES
from wellled_nlp.document import Sentence, count_words

PRESENT, PLANNED, _ = STATUSES
TITLE_TERM = "title: "
# A paper that names what will be talked about; in it only whole sentences of so many words tell more than that.
_AGENDA = "agenda"
_WHOLE_WORDS = 8
_ACTION_LOG = "action log"
# A sentence with fewer words is a label ("5. Staff appraisals", "Paper C") and tells nothing.
_TELLING_WORDS = 5
_TRAP, _RULE = "trap", "rule"
# Of several places in a sentence that name a thing, the one that shows most decides.
_RANK = {status: number for number, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that a text shows: its id, status, and the words that name it."""

    signal: str
    status: str
    term: str


def hits(sentences: Sequence[Sentence], listed: str = "signals") -> pd.DataFrame:
    """Rows of the table `signal_hits` in the order of the sentences, one a sentence and signal.

    `listed` is the shipped list of signals or the path of an own one. Raises CodebookError naming its entry where that is at fault.
    """
    finder = _finder(listed)
    rows: list[tuple[str, str, str, str]] = []
    block: list[Sentence] = []
    for sentence in sentences:
        if block and (sentence.item_id, sentence.heading) != (block[0].item_id, block[0].heading):
            rows += _under_one_heading(block, finder)
            block = []
        block.append(sentence)
    return table.of("signal_hits", [*rows, *(_under_one_heading(block, finder) if block else ())])


def _under_one_heading(block: Sequence[Sentence], finder: "Finder") -> Iterator[tuple[str, str, str, str]]:
    if finder.only_lists(block[0].heading):
        return
    agenda = block[0].paper_kind == _AGENDA
    read = finder.in_log if block[0].paper_kind == _ACTION_LOG else finder.in_text
    telling = [one for one in block if one.kind != "heading" and _tells(one.text, agenda)]
    found = [(sentence, hit) for sentence in telling for hit in read(sentence.text)]
    if telling and not agenda:
        opening = telling[0]
        shown = {hit.signal for _, hit in found if hit.status == PRESENT} | {hit.signal for one, hit in found if one is opening}
        found += [(opening, hit) for hit in finder.in_title(block[0].heading, opening.text) if hit.signal not in shown]
    found.sort(key=lambda pair: pair[0].position)
    yield from ((sentence.sentence_id, hit.signal, hit.status, hit.term) for sentence, hit in found)


def _tells(text: str, agenda: bool) -> bool:
    return count_words(text) >= (_WHOLE_WORDS if agenda else _TELLING_WORDS) and (not agenda or text.endswith("."))


class Finder:
    """The signals of one list, compiled."""

    def __init__(self, signals: Sequence[Signal]) -> None:
        wording = load_status_wording()
        self._rules = wording.rules
        self._mentioned = frozenset(one.id for one in signals if one.mention)
        traps = [Pattern((_TRAP, ""), trap, wording.where) for trap in wording.traps]
        traps += [Pattern((_TRAP, one.id), trap, one.where) for one in signals for trap in one.traps]
        named = [Pattern(("", one.id), pattern, one.where) for one in signals for pattern in one.patterns]
        titles = [Pattern(("", one.id), title, one.where) for one in signals for title in one.titles]
        as_titles = [Pattern(("", one.id), pattern, one.where) for one in signals if one.kind == "document" for pattern in one.patterns]
        rules = [Pattern((_RULE, number), pattern, rule.where) for number, rule in enumerate(self._rules) for pattern in rule.patterns]
        self._in_text, self._in_titles = Patterns([*named, *traps]), Patterns([*titles, *as_titles, *traps])
        self._wording = Patterns(rules)
        self._closed = Patterns(Pattern("", closed, wording.where) for closed in wording.closed)
        self._lists = Patterns(Pattern("", heading, wording.where) for heading in wording.headings)
        self._texts: dict[str, tuple[Hit, ...]] = {}
        self._titles: dict[str, dict[str, str]] = {}

    def in_text(self, text: str) -> tuple[Hit, ...]:
        """The signals that this sentence's own words show, each once."""
        if text not in self._texts:
            self._texts[text] = tuple(self._shown(self._in_text.read(text)))
        return self._texts[text]

    def in_log(self, row: str) -> tuple[Hit, ...]:
        """The same of a row of an action log, where what is there in other papers is only asked for until the row is closed."""
        closed = bool(self._closed.find(self._closed.read(row)))
        return tuple(hit if closed or hit.status != PRESENT else replace(hit, status=PLANNED) for hit in self.in_text(row))

    def in_title(self, heading: str, opening: str) -> Iterator[Hit]:
        """The signals that this heading names, with the status that the sentence which opens under it gives them."""
        if heading not in self._titles:
            read = self._in_titles.read(heading)
            first = dict(reversed(list(_not_trapped(self._in_titles.find(read)))))
            self._titles[heading] = {key: read.between(match.start, match.end) for key, match in first.items()}
        named = self._titles[heading]
        status = self._status_of_opening(opening) if named else PRESENT
        return (Hit(one, PRESENT if one in self._mentioned else status, f"{TITLE_TERM}{term}") for one, term in named.items())

    def only_lists(self, heading: str) -> bool:
        """Whether names are only listed under this heading: it opens with such a word, a number aside, or is hardly longer."""
        read = self._lists.read(heading)
        return any(match.start <= 1 or (match.start <= 2 and len(read.tokens) - match.end <= 2) for match in self._lists.find(read))

    def _shown(self, text: Text) -> Iterator[Hit]:
        best: dict[str, tuple[int, Match]] = {}
        wording: list[Match] | None = None
        for signal, match in _not_trapped(self._in_text.find(text)):
            if wording is None:
                wording = sorted(self._wording.find(self._wording.read(text.plain)), key=lambda cue: cue.key)
            status = self._status(text, match, wording)
            if signal in self._mentioned and status != NO_HIT:
                status = PRESENT
            if status != NO_HIT and (signal not in best or _RANK[status] < best[signal][0]):
                best[signal] = (_RANK[status], match)
        return (Hit(signal, STATUSES[rank], text.between(m.start, m.end)) for signal, (rank, m) in best.items())

    def _status(self, text: Text, match: Match, wording: Sequence[Match]) -> str:
        """The status of the first rule whose wording speaks of this place; wording: in the order of the rules."""
        rules = ((self._rules[cue.key[1]], cue) for cue in wording)
        return next((rule.status for rule, cue in rules if _speaks(rule, cue, match, text.tokens)), PRESENT)

    def _status_of_opening(self, opening: str) -> str:
        found = {match.key for match in self._wording.find(self._wording.read(opening))}
        return next((r.status for n, r in enumerate(self._rules) if r.side in ("title", "anywhere") and (_RULE, n) in found), PRESENT)


@cache
def _finder(listed: str) -> Finder:
    return Finder(load_signals(listed))


def _speaks(rule: StatusRule, cue: Match, named: Match, tokens: Sequence[str]) -> bool:
    """Whether this wording stands where the rule wants it."""
    if rule.side == "anywhere":
        return True
    if rule.side == "title":
        return False
    first, last = (cue.end, named.start) if rule.side == "before" else (named.end, cue.start)
    between = tokens[first:last]
    return 0 <= last - first <= rule.reach and CLAUSE_ENDS.isdisjoint(between) and rule.stops.isdisjoint(between)


def _not_trapped(found: Sequence[Match]) -> Iterator[tuple[str, Match]]:
    """(signal, match) of the names that none of its traps, nor of everybody's, overlaps."""
    traps = [match for match in found if match.key[0] == _TRAP]
    for match in found:
        kind, signal = match.key
        own = (trap for trap in traps if trap.key[1] in ("", signal))
        if kind != _TRAP and not any(trap.start < match.end and match.start < trap.end for trap in own):
            yield signal, match
