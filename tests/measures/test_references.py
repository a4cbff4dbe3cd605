"""Counted measures against plain-Python references: dictionaries and sums written from docs/method.md, on any small world."""

from collections import Counter
from math import exp, log, sqrt
from statistics import NormalDist

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures import uncertainty

DOMAINS = load_facet("domain").code_ids
PARTS = ("planning", "control", "assurance", "improvement", "none")
SIGNALS = ("winter-plan", "green-plan", "succession-plan")
SAID = st.builds(
    Said,
    meeting=st.sampled_from(("2024-07-25", "2024-09-26", None)),
    words=st.integers(1, 50),
    domain=st.sampled_from(("quality", "finance", "workforce", "procedural")),
    language=st.sampled_from(("assurance", "improvement", "both", "neither")),
    act=st.sampled_from(("challenge", "decision", "report")),
    prompts=st.sampled_from(((), ("W5.2",), ("W5.2", "W5.4"), ("W5.2", "W7.1"), ("ES",))),
    parts=st.one_of(st.just(("none",)), st.lists(st.sampled_from(PARTS[:-1]), min_size=1, max_size=2, unique=True).map(tuple)),
    doc_type=st.sampled_from(("minutes", "board paper")),
)
LISTED = st.lists(SAID, min_size=1, max_size=20)


def plain(value: object) -> object:
    """A cell as Python has it: None where nothing is in it, floats that compare to nine digits."""
    if pd.isna(value):
        return None
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value


def rows(frame: pd.DataFrame, key: list[str], columns: list[str]) -> dict[tuple[object, ...], list[object]]:
    return {
        tuple(of): [plain(one) for one in held]
        for of, held in zip(frame[key].itertuples(index=False), frame[columns].itertuples(index=False), strict=True)
    }


def substantive(said: list[Said]) -> list[Said]:
    return [s for s in said if s.domain != "procedural"]


def own(said: list[Said]) -> list[Said]:
    return [s for s in said if s.doc_type == "minutes"] or said


def themes_of(s: Said) -> set[str]:
    return {prompt.split(".")[0] for prompt in s.prompts}


@given(said=LISTED, minimum=st.integers(1, 80))
def test_themes_are_words_of_the_meeting_by_theme(said: list[Said], minimum: int) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    codes = {"themes": (*(f"W{n}" for n in range(1, 9)), "ES"), "nqb-quality": PARTS}
    for day in {s.meeting for s in substantive(said)}:
        here = [s for s in substantive(said) if s.meeting == day]
        total = sum(s.words for s in here)
        for facet, named in codes.items():
            for code in named:
                held = [s.words for s in here if code in (themes_of(s) if facet == "themes" else s.parts)]
                share = sum(held) / total if total >= minimum else None
                expected[(facet, day or "undated", code)] = [len(held), sum(held), share, total]
    found = measured("themes", facts(said), attention(minimum))
    assert rows(found, ["facet", "meeting_date", "theme"], ["sentences", "words", "share", "of_words"]) == expected


@given(said=LISTED)
def test_parts_of_the_quality_system_are_halves_where_a_sentence_serves_two(said: list[Said]) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    groups = {("all", "all"): substantive(said)}
    groups |= {("domain", code): [s for s in said if s.domain == code] for code in DOMAINS if code != "procedural"}
    groups |= {("theme", code): [s for s in substantive(said) if code in themes_of(s)] for code in (*(f"W{n}" for n in range(1, 9)), "ES")}
    for key, held in groups.items():
        amount = {part: sum(1 / len(s.parts) for s in held if part in s.parts) for part in PARTS}
        named = sum(much for part, much in amount.items() if part != "none")
        for part, much in amount.items():
            share = much / len(held) if held else None
            of_named = much / named if named and part != "none" else None
            expected[(*key, part)] = [sum(part in s.parts for s in held), much, len(held), share, of_named]
    found = measured("quality_system", facts(said), attention())
    assert rows(found, ["by", "code", "part"], ["sentences", "amount", "of_sentences", "share", "share_of_named"]) == expected


HITS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(SIGNALS),
        st.sampled_from(("present", "planned", "absent said")),
        st.sampled_from(("winter plan", "title: Winter plan")),
    ),
    max_size=12,
    unique_by=lambda hit: hit[:2],
)


@given(said=LISTED, drawn=HITS)
def test_a_signal_has_the_first_status_that_any_sentence_gives_it(said: list[Said], drawn: list[tuple[int, str, str, str]]) -> None:
    hits = [hit for hit in drawn if hit[0] < len(said)]
    expected: dict[tuple[object, ...], list[object]] = {(signal,): ["not found", 0, 0, 0, None, None, None] for signal in SIGNALS}
    for signal in {hit[1] for hit in hits}:
        given_to = {hit[2] for hit in hits if hit[1] == signal}
        status = next(one for one in ("present", "absent said", "planned") if one in given_to)
        held = [(number, term) for number, name, its, term in hits if (name, its) == (signal, status)]
        papers = {(said[number].meeting, said[number].doc_type) for number, _ in held}
        dates = sorted({day for day, _ in papers if day})
        best = max(
            held, key=lambda hit: (not hit[1].startswith("title:"), 8 <= said[hit[0]].words <= 45, said[hit[0]].meeting or "", hit[0])
        )
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        expected[(signal,)] = [status, len(held), len(papers), len(dates), first, last, f"s{best[0]}"]
    tables = facts(said)
    tables["signal_hits"] = table.of("signal_hits", [(f"s{number}", *rest) for number, *rest in hits])
    found = measured("signals", tables, attention())
    columns = ["status", "hits", "documents", "meetings", "first_seen", "last_seen", "sentence_id"]
    assert rows(found[found["signal"].isin(SIGNALS)], ["signal"], columns) == expected
    assert set(found.loc[~found["signal"].isin(SIGNALS), "status"]) == {"not found"}


