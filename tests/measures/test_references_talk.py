"""What minutes record of talk against plain-Python references: challenges, the indicators of W6.2, and gaps with what answers them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.test_references import own, plain, rows, substantive, themes_of
from tests.measures.world import Said, attention, facts, measured

OPENS = ("PU asked how the forecast could still be on plan.", "HB questioned the estate.")
GOES_ON, REPLY, PLAIN, ROW = "It had grown each month.", "MD replied that it could not.", "The lift was mended.", "PU asked how | it went"
QUALITY, SUSTAINABILITY = ("quality",), ("finance",)
PUBLIC = 4  # the item of the public's questions
SAID = st.builds(
    Said,
    meeting=st.sampled_from(("2024-07-25", "2024-09-26", None)),
    words=st.integers(1, 40),
    domain=st.sampled_from(("quality", "finance", "workforce", "procedural")),
    act=st.sampled_from(("challenge", "challenge", "challenge", "report", "noting", "decision", "action")),
    prompts=st.sampled_from(((), ("W5.6",), ("W6.2", "W7.1"))),
    item=st.integers(0, PUBLIC),
    doc_type=st.sampled_from(("minutes", "minutes", "board paper")),
    text=st.sampled_from((*OPENS, *OPENS, GOES_ON, REPLY, PLAIN, ROW)),
)
WORLDS = st.lists(SAID, min_size=1, max_size=25).map(lambda said: sorted(said, key=paper_and_item))
Spoken = tuple[str, Said]  # a sentence with its id


def paper_and_item(s: Said) -> tuple[str, str, int]:
    return s.meeting or "undated", s.doc_type, s.item


@dataclass
class Asked:
    """A challenge: its sentences and what follows in the item before the next."""

    sentences: list[Spoken]
    after: list[Said]

    def row(self) -> list[object]:
        first = self.sentences[0][1]
        themes = " ".join(sorted({theme for _, s in self.sentences for theme in themes_of(s)}))
        answered = any(s.text == REPLY and s.act in ("report", "noting", "challenge") for s in self.after)
        acts = {s.act for s in self.after}
        return [first.meeting or "undated", len(self.sentences), first.domain, themes, answered, "action" in acts, "decision" in acts]


def challenges(said: list[Said]) -> list[Asked]:
    """The challenges of a world in order."""
    kept = own(said)
    named = [(f"s{n}", s) for n, s in enumerate(said) if s in kept and s.item != PUBLIC and s.text != ROW]
    return [one for _, item in groupby(named, key=lambda pair: paper_and_item(pair[1])) for one in _of_item(list(item))]


def _of_item(item: list[Spoken]) -> Iterator[Asked]:
    held: Asked | None = None
    for name, s in item:
        asks = s.act == "challenge" and s.text in OPENS
        goes_on = s.act == "challenge" and s.text != REPLY
        if held and not held.after and goes_on:
            held.sentences.append((name, s))
        elif asks:
            if held:
                yield held
            held = Asked([(name, s)], [])
        elif held:
            held.after.append(s)
    if held:
        yield held


def world(said: list[Said]) -> dict[str, pd.DataFrame]:
    tables = facts(said)
    public = tables["items"]["position"] == PUBLIC
    tables["items"].loc[public, "title"] = "Questions from the public"
    return tables


@given(said=WORLDS)
def test_challenges_with_what_follows_them_agree_with_reading_item_by_item(said: list[Said]) -> None:
    expected = {(one.sentences[0][0],): [plain(cell) for cell in one.row()] for one in challenges(said)}
    found = measured("challenge", world(said), attention())
    columns = ["meeting_date", "sentences", "domain", "themes", "answered", "action", "decision"]
    assert rows(found, ["sentence_id"], columns) == expected
    by_domain = {domain: sum(one.sentences[0][1].domain == domain for one in challenges(said)) for domain in QUALITY + SUSTAINABILITY}
    assert {domain: int((found["domain"] == domain).sum()) for domain in by_domain} == by_domain


def leading(held: list[Said]) -> list[tuple[tuple[str, str, int], str]]:
    """Each item in the order of the papers with the domain that has most of its words, of equals the first by name."""
    found = []
    for key, group in groupby(held, key=paper_and_item):
        words: dict[str, int] = {}
        for s in group:
            words[s.domain] = words.get(s.domain, 0) + s.words
        found.append((key, min(words, key=lambda domain: (-words[domain], domain))))
    return found


def indicators(said: list[Said]) -> dict[str, tuple[float, int]]:
    """For each indicator of W6.2 what is counted and of how many."""
    held = own(said)
    talk, items, asked = substantive(held), leading(held), challenges(said)
    words, meetings = sum(s.words for s in talk), len({s.meeting for s in held})
    found: dict[str, tuple[float, int]] = {}
    for part, domains in (("quality", QUALITY), ("sustainability", SUSTAINABILITY)):
        found[f"{part}-words"] = sum(s.words for s in talk if s.domain in domains), words
        found[f"{part}-meetings"] = len({day for (day, _, _), domain in items if domain in domains}), meetings
        found[f"challenges-{part}"] = sum(one.sentences[0][1].domain in domains for one in asked), len(asked)
    first = [
        domain
        for _, paper in groupby((pair for pair in items if pair[1] != "procedural"), key=lambda pair: pair[0][:2])
        for _, domain in list(paper)[:5]
    ]
    found["quality-first-five"] = sum(domain in QUALITY for domain in first), len(first)
    for prompt in ("W5.6", "W6.2"):
        found[f"prompt:{prompt}"] = sum(prompt in s.prompts for s in talk), len(talk)
    told = [one.row() for one in asked]
    found["challenges"] = len(asked), len(talk)
    found["challenges-answered"] = sum(bool(row[4]) for row in told), len(asked)
    found["challenges-followed"] = sum(bool(row[5] or row[6]) for row in told), len(asked)
    return found


@given(
    said=st.lists(st.builds(replace, SAID, item=st.integers(5, 13), meeting=st.just("2024-07-25")), min_size=1, max_size=30).map(
        lambda said: sorted(said, key=paper_and_item)
    )
)
def test_every_indicator_of_w62_counts_what_its_denominator_says(said: list[Said]) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    for name, (amount, n) in indicators(said).items():
        scale = 100 if name == "challenges" else 1
        enough = sum(s.words for s in substantive(own(said))) >= 20
        expected[(name,)] = [amount, n, scale * amount / n if n and enough else None]
    found = measured("w62", world(said), attention(20))
    assert rows(found, ["indicator"], ["amount", "n", "value"]) == expected


SUBJECTS = ("medicines reconciliation in surgery", "complaints letters from families")
# What is said of a subject: text, language, act. The last is about it and neither assures nor improves.
SAYINGS = {
    "gap": ("There was limited assurance on {}.", "assurance", "report"),
    "improvement": ("Small tests of change on {} had begun.", "improvement", "report"),
    "action only": ("ACTION: IS to report on {}.", "neither", "action"),
    "monitored only": ("A figure for {} was given.", "assurance", "noting"),
    "nothing": ("The board heard of {}.", "neither", "report"),
}
STRENGTH = ("unanswered", "monitored only", "action only", "improvement")
Saying = tuple[int, str, str, bool]  # number of the meeting, subject, kind, whether it is procedural
SAYING = st.tuples(
    st.integers(0, 3), st.sampled_from(SUBJECTS), st.sampled_from(tuple(SAYINGS)), st.sampled_from((False, False, False, True))
)


def gaps(sayings: list[Saying]) -> dict[tuple[object, ...], list[object]]:
    """For each pair of a gap and what speaks to it the status and how often it was stated again; each sentence is an item."""
    found: dict[tuple[object, ...], list[object]] = {}
    for subject in SUBJECTS:
        told = [(f"s{n}", day, kind) for n, (day, of, kind, procedural) in enumerate(sayings) if of == subject and not procedural]
        statements = [(name, day) for name, day, kind in told if kind == "gap"]
        if not statements:
            continue
        (first, since), *again = statements
        replies = [(kind, name) for name, day, kind in told if kind in STRENGTH and day > since]
        kinds = {kind for kind, _ in replies} | ({"monitored only"} if again else set())
        status = max(kinds, key=STRENGTH.index, default="unanswered")
        pairs = [*replies, *(("restated", name) for name, _ in again)] or [(None, None)]
        found |= {(first, *pair): [status, len(again)] for pair in pairs}
    return found


@given(drawn=st.lists(SAYING, max_size=14))
def test_gaps_have_the_best_reply_of_a_later_meeting_on_their_subject(drawn: list[Saying]) -> None:
    sayings = sorted(drawn, key=lambda one: one[0])
    said = []
    for n, (at, subject, kind, procedural) in enumerate(sayings):
        text, language, act = SAYINGS[kind]
        domain = "procedural" if procedural else "quality"
        said.append(Said(f"2024-0{at + 1}-25", 9, domain, language, act, item=n, text=text.format(subject)))
    found = measured("gaps", facts(said), attention())
    keys = [tuple(plain(cell) for cell in key) for key in found[["sentence_id", "reply", "reply_id"]].itertuples(index=False)]
    told = found[["status", "restated"]].to_numpy().tolist()
    assert dict(zip(keys, told, strict=True)) == gaps(sayings)
    assert sorted(found["status"], key=STRENGTH.index) == found["status"].tolist()
