"""Evidence of each code: how many sentences, from how many meetings, how old, in which language, and so whether there is enough of it."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import Code, Facet
from wellled_nlp.codebook.enquiries import load_bounds
from wellled_nlp.measures.facts import UNDATED, assigned_codes, sentence_table
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.table.profiled import PROMPTS

NONE, ONE_SIDED, STALE, THIN, ENOUGH = "none", "one_sided", "stale", "thin", "enough"
# A code that applies to some sectors only, and not to this one, or not known to.
NOT_ASKED = "not asked"
_LANGUAGES = ("assurance", "improvement", "both", "neither")
_DAYS_OF_MONTH = 30.44


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings, facet: Facet, sector: str) -> pd.DataFrame:
    """Rows of the table `prompts`, one a code that belongs to a parent, or each code of a framework without parents.

    Sentences of left-out domains are no evidence. months_since: from the last evidence to the latest meeting in the papers.
    """
    sentences = sentence_table(tables)
    substantive = sentences[~sentences["domain"].isin(settings.left_out)]
    found = assigned_codes(tables, facet.name).merge(substantive, on="sentence_id")
    by_code = dict(list(found.groupby("code")))
    days = sentences.loc[sentences["meeting_date"] != UNDATED, "meeting_date"]
    latest, meetings = (days.max() if len(days) else None), days.nunique()
    parents = {parent.id: parent.title for parent in facet.parents}
    rows = []
    for code in asked(facet):
        held = by_code.get(code.id, found.iloc[:0])
        dated = held.loc[held["meeting_date"] != UNDATED, "meeting_date"]
        first, last = (dated.min(), dated.max()) if len(dated) else (None, None)
        languages = [int((held["language"] == name).sum()) for name in _LANGUAGES]
        since = _months(last, latest) if last and latest else None
        state = _state(held, dated.nunique(), meetings, since) if applies(code, sector) else NOT_ASKED
        counts = (len(held), held["document_id"].nunique(), dated.nunique(), meetings)
        rows.append((code.parent, parents.get(code.parent, ""), code.id, code.title, state, *counts, first, last, since, *languages))
    return table.build(PROMPTS, rows)


def asked(facet: Facet) -> list[Code]:
    """The codes that are asked about: not the fallback, nor one that is its own only parent (kept for other frameworks)."""
    return [code for code in facet.codes if code.id not in (facet.fallback, code.parent)]


def applies(code: Code, sector: str) -> bool:
    """Whether a code is asked of this sector; one for some sectors only is not asked where the sector is not known."""
    return not code.applies_to or sector in code.applies_to


def _state(held: pd.DataFrame, meetings: int, of_meetings: int, since: int | None) -> str:
    bounds = load_bounds()
    if not len(held):
        return NONE
    few_meetings = meetings < bounds.thin_meetings and of_meetings >= 2 * bounds.thin_meetings
    if len(held) < bounds.thin_sentences or few_meetings:
        return THIN
    assurance, improvement = ((held["language"].isin([name, "both"])).sum() for name in ("assurance", "improvement"))
    if assurance >= bounds.one_sided_sentences and not improvement:
        return ONE_SIDED
    return STALE if since is not None and since >= bounds.stale_months else ENOUGH


def _months(earlier: str, later: str) -> int:
    return round((date.fromisoformat(later) - date.fromisoformat(earlier)).days / _DAYS_OF_MONTH)
