"""Balance: the language of assurance against that of improvement, by domain and by theme.

Balance is the aim, not more improvement: the 2018 report on quality improvement in hospital trusts (CQC) asks boards to hold both kinds.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import coded, sentence_table
from wellled_nlp.settings import AttentionSettings

LANGUAGES = ("assurance", "improvement", "both", "neither")


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `balance`: by "all", "domain" and "theme". Shares are of the row's sentences; `both` counts in each of the two."""
    sentences = sentence_table(facts)
    substantive = sentences.loc[~sentences["domain"].isin(settings.left_out), ["domain", "language"]]
    domain, framework = load_facet("domain"), load_facet("kloe-2017")
    groups = (
        ("all", substantive.assign(code="all"), [("all", "All substantive text")]),
        (
            "domain",
            substantive.assign(code=substantive["domain"]),
            [(c.id, c.title) for c in domain.codes if c.id not in settings.left_out],
        ),
        ("theme", coded(facts, framework.parent_name, substantive), [(c.id, c.title) for c in framework.parents]),
    )
    rows: list[tuple[object, ...]] = []
    for by, held, titles in groups:
        totals, said = held["code"].value_counts().to_dict(), held.groupby(["code", "language"]).size().to_dict()
        rows += [_row(by, code, title, totals.get(code, 0), [said.get((code, name), 0) for name in LANGUAGES]) for code, title in titles]
    return table.of("balance", rows)


def _row(by: str, code: str, title: str, n: int, counts: list[int]) -> tuple[object, ...]:
    """counts: how many of the n sentences are in each of the LANGUAGES."""
    assurance, improvement, both, _ = counts
    return (by, code, title, n, *counts, *((one + both) / n if n else None for one in (assurance, improvement)))
