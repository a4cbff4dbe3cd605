"""The papers supplied, month by month: which months have minutes, which have other papers, and where a meeting is known of but not minuted.

A month without minutes is no fault: many boards meet every second month. It is a gap where other papers are dated in it, or where it is as
long since the last minutes as the board never otherwise leaves.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from wellled_nlp import table
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.table.profiled import PAPERS_SUPPLIED

MINUTES, PAPERS_ONLY, OVERDUE, BETWEEN = "minutes", "papers, no minutes", "longer than usual without minutes", "no meeting expected"


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `months`, one a calendar month ("2024-07") from the first dated paper to the last; none where nothing is dated."""
    documents = tables["documents"]
    dated = documents[documents["meeting_date"].notna()]
    if not len(dated):
        return table.build(PAPERS_SUPPLIED, [])
    month = dated["meeting_date"].str.slice(0, 7)
    own = dated["doc_type"].isin(settings.doc_types)
    packs = dated["doc_type"].isin(["agenda", "board pack"])
    months = [str(one) for one in pd.period_range(month.min(), month.max(), freq="M")]
    usual = _usual([months.index(one) for one in sorted(set(month[own]))])
    last: int | None = None
    rows = []
    for place, one in enumerate(months):
        minutes, others = int((own & (month == one)).sum()), int((~own & (month == one)).sum())
        met = dated.loc[packs & (month == one), "meeting_date"].min() if (packs & (month == one)).any() else None
        last = place if minutes else last
        since = place - last if last is not None else 0
        state = MINUTES if minutes else PAPERS_ONLY if met else OVERDUE if usual and since >= usual else BETWEEN
        rows.append((one, minutes, others, met, state))
    return table.build(PAPERS_SUPPLIED, rows)


def _usual(places: Sequence[int]) -> int:
    """The months that most often lie between two minutes that follow each other; 0 where fewer than three were supplied."""
    apart = [later - earlier for earlier, later in zip(places, places[1:], strict=False)]
    return max(sorted(set(apart)), key=apart.count) if len(apart) > 1 else 0
