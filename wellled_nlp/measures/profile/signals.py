"""The signals that bear on each code: what the papers show of it, and what was not found in the papers supplied."""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import Facet, load_crosswalk, load_signals
from wellled_nlp.codebook.signals import FRAMEWORK
from wellled_nlp.measures.profile.evidence import asked
from wellled_nlp.settings import AttentionSettings
from wellled_nlp.table.profiled import PROMPT_SIGNALS


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings, facet: Facet, sector: str) -> pd.DataFrame:
    """Rows of the table `prompt_signals`: for each code its signals in the order of the list. Takes the table `signals`.

    Signals name prompts of one framework; those of another come by its crosswalk from there. A signal for other sectors only has no row,
    nor has one for some sectors where the sector is not known and nothing was found.
    """
    prompts = _prompts(facet)
    found = tables["signals"].set_index("signal")
    rows = []
    for code in asked(facet):
        for signal in load_signals(settings.signals):
            if not prompts.get(code.id, frozenset()) & set(signal.prompts):
                continue
            held = found.loc[signal.id]
            if signal.applies_to and sector not in signal.applies_to and not (held["hits"] and not sector):
                continue
            rows.append(
                (code.id, signal.id, signal.title, signal.kind, held["status"], held["meetings"], held["last_seen"], held["sentence_id"])
            )
    return table.build(PROMPT_SIGNALS, rows)


def _prompts(facet: Facet) -> dict[str, frozenset[str]]:
    """For each code the prompts of the signals' framework that it stands for."""
    if facet.id == FRAMEWORK:
        return {code.id: frozenset([code.id]) for code in facet.codes}
    if facet.source != FRAMEWORK or not facet.crosswalk:
        return {}
    links = [link for link in load_crosswalk(facet.crosswalk) if link.strength == "primary"]
    return {code.id: frozenset(link.from_code for link in links if link.to_code == code.id) for code in facet.codes}
