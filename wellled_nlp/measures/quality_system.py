"""Quality system: how much of the papers speaks of planning, control, assurance and improvement, by domain and theme.

The four parts that the National Quality Board recommends to hold together; `balance` is its roll-up to two. None is better than another.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import assigned_codes, coded, sentence_table
from wellled_nlp.settings import AttentionSettings

FACET = "nqb-quality"


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `quality_system`, by "all", "domain" and "theme"; none where the papers were not labelled with this framework.

    A sentence that serves two parts counts half for each, so that the shares of all parts, and of none, sum to one in each row's group.
    """
    codes = facts["codes"]
    if FACET not in set(codes["facet"]):
        return table.of("quality_system", [])
    parts = codes[codes["facet"] == FACET]
    sentences = sentence_table(facts)
    substantive = sentences[~sentences["domain"].isin(settings.left_out)]
    given = assigned_codes(facts, FACET)
    given = given.assign(amount=1.0 / given.groupby("row")["code"].transform("size")).rename(columns={"code": "part"})
    domain, framework = load_facet("domain"), load_facet("kloe-2017")
    themed = coded(facts, framework.parent_name, substantive)
    members = {
        "all": pd.Series("all", index=substantive.index),
        "domain": substantive["domain"],
        "theme": themed["code"],
    }
    titles = {
        "all": [("all", "All substantive text")],
        "domain": [(code.id, code.title) for code in domain.codes if code.id not in settings.left_out],
        "theme": [(code.id, code.title) for code in framework.parents],
    }
    rows: list[tuple[object, ...]] = []
    for by, held in members.items():
        totals = held.value_counts()
        amounts = (
            given.merge(held.rename("group"), left_on="row", right_index=True).groupby(["group", "part"])["amount"].agg(["size", "sum"])
        )
        for code, title in titles[by]:
            here = amounts.xs(code) if code in amounts.index else amounts.iloc[:0].droplevel("group")
            rows += _rows((by, code, title), here, int(totals.get(code, 0)), parts)
    return table.of("quality_system", rows)


def _rows(group: tuple[str, str, str], here: pd.DataFrame, total: int, parts: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows of one group of `total` sentences; here: of each part in it how many sentences serve it (size), and how much (sum)."""
    named = sum(float(amount) for part, amount in here["sum"].items() if part not in set(parts.loc[parts["fallback"], "code"]))
    rows: list[tuple[object, ...]] = []
    for part in parts.itertuples():
        count, amount = (int(here.at[part.code, "size"]), float(here.at[part.code, "sum"])) if part.code in here.index else (0, 0.0)
        share = amount / total if total else None
        of_named = amount / named if named and not part.fallback else None
        rows.append((*group, part.code, part.title, count, amount, total, share, of_named))
    return rows
