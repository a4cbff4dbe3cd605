"""Recorded attention: what share of the words, sentences, pages, items and clock minutes each domain takes.

Published shares depend on the denominator (2 to 30 % of items, 0 to 51 % of items, 30 % of self-reported time), so every row names its
own. Text of the domains in `settings.left_out` (procedural) is counted in `left_out` and belongs to no share.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.measures.intervals import ratio_intervals
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.threshold import verdict

_RESAMPLED = ("all", "year", "quarter")  # at the levels of one meeting or document there are no meetings to resample

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class _Coded:
    """The sentences with numbers in place of names, which add up faster.

    rows: one a sentence with `document`, `item`, `page`, `domain` and `words`; documents, domains: the names in alphabetical order;
    days: of each document the date of its meeting; items: the names of the items.
    """

    rows: pd.DataFrame
    documents: list[str]
    days: list[str]
    domains: list[str]
    items: pd.Index


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `attention`; takes the table `carried`.

    basis: "minutes" (the settings' document types) where there are any, "minutes, new text" without sentences carried over from the
    meeting before, and "all papers". level: all, year, quarter, meeting, document.
    amount and total are in the unit; total is without what was left out; `meetings` is how many meetings have text here. low and high: the
    interval over meetings, absent at the levels of one meeting or document. verdict: against the settings' lead threshold.
    """
    sentences = sentence_table(tables)
    coded = _coded(sentences)
    own = sentences["doc_type"].isin(settings.doc_types).to_numpy(dtype=bool)
    bases = {"all papers": np.ones(len(sentences), dtype=bool)}
    if own.any():
        new = ~sentences["sentence_id"].isin(tables["carried"]["sentence_id"]).to_numpy(dtype=bool)
        bases = {"minutes": own, "minutes, new text": own & new, **bases}
    clocks = tables["items"].set_index("item_id")["clock_minutes"].reindex(coded.items).to_numpy(dtype=float, na_value=np.nan)
    last = [coded.domains.index(domain) for domain in settings.left_out if domain in coded.domains]
    rows = (
        row
        for basis, held in bases.items()
        for unit, amounts in _amounts(coded.rows[held], clocks, last)
        for row in _shares(amounts, coded, basis, unit, settings)
    )
    return table.of("attention", rows)


def _coded(sentences: pd.DataFrame) -> _Coded:
    document, documents = pd.factorize(sentences["document_id"], sort=True)
    item, items = pd.factorize(sentences["item_id"], sort=True)
    domain, domains = pd.factorize(sentences["domain"], sort=True)
    rows = pd.DataFrame(
        {"document": document, "item": item, "page": sentences["page"].to_numpy(dtype=float, na_value=np.nan), "domain": domain}
    ).assign(words=sentences["words"].to_numpy(dtype=float))
    days = sentences.drop_duplicates("document_id").set_index("document_id")["meeting_date"].reindex(documents)
    return _Coded(rows, documents.tolist(), days.tolist(), domains.tolist(), items)


def _amounts(rows: pd.DataFrame, clocks: Matrix, last: Sequence[int]) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each unit the `amount` and the `words` by document and domain; clocks: the minutes of each item, none where not printed.

    A page counts one, divided among its domains by words. An item counts one, or its minutes, for the domain with most of its words; of the
    domains `last` it is one only where nothing else is in it.
    """
    whole = rows.groupby(["document", "page"])["words"].transform("sum")
    parts = rows.assign(sentences=1.0, pages=rows["words"] / whole.where(whole > 0, 1.0))
    known = parts[parts["domain"] >= 0]
    sums = known.groupby(["document", "domain"])[["words", "sentences", "pages"]].sum()
    by_domain = known.groupby(["document", "item", "domain"], as_index=False)["words"].sum()
    items = _leading(by_domain, last).assign(amount=1.0)
    timed = _leading(by_domain[~np.isnan(clocks[by_domain["item"]])], ())
    minutes = timed.assign(amount=clocks[timed["item"]])
    yield "words", sums[["words"]].assign(amount=sums["words"])
    yield "sentences", sums[["words"]].assign(amount=sums["sentences"])
    yield "items", items.groupby(["document", "domain"])[["amount", "words"]].sum()
    yield "pages", sums[["words"]].assign(amount=sums["pages"])
    yield "minutes", minutes.groupby(["document", "domain"])[["amount", "words"]].sum()


def _leading(by_domain: pd.DataFrame, last: Sequence[int]) -> pd.DataFrame:
    """Of each item the domain with most words, of equals the first by name; one of `last` only where there is no other."""
    ranked = by_domain.assign(last=by_domain["domain"].isin(last), fewer=-by_domain["words"])
    return ranked.sort_values(["item", "last", "fewer", "domain"], kind="stable").drop_duplicates("item")


def _shares(amounts: pd.DataFrame, coded: _Coded, basis: str, unit: str, settings: AttentionSettings) -> Iterator[tuple[object, ...]]:
    """The rows of one basis and unit at every level; amounts: as `_amounts` gives them."""
    if amounts.empty:
        return
    document, domain = (amounts.index.get_level_values(name).to_numpy() for name in ("document", "domain"))
    papers = np.unique(document)
    both = np.zeros((2, len(coded.documents), len(coded.domains)))
    both[:, document, domain] = amounts[["amount", "words"]].to_numpy().T
    days = np.array([coded.days[paper] for paper in papers], dtype=object)
    amount_by_day, words_by_day = (pd.DataFrame(one[papers]).groupby(days, sort=True).sum() for one in both)
    meetings, amount, words = amount_by_day.index.tolist(), amount_by_day.to_numpy(), words_by_day.to_numpy()
    for level, key in _LEVELS.items():
        yield from _level([key(day) for day in meetings], amount, words, coded.domains, (basis, level, unit), settings)
    names = [coded.documents[paper] for paper in papers]
    yield from _level(names, both[0, papers], both[1, papers], coded.domains, (basis, "document", unit), settings)


_LEVELS: dict[str, Callable[[str], str]] = {
    "all": lambda _: "all",
    "year": lambda day: UNDATED if day == UNDATED else day[:4],
    "quarter": lambda day: UNDATED if day == UNDATED else f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}",
    "meeting": lambda day: day,
}


def _level(
    keys: Sequence[str], amounts: Matrix, words: Matrix, domains: Sequence[str], head: tuple[str, str, str], settings: AttentionSettings
) -> Iterator[tuple[object, ...]]:
    """The rows of one level; amounts, words: one row a meeting or document, with its key, and one column a domain."""
    basis, level, unit = head
    counted = [code for code in load_facet("domain").code_ids if code not in settings.left_out]
    known = [domains.index(code) if code in domains else len(domains) for code in counted]  # a column of nothing for the others
    values, substantive = (np.pad(one, ((0, 0), (0, 1)))[:, known] for one in (amounts, words))
    wholes = amounts.sum(axis=1)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    for key, held in sorted(places.items()):
        here = values[held]
        totals = here.sum(axis=1)
        total, whole, meetings = float(totals.sum()), float(wholes[held].sum()), int(np.sum(totals > 0))
        enough = total > 0 and float(substantive[held].sum()) >= settings.words_minimum
        spread = ratio_intervals(here, totals, settings.level, settings.resamples) if enough and level in _RESAMPLED else None
        ends = [(None, None)] * len(counted) if spread is None else spread.tolist()
        for domain, amount, (low, high) in zip(counted, here.sum(axis=0).tolist(), ends, strict=True):
            share = amount / total if enough else None
            counts = (amount, total, whole - total)
            yield (basis, level, key, unit, domain, *counts, share, low, high, meetings, verdict(share, low, high, settings.lead))
