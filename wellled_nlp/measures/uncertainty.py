"""Uncertainty: two sources of it for each counted share, kept apart: other meetings, and wrong labels.

How often the labels are wrong was measured on real text that nobody in the project wrote (`data/figures.json`, written by the
evaluation). The correction holds as far as the user's papers are like that text; where people labelled enough of these very papers
(`own_sample`), theirs takes its place.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import exp, sqrt
from statistics import NormalDist
from typing import Any

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import CHOOSE_ONE, own_sentences
from wellled_nlp.measures.intervals import ratio_interval
from wellled_nlp.settings import AttentionSettings

_FEWEST = 10  # given by the model and by people in the evaluation; with fewer there is no correction


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `uncertainty`: for each code of domain, language and act its share of the sentences.

    Of the settings' document types (all papers where there are none); domains are shares of the substantive sentences, as in attention.
    """
    held = own_sentences(facts, settings)
    figures = _figures()
    rows: list[tuple[object, ...]] = []
    for facet in CHOOSE_ONE:
        codes = [code for code in load_facet(facet).code_ids if code not in settings.left_out]
        counted = held.loc[held[facet].isin(codes), [facet, "meeting_date", "words"]]
        rows += _rows(counted, facet, codes, figures.get(facet, {}), settings)
    return table.of("uncertainty", _by_people(rows, facts["own_sample"]))


def relative_prevalence(given: int, support: int, both: int, level: float) -> tuple[float, float, float]:
    """(ratio, low, high) of what people gave to what the model gave: recall and precision in one, precision / recall.

    The interval is that of a ratio of two shares of the same sentences (Nam and Blackwelder 2002, Statistics in Medicine 21:689, Wald).
    """
    ratio = support / given
    error = sqrt((given - both + support - both) / (given * support))
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return ratio, ratio * exp(-reach), ratio * exp(reach)


def correct(sizes: Mapping[str, float], facet: str, level: float, of: float | None = None) -> dict[str, tuple[float, float, float] | None]:
    """For each code its share once label error is corrected, and the interval of that; None where too few of its labels were measured.

    sizes: words or sentences of every code of the facet. Corrected shares are divided by their sum, unless `of` gives a denominator: in a
    facet of which a sentence may have several codes or none.
    """
    figures = _figures().get(facet, {})
    ratios = {code: _ratio(figures.get(code), level) for code in sizes}
    whole = of or sum(size * (ratios[code] or (1.0,))[0] for code, size in sizes.items())
    return {code: _within_one(size, ratios[code], whole) for code, size in sizes.items()}


def _within_one(size: float, ratio: tuple[float, float, float] | None, whole: float) -> tuple[float, float, float] | None:
    if ratio is None or not whole:
        return None
    share, low, high = (min(size * one / whole, 1.0) for one in ratio)
    return share, low, high


@cache
def _figures() -> dict[str, Any]:
    """For each facet and code the figures on real text; empty where no evaluation was shipped.

    Of fresh text, from which no threshold was taken, for every facet whose codes all stand there often enough.
    """
    source = resources.files("wellled_nlp") / "data" / "figures.json"
    if not source.is_file():
        return {}
    stored = json.loads(source.read_text(encoding="utf-8"))
    fresh = {name: found for name, found in stored["fresh"].items() if _well_supported(found["per_code"])}
    return {name: found["per_code"] for name, found in (stored["facets"] | fresh).items()}


def _well_supported(codes: Mapping[str, Mapping[str, float]]) -> bool:
    return all(min(one["given"], one["support"]) >= _FEWEST for one in codes.values())


def _rows(
    counted: pd.DataFrame, facet: str, codes: list[str], figures: Mapping[str, Mapping[str, float]], settings: AttentionSettings
) -> list[tuple[object, ...]]:
    total = len(counted)
    by_meeting = counted.groupby(["meeting_date", facet]).size().unstack(fill_value=0).reindex(columns=codes, fill_value=0).astype(float)
    all_codes = by_meeting.sum(axis=1).to_numpy()
    enough = int(counted["words"].sum()) >= settings.words_minimum and total > 0
    sizes = by_meeting.sum().to_dict()
    corrections = correct(sizes, facet, settings.level)
    rows: list[tuple[object, ...]] = []
    for code in codes:
        size, figure = int(sizes[code]), figures.get(code, {})
        sampled = ratio_interval(by_meeting[code].to_numpy(), all_codes, settings.level, settings.resamples)
        low, high = sampled if sampled and enough else (None, None)
        corrected = corrections[code] if enough else None
        support = int(figure["support"]) if figure else None
        share = size / total if enough else None
        measured = (figure.get("precision"), figure.get("recall"), support)
        found = (*corrected, "real text") if corrected else (None,) * 4
        rows.append((facet, code, size, total, share, low, high, *measured, *found))
    return rows


def _by_people(rows: list[tuple[object, ...]], own: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows, corrected by the labels of these very papers where there are enough of them."""
    found = {(row.facet, row.code): (row.corrected, row.low, row.high) for row in own.itertuples() if row.share is not pd.NA}
    shown = list(table.MEASURES["uncertainty"]).index("share")
    return [
        (*row[:-4], *found[row[0], row[1]], "own sample") if (row[0], row[1]) in found and row[shown] is not None else row for row in rows
    ]


def _ratio(figure: Mapping[str, float] | None, level: float) -> tuple[float, float, float] | None:
    if not figure or min(figure["given"], figure["support"]) < _FEWEST:
        return None
    both = round(figure["precision"] * figure["given"])
    return relative_prevalence(int(figure["given"]), int(figure["support"]), both, level)
