"""Themes by meeting: the share of each meeting's substantive words that is evidence for each theme, and for each code of another framework.

A framework whose codes stand under parents is counted by these, as the well-led framework by its themes; another one by its codes. A
sentence may be evidence for two of them and for none, so the shares of a meeting need not sum to one.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.facts import coded, sentence_table
from wellled_nlp.settings import AttentionSettings


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `themes`, one a meeting and theme. share is absent where the meeting has too little text."""
    sentences = sentence_table(facts)
    substantive = sentences.loc[~sentences["domain"].isin(settings.left_out), ["sentence_id", "meeting_date", "words"]]
    totals = substantive.groupby("meeting_date")["words"].sum().to_dict()
    rows: list[tuple[object, ...]] = []
    for facet, codes in _facets(facts["codes"]):
        found = coded(facts, facet, substantive)
        counted = found.groupby(["meeting_date", "code"])["words"].agg(["size", "sum"])
        counts = dict(zip(counted.index, zip(counted["size"].tolist(), counted["sum"].tolist(), strict=True), strict=True))
        titles = list(zip(codes["code"].tolist(), codes["title"].tolist(), strict=True))
        for day, total in totals.items():
            for code, title in titles:
                sentences_found, words = counts.get((day, code), (0, 0))
                share = words / total if total >= settings.words_minimum else None
                rows.append((facet, day, code, title, sentences_found, words, share, total))
    return table.of("themes", rows)


def _facets(codes: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each framework the facet of its parents (which have no maximum), else that of its codes where a sentence can have several."""
    for _, framework in codes.groupby("framework", sort=False):
        parents = framework[framework["maximum"].isna()]
        held = parents if len(parents) else framework[framework["maximum"] != 1]
        if len(held):
            yield str(held["facet"].iloc[0]), held
