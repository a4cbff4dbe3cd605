"""Acts: what the board did (challenged, decided, gave an action, noted) by meeting and domain."""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import sentence_table
from wellled_nlp.settings import AttentionSettings

KINDS = ("challenge", "decision", "action", "noting", "report")


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `acts`: sentences of each act by meeting and domain, in the papers that record the board's own doing (the settings'
    document types) where there are any, otherwise in all.
    """
    sentences = sentence_table(facts)
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    held = own if len(own) else sentences
    rows: list[tuple[object, ...]] = []
    for day, meeting in held.groupby("meeting_date", sort=True):
        for code in load_facet("domain").codes:
            here = meeting[meeting["domain"] == code.id]
            rows.append((day, code.id, len(here), *(int((here["act"] == kind).sum()) for kind in KINDS)))
    return table.of("acts", rows)
