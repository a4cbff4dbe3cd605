"""Risks that never move: the scores of each risk meeting by meeting, and of the high ones how long, with what actions, answered by what."""

from collections.abc import Mapping
from typing import Any

from wellled_nlp.report import passages, words
from wellled_nlp.report.contents import DAY, TEXT, TITLE, WHOLE, Absent, Column, Grid, Link, Section
from wellled_nlp.report.profile.contents import Profile

HIGH = 15
_NEVER_MOVES, _UNMOVED = "high, nothing changes", "high, score unmoved"
_TITLE_LETTERS, _ROWS, _MEETINGS, _NAMED = 70, 12, 8, 3
_NOTE = (
    f"High is {HIGH} or more of 25 (National Patient Safety Agency, 2008). Months are counted between the papers supplied: a score may "
    "have moved and moved back between two of them. Long is six months or more."
)


def finding(profile: Profile) -> str:
    """How many risks are high, and which have stayed so for months; a sentence that says so where the papers print no risks."""
    last = _latest(profile)
    scored = [row for row in last if row["score"] is not None]
    if not scored:
        return (
            "No scored risk was found in the papers supplied."
            if not last
            else f"{words.counted(len(last), 'risk')} named, none with a score."
        )
    parts = []
    for kind, where in (("baf", "on the assurance framework"), ("register", "on registers")):
        of_kind = [row for row in scored if row["kind"] == kind]
        high = [row for row in of_kind if row["score"] >= HIGH]
        if of_kind:
            parts.append(f"{len(high)} of {words.counted(len(of_kind), 'risk')} {where}")
    said = f"{words.listed(parts)} last stood at {HIGH} or more."
    for standing, what in ((_NEVER_MOVES, "with the same actions all along"), (_UNMOVED, "whose actions the papers do not follow")):
        rows = [row for row in scored if row["standing"] == standing]
        if rows:
            named = words.listed([f"{_name(row)} ({row['score']}, {row['unmoved_months']} months)" for row in rows[:_NAMED]])
            more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
            said += f" Unmoved for six months or more, {what}: {named}{more}."
    return said


def section(profile: Profile) -> Section:
    """Scores over meetings, and the risks that are high now."""
    return Section("risks", "Risks that never move", (finding(profile),), grids=(_over_meetings(profile), _high(profile)), notes=(_NOTE,))


def _over_meetings(profile: Profile) -> Grid:
    """One row a risk of the assurance framework that stands at two meetings or more."""
    rows = [row for row in profile.measured("risk_history") if row["meetings"] > 1]
    days = sorted({row["meeting_date"] for row in rows})[-_MEETINGS:]
    scores: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        scores.setdefault(row["risk"], {})[row["meeting_date"]] = row
    made = []
    for held in scores.values():
        cells = [held[day]["score"] if day in held and held[day]["score"] is not None else Absent("–") for day in days]
        target = next((row["target_score"] for row in reversed(held.values()) if row["target_score"]), None)
        made.append((_name(max(held.values(), key=lambda row: row["meeting_date"])), *cells, target if target else Absent("not said")))
    columns = (Column("Risk", TITLE), *(Column(words.short_day(day), WHOLE) for day in days), Column("Target", WHOLE))
    return Grid("risk-scores", "Score at each meeting", columns, tuple(made), empty="No risk is scored at more than one meeting.")


def _high(profile: Profile) -> Grid:
    last = [row for row in _latest(profile) if row["score"] is not None and row["score"] >= HIGH]
    last.sort(key=lambda row: (-(row["unmoved_months"] or 0), -row["score"], row["kind"], row["ref"] or ""))
    answers = {row["risk"]: row["answer_id"] for row in profile.measured("risk_history") if row["answer_id"]}
    known = passages.of(profile.analysis, answers.values())
    rows = []
    for row in last:
        found = known.get(answers.get(row["risk"], ""))
        said = Link(found.paper.label, found.paper.address_of(found.page), found.text) if found else Absent("none found")
        still = Absent("seen once") if row["meetings"] == 1 else _months(row["unmoved_months"]) if row["unmoved_months"] else "moved here"
        rows.append((_name(row), row["score"], row["meeting_date"], still, _actions(row), said))
    columns = (
        Column("Risk", TITLE),
        Column("Score", WHOLE),
        Column("As at", DAY),
        Column("Unmoved for", TEXT),
        Column("Actions", TEXT),
        Column("Improvement that speaks to it", TEXT),
    )
    shown = f" The first {_ROWS} of {len(rows)}; tables/risk_history.csv holds them all." if len(rows) > _ROWS else ""
    return Grid("risk-high", f"Risks that last stood at {HIGH} or more", columns, tuple(rows[:_ROWS]), note=shown.strip())


def _actions(row: Mapping[str, Any]) -> object:
    if row["actions_months"] is None:
        return Absent("not said")
    return f"the same for {_months(row['actions_months'])}" if row["actions_months"] else "seen once"


def _months(count: int) -> str:
    return words.counted(count, "month")


def _latest(profile: Profile) -> list[Mapping[str, Any]]:
    """The last row of each risk."""
    last = {row["risk"]: row for row in profile.measured("risk_history")}
    return list(last.values())


def _name(row: Mapping[str, Any]) -> str:
    return words.shortened(words.clean(f"{row['ref'] or ''} {words.capital(row['title'] or '')}"), _TITLE_LETTERS)
