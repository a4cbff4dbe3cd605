"""Risks from meeting to meeting: the same risk followed through frameworks, registers and minutes, and whether anything about it moves.

A risk that stays at 15 or more for months, with the same actions, is one that CQC's report on quality improvement (2018) tells boards to
look at: risks and actions that never change say that the actions do not work. Papers show what stood in them; a risk may have moved
between two of them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.measures.risk_answers import LEXICON, Answers
from wellled_nlp.measures.subjects import Subjects
from wellled_nlp.settings import AttentionSettings

HIGH = 15  # likelihood by impact from which the matrix of the National Patient Safety Agency (2008) calls a risk extreme
LONG_MONTHS = 6  # for a board that meets every second month, three meetings
FIRST, BY_REFERENCE, BY_TITLE = "first", "by reference", "by title"
SAME, UP, DOWN, NOT_SAID = "same", "up", "down", "not said"
UNCHANGED, CHANGED = "unchanged", "changed"
# How a risk stands at a meeting, the ones that matter most first.
NEVER_MOVES, UNMOVED, MOVED, BELOW, UNKNOWN = "high, nothing changes", "high, score unmoved", "high", "below 15", "no score"
_ALIKE = 0.6  # cosine from which two texts are the same actions, or two titles the same risk, in other words
_DAYS_OF_MONTH = 30.44
_Weights = Sequence[Mapping[int, float]]  # of each text its stems


@dataclass(frozen=True, slots=True)
class _Stand:
    """One risk at one meeting. `texts`: places of its title and of its actions (None where none are printed) among the texts compared."""

    risk_id: str
    day: str
    kind: str
    ref: str
    title: str
    score: int | None
    target: int | None
    named: int
    actions: tuple[int, ...]


@dataclass(slots=True)
class _History:
    stands: list[tuple[_Stand, str]] = field(default_factory=list)


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `risk_history`, one a risk and dated meeting: risks in the order in which they first stand, within each by date.

    Where a meeting has several papers, the score is that of the settings' document types (the minutes), and what they leave open comes
    from the others.
    """
    sentences = sentence_table(facts)
    places = sentences.groupby("organisation").indices
    rows: list[tuple[object, ...]] = []
    for organisation, held in _dated(facts, settings).groupby("organisation", sort=True):
        texts = _texts(held)
        histories = _followed(_stands(held), texts)
        answers = Answers(sentences.take(places.get(organisation, [])), _subjects(histories, held), settings)
        for one in histories:
            rows += _rows(one, texts, answers)
    return table.of("risk_history", rows)


