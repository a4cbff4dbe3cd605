"""Coverage: for each prompt, theme and code of another framework how many sentences are evidence, in which papers, and when last.

A code without evidence has its row too: "nothing found" is an answer.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, coded, sentence_table
from wellled_nlp.settings import AttentionSettings


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `coverage`. share: of substantive sentences (not of a left-out domain); dates are ISO or absent."""
    sentences = sentence_table(facts)
    substantive = sentences.loc[~sentences["domain"].isin(settings.left_out), ["sentence_id", "document_id", "meeting_date"]]
    known = facts["codes"]
    rows: list[tuple[object, ...]] = []
    # Facets of which a sentence has exactly one code have shares of their own; the parents of a facet have no maximum.
    for facet, codes in known[known["maximum"].fillna(0) != 1].groupby("facet", sort=False):
        found = coded(facts, facet, substantive)
        sizes = found.groupby("code")["document_id"].agg(["size", "nunique"])
        dates = found[found["meeting_date"] != UNDATED].groupby("code")["meeting_date"].agg(["nunique", "min", "max"])
        for code in codes.itertuples():
            size, documents = sizes.loc[code.code] if code.code in sizes.index else (0, 0)
            days, first, last = dates.loc[code.code] if code.code in dates.index else (0, None, None)
            share = size / len(substantive) if len(substantive) else None
            rows.append((facet, code.code, code.title, int(size), share, len(substantive), int(documents), int(days), first, last))
    return table.of("coverage", rows)
