"""Trends over meetings: each share as an XmR chart, so that nobody reacts to noise.

There is no good direction in recorded attention by itself, so a signal says high or low and never better or worse.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures import spc
from wellled_nlp.measures.facts import UNDATED, own_sentences
from wellled_nlp.settings import AttentionSettings

_FEWEST = 4  # meetings below which there is no chart


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `trend`: for each series and meeting the value with mean and limits, and what the rules say of the point.

    Series: each domain's share of substantive words, the shares of assurance and of improvement language and of challenges in
    substantive sentences; in the settings' document types where there are any. Meetings with too little text have no point.
    """
    dated = own_sentences(facts, settings)
    held = dated[dated["meeting_date"] != UNDATED]
    rows: list[tuple[object, ...]] = []
    for name, series in _series(held, settings):
        enough = series[series["words"] >= settings.words_minimum]
        values = enough["value"].to_numpy(dtype=float)
        if len(values) < _FEWEST:
            continue
        found = spc.limits(values)
        kind = "trial limits" if len(values) < spc.FEWEST_POINTS else "limits"
        limits = (found.mean, max(found.lower, 0.0), min(found.upper, 1.0), kind)
        for row, (point, rule) in zip(enough.itertuples(), spc.signals(values, found), strict=True):
            rows.append((name, row.Index, int(row.n), float(row.value), *limits, point, rule))
    return table.of("trend", rows)


def _series(held: pd.DataFrame, settings: AttentionSettings) -> Iterator[tuple[str, pd.DataFrame]]:
    substantive = held[~held["domain"].isin(settings.left_out)]
    words = substantive["words"].astype(float)
    for code in load_facet("domain").code_ids:
        if code not in settings.left_out:
            yield code, _by_meeting(substantive, np.where(substantive["domain"] == code, words, 0.0), words.to_numpy())
    ones = np.ones(len(substantive))
    for flag in ("assurance", "improvement"):
        yield flag, _by_meeting(substantive, substantive["language"].isin([flag, "both"]).to_numpy(dtype=float), ones)
    yield "challenge", _by_meeting(substantive, (substantive["act"] == "challenge").to_numpy(dtype=float), ones)


def _by_meeting(held: pd.DataFrame, amount: NDArray[np.float64], total: NDArray[np.float64]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"day": held["meeting_date"].to_numpy(), "amount": amount, "n": total, "words": held["words"].to_numpy(dtype=float)}
    )
    summed = frame.groupby("day").sum()
    return summed.assign(value=summed["amount"] / summed["n"].where(summed["n"] > 0))
