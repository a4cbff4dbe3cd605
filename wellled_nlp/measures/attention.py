"""Recorded attention: what share of the words, sentences, pages, items and clock minutes each domain takes.

Published shares depend on the denominator (2 to 30 % of items, 0 to 51 % of items, 30 % of self-reported time), so every row names its
own. Text of the domains in `settings.left_out` (procedural) is counted in `left_out` and belongs to no share.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.measures.intervals import ratio_intervals
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.threshold import verdict

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class _Names:
    """What the numbers stand for that the sentences have in place of names: documents and domains in alphabetical order, of each document
    the day of its meeting, and the items.
    """

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
    names, sums = _summed(tables, settings)
    clocks = tables["items"].set_index("item_id")["clock_minutes"].reindex(names.items).to_numpy(dtype=float, na_value=np.nan)
    last = [names.domains.index(domain) for domain in settings.left_out if domain in names.domains]
    rows = (
        row
        for basis, (by_document, by_item) in sums.items()
        for unit, amounts in _amounts(by_document, by_item, clocks, last)
        for row in _shares(amounts, names, basis, unit, settings)
    )
    return table.of("attention", rows)


def _summed(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> tuple[_Names, dict[str, tuple[pd.DataFrame, pd.DataFrame]]]:
    """For each basis what `_by_domain` gives of its sentences: all of it before the table is begun, which takes as much memory itself."""
    sentences = sentence_table(tables)
    rows, names = _coded(sentences)
    own = sentences["doc_type"].isin(settings.doc_types).to_numpy(dtype=bool)
    bases = {"all papers": np.ones(len(sentences), dtype=bool)}
    if own.any():
        new = ~sentences["sentence_id"].isin(tables["carried"]["sentence_id"]).to_numpy(dtype=bool)
        bases = {"minutes": own, "minutes, new text": own & new, **bases}
    return names, {basis: _by_domain(rows[held]) for basis, held in bases.items()}


def _coded(sentences: pd.DataFrame) -> tuple[pd.DataFrame, _Names]:
    """The sentences with numbers in place of names, which add up faster: `document`, `item`, `page`, `domain` and `words`."""
    document, documents = pd.factorize(sentences["document_id"], sort=True)
    item, items = pd.factorize(sentences["item_id"], sort=True)
    domain, domains = pd.factorize(sentences["domain"], sort=True)
    rows = pd.DataFrame(
        {"document": document, "item": item, "page": sentences["page"].to_numpy(dtype=float, na_value=np.nan), "domain": domain}
    ).assign(words=sentences["words"].to_numpy(dtype=float))
    days = sentences.drop_duplicates("document_id").set_index("document_id")["meeting_date"].reindex(documents)
    return rows, _Names(documents.tolist(), days.tolist(), domains.tolist(), items)


def _by_domain(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `words`, `sentences` and `pages` by document and domain, and the `words` by document, item and domain."""
    whole = rows.groupby(["document", "page"])["words"].transform("sum")
    parts = rows.assign(sentences=1.0, pages=rows["words"] / whole.where(whole > 0, 1.0))
    known = parts[parts["domain"] >= 0]
    sums = known.groupby(["document", "domain"])[["words", "sentences", "pages"]].sum()
    return sums, known.groupby(["document", "item", "domain"], as_index=False)["words"].sum()


