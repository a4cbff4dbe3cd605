"""Agenda: where quality stands in the order of a meeting's items, and how many items were decided, discussed or noted."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.agenda_items import DECIDE, DISCUSS, NOTE
from wellled_nlp.measures.facts import own_sentences
from wellled_nlp.settings import AttentionSettings

FIRST = 5  # items: what ICSA counted in 1,277 NHS agendas (Mapping the gap, 2011)


class _Item(NamedTuple):
    """What stands of an item in the table `agenda_items`."""

    place: int
    domain: str
    outcome: str


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `agenda`, one for each document of the settings' types (all documents where there are none), in order of date.

    Takes the table `agenda_items`. first_quality is absent where no item is of quality, every share where there is too little text.
    """
    held = own_sentences(tables, settings)
    items: dict[str, list[_Item]] = {}
    columns = (tables["agenda_items"][name].tolist() for name in ("document_id", "place", "domain", "outcome"))
    for document, *item in zip(*columns, strict=True):
        items.setdefault(document, []).append(_Item(*item))
    substantive = held[~held["domain"].isin(settings.left_out)].groupby("document_id")["words"].sum().to_dict()
    papers = held[["meeting_date", "document_id"]].drop_duplicates().sort_values(["meeting_date", "document_id"], kind="stable")
    rows = [
        _row(day, document, items.get(document, []), substantive.get(document, 0) >= settings.words_minimum, settings)
        for day, document in papers.itertuples(index=False)
    ]
    return table.of("agenda", rows)


def _row(day: str, document: str, items: Sequence[_Item], enough: bool, settings: AttentionSettings) -> tuple[object, ...]:
    quality = [item.place for item in items if item.domain in settings.quality]
    of_first = min(FIRST, len(items))
    in_first = sum(place <= FIRST for place in quality)
    outcomes = [sum(item.outcome == outcome for item in items) for outcome in (DECIDE, DISCUSS, NOTE)]
    return (
        day,
        document,
        len(items),
        len(quality),
        in_first,
        of_first,
        in_first / of_first if enough and of_first else None,
        quality[0] if quality and enough else None,
        *outcomes,
        outcomes[0] / len(items) if enough and len(items) else None,
    )
