"""From gap to action: each assurance gap that the papers state, and what answered it in the same item or later.

A gap is limited assurance, a missed standard, something overdue (the lexicon `gap`) in the language of assurance. What answers it stands
on the same subject: a change tried or made, an action given, or no more than a figure heard again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.codebook import load_lexicon
from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.measures.subjects import Subjects, starts
from wellled_nlp.settings import AttentionSettings

LEXICON = "gap"
UNANSWERED, MONITORED, ACTION, IMPROVEMENT = "unanswered", "monitored only", "action only", "improvement"
STATUSES = (UNANSWERED, MONITORED, ACTION, IMPROVEMENT)  # in the order of the table
RESTATED = "restated"
_STEMS = 2  # a subject has two words and more, and two subjects share as many …
_ONE_STEM = 1.25  # … or their likeness is this many times what is asked of others


@dataclass(slots=True)
class _Gap:
    """The row number of the first statement, those of the later ones with their likeness, and of the replies by kind."""

    first: int
    restated: list[tuple[int, float]] = field(default_factory=list)
    replies: list[tuple[str, int, float]] = field(default_factory=list)

    @property
    def status(self) -> str:
        kinds = {kind for kind, _, _ in self.replies}
        kinds |= {MONITORED} if self.restated else set()
        return next((status for status in reversed(STATUSES) if status in kinds), UNANSWERED)


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `gaps`: one for each pair of a gap and what speaks to it, one with an empty reply where nothing does.

    Unanswered gaps come first, then those monitored only, with an action only, with an improvement; within these by date.
    Only dated papers of the settings' document types (all papers where there are none) are followed.
    """
    sentences = sentence_table(facts)
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    held = own if len(own) else sentences
    log = facts["items"].loc[facts["items"]["kind"] == "action log", "item_id"]
    rows_of_tables = held["text"].str.contains(" | ", regex=False)
    held = held[(held["meeting_date"] != UNDATED) & ~held["domain"].isin(settings.left_out) & ~held["item_id"].isin(log) & ~rows_of_tables]
    rows: list[tuple[object, ...]] = []
    for _, one in held.groupby("organisation", sort=True):
        ordered = one.sort_values(["meeting_date", "document_id", "position"], kind="stable").reset_index(drop=True)
        rows += _rows(ordered, _followed(ordered, settings.gap_overlap))
    rows.sort(key=lambda row: STATUSES.index(str(row[4])))
    return table.of("gaps", rows)


def _followed(held: pd.DataFrame, overlap: float) -> list[_Gap]:
    cues = _cues(held)
    if not any(cues):
        return []
    subjects = Subjects(held, LEXICON)
    gaps = _folded(held, cues, subjects, overlap)
    assurance = held["language"].isin(["assurance", "both"]).to_numpy(dtype=bool)
    improvement = _changes(held) & (held["act"] != "challenge").to_numpy(dtype=bool)
    action = (held["act"] == "action").to_numpy(dtype=bool)
    days, items = held["meeting_date"].to_numpy(), held["item_id"].to_numpy()
    stated = {place for gap in gaps for place in (gap.first, *(again for again, _ in gap.restated))}
    monitored = assurance & ~improvement & ~action
    monitored[list(stated)] = False
    for gap in gaps:
        after = np.arange(len(held)) > gap.first
        later = days > days[gap.first]
        near = after & (later | (items == items[gap.first]))
        statements = [gap.first, *(again for again, _ in gap.restated)]
        for kind, candidates, around in (
            (IMPROVEMENT, improvement & near, True),
            (ACTION, action & near, True),
            (MONITORED, monitored & later, False),
        ):
            places = np.flatnonzero(candidates)
            likeness = np.max([_likeness(subjects, one, places, overlap, around=around) for one in statements], axis=0)
            close = likeness >= overlap
            gap.replies += [(kind, int(at), float(much)) for at, much in zip(places[close], likeness[close], strict=True)]
    return gaps


def _likeness(subjects: Subjects, one: int, others: NDArray[np.int_], overlap: float, *, around: bool) -> NDArray[np.float64]:
    """The cosines, 0 where only one word is shared that is not most of what either is about."""
    best = np.zeros(len(others))
    for wider in (False, True) if around else (False,):
        likeness, shared = subjects.likeness(one, others, around=wider)
        best = np.maximum(best, np.where((shared >= _STEMS) | (likeness >= _ONE_STEM * overlap), likeness, 0.0))
    return best


def _changes(held: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether a sentence says in the language of improvement that something was changed, tried or learned."""
    said = held["language"].isin(["improvement", "both"]).to_numpy(dtype=bool, copy=True)
    said[said] = wording.found(held.loc[said, "text"], LEXICON, "answer").ne("").to_numpy(dtype=bool)
    return said


def _cues(held: pd.DataFrame) -> list[str]:
    """For each sentence the cue that makes it a gap, or ""."""
    cues = np.full(len(held), "", dtype=object)
    assurance = held["language"].isin(["assurance", "both"]).to_numpy(dtype=bool) & ~_changes(held)
    texts = held.loc[assurance, "text"]
    found = wording.found(texts, LEXICON, "gap")
    met = wording.found(texts, LEXICON, "met").ne("")
    cues[assurance] = found.where(~met, "").to_numpy(dtype=object)
    inverse = wording.found(held["text"][cues != ""], LEXICON, "ceiling").ne("")
    patterns = {term.term for term in load_lexicon(LEXICON) if "(?P<value>" in term.term}
    for place in np.flatnonzero(cues != ""):
        if cues[place] in patterns:
            pair = wording.numbers(held.at[place, "text"], cues[place])
            below = pair["value"] < pair["target"]
            if below == bool(inverse[place]):
                cues[place] = ""
    return list(cues)


def _folded(held: pd.DataFrame, cues: list[str], subjects: Subjects, overlap: float) -> list[_Gap]:
    """The gaps in order: a statement on the subject of an earlier gap, or that goes on in its paragraph, is that gap again."""
    gaps: list[_Gap] = []
    paragraph = starts(held)
    for place in (number for number, cue in enumerate(cues) if cue):
        if gaps and any(paragraph[again] == paragraph[place] for again in (gaps[-1].first, *(p for p, _ in gaps[-1].restated))):
            gaps[-1].restated.append((place, 1.0)) if subjects.size[place] < _STEMS else None
            continue
        if subjects.size[place] < _STEMS:
            continue
        likeness = _likeness(subjects, place, np.array([gap.first for gap in gaps], dtype=int), overlap, around=False)
        best = int(likeness.argmax()) if len(gaps) else 0
        if len(gaps) and likeness[best] >= overlap:
            gaps[best].restated.append((place, float(likeness[best])))
        else:
            gaps.append(_Gap(place))
    return gaps


def _rows(held: pd.DataFrame, gaps: list[_Gap]) -> Iterator[tuple[object, ...]]:
    ids, days, domains = (held[name].to_numpy() for name in ("sentence_id", "meeting_date", "domain"))
    for gap in gaps:
        again = [(RESTATED, place, much) for place, much in gap.restated]
        pairs = sorted([*gap.replies, *again], key=lambda pair: (pair[1], pair[0]))
        head = (ids[gap.first], days[gap.first], domains[gap.first], len(gap.restated), gap.status)
        for kind, place, much in pairs:
            yield (*head, kind, ids[place], days[place], much)
        if not pairs:
            yield (*head, None, None, None, None)
