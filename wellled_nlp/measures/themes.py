"""Themes by meeting: the share of each meeting's substantive words that is evidence for each theme.

A sentence may be evidence for two themes and for none, so the shares of a meeting need not sum to one.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import assigned_codes, sentence_table
from wellled_nlp.settings import AttentionSettings


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `themes`, one for each meeting and theme. share is absent where the meeting has too little text."""
    sentences = sentence_table(facts)
    substantive = sentences[~sentences["domain"].isin(settings.left_out)]
    framework = load_facet("kloe-2017")
    found = assigned_codes(facts, framework.parent_name).merge(substantive, on="sentence_id")
    counts = found.groupby(["meeting_date", "code"])["words"].agg(["size", "sum"])
    totals = substantive.groupby("meeting_date")["words"].sum()
    rows: list[tuple[object, ...]] = []
    for day, total in totals.items():
        for theme in framework.parents:
            sentences_found, words = (int(v) for v in counts.loc[(day, theme.id)]) if (day, theme.id) in counts.index else (0, 0)
            share = words / int(total) if int(total) >= settings.words_minimum else None
            rows.append((day, theme.id, theme.title, sentences_found, words, share, int(total)))
    return table.of("themes", rows)
