"""What a profile measures besides the tables of a scan: for each code of one framework its evidence, quotations, signals and enquiries.

Unlike MEASURES these take a framework and a sector, and so are not part of a scan.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp.codebook import Facet
from wellled_nlp.measures.facts import labelled
from wellled_nlp.measures.profile import enquiries, evidence, months, quotations, signals
from wellled_nlp.settings import AttentionSettings


def measure(
    tables: Mapping[str, pd.DataFrame], settings: AttentionSettings, framework: str, facet: Facet, sector: str
) -> dict[str, pd.DataFrame]:
    """The tables of `table.PROFILED` by name.

    tables: facts and measures of the papers of one organisation. framework: the id or path that `facet` was loaded from; sector: an id of
    `sectors.toml`, or "" where it is not known.
    """
    known = labelled(tables)
    prompts = evidence.measure(known, settings, facet, sector)
    return {
        "prompts": prompts,
        "quotations": quotations.measure(known, facet, settings),
        "prompt_signals": signals.measure(known, settings, facet, sector),
        "enquiries": enquiries.measure(prompts, framework),
        "months": months.measure(known, settings),
    }
