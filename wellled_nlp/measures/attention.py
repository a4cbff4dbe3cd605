"""Recorded attention: what share of the words, sentences, pages, items and clock minutes each domain takes.

Published shares depend on the denominator (2 to 30 % of items, 0 to 51 % of items, 30 % of self-reported time), so every row names its
own. Text of the domains in `settings.left_out` (procedural) is counted in `left_out` and belongs to no share.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import sentence_table
from wellled_nlp.measures.intervals import ratio_intervals
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.threshold import verdict

UNITS = ("words", "sentences", "items", "pages", "minutes")
_RESAMPLED = ("all", "year", "quarter")  # at the levels of one meeting or document there are no meetings to resample


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `attention`; takes the table `carried`.

    basis: "minutes" (the settings' document types) where there are any, "minutes, new text" without sentences carried over from the
    meeting before, and "all papers". level: all, year, quarter, meeting, document.
    amount and total are in the unit; total is without what was left out; `meetings` is how many meetings have text here. low and high: the
    interval over meetings, absent at the levels of one meeting or document. verdict: against the settings' lead threshold.
    """
    sentences = sentence_table(tables)
    bases = {"all papers": sentences}
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    if len(own):
        bases = {"minutes": own, "minutes, new text": own[~own["sentence_id"].isin(tables["carried"]["sentence_id"])], **bases}
    rows: list[tuple[object, ...]] = []
    for basis, held in bases.items():
        for unit in UNITS:
            amounts = (
                _AMOUNTS[unit](held, tables).groupby(["document_id", "meeting_date", "domain"], as_index=False)[["amount", "words"]].sum()
            )
            for level, key in _LEVELS.items():
                rows += _shares(amounts, basis, level, key, unit, settings)
    return table.of("attention", rows)


def _words(held: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return held.assign(amount=held["words"].astype(float))[["document_id", "meeting_date", "domain", "amount", "words"]]


def _sentences(held: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return held.assign(amount=1.0)[["document_id", "meeting_date", "domain", "amount", "words"]]


def _pages(held: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each page counts one, divided among its domains by words."""
    whole = held.groupby(["document_id", "page"])["words"].transform("sum").astype(float)
    return held.assign(amount=held["words"].astype(float) / whole.where(whole > 0, 1.0))[
        ["document_id", "meeting_date", "domain", "amount", "words"]
    ]


def _items(held: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each item counts one, for the domain with most of its words; procedural only where nothing else is in it."""
    by_domain = held.groupby(["document_id", "meeting_date", "item_id", "domain"], as_index=False, observed=True)["words"].sum()
    by_domain["rank"] = by_domain["words"].astype(float) - 1e9 * (by_domain["domain"] == "procedural")
    leading = by_domain.sort_values(["item_id", "rank", "domain"], ascending=[True, False, True], kind="stable").drop_duplicates("item_id")
    return leading.assign(amount=1.0)[["document_id", "meeting_date", "domain", "amount", "words"]]


def _minutes(held: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Clock minutes of the items whose agenda gives them, for the domain with most of the item's words."""
    clocks = facts["items"].dropna(subset=["clock_minutes"]).set_index("item_id")["clock_minutes"]
    timed = held[held["item_id"].isin(clocks.index)]
    if timed.empty:
        return timed.assign(amount=0.0)[["document_id", "meeting_date", "domain", "amount", "words"]]
    by_domain = timed.groupby(["document_id", "meeting_date", "item_id", "domain"], as_index=False, observed=True)["words"].sum()
    leading = by_domain.sort_values(["item_id", "words", "domain"], ascending=[True, False, True], kind="stable").drop_duplicates("item_id")
    return leading.assign(amount=leading["item_id"].map(clocks).astype(float))[["document_id", "meeting_date", "domain", "amount", "words"]]


_AMOUNTS: dict[str, Callable[[pd.DataFrame, Mapping[str, pd.DataFrame]], pd.DataFrame]] = {
    "words": _words,
    "sentences": _sentences,
    "items": _items,
    "pages": _pages,
    "minutes": _minutes,
}
_LEVELS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "all": lambda frame: pd.Series("all", index=frame.index, dtype="string"),
    "year": lambda frame: frame["meeting_date"].str[:4].mask(frame["meeting_date"] == "undated", "undated"),
    "quarter": lambda frame: _quarter(frame["meeting_date"]),
    "meeting": lambda frame: frame["meeting_date"],
    "document": lambda frame: frame["document_id"],
}


def _quarter(dates: pd.Series) -> pd.Series:
    known = pd.to_datetime(dates.where(dates != "undated"), errors="coerce")
    names = known.dt.year.astype("Int64").astype("string") + " Q" + known.dt.quarter.astype("Int64").astype("string")
    return names.fillna("undated")


def _shares(
    amounts: pd.DataFrame, basis: str, level: str, key: Callable[[pd.DataFrame], pd.Series], unit: str, settings: AttentionSettings
) -> Iterator[tuple[object, ...]]:
    """The rows of one basis, level and unit; `amounts` has one row a document and domain."""
    if amounts.empty:
        return
    counted = [code for code in load_facet("domain").code_ids if code not in settings.left_out]
    keyed = (
        amounts.assign(key=key(amounts).astype(str)).groupby(["key", "meeting_date", "domain"])[["amount", "words"]].sum().unstack("domain")
    )
    every = keyed.fillna(0.0)
    wholes = every["amount"].to_numpy(dtype=float).sum(axis=1)
    held = every["amount"].reindex(columns=counted, fill_value=0.0)
    values = held.to_numpy(dtype=float)
    words = every["words"].reindex(columns=counted, fill_value=0.0).to_numpy(dtype=float).sum(axis=1)
    for name, places in sorted(held.groupby(level="key").indices.items()):
        here, totals = values[places], values[places].sum(axis=1)
        amounts_here, total, whole, meetings = here.sum(axis=0), float(totals.sum()), float(wholes[places].sum()), int(np.sum(totals > 0))
        known = total > 0 and float(words[places].sum()) >= settings.words_minimum
        spread = ratio_intervals(here, totals, settings.level, settings.resamples) if known and level in _RESAMPLED else None
        for column, domain in enumerate(counted):
            amount = float(amounts_here[column])
            share = amount / total if known else None
            low, high = (None, None) if spread is None else (float(side) for side in spread[column])
            counts = (amount, total, whole - total)
            said = verdict(share, low, high, settings.lead)
            yield (basis, level, str(name), unit, domain, *counts, share, low, high, meetings, said)
