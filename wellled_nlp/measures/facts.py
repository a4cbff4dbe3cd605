"""What every measure starts from: one row a sentence with its document, meeting, domain, language and act beside it."""

from collections.abc import Mapping

import pandas as pd

CHOOSE_ONE = ("domain", "language", "act")
UNDATED = "undated"


def sentence_table(facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The sentences with `domain`, `language`, `act`, `doc_type`, `organisation` and `meeting_date` ("undated" where unknown)."""
    documents = facts["documents"].set_index("document_id")
    frame = facts["sentences"].copy()
    assigned = facts["labels"][facts["labels"]["assigned"]]
    for facet in CHOOSE_ONE:
        codes = assigned[assigned["facet"] == facet].set_index("sentence_id")["code"]
        frame[facet] = frame["sentence_id"].map(codes).astype("string")
    for column in ("doc_type", "organisation"):
        frame[column] = frame["document_id"].map(documents[column]).astype("string")
    frame["meeting_date"] = frame["document_id"].map(documents["meeting_date"]).astype("string").fillna(UNDATED)
    return frame


def assigned_codes(facts: Mapping[str, pd.DataFrame], facet: str) -> pd.DataFrame:
    """(sentence_id, code) of the assigned labels of one facet."""
    labels = facts["labels"]
    return labels.loc[labels["assigned"] & (labels["facet"] == facet), ["sentence_id", "code"]]
