"""Charts in papers: how many of each kind, and what share of the charts whose kind can be told shows variation over time with limits.

A statistical process control (SPC) chart tells noise from change; a bar chart of two periods or a red, amber and green rating does not
(Anhoj and Hellesoe 2017). Charts pasted as pictures, and figures known by their caption alone, are counted apart: they may be of any kind.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.settings import AttentionSettings

TOLD = ("spc", "run", "line", "bar", "pie")
UNTOLD = ("picture", "other")
KINDS = (*TOLD, *UNTOLD, "rag table")


def measure(tables: Mapping[str, pd.DataFrame], _: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `charts_in_papers`: for all papers, then for each document in which anything of the kind stands, each kind.

    share: of the charts whose kind was told; absent where there is none, and for the kinds that are none of these. Takes no settings.
    """
    charts = tables["charts"]
    rows = [*_rows("all", "all", charts)]
    places = charts.groupby("document_id").indices
    for document in tables["documents"]["document_id"].tolist():
        rows += _rows("document", document, charts.take(places[document])) if document in places else []
    return table.of("charts_in_papers", rows)


def _rows(level: str, key: str, held: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    counts = {kind: int((held["kind"] == kind).sum()) for kind in KINDS}
    told, untold = (sum(counts[kind] for kind in kinds) for kinds in (TOLD, UNTOLD))
    for kind in KINDS:
        yield (level, key, kind, counts[kind], told, untold, counts[kind] / told if told and kind in TOLD else None)
