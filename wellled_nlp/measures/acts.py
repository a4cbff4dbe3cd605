"""Acts: what the board did (challenged, decided, gave an action, noted) by meeting and domain."""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import own_sentences
from wellled_nlp.settings import AttentionSettings

KINDS = ("challenge", "decision", "action", "noting", "report")


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `acts`: sentences of each act by meeting and domain, in the papers that record the board's own doing (the settings'
    document types) where there are any, otherwise in all.
    """
    held = own_sentences(tables, settings)
    counts = held.groupby(["meeting_date", "domain", "act"]).size().to_dict()
    rows: list[tuple[object, ...]] = []
    for day in sorted(held["meeting_date"].unique()):
        for code in load_facet("domain").codes:
            by_kind = [int(counts.get((day, code.id, kind), 0)) for kind in KINDS]
            rows.append((day, code.id, sum(by_kind), *by_kind))
    return table.of("acts", rows)
