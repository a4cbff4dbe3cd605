"""What minutes record of talk against plain-Python references: challenges, the indicators of W6.2, and gaps with what answers them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.test_references import own, plain, rows, substantive, themes_of
from tests.measures.world import Said, attention, facts, measured

OPENS = ("PU asked how the forecast could still be on plan.", "HB questioned the estate.")
GOES_ON, REPLY, PLAIN, ROW = "It had grown each month.", "MD replied that it could not.", "The lift was mended.", "PU asked how | it went"
HERS = "She said that it had."
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
    text=st.sampled_from((*OPENS, *OPENS, GOES_ON, REPLY, HERS, PLAIN, ROW)),
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
        by_others = dropwhile(lambda s: s.text == HERS, self.after)
        answered = any(s.text in (REPLY, HERS) and s.act in ("report", "noting", "challenge") for s in by_others)
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
        goes_on = s.act == "challenge" and s.text not in (REPLY, HERS)
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


Indicator = tuple[float, int, list[Spoken]]  # what is counted, of how many, and the sentences behind it


def indicators(said: list[Said]) -> dict[str, Indicator]:
    kept = own(said)
    talk = [(f"s{n}", s) for n, s in enumerate(said) if s in kept and s.domain != "procedural"]
    items, asked = leading(kept), challenges(said)
    words, meetings = sum(s.words for _, s in talk), len({s.meeting for s in kept})
    papers = [list(paper) for _, paper in groupby((pair for pair in items if pair[1] != "procedural"), key=lambda pair: pair[0][:2])]
    first = [pair for paper in papers for pair in paper[:5]]
    found: dict[str, Indicator] = {}
    for part, domains in (("quality", QUALITY), ("sustainability", SUSTAINABILITY)):
        here = [pair for pair in talk if pair[1].domain in domains]
        leads = {key for key, domain in items if domain in domains}
        found[f"{part}-words"] = sum(s.words for _, s in here), words, here
        found[f"{part}-meetings"] = len({day for day, _, _ in leads}), meetings, [p for p in here if paper_and_item(p[1]) in leads]
    early = {key for key, domain in first if domain in QUALITY}
    behind = [pair for pair in talk if pair[1].domain in QUALITY and paper_and_item(pair[1]) in early]
    found["quality-first-five"] = len(early), len(first), behind
    for prompt in ("W5.6", "W6.2"):
        held = [pair for pair in talk if prompt in pair[1].prompts]
        found[f"prompt:{prompt}"] = len(held), len(talk), held
    told = [(one.sentences[0], one.row()) for one in asked]
    for name, counted in {
        "challenges-quality": [begun for begun, row in told if row[2] in QUALITY],
        "challenges-sustainability": [begun for begun, row in told if row[2] in SUSTAINABILITY],
        "challenges-answered": [begun for begun, row in told if row[4]],
        "challenges-followed": [begun for begun, row in told if row[5] or row[6]],
        "challenges": [begun for begun, _ in told],
    }.items():
        found[name] = len(counted), len(talk) if name == "challenges" else len(asked), counted
    return found


def evidence(behind: list[Spoken]) -> str:
    """The first sentence of each meeting in order of date, then the second of each, up to twelve."""
    turns: dict[str, int] = {}
    order = []
    for name, s in behind:
        day = s.meeting or "undated"
        turns[day] = turns.get(day, 0) + 1
        order.append((turns[day], day, name))
    return " ".join(name for _, _, name in sorted(order)[:12])


@given(
    said=st.lists(
        st.builds(replace, SAID, item=st.integers(5, 13), meeting=st.sampled_from(("2024-07-25", "2024-07-25", "2024-09-26"))),
        min_size=1,
        max_size=30,
    ).map(lambda said: sorted(said, key=paper_and_item))
)
def test_every_indicator_of_w62_counts_what_its_denominator_says(said: list[Said]) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    enough = sum(s.words for s in substantive(own(said))) >= 20
    for name, (amount, n, behind) in indicators(said).items():
        scale = 100 if name == "challenges" else 1
        expected[(name,)] = [amount, n, scale * amount / n if n and enough else None, len(behind), evidence(behind)]
    found = measured("w62", world(said), attention(20))
    assert rows(found, ["indicator"], ["amount", "n", "value", "sentences", "evidence"]) == expected


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
Saying = tuple[int, int, str, str, bool]  # number of the meeting and of the item, subject, kind, whether it is procedural
SAYING = st.tuples(
    st.integers(0, 2),
    st.sampled_from((0, 0, 0, 1)),
    st.sampled_from(SUBJECTS),
    st.sampled_from(("gap", *SAYINGS)),
    st.sampled_from((False, False, False, True)),
)


def gaps(sayings: list[Saying]) -> dict[tuple[object, ...], list[object]]:
    """For each pair of a gap and what speaks to it the status and how often it was stated again; an item is a paragraph."""
    told = [(f"s{n}", (day, item), of, kind) for n, (day, item, of, kind, procedural) in enumerate(sayings) if not procedural]
    found: dict[tuple[object, ...], list[object]] = {}
    for subject in SUBJECTS:
        statements = [(name, where) for name, where, of, kind in told if of == subject and kind == "gap"]
        if not statements:
            continue
        (first, since), *again = statements
        begun = [name for name, *_ in told].index(first)
        replies = []
        for place, (name, where, of, kind) in enumerate(told):
            later = where[0] > since[0]
            goes_on_with = {other for _, its, other, _ in told[max(place - 2, 0) : place] if its == where}
            answers = kind in ("improvement", "action only") and subject in {of, *goes_on_with}
            if (answers and (later or (where == since and place > begun))) or (kind == "monitored only" and of == subject and later):
                replies.append((kind, name))
        kinds = {kind for kind, _ in replies} | ({"monitored only"} if again else set())
        status = max(kinds, key=STRENGTH.index, default="unanswered")
        pairs = [*replies, *(("restated", name) for name, _ in again)] or [(None, None)]
        found |= {(first, *pair): [status, len(again)] for pair in pairs}
    return found


@given(drawn=st.lists(SAYING, max_size=14))
def test_gaps_have_the_best_reply_in_their_item_or_of_a_later_meeting_on_their_subject(drawn: list[Saying]) -> None:
    sayings = sorted(drawn, key=lambda one: one[:2])
    said = []
    for at, item, subject, kind, procedural in sayings:
        text, language, act = SAYINGS[kind]
        domain = "procedural" if procedural else "quality"
        said.append(Said(f"2024-0{at + 1}-25", 9, domain, language, act, item=item, text=text.format(subject)))
    found = measured("gaps", facts(said), attention())
    keys = [tuple(plain(cell) for cell in key) for key in found[["sentence_id", "reply", "reply_id"]].itertuples(index=False)]
    told = found[["status", "restated"]].to_numpy().tolist()
    assert dict(zip(keys, told, strict=True)) == gaps(sayings)
    assert sorted(found["status"], key=STRENGTH.index) == found["status"].tolist()
