"""Agenda items: each with its place in the order, its domain, and whether it was decided, discussed or noted.

The words that tell a decision of the meeting from one that others took, or that is still to come, are in `data/lexicons/outcome.csv`.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import own_sentences
from wellled_nlp.settings import AttentionSettings

LEXICON = "outcome"
DECIDE, DISCUSS, NOTE = "decide", "discuss", "note"
_PURPOSE = (
    r"(?i)\b(?:recommendation|recommended|purpose|action required|is asked|are asked|for (?:approval|decision|discussion|information))\b"
)


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `agenda_items`: the items of each document of the settings' types (all documents where there are none), in order.

    An item belongs to the domain with most of its words; one of a left-out domain has no row. Where a document numbers items, only
    those count. Takes the table `challenge`.
    """
    held = own_sentences(tables, settings)
    numbers = tables["items"].set_index("item_id")["number"].fillna("")
    numbered = held["item_id"].map(numbers).fillna("").ne("").to_numpy(dtype=bool)
    unnumbered = ~held["document_id"].isin(held.loc[numbered, "document_id"]).to_numpy(dtype=bool)
    held = held[numbered | unnumbered].sort_values(["meeting_date", "document_id", "position"], kind="stable")
    kinds = tables["items"].set_index("item_id")["kind"].fillna("")
    held = held.assign(kind_of_paper=held["item_id"].map(kinds))
    return table.of("agenda_items", _rows(held, _outcomes(held, tables), settings))


def leading(sentences: pd.DataFrame) -> pd.Series:
    """The domain with most words of each item by its id, in the order of the sentences."""
    summed = sentences.groupby(["item_id", "domain"], as_index=False)["words"].sum()
    first = summed.sort_values(["item_id", "words", "domain"], ascending=[True, False, True], kind="stable").drop_duplicates("item_id")
    return first.set_index("item_id")["domain"].reindex(sentences["item_id"].unique())


def _rows(held: pd.DataFrame, outcomes: Mapping[str, tuple[str, str]], settings: AttentionSettings) -> Iterator[tuple[object, ...]]:
    items = held.drop_duplicates("item_id")
    papers = dict(zip(items["item_id"], zip(items["meeting_date"], items["document_id"], strict=True), strict=True))
    place: dict[str, int] = {}
    for item, domain in leading(held).items():
        if domain in settings.left_out:
            continue
        day, document = papers[item]
        place[document] = place.get(document, 0) + 1
        yield (item, document, day, place[document], domain, *outcomes.get(str(item), (NOTE, "")))


def _outcomes(held: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, str]]:
    """For each item that was more than noted its outcome, and the words or the act that say so; a decision goes before a discussion.

    In papers that are no minutes the recommendation says which.
    """
    minuted = held["kind_of_paper"] == "minutes"
    decided = _decisions(held[minuted], tables["items"].set_index("item_id")["title"].fillna(""))
    discussed = dict.fromkeys(tables["challenge"]["item_id"].tolist(), (DISCUSS, "challenge"))
    discussed |= dict.fromkeys(tables["actions"]["item_id"].tolist(), (DISCUSS, "action"))
    others = held[minuted & ~held["item_id"].isin(decided.keys() | discussed.keys())]
    discussed |= _said(others, "discuss", DISCUSS)
    papers = held[~minuted]
    recommended = papers[papers["text"].str.contains(_PURPOSE)]
    asked = _said(recommended, f"recommended to {DISCUSS}", DISCUSS) | _said(recommended, f"recommended to {DECIDE}", DECIDE)
    return discussed | asked | decided


def _said(sentences: pd.DataFrame, code: str, outcome: str) -> dict[str, tuple[str, str]]:
    """For each item with a term of this code the outcome, and the words of the last sentence that has one."""
    cues = wording.said(sentences["text"], LEXICON, code)
    return {item: (outcome, cue) for item, cue in zip(sentences["item_id"].tolist(), cues.tolist(), strict=True) if cue}


def _decisions(minuted: pd.DataFrame, titles: pd.Series) -> dict[str, tuple[str, str]]:
    """Items with a decision of the meeting itself: a sentence of that act worded as one, not of others or of another day, and no mere task.

    What is worded formally is a decision whatever act the sentence was given. In an item on what committees did only what the board itself
    is said to decide counts, and the minutes of the meeting before decide nothing. titles: of the items by their ids.
    """
    minutes, committees = (titles.index[wording.found(titles, LEXICON, code).ne("")] for code in ("minutes before", "committees"))
    minuted = minuted[~minuted["item_id"].isin(minutes)]
    acts = minuted["act"].fillna("").to_numpy(dtype=object)
    items = minuted["item_id"].to_numpy(dtype=object)
    task_follows = np.zeros(len(minuted), dtype=bool)
    task_follows[:-1] = (acts[1:] == "action") & (items[1:] == items[:-1])
    said = minuted[acts == "decision"]
    own = wording.before(said["text"], LEXICON, "told before")
    cues = wording.said(own, LEXICON, "decide")
    others = wording.found(said["text"], LEXICON, "elsewhere").ne("")
    others |= said["item_id"].isin(committees) & wording.found(own, LEXICON, "board").eq("")
    tasks = wording.found(said["text"], LEXICON, "task").ne("") & task_follows[acts == "decision"]
    kept = cues.where(~others & ~tasks, "")
    by_item = {item: (DECIDE, cue) for item, cue in zip(said["item_id"].tolist(), kept.tolist(), strict=True) if cue}
    return by_item | _said(minuted, "formal", DECIDE)