def _amounts(sums: pd.DataFrame, by_item: pd.DataFrame, clocks: Matrix, last: Sequence[int]) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each unit the `amount` and the `words` by document and domain. sums, by_item: as `_by_domain` gives them; clocks: the minutes of
    each item, none where not printed.

    A page counts one, divided among its domains by words. An item counts one, or its minutes, for the domain with most of its words; of the
    domains `last` it is one only where nothing else is in it.
    """
    items = _leading(by_item, last).assign(amount=1.0)
    timed = _leading(by_item[~np.isnan(clocks[by_item["item"]])], ())
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


@dataclass(frozen=True)
class _Sums:
    """Of one meeting, document, or several meetings a row: the `amounts` of the counted domains (one column each) and their total, the
    amount of all text (`wholes`), the `words` of the counted domains, and how many meetings have text of these.
    """

    amounts: Matrix
    totals: Matrix
    wholes: Matrix
    words: Matrix
    meetings: Matrix


def _shares(amounts: pd.DataFrame, names: _Names, basis: str, unit: str, settings: AttentionSettings) -> Iterator[tuple[object, ...]]:
    """The rows of one basis and unit at every level; amounts: as `_amounts` gives them."""
    if amounts.empty:
        return
    document, domain = (amounts.index.get_level_values(name).to_numpy() for name in ("document", "domain"))
    papers = np.unique(document)
    both = np.zeros((2, len(names.documents), len(names.domains)))
    both[:, document, domain] = amounts[["amount", "words"]].to_numpy().T
    days = np.array([names.days[paper] for paper in papers], dtype=object)
    amount_by_day, words_by_day = (pd.DataFrame(one[papers]).groupby(days, sort=True).sum() for one in both)
    meetings, held = amount_by_day.index.tolist(), _sums(amount_by_day.to_numpy(), words_by_day.to_numpy(), names.domains, settings)
    for level, key in _LEVELS.items():
        yield from _resampled(held, [key(day) for day in meetings], (basis, level, unit), settings)
    yield from _rows(meetings, held, (basis, "meeting", unit), settings)
    documents = [names.documents[paper] for paper in papers]
    yield from _rows(documents, _sums(both[0, papers], both[1, papers], names.domains, settings), (basis, "document", unit), settings)


# Of several meetings, which can be resampled; at the levels of one meeting or document there are none.
_LEVELS: dict[str, Callable[[str], str]] = {
    "all": lambda _: "all",
    "year": lambda day: UNDATED if day == UNDATED else day[:4],
    "quarter": lambda day: UNDATED if day == UNDATED else f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}",
}


def _sums(amounts: Matrix, words: Matrix, domains: Sequence[str], settings: AttentionSettings) -> _Sums:
    """amounts, words: one row a meeting or document, and one column a domain."""
    known = [domains.index(code) if code in domains else len(domains) for code in _counted(settings)]  # a column of nothing for the others
    values, substantive = (np.pad(one, ((0, 0), (0, 1)))[:, known] for one in (amounts, words))
    totals = values.sum(axis=1)
    return _Sums(values, totals, amounts.sum(axis=1), substantive.sum(axis=1), (totals > 0).astype(float))


def _counted(settings: AttentionSettings) -> list[str]:
    return [code for code in load_facet("domain").code_ids if code not in settings.left_out]


def _resampled(
    meetings: _Sums, keys: Sequence[str], head: tuple[str, str, str], settings: AttentionSettings
) -> Iterator[tuple[object, ...]]:
    """The rows of one level of several meetings; keys: of each meeting to which it belongs."""
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    groups = dict(sorted(places.items()))
    columns = (meetings.amounts, meetings.totals, meetings.wholes, meetings.words, meetings.meetings)
    held = _Sums(*(np.array([one[group].sum(axis=0) for group in groups.values()]) for one in columns))
    ends = [
        ratio_intervals(meetings.amounts[group], meetings.totals[group], settings.level, settings.resamples) if enough else None
        for group, enough in zip(groups.values(), _enough(held, settings), strict=True)
    ]
    yield from _rows(list(groups), held, head, settings, ends)


def _enough(held: _Sums, settings: AttentionSettings) -> list[bool]:
    """Whether each row has so much text that shares of it mean something."""
    return ((held.totals > 0) & (held.words >= settings.words_minimum)).tolist()


def _rows(
    keys: Sequence[str], held: _Sums, head: tuple[str, str, str], settings: AttentionSettings, ends: Sequence[Matrix | None] | None = None
) -> Iterator[tuple[object, ...]]:
    """The rows of one level, for each row of `held` with its key one a domain; ends: of its intervals (domains by two), if it has any."""
    basis, level, unit = head
    domains = _counted(settings)
    columns = (one.tolist() for one in (held.amounts, held.totals, held.wholes, held.meetings))
    none = [(None, None)] * len(domains)
    for key, amounts, total, whole, meetings, enough, spread in zip(
        keys, *columns, _enough(held, settings), ends or repeat(None), strict=False
    ):
        for domain, amount, (low, high) in zip(domains, amounts, none if spread is None else spread.tolist(), strict=True):
            share = amount / total if enough else None
            counts = (amount, total, whole - total)
            yield (basis, level, key, unit, domain, *counts, share, low, high, int(meetings), verdict(share, low, high, settings.lead))
