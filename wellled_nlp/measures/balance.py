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
    substantive = sentences[~sentences["domain"].isin(settings.left_out)]
    domain, framework = load_facet("domain"), load_facet("kloe-2017")
    themed = coded(facts, framework.parent_name, substantive)
    rows = [_row("all", "all", "All substantive text", substantive)]
    rows += [
        _row("domain", c.id, c.title, substantive[substantive["domain"] == c.id]) for c in domain.codes if c.id not in settings.left_out
    ]
    rows += [_row("theme", c.id, c.title, themed[themed["code"] == c.id]) for c in framework.parents]
    return table.of("balance", rows)


def _row(by: str, code: str, title: str, held: pd.DataFrame) -> tuple[object, ...]:
    counts = {name: int((held["language"] == name).sum()) for name in LANGUAGES}
    n = len(held)
    assurance = (counts["assurance"] + counts["both"]) / n if n else None
    improvement = (counts["improvement"] + counts["both"]) / n if n else None
    return (by, code, title, n, *(counts[name] for name in LANGUAGES), assurance, improvement)