@given(drawn=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("spc", "run", "line", "bar", "pie", "picture", "other", "rag table")))))
def test_charts_are_counted_by_kind_in_all_papers_and_in_each(drawn: list[tuple[int, str]]) -> None:
    told = ("spc", "run", "line", "bar", "pie")
    expected: dict[tuple[object, ...], list[object]] = {}
    for key, kinds in (("all", [kind for _, kind in drawn]), *((f"d{n}", [kind for at, kind in drawn if at == n]) for n in range(3))):
        if not kinds and key != "all":
            continue
        count = Counter(kinds)
        known = sum(count[kind] for kind in told)
        for kind in (*told, "picture", "other", "rag table"):
            share = count[kind] / known if known and kind in told else None
            expected[("all" if key == "all" else "document", key, kind)] = [count[kind], known, count["picture"] + count["other"], share]
    tables = facts([Said(f"2024-0{n}-25", 9, "quality") for n in (1, 2, 3)])
    tables["charts"] = table.of("charts", [(f"d{at}", 1, kind, "", None, None, None, None) for at, kind in drawn])
    found = measured("charts_in_papers", tables, attention())
    assert rows(found, ["level", "key", "kind"], ["charts", "told", "untold", "share"]) == expected


COUNTED = st.tuples(st.integers(1, 40), st.integers(0, 40), st.integers(0, 40))  # both, only the model, only people


@given(said=LISTED, drawn=st.dictionaries(st.sampled_from(DOMAINS[:-1]), COUNTED), minimum=st.integers(1, 80))
def test_a_corrected_share_is_the_counted_one_by_what_people_gave(
    said: list[Said], drawn: dict[str, tuple[int, int, int]], minimum: int
) -> None:
    held = substantive(own(said))
    counts = {code: sum(s.domain == code for s in held) for code in DOMAINS if code != "procedural"}
    ratio = {code: (both + people) / (both + model) for code, (both, model, people) in drawn.items() if both + min(model, people) >= 10}
    whole = sum(count * ratio.get(code, 1.0) for code, count in counts.items())
    known = bool(held) and sum(s.words for s in held) >= minimum
    expected: dict[tuple[object, ...], list[object]] = {}
    for code, count in counts.items():
        row: list[object] = [count, len(held), count / len(held) if known else None, None, None, None]
        if known and code in ratio:
            both, model, people = drawn[code]
            error = NormalDist().inv_cdf(0.975) * sqrt((model + people) / ((both + model) * (both + people)))
            corrected = count * ratio[code] / whole
            ends = (exp(log(corrected) + sign * error) if corrected else 0.0 for sign in (-1, 1))
            row[3:] = [corrected, *(min(end, 1.0) for end in ends)]
        expected[(code,)] = row
    figures = {
        code: {"given": both + model, "support": both + people, "precision": both / (both + model), "recall": both / (both + people)}
        for code, (both, model, people) in drawn.items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uncertainty, "_figures", lambda: {"domain": figures})
        found = measured("uncertainty", facts(said), attention(minimum))
    domains = found[found["facet"] == "domain"]
    assert rows(domains, ["code"], ["sentences", "of_sentences", "share", "corrected", "label_low", "label_high"]) == expected
    assert found.loc[found["facet"] != "domain", "corrected"].isna().all()


MODEL = st.lists(st.sampled_from(("quality", "finance", "procedural")), min_size=60, max_size=60)


@given(said=st.lists(SAID, min_size=40, max_size=60), model=MODEL)
def test_where_people_labelled_every_sentence_the_corrected_share_is_theirs(said: list[Said], model: list[str]) -> None:
    minuted = [Said(s.meeting, s.words, s.domain) for s in [*said, Said(None, 9, "quality")]]
    pairs = [(s.domain, one) for s, one in zip(minuted, [*model, "quality"], strict=False)]
    by_people, by_model = (Counter(one[side] for one in pairs) for side in (0, 1))
    both = Counter(one for one, other in pairs if one == other)
    theirs, ours = (len(pairs) - count["procedural"] for count in (by_people, by_model))
    expected: dict[tuple[object, ...], list[object]] = {}
    for code in DOMAINS[:-1]:
        counts = [len(pairs), by_people[code], by_model[code], both[code]]
        expected[(code,)] = [*counts, ours, by_model[code] / ours if ours else None, by_people[code] / theirs]
    tables = facts(minuted[: len(pairs)])
    people = [(f"s{n}", "domain", one, other, "AB", "2025-01-01", "a", "all", len(pairs)) for n, (one, other) in enumerate(pairs)]
    tables["corrections"] = table.of("corrections", people)
    found = measured("own_sample", tables, attention())
    columns = ["labelled", "by_people", "by_model", "both", "of_sentences", "share", "corrected"]
    assert rows(found, ["code"], columns) == expected
