"""Actions from meeting to meeting: the same action followed through the logs, and what each log says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import UNDATED
from wellled_nlp.settings import AttentionSettings

LEXICON = "action-status"
CLOSED, OVERDUE, CARRIED, OPEN, NEW, NOT_SAID = "closed", "overdue", "carried over", "open", "new", "not said"
_PRINTED = (CLOSED, OVERDUE, CARRIED, OPEN, NEW)  # the first that a status says counts
FIRST, BY_REFERENCE, BY_TEXT = "first", "by reference", "by text"
_OVERLAP = 0.6  # Jaccard of words: logs shorten and reword, and two tasks of one owner seldom share as much


@dataclass(slots=True)
class _History:
    """One action: the columns of its rows so far."""

    organisation: str
    ref: str
    text: str
    owner: str
    words: frozenset[str]
    logs: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return self.logs[-1][4] == CLOSED


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `action_history`: actions in the order in which they first stand in a log, within each by meeting."""
    logged = _logged(facts, settings)
    histories: list[_History] = []
    for row in logged.itertuples(index=False):
        words = frozenset(wording.plain([row.text])[0].split())
        found, matched = _known(histories, row.organisation, row.ref, row.owner, words)
        if found is None:
            found = _History(row.organisation, row.ref, row.text, row.owner, words)
            histories.append(found)
        found.ref = found.ref or row.ref  # learned where an action that was known by its words gets one
        if found.logs and found.logs[-1][0] == row.meeting_date:
            continue  # the same action in two logs of one meeting
        state = row.state or (NOT_SAID if found.logs else NEW)
        found.logs.append((row.meeting_date, row.action_id, row.due, row.status, state, matched))
    rows = ((one.logs[0][1], one.ref, one.text, one.owner, *log, len(one.logs), not one.closed) for one in histories for log in one.logs)
    return table.of("action_history", rows)


def _logged(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """The rows of action logs with a date, in order: a row has a reference or says how the action stands."""
    documents = facts["documents"].set_index("document_id")
    frame = facts["actions"].merge(facts["action_refs"], on="action_id", how="left")
    for column in ("organisation", "doc_type", "meeting_date"):
        frame[column] = frame["document_id"].map(documents[column]).astype("string").fillna(UNDATED if column == "meeting_date" else "")
    for column in ("ref", "owner", "due", "status"):
        frame[column] = frame[column].fillna("")
    frame["state"] = _states(frame["status"])
    held = frame[((frame["ref"] != "") | (frame["state"] != "")) & (frame["status"] != "") & (frame["meeting_date"] != UNDATED)]
    own = held[held["doc_type"].isin(settings.doc_types)]
    return (own if len(own) else held).sort_values(["meeting_date", "action_id"], kind="stable")


def _states(statuses: pd.Series) -> pd.Series:
    states = pd.Series("", index=statuses.index, dtype="string")
    undone = wording.found(statuses, LEXICON, "not closed").ne("")
    for state in reversed(_PRINTED):
        said = wording.found(statuses, LEXICON, state).ne("")
        states[said & ~undone if state == CLOSED else said] = state
    return states.mask((states == "") & undone, OPEN)


def _known(histories: Iterable[_History], organisation: str, ref: str, owner: str, words: frozenset[str]) -> tuple[_History | None, str]:
    """The action that a row goes on with and how it was known; (None, first) for a new one."""
    here = [one for one in histories if one.organisation == organisation]
    for one in here:
        if ref and one.ref == ref:
            return one, BY_REFERENCE
    close = [
        (len(one.words & words) / max(len(one.words | words), 1), -place, one)
        for place, one in enumerate(here)
        if not one.closed and one.owner == owner and not (ref and one.ref)
    ]
    overlap, _, best = max(close, key=lambda found: found[:2], default=(0.0, 0, None))
    return (best, BY_TEXT) if overlap >= _OVERLAP else (None, FIRST)
