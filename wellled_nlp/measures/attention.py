"""Recorded attention: what share of the words, sentences, pages, items and clock minutes each domain takes.

Published shares depend on the denominator (2 to 30 % of items, 0 to 51 % of items, 30 % of self-reported time), so every row names its
own. Text of the domains in `settings.left_out` (procedural) is counted in `left_out` and belongs to no share.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures import carried
from wellled_nlp.measures.facts import sentence_table
from wellled_nlp.measures.intervals import ratio_interval
from wellled_nlp.settings import AttentionSettings

Values = NDArray[np.float64]
UNITS = ("words", "sentences", "items", "pages", "minutes")
BELOW, NEAR, ABOVE, TOO_LITTLE = "below", "near", "above", "too little text"


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `attention`.

    basis: "minutes" (the settings' document types) where there are any, "minutes, new text" without sentences carried over from the
    meeting before, and "all papers". level: all, year, quarter, meeting, document.
    amount and total are in the unit; total is without what was left out; `meetings` is how many meetings have text here. low and high: the
    interval over meetings, absent at the levels of one meeting or document. verdict: against the settings' lead threshold.
    """
    sentences = sentence_table(facts)
    bases = {"all papers": sentences}
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    if len(own):
        repeated = carried.measure(facts, settings)["sentence_id"]
        bases = {"minutes": own, "minutes, new text": own[~own["sentence_id"].isin(repeated)], **bases}
    rows: list[tuple[object, ...]] = []
    for basis, held in bases.items():
        for unit in UNITS:
            amounts = _AMOUNTS[unit](held, facts)
            for level, key in _LEVELS.items():
                rows += _shares(amounts, basis, level, key, unit, settings)
    return table.of("attention", rows)


def verdict(share: float, low: float | None, high: float | None, line: float) -> str:
    """below, near or above the line: `near` where the interval reaches over it, or where there is none and the share is on it."""
    if low is None or high is None:
        return ABOVE if share > line else BELOW if share < line else NEAR
    return ABOVE if low > line else BELOW if high < line else NEAR


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
) -> list[tuple[object, ...]]:
    if amounts.empty:
        return []
    rows: list[tuple[object, ...]] = []
    counted = [code for code in load_facet("domain").code_ids if code not in settings.left_out]
    held = pd.DataFrame(
        {"key": key(amounts).astype(str), **{name: amounts[name] for name in ("meeting_date", "domain", "amount", "words")}}
    )
    every = held.groupby(["key", "meeting_date", "domain"], observed=True)[["amount", "words"]].sum().unstack("domain").fillna(0.0)
    whole = every["amount"].sum(axis=1).groupby(level="key").sum()
    amount = every["amount"].reindex(columns=counted, fill_value=0.0)
    words = every["words"].reindex(columns=counted, fill_value=0.0).sum(axis=1).groupby(level="key").sum()
    for name, places in sorted(amount.groupby(level="key").indices.items()):
        values = amount.to_numpy(dtype=float)[places]
        totals = values.sum(axis=1)
        total = float(totals.sum())
        known = total > 0 and float(words[name]) >= settings.words_minimum
        counts = (total, float(whole[name]) - total)
        for column, domain in enumerate(counted):
            share = float(values[:, column].sum()) / total if known else None
            low, high = _interval(values[:, column], totals, level, settings) if known else (None, None)
            said = TOO_LITTLE if share is None else verdict(share, low, high, settings.lead)
            given = (float(values[:, column].sum()), *counts, share, low, high, int(np.sum(totals > 0)), said)
            rows.append((basis, level, str(name), unit, domain, *given))
    return rows


def _interval(values: Values, totals: Values, level: str, settings: AttentionSettings) -> tuple[float, float] | tuple[None, None]:
    """None at the levels of one meeting or document, where there are no meetings to resample."""
    found = None if level in ("meeting", "document") else ratio_interval(values, totals, settings.level, settings.resamples)
    return found or (None, None)
