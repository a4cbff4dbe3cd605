"""The question of prompt W6.2 in its three parts, each indicator with its denominator and sentences to open.

The parts and indicators are data (`data/facets/w62-indicators.toml`). They are not added up: there is no published weight for any.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.agenda import FIRST
from wellled_nlp.measures.agenda_items import leading
from wellled_nlp.measures.facts import assigned_codes, own_sentences
from wellled_nlp.settings import AttentionSettings

INDICATORS = "w62-indicators"
_PROMPT = "prompt:"
_EVIDENCE = 12  # sentences to open for an indicator, spread over the meetings


@dataclass(frozen=True)
class _Found:
    """amount / n is the value, times `scale`; the sentences behind the amount."""

    amount: float
    n: int
    sentences: pd.DataFrame
    scale: float = 1.0


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `w62`, one an indicator; takes `agenda_items`, `agenda` and `challenge`.

    value is absent where n is 0 or the papers hold too little text.

    All is of the settings' document types (all papers where there are none).
    """
    held = own_sentences(tables, settings)
    substantive = held[~held["domain"].isin(settings.left_out)]
    enough = int(substantive["words"].sum()) >= settings.words_minimum
    found = _covered(held, substantive, settings) | _first_five(tables, substantive, settings) | _challenged(tables, substantive, settings)
    facet = load_facet(INDICATORS)
    parts = {parent.id: parent.title for parent in facet.parents}
    rows = []
    for code in facet.codes:
        one = _prompted(tables, substantive, code.id.removeprefix(_PROMPT)) if code.id.startswith(_PROMPT) else found[code.id]
        value = one.scale * one.amount / one.n if enough and one.n else None
        rows.append(
            (code.parent, parts[code.parent], code.id, code.title, value, one.amount, one.n, len(one.sentences), _evidence(one.sentences))
        )
    return table.of("w62", rows)


def _covered(held: pd.DataFrame, substantive: pd.DataFrame, settings: AttentionSettings) -> dict[str, _Found]:
    domains_of = leading(held)
    meetings = held.drop_duplicates("item_id").set_index("item_id")["meeting_date"]
    found = {}
    for part, domains in (("quality", settings.quality), ("sustainability", settings.sustainability)):
        here = substantive[substantive["domain"].isin(domains)]
        items = domains_of.index[domains_of.isin(domains)]
        found[f"{part}-words"] = _Found(float(here["words"].sum()), int(substantive["words"].sum()), here)
        in_items = here[here["item_id"].isin(items)]
        found[f"{part}-meetings"] = _Found(meetings.reindex(items).nunique(), held["meeting_date"].nunique(), in_items)
    return found


def _first_five(tables: Mapping[str, pd.DataFrame], substantive: pd.DataFrame, settings: AttentionSettings) -> dict[str, _Found]:
    agendas, items = tables["agenda"], tables["agenda_items"]
    first = items.loc[(items["place"] <= FIRST) & items["domain"].isin(settings.quality), "item_id"]
    here = substantive[substantive["domain"].isin(settings.quality) & substantive["item_id"].isin(first)]
    return {"quality-first-five": _Found(float(agendas["first_five_quality"].sum()), int(agendas["of_first_five"].sum()), here)}


def _challenged(tables: Mapping[str, pd.DataFrame], substantive: pd.DataFrame, settings: AttentionSettings) -> dict[str, _Found]:
    rows = tables["challenge"]
    kinds = {
        "challenges-quality": rows["domain"].isin(settings.quality),
        "challenges-sustainability": rows["domain"].isin(settings.sustainability),
        "challenges-answered": rows["answered"],
        "challenges-followed": rows["action"] | rows["decision"],
    }
    found = {name: _Found(float(kind.sum()), len(rows), rows[kind.to_numpy(dtype=bool)]) for name, kind in kinds.items()}
    return found | {"challenges": _Found(float(len(rows)), len(substantive), rows, scale=100.0)}


def _prompted(tables: Mapping[str, pd.DataFrame], substantive: pd.DataFrame, prompt: str) -> _Found:
    codes = assigned_codes(tables, load_facet("kloe-2017").name)
    here = substantive[substantive["sentence_id"].isin(codes.loc[codes["code"] == prompt, "sentence_id"])]
    return _Found(float(len(here)), len(substantive), here)


def _evidence(sentences: pd.DataFrame) -> str:
    """Ids separated by spaces: the first sentences of each meeting in turn, until there are enough."""
    if sentences.empty:
        return ""
    turn = sentences.groupby("meeting_date").cumcount()
    order = sentences.assign(turn=turn).sort_values(["turn", "meeting_date", "sentence_id"], kind="stable")
    return " ".join(order["sentence_id"].iloc[:_EVIDENCE])
