"""From gap to action: each assurance gap that the papers state, and what answered it in the same item or later.

A gap is limited assurance, a missed standard, something overdue (the lexicon `gap`) in the language of assurance. What answers it stands
on the same subject: a change tried or made, an action given, or no more than a figure heard again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wellled_nlp import table
from wellled_nlp.codebook import load_lexicon
from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import UNDATED, own_sentences
from wellled_nlp.measures.subjects import Subjects, starts
from wellled_nlp.settings import AttentionSettings

LEXICON = "gap"
UNANSWERED, MONITORED, ACTION, IMPROVEMENT = "unanswered", "monitored only", "action only", "improvement"
STATUSES = (UNANSWERED, MONITORED, ACTION, IMPROVEMENT)  # in the order of the table
RESTATED = "restated"
_STEMS = 2  # a subject has two words and more, and two subjects share as many …
_GOES_ON = 3  # sentences within which a paragraph still speaks of the gap that it stated; papers without numbers have long ones
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
    held = own_sentences(facts, settings)
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
    changes = _changes(held)
    cues = _cues(held, changes)
    if not any(cues):
        return []
    subjects = Subjects(held, LEXICON)
    gaps = _folded(held, cues, subjects, overlap)
    if not gaps:
        return []
    assurance = held["language"].isin(["assurance", "both"]).to_numpy(dtype=bool)
    improvement = changes & (held["act"] != "challenge").to_numpy(dtype=bool)
    action = (held["act"] == "action").to_numpy(dtype=bool)
    statements = [(number, place) for number, gap in enumerate(gaps) for place in (gap.first, *(again for again, _ in gap.restated))]
    of_gap, stated = np.array(statements).T
    monitored = assurance & ~improvement & ~action
    monitored[stated] = False
    days, items = held["meeting_date"].to_numpy(), held["item_id"].to_numpy()
    first = np.array([gap.first for gap in gaps])
    for kind, told, around in ((IMPROVEMENT, improvement, True), (ACTION, action, True), (MONITORED, monitored, False)):
        places = np.flatnonzero(told)
        number, column, much = _nearest(_likeness(subjects, stated, places, overlap, around=around), of_gap)
        at, of = places[column], first[number]
        near = (days[at] > days[of]) | ((items[at] == items[of]) & (at > of) & around)
        for gap, one, likeness in zip(number[near].tolist(), at[near].tolist(), much[near].tolist(), strict=True):
            gaps[gap].replies.append((kind, one, likeness))
    return gaps


def _nearest(close: csr_matrix, of_gap: NDArray[np.int_]) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.float64]]:
    """(gap, column, likeness) of each column with the statement of a gap that is nearest to it; of_gap: of each row the gap's number."""
    pairs = close.tocoo()
    order = np.lexsort((-pairs.data, pairs.col, of_gap[pairs.row]))
    gap, column = of_gap[pairs.row][order], pairs.col[order]
    best = np.ones(len(order), dtype=bool)
    best[1:] = (gap[1:] != gap[:-1]) | (column[1:] != column[:-1])
    return gap[best], column[best], pairs.data[order][best]


def _likeness(subjects: Subjects, places: NDArray[np.int_], others: NDArray[np.int_], overlap: float, *, around: bool) -> csr_matrix:
    """The cosines from `overlap` on, but none where only one word is shared that is not most of what either is about."""
    best = csr_matrix((len(places), len(others)))
    for wider in (False, True) if around else (False,):
        likeness, shared = subjects.likeness(places, others, around=wider)
        likeness = likeness.multiply(likeness >= overlap).tocsr()
        several = likeness.multiply(shared >= _STEMS)
        best = best.maximum(several).maximum(likeness.multiply(likeness >= _ONE_STEM * overlap)).tocsr()
    return best


def _changes(held: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether a sentence says in the language of improvement that something was changed, tried or learned."""
    said = held["language"].isin(["improvement", "both"]).to_numpy(dtype=bool, copy=True)
    said[said] = wording.found(held.loc[said, "text"], LEXICON, "answer").ne("").to_numpy(dtype=bool)
    return said


def _cues(held: pd.DataFrame, changes: NDArray[np.bool_]) -> list[str]:
    """For each sentence the cue that makes it a gap, or ""; one that says that something was changed is none."""
    cues = np.full(len(held), "", dtype=object)
    open_to = ~changes
    assurance = held["language"].isin(["assurance", "both"]).to_numpy(dtype=bool) & open_to
    for code, told in (("strong", open_to & (held["act"] != "challenge").to_numpy(dtype=bool)), ("gap", assurance)):
        found = wording.found(held.loc[told, "text"], LEXICON, code)
        cues[told] = found.where(found.ne(""), pd.Series(cues[told], index=found.index)).to_numpy(dtype=object)
    stated = cues != ""
    cues[stated] = np.where(wording.found(held.loc[stated, "text"], LEXICON, "met").ne(""), "", cues[stated])
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
    """The gaps in order: a statement on the subject of an earlier gap, or that goes on with one in its paragraph, is that gap again."""
    gaps: list[_Gap] = []
    last: tuple[int, _Gap] | None = None  # the statement before, and the gap that it states
    paragraph = starts(held)
    cued = np.array([number for number, cue in enumerate(cues) if cue])
    row = {int(place): number for number, place in enumerate(cued)}
    begun: dict[int, int] = {}  # the rows of statements that begin a gap, with its number
    close = _likeness(subjects, cued, cued, overlap, around=False)
    points_back = wording.found(held["text"].iloc[cued], LEXICON, "points back").ne("").to_numpy(dtype=bool)
    for place in row:
        near = last and paragraph[last[0]] == paragraph[place] and place - last[0] <= _GOES_ON
        if last and near and (subjects.size[place] < _STEMS or points_back[row[place]]):
            last[1].restated.append((place, 1.0))
            last = place, last[1]
            continue
        if subjects.size[place] < _STEMS:
            continue
        begins, ends = close.indptr[row[place] : row[place] + 2]
        near_to = zip(close.indices[begins:ends].tolist(), close.data[begins:ends].tolist(), strict=True)
        likeness, best = max(((much, -begun[other]) for other, much in near_to if other in begun), default=(0.0, 0))  # of equals the first
        if likeness >= overlap:
            best = -best
            gaps[best].restated.append((place, likeness))
        else:
            best = len(gaps)
            begun[row[place]] = best
            gaps.append(_Gap(place))
        last = place, gaps[best]
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