def _dated(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    documents = facts["documents"].set_index("document_id")
    frame = facts["risks"].copy()
    for column in ("organisation", "doc_type", "meeting_date"):
        frame[column] = frame["document_id"].map(documents[column]).astype("string").fillna(UNDATED if column == "meeting_date" else "")
    frame["own"] = frame["doc_type"].isin(settings.doc_types)
    frame["key"] = frame["ref"].str.upper().str.replace(r"[^0-9A-Z]", "", regex=True)
    held = frame[frame["meeting_date"] != UNDATED]
    return held.sort_values(["meeting_date", "own", "risk_id"], ascending=[True, False, True], kind="stable").reset_index(drop=True)


def _texts(held: pd.DataFrame) -> list[dict[int, float]]:
    """Titles, and after them actions: of each text its stems with their weights, those of one text of length one."""
    texts = [*held["title"], *held["actions"]]
    own = Subjects(pd.DataFrame({"text": texts, "item_id": [str(number) for number in range(len(texts))]}), LEXICON).own
    rows = zip(own.indptr[:-1], own.indptr[1:], strict=True)
    return [dict(zip(own.indices[begin:end].tolist(), own.data[begin:end].tolist(), strict=True)) for begin, end in rows]


def _stands(held: pd.DataFrame) -> list[_Stand]:
    """The risks of each meeting; rows of several papers that have the same reference, or no reference and the same title, are one."""
    together: dict[tuple[str, str, str], list[int]] = {}
    for place, (day, key, title, document) in enumerate(
        zip(held["meeting_date"], held["key"], held["title"], held["document_id"], strict=True)
    ):
        by = (day, key, "") if key else (day, "", title)
        same = together.setdefault(by, [])
        if not key and same and document in set(held["document_id"].iloc[same]):
            together[(day, "", f"{title}\n{place}")] = [place]  # two rows of one register, though they have one title
        else:
            same.append(place)
    rows = held.to_dict("records")
    return [_stand(rows, places) for places in together.values()]


def _stand(rows: Sequence[Mapping[Hashable, Any]], places: list[int]) -> _Stand:
    def first(column: str) -> int | None:
        return next((int(rows[place][column]) for place in places if not pd.isna(rows[place][column])), None)

    best = rows[places[0]]
    actions = tuple(len(rows) + place for place in places if rows[place]["actions"])
    titled = next((place for place in places if rows[place]["title"]), places[0])
    title = str(rows[titled]["title"])
    return _Stand(
        best["risk_id"], best["meeting_date"], best["kind"], best["ref"], title, first("score"), first("target_score"), titled, actions
    )


def _followed(stands: Iterable[_Stand], texts: _Weights) -> list[_History]:
    histories: list[_History] = []
    for stand in stands:
        free = [one for one in histories if one.stands[-1][0].day < stand.day]
        found, matched = _known(free, stand, texts)
        if found is None:
            found = _History()
            histories.append(found)
        found.stands.append((stand, matched))
    return histories


def _known(histories: list[_History], stand: _Stand, texts: _Weights) -> tuple[_History | None, str]:
    """The risk that this one goes on with: the same reference unless its title is another's, or else nearly the same title."""
    alike = [_cosine(texts, one.stands[-1][0].named, stand.named) for one in histories]
    for one, much in zip(histories, alike, strict=True):
        last = one.stands[-1][0]
        if stand.ref and _key(last.ref) == _key(stand.ref) and (much > 0 or not last.title or not stand.title):
            return one, BY_REFERENCE
    best = max(range(len(alike)), key=lambda place: alike[place], default=None)
    if best is not None and alike[best] >= _ALIKE:
        return histories[best], BY_TITLE
    return None, FIRST


def _subjects(histories: Iterable[_History], held: pd.DataFrame) -> dict[str, tuple[list[str], list[str]]]:
    """For each risk by the id of its first row the references that it goes by, and its titles and actions in all papers."""
    given = [*held["title"], *held["actions"]]
    return {
        one.stands[0][0].risk_id: (
            sorted({stand.ref for stand, _ in one.stands}),
            [text for stand, _ in one.stands for text in (stand.title, *(given[place] for place in stand.actions)) if text],
        )
        for one in histories
    }


def _rows(one: _History, texts: _Weights, answers: Answers) -> Iterable[tuple[object, ...]]:
    first = one.stands[0][0]
    before: _Stand | None = None
    high_since: str | None = None
    same_since: str | None = None
    kept: _Stand | None = None  # the last that printed actions
    actions_since: str | None = None  # from when to when the same actions were printed
    actions_until: str | None = None
    for stand, matched in one.stands:
        change = _change(before, stand)
        if stand.score is not None:  # a paper that prints none neither begins nor ends anything
            high_since = (high_since or stand.day) if stand.score >= HIGH else None
            same_since = same_since if change == SAME else stand.day
        alike = max((_cosine(texts, a, b) for a in stand.actions for b in kept.actions), default=None) if kept else None
        state = NOT_SAID if not stand.actions else FIRST if alike is None else UNCHANGED if alike >= _ALIKE else CHANGED
        if state != NOT_SAID:
            actions_since, actions_until = actions_since if state == UNCHANGED else stand.day, stand.day
            kept = stand
        unmoved, same_actions = _months(same_since, stand.day), _months(actions_since, actions_until)
        yield (
            first.risk_id,
            stand.kind,
            stand.ref,
            stand.title,
            stand.day,
            stand.risk_id,
            matched,
            stand.score,
            stand.target,
            change,
            _months(high_since, stand.day) if stand.score is not None else None,
            unmoved if stand.score is not None else None,
            state,
            alike,
            same_actions,
            _standing(stand.score, unmoved, same_actions),
            *(answers.of(first.risk_id, stand.day) or (None, None)),
            len(one.stands),
        )
        before = stand if stand.score is not None else before


def _change(before: _Stand | None, stand: _Stand) -> str:
    if stand.score is None:
        return NOT_SAID
    if before is None or before.score is None:
        return FIRST
    return SAME if stand.score == before.score else UP if stand.score > before.score else DOWN


def _standing(score: int | None, unmoved: int | None, same_actions: int | None) -> str:
    if score is None:
        return UNKNOWN
    if score < HIGH:
        return BELOW
    if (unmoved or 0) < LONG_MONTHS:
        return MOVED
    return NEVER_MOVES if (same_actions or 0) >= LONG_MONTHS else UNMOVED


def _months(since: str | None, day: str | None) -> int | None:
    """Whole months between two ISO dates; None where there is no beginning or end."""
    return None if since is None or day is None else round((date.fromisoformat(day) - date.fromisoformat(since)).days / _DAYS_OF_MONTH)


def _cosine(texts: _Weights, one: int, other: int) -> float:
    return sum(weight * texts[other].get(stem, 0.0) for stem, weight in texts[one].items())


def _key(ref: str) -> str:
    return "".join(letter for letter in ref.upper() if letter.isalnum())
