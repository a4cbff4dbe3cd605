"""What the papers show and do not: each signal of the list with its status, how often, when, and the best sentence to open.

"Not found" is said of the papers supplied and of nothing else.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_signals
from wellled_nlp.measures.facts import UNDATED, sentence_table
from wellled_nlp.settings import AttentionSettings

NOT_FOUND = "not found"
# The status of a signal is the first of these that any sentence has: what is shown once is shown.
STATUSES = ("present", "absent said", "planned")
_TITLE = "title:"
# A sentence of so many words can be quoted without its neighbours and read at a glance.
_QUOTABLE = range(8, 46)


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `signals`, one a signal of the settings' list, in its order.

    hits, documents, meetings, dates and the best sentence are of the hits with the signal's own status. The best sentence names the
    thing itself (not only its heading), can be quoted whole, and is the latest.
    """
    columns = ["sentence_id", "document_id", "meeting_date", "words", "position"]
    hits = _best_first(facts["signal_hits"].merge(sentence_table(facts)[columns], on="sentence_id"))
    held = dict(list(hits.groupby("signal", sort=False)))
    rows = []
    for signal in load_signals(settings.signals):
        found = held.get(signal.id)
        head = (signal.id, signal.title, signal.kind, " ".join(signal.prompts))
        rows.append((*head, NOT_FOUND, 0, 0, 0, None, None, None) if found is None else (*head, *_row(found)))
    return table.of("signals", rows)


def _row(found: pd.DataFrame) -> tuple[object, ...]:
    status = next(status for status in STATUSES if (found["status"] == status).any())
    own = found[found["status"] == status]
    dates = own.loc[own["meeting_date"] != UNDATED, "meeting_date"]
    first, last = (dates.min(), dates.max()) if len(dates) else (None, None)
    return status, len(own), own["document_id"].nunique(), dates.nunique(), first, last, str(own["sentence_id"].iloc[0])


def _best_first(hits: pd.DataFrame) -> pd.DataFrame:
    ranked = hits.assign(
        named=~hits["term"].str.startswith(_TITLE),
        quotable=hits["words"].isin(_QUOTABLE),
        dated=hits["meeting_date"].where(hits["meeting_date"] != UNDATED, ""),
    )
    return ranked.sort_values(["named", "quotable", "dated", "position"], ascending=False, kind="stable")
