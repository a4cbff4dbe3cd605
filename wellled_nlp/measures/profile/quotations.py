"""The best quotations of each code: sure, specific, recent, from different meetings, and not the same words again.

A quotation's rank is the score of its label, with something added for a figure or a named thing in it, and for how late it was said.
"""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import Facet
from wellled_nlp.measures.facts import UNDATED, assigned_codes, sentence_table
from wellled_nlp.measures.profile.evidence import asked
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.table.profiled import QUOTATIONS

SHOWN = 3
# A quotation stands by itself: a whole sentence, short enough to be read at a glance.
_WORDS, _LETTERS = range(9, 46), 320
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s?%|£\s?\d|\b\d{2,}\b|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^\d+(?:\.\d+)+\s+")
# What a figure and a named thing (a signal) add to a score of 0 to 1, what being the latest adds over the earliest, and what the same
# meeting as a better quotation takes away. Set so that a sure, plain sentence still comes before an unsure one full of figures.
_HAS_FIGURE, _HAS_SIGNAL, _LATEST, _SAME_MEETING = 0.15, 0.1, 0.15, 0.3
# "The Board noted the report" says little of anything, whatever prompt it is evidence for.
_NOTING = -0.25
# Two sentences with so large a part of their words in common (Jaccard) say the same.
_ALIKE = 0.5


def measure(tables: Mapping[str, pd.DataFrame], facet: Facet, settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `quotations`: up to three a code, the best first. Takes the tables `carried` and `signal_hits`."""
    fit = _fit(tables, settings)
    labels = tables["labels"]
    scores = labels[labels["assigned"] & (labels["facet"] == facet.name)][["sentence_id", "code", "score"]]
    held = assigned_codes(tables, facet.name).merge(fit, on="sentence_id").merge(scores, on=["sentence_id", "code"])
    rows: list[tuple[object, ...]] = []
    by_code = dict(list(held.groupby("code")))
    for code in asked(facet):
        for place, one in enumerate(_best(by_code[code.id]) if code.id in by_code else (), 1):
            day = None if one.meeting_date == UNDATED else one.meeting_date
            rows.append((code.id, place, one.sentence_id, one.document_id, day, one.page, one.score, one.rank, one.text))
    return table.build(QUOTATIONS, rows)


def _fit(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """The sentences that can be quoted, with `bonus`: what is added to the score of their label."""
    held = sentence_table(tables)
    text = held["text"].str.replace(_NUMBERING, "", regex=True)
    whole = text.str.match(r"[A-Z“\"‘]") & text.str.contains(r"[.?”’\"]$", regex=True) & ~text.str.contains(" | ", regex=False)
    short = held["words"].isin(_WORDS) & (text.str.len() <= _LETTERS)
    new = ~held["sentence_id"].isin(tables["carried"]["sentence_id"])
    said = held[whole & short & new & ~held["domain"].isin(settings.left_out)].assign(text=text)
    dated = sorted(day for day in said["meeting_date"].unique() if day != UNDATED)
    lateness = {day: place / max(len(dated) - 1, 1) for place, day in enumerate(dated)}
    named = said["sentence_id"].isin(tables["signal_hits"]["sentence_id"])
    bonus = _HAS_FIGURE * said["text"].str.contains(_FIGURE, regex=True) + _HAS_SIGNAL * named + _NOTING * (said["act"] == "noting")
    return said.assign(bonus=bonus.astype(float) + _LATEST * said["meeting_date"].map(lateness).fillna(0.0).astype(float))


def _best(held: pd.DataFrame) -> list[Any]:
    """The rows to show: taken one by one, each the best of those that do not say what a better one says."""
    ranked = held.assign(rank=held["score"] + held["bonus"]).sort_values(["rank", "sentence_id"], ascending=[False, True], kind="stable")
    left: list[tuple[Any, frozenset[str]]] = [(one, frozenset(one.text.lower().split())) for one in ranked.itertuples(index=False)]
    chosen: list[tuple[Any, frozenset[str]]] = []
    while left and len(chosen) < SHOWN:
        seen = {one.meeting_date for one, _ in chosen}
        best = max(left, key=lambda pair: pair[0].rank - (_SAME_MEETING if pair[0].meeting_date in seen else 0.0))
        chosen.append(best)
        left = [pair for pair in left if len(pair[1] & best[1]) < _ALIKE * len(pair[1] | best[1])]
    return [one for one, _ in chosen]
