"""Measures that go from meeting to meeting against plain-Python references: charts of a share, carried text, actions and risks."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.measures.test_references import DOMAINS, SAID, own, rows, substantive
from tests.measures.test_risk_history import Printed, history
from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table

DAYS = tuple(f"2024-{month:02d}-25" for month in range(1, 13)) + ("2025-01-25", "2025-02-25")


def limits(values: list[float]) -> tuple[float, float, float]:
    """Mean and limits of an XmR chart, moving ranges of 3.267 means and more left out once; a share stays between 0 and 1."""
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    typical = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * typical] or ranges
    mean, reach = sum(values) / len(values), 2.66 * sum(kept) / len(kept)
    return mean, max(mean - reach, 0.0), min(mean + reach, 1.0)


def points(held: list[Said], minimum: int) -> dict[str, list[tuple[str, int, float]]]:
    """For each series the meetings with enough text: their date, the denominator and the share."""
    found: dict[str, list[tuple[str, int, float]]] = {}
    for day in sorted({s.meeting for s in held if s.meeting}):
        here = [s for s in held if s.meeting == day]
        words = sum(s.words for s in here)
        if words < minimum:
            continue
        for code in DOMAINS[:-1]:
            found.setdefault(code, []).append((day, words, sum(s.words for s in here if s.domain == code) / words))
        for language in ("assurance", "improvement"):
            speaks = sum(s.language in (language, "both") for s in here)
            found.setdefault(language, []).append((day, len(here), speaks / len(here)))
        found.setdefault("challenge", []).append((day, len(here), sum(s.act == "challenge" for s in here) / len(here)))
    return found


@given(
    said=st.lists(st.builds(replace, SAID, meeting=st.sampled_from((*DAYS, None))), min_size=4, max_size=45),
    minimum=st.sampled_from((1, 30)),
)
def test_a_trend_has_the_mean_and_the_limits_of_an_xmr_chart(said: list[Said], minimum: int) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    outside: dict[tuple[object, ...], bool] = {}
    for series, held in points(substantive(own(said)), minimum).items():
        if len(held) < 4:
            continue
        mean, lower, upper = limits([value for _, _, value in held])
        for day, n, value in held:
            expected[series, day] = [n, value, mean, lower, upper, "trial limits" if len(held) < 12 else "limits"]
            if min(abs(value - lower), abs(value - upper)) > 1e-9:
                outside[series, day] = not lower <= value <= upper
    found = measured("trend", facts(said), attention(minimum))
    assert rows(found, ["series", "meeting_date"], ["n", "value", "mean", "lower", "upper", "limits"]) == expected
    said_so = {(row.series, row.meeting_date): row.rule == "outside a limit" for row in found.itertuples()}
    assert {key: said_so[key] for key in outside} == outside


BASES = (
    "the trust remains fully compliant with the core standards for emergency preparedness and has tested them all this winter",
    "the lift at the cottage hospital has been out of order and nobody knows when it will run",
    "the board noted the report",
)
STANDING = st.builds(
    lambda base, cut, new: " ".join([*base.split()[cut:], *new.split()]),
    st.sampled_from(BASES),
    st.sampled_from((0, 0, 1, 3)),
    st.sampled_from(("", "", "again", "again once more")),
)
PASTED = st.builds(
    lambda day, text, domain, kind: Said(day, len(text.split()), domain, text=text, doc_type=kind),
    st.sampled_from((*DAYS[:3], None)),
    STANDING,
    st.sampled_from(("quality", "quality", "procedural")),
    st.sampled_from(("minutes", "minutes", "board paper")),
)


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


@given(said=st.lists(PASTED, max_size=14))
def test_a_carried_sentence_shares_four_in_five_runs_of_four_words_with_one_of_the_meeting_before(said: list[Said]) -> None:
    expected: dict[tuple[object, ...], list[object]] = {}
    for number, s in enumerate(said):
        days = {one.meeting for one in said if one.doc_type == s.doc_type and one.meeting and one.meeting < (s.meeting or "")}
        if s.domain == "procedural" or len(s.text.split()) < 8 or not days:
            continue
        before = max(days)
        alike = [
            (len(runs(s.text) & runs(one.text)) / len(runs(s.text) | runs(one.text)), -at)
            for at, one in enumerate(said)
            if (one.meeting, one.doc_type) == (before, s.doc_type) and one.domain != "procedural" and len(one.text.split()) >= 8
        ]
        best, at = max(alike, default=(0.0, 0))
        if best >= 0.8:
            expected[(f"s{number}",)] = [s.meeting, s.words, f"s{-at}", before, best]
    found = measured("carried", facts(said), attention())
    assert rows(found, ["sentence_id"], ["meeting_date", "words", "carried_from", "from_meeting", "similarity"]) == expected


STATES = {
    "New": "new",
    "Overdue, carried forward": "overdue",
    "Closed (was overdue)": "closed",
    "In progress": "open",
    "Extended": "carried over",
    "Awaiting the auditor": "",
    "": "",
}
LOGGED = st.tuples(
    st.integers(0, 3),
    st.sampled_from(("A1", "A2", "")),
    st.sampled_from(("Falls deep dive to the Board", "Timetable for mortality reviews")),
    st.sampled_from(("NP", "IS")),
    st.sampled_from(tuple(STATES)),
)
Logged = tuple[int, str, str, str, str]


def followed(logs: list[tuple[str, Logged]]) -> list[list[tuple[str, int, str]]]:
    """The histories of these rows (id, row) in order of meeting: of each row its id, meeting and state. Texts are the same or apart."""
    histories: list[list[tuple[str, int, str]]] = []
    texts: list[tuple[str, str]] = []
    refs: list[str] = []
    for name, row in logs:
        at, ref, text, owner, status = row
        if not status or not (ref or STATES[status]):
            continue
        by_ref = [n for n, one in enumerate(refs) if ref and one == ref]
        open_ones = [n for n, history in enumerate(histories) if history[-1][2] != "closed" and not (ref and refs[n])]
        known = next(iter(by_ref + [n for n in open_ones if texts[n] == (text, owner)]), None)
        if known is None:
            histories.append([(name, at, STATES[status] or "new")])
            texts.append((text, owner))
            refs.append(ref)
            continue
        refs[known] = refs[known] or ref
        if histories[known][-1][1] != at:
            histories[known].append((name, at, STATES[status] or "not said"))
    return histories


@given(drawn=st.lists(LOGGED, max_size=9))
def test_actions_are_followed_by_reference_or_by_words_and_owner_and_have_the_state_that_is_printed(drawn: list[Logged]) -> None:
    logs = [(f"a{n}", row) for n, row in sorted(enumerate(drawn), key=lambda pair: (pair[1][0], pair[0]))]
    expected: dict[tuple[object, ...], list[object]] = {}
    for one in followed(logs):
        left_open = one[-1][2] != "closed"
        for name, at, state in one:
            expected[(name,)] = [one[0][0], DAYS[at], state, len(one), left_open]
    tables = facts([Said(day, 9, "quality") for day in DAYS[:4]])
    tables["actions"] = table.of("actions", [(name, f"d{at}", f"d{at}-i0", 1, *rest, "", how) for name, (at, _, *rest, how) in logs])
    tables["action_refs"] = table.of("action_refs", [(name, row[1]) for name, row in logs if row[1]])
    found = measured("action_history", tables, attention())
    assert rows(found, ["action_id"], ["action", "meeting_date", "state", "logs", "left_open"]) == expected


TITLES = {"BAF1": "Failing estate and boilers", "BAF2": "Late discharge of patients"}
ACTIONS = ("", "International recruitment of nurses.", "Self-rostering on wards, with staff side.")
PRINTED = st.tuples(st.integers(0, 9), st.sampled_from(tuple(TITLES)), st.sampled_from((9, 15, 16, 16, None)), st.sampled_from(ACTIONS))


def months(since: str, until: str) -> int:
    return round((date.fromisoformat(until) - date.fromisoformat(since)) / timedelta(days=30.44))


def risk_rows(stands: list[Printed]) -> list[list[object]]:
    """Of each meeting of one risk: meeting, change, high months, unmoved months, actions, months of the same actions, standing."""
    found: list[list[object]] = []
    for place, (day, _, _, score, actions) in enumerate(stands):
        scored = [(one[0], one[3]) for one in stands[: place + 1] if one[3] is not None]
        printed = [one for one in stands[: place + 1] if one[4]]
        alike = next((at for at in range(len(printed)) if len({one[4] for one in printed[at:]}) == 1), None)
        kept = None if alike is None else months(printed[alike][0], printed[-1][0])
        state = "not said" if not actions else "first" if len(printed) == 1 else "unchanged" if printed[-2][4] == actions else "changed"
        if score is None:
            found.append([day, "not said", None, None, state, kept, "no score"])
            continue
        scores = [of for _, of in scored]
        same = next(at for at in range(len(scores)) if len(set(scores[at:])) == 1)
        high = next((at for at in range(len(scores)) if min(scores[at:]) >= 15), None)
        change = "first" if len(scores) == 1 else "same" if score == scores[-2] else "up" if score > scores[-2] else "down"
        unmoved = months(scored[same][0], day)
        standing = "below 15" if score < 15 else "high" if unmoved < 6 else "high, score unmoved"
        if standing == "high, score unmoved" and (kept or 0) >= 6:
            standing = "high, nothing changes"
        found.append([day, change, None if high is None else months(scored[high][0], day), unmoved, state, kept, standing])
    return found


@given(drawn=st.lists(PRINTED, min_size=1, max_size=16, unique_by=lambda one: one[:2]))
def test_months_of_a_risk_run_from_the_paper_since_which_nothing_moved(drawn: list[tuple[int, str, int | None, str]]) -> None:
    printed: list[Printed] = [(DAYS[at], ref, TITLES[ref], score, actions) for at, ref, score, actions in sorted(drawn)]
    expected: dict[tuple[object, ...], list[object]] = {}
    for ref in TITLES:
        stands = [one for one in printed if one[1] == ref]
        for row in risk_rows(stands):
            expected[ref, row[0]] = [*row[1:], len(stands)]
    columns = ["change", "high_months", "unmoved_months", "actions", "actions_months", "standing", "meetings"]
    assert rows(history(*printed), ["ref", "meeting_date"], columns) == expected
