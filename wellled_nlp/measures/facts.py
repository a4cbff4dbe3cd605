"""What every measure starts from: one row a sentence with its document, meeting, domain, language and act beside it.

The measures get one mapping of tables: the facts, the sentences as `labelled` gives them, and the tables of the measures before them.
"""

import re
from collections.abc import Mapping

import pandas as pd

from wellled_nlp.codebook import load_facet
from wellled_nlp.settings import AttentionSettings

CHOOSE_ONE = ("domain", "language", "act")
UNDATED = "undated"
SENTENCES = "labelled sentences"
_LIST_ENDS = 80  # sentences: the longest list of people seen had forty rows
_PRINTED = ("name", "role", "initials")
_OTHER_WORDS = 0.5  # share of its words that may be others (people whom the list was not read to name, "item 14/25", "until 3 pm")
_WORD = re.compile(r"\w+")


def labelled(facts: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The facts, and beside them the sentences with `domain`, `language`, `act`, `doc_type`, `organisation` and `meeting_date`.

    A meeting is "undated" where its date is unknown. The list of those present is no talk of the board: its sentences have the fallback
    of each facet whatever their labels (procedural, neither, report). Made once, since all measures ask for it.
    """
    documents = facts["documents"].set_index("document_id")
    frame = facts["sentences"].copy()
    assigned = facts["labels"][facts["labels"]["assigned"]]
    for facet in CHOOSE_ONE:
        codes = assigned[assigned["facet"] == facet].set_index("sentence_id")["code"]
        frame[facet] = frame["sentence_id"].map(codes).astype("string")
    for column in ("doc_type", "organisation"):
        frame[column] = frame["document_id"].map(documents[column]).astype("string")
    frame["meeting_date"] = frame["document_id"].map(documents["meeting_date"]).astype("string").fillna(UNDATED)
    present = _lists_people(frame, facts["attendance"])
    for facet in CHOOSE_ONE:
        frame.loc[present, facet] = load_facet(facet).fallback
    return {**facts, SENTENCES: frame}


def _lists_people(sentences: pd.DataFrame, attendance: pd.DataFrame) -> pd.Series:
    """Whether a sentence near the beginning of its document is made of the names, roles and initials of its attendance list."""
    found = pd.Series(False, index=sentences.index)
    first = sentences[sentences["position"] < _LIST_ENDS]
    for document, people in attendance.groupby("document_id"):
        held = first.loc[first["document_id"] == document, "text"]
        names = [name for name in people["name"].dropna() if name]
        known = sorted({one for column in _PRINTED for one in people[column].dropna() if one}, key=lambda one: (-len(one), one))
        if held.empty or not names:
            continue
        listed = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in known))
        named = held[held.str.contains("|".join(map(re.escape, names)))]
        left = named.map(lambda text, listed=listed: len(_WORD.findall(listed.sub(" ", text))) / max(len(_WORD.findall(text)), 1))
        found[named.index] = left <= _OTHER_WORDS
    return found


def sentence_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All sentences, as `labelled` made them."""
    return tables[SENTENCES]


def own_sentences(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """The sentences of the papers that record the board's own doing (the settings' document types); of all papers where there are none."""
    sentences = tables[SENTENCES]
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    return own if len(own) else sentences


def assigned_codes(tables: Mapping[str, pd.DataFrame], facet: str) -> pd.DataFrame:
    """(sentence_id, code) of the assigned labels of one facet."""
    labels = tables["labels"]
    return labels.loc[labels["assigned"] & (labels["facet"] == facet), ["sentence_id", "code"]]
