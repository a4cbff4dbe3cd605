"""Measures: each a question put to the facts, answered with one table.

To add one: a module with `measure`, its columns in `table/measured.py`, a line here.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from wellled_nlp.measures import (
    action_history,
    acts,
    agenda,
    attention,
    balance,
    carried,
    challenge,
    coverage,
    gaps,
    themes,
    trend,
    uncertainty,
    w62,
)
from wellled_nlp.settings import AttentionSettings

MEASURES: dict[str, Callable[[Mapping[str, pd.DataFrame], AttentionSettings], pd.DataFrame]] = {
    "attention": attention.measure,
    "coverage": coverage.measure,
    "themes": themes.measure,
    "balance": balance.measure,
    "acts": acts.measure,
    "trend": trend.measure,
    "carried": carried.measure,
    "gaps": gaps.measure,
    "challenge": challenge.measure,
    "action_history": action_history.measure,
    "agenda": agenda.measure,
    "w62": w62.measure,
    "uncertainty": uncertainty.measure,
}


def measure_all(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> dict[str, pd.DataFrame]:
    """Every measure's table by its name."""
    return {name: measure(facts, settings) for name, measure in MEASURES.items()}
