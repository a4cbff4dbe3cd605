"""Coverage: for each prompt, theme and code of another framework how many sentences are evidence, in which papers, and when last.

A code without evidence has its row too: "nothing found" is an answer.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.facts import UNDATED, assigned_codes, sentence_table
from wellled_nlp.settings import AttentionSettings


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `coverage`. share: of substantive sentences (not of a left-out domain); dates are ISO or absent."""
    sentences = sentence_table(facts)
    substantive = sentences[~sentences["domain"].isin(settings.left_out)]
    known = facts["codes"]
    rows: list[tuple[object, ...]] = []
    # Facets of which a sentence has exactly one code have shares of their own; the parents of a facet have no maximum.
    for facet, codes in known[known["maximum"].fillna(0) != 1].groupby("facet", sort=False):
        found = assigned_codes(facts, facet).merge(substantive, on="sentence_id")
        by_code = dict(list(found.groupby("code")))
        for code in codes.itertuples():
            held = by_code.get(code.code, found.iloc[:0])
            dates = held.loc[held["meeting_date"] != UNDATED, "meeting_date"]
            rows.append(
                (
                    facet,
                    code.code,
                    code.title,
                    len(held),
                    len(held) / len(substantive) if len(substantive) else None,
                    len(substantive),
                    held["document_id"].nunique(),
                    dates.nunique(),
                    dates.min() if len(dates) else None,
                    dates.max() if len(dates) else None,
                )
            )
    return table.of("coverage", rows)
