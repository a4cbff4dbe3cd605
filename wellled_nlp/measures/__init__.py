"""Measures: each a question put to the facts, answered with one table.

To add one: a module with `measure`, its columns in `table/measured.py`, a line here, after the measures whose tables it takes.
"""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wellled_nlp.measures import (
    action_history,
    acts,
    agenda,
    agenda_items,
    attention,
    balance,
    carried,
    challenge,
    charts_in_papers,
    coverage,
    gaps,
    maturity,
    own_sample,
    quality_system,
    risk_history,
    signals,
    themes,
    trend,
    uncertainty,
    w62,
)
from wellled_nlp.measures.facts import columns, labelled
from wellled_nlp.settings import AttentionSettings

__all__ = ["MEASURES", "TAKEN", "columns", "each", "measure_all"]

MEASURES: dict[str, Callable[[Mapping[str, pd.DataFrame], AttentionSettings], pd.DataFrame]] = {
    "carried": carried.measure,
    "attention": attention.measure,
    "coverage": coverage.measure,
    "themes": themes.measure,
    "balance": balance.measure,
    "quality_system": quality_system.measure,
    "acts": acts.measure,
    "trend": trend.measure,
    "gaps": gaps.measure,
    "challenge": challenge.measure,
    "action_history": action_history.measure,
    "risk_history": risk_history.measure,
    "agenda_items": agenda_items.measure,
    "agenda": agenda.measure,
    "w62": w62.measure,
    "own_sample": own_sample.measure,
    "charts_in_papers": charts_in_papers.measure,
    "uncertainty": uncertainty.measure,
    "signals": signals.measure,
    "maturity": maturity.measure,
}


# The measures whose tables others take; the others are let go once they are made.
TAKEN = ("carried", "balance", "gaps", "challenge", "agenda_items", "agenda", "own_sample", "signals")


def each(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every measure's name and table, one after the other.

    Each is given the facts and the tables of those before it that others take, so that nothing is worked out twice.
    """
    tables = labelled(facts)
    del facts, tables["labels"]  # from here on they are asked for by facet
    for name, measure in MEASURES.items():
        if name in TAKEN:
            tables[name] = measure(tables, settings)
        yield name, tables[name] if name in TAKEN else measure(tables, settings)


def measure_all(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> dict[str, pd.DataFrame]:
    """Every measure's table by its name, as `each` gives them."""
    return dict(each(facts, settings))
