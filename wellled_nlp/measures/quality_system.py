"""Quality system: how much of the papers speaks of planning, control, assurance and improvement, by domain and theme.

The four parts that the National Quality Board recommends to hold together; `balance` is its roll-up to two. None is better than another.
"""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import assigned_codes, sentence_table
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
    given = given.assign(amount=1.0 / given.groupby("sentence_id")["code"].transform("size")).rename(columns={"code": "part"})
    domain, framework = load_facet("domain"), load_facet("kloe-2017")
    themed = assigned_codes(facts, framework.parent_name).merge(substantive, on="sentence_id")
    groups = [("all", "all", "All substantive text", substantive["sentence_id"])]
    groups += [
        ("domain", code.id, code.title, substantive.loc[substantive["domain"] == code.id, "sentence_id"])
        for code in domain.codes
        if code.id not in settings.left_out
    ]
    groups += [("theme", code.id, code.title, themed.loc[themed["code"] == code.id, "sentence_id"]) for code in framework.parents]
    return table.of("quality_system", [row for group in groups for row in _rows(group, given, parts)])


def _rows(group: tuple[str, str, str, pd.Series], given: pd.DataFrame, parts: pd.DataFrame) -> list[tuple[object, ...]]:
    by, code, title, ids = group
    here = given[given["sentence_id"].isin(ids)].groupby("part")["amount"].agg(["size", "sum"])
    total = len(ids)
    named = sum(float(amount) for part, amount in here["sum"].items() if part not in set(parts.loc[parts["fallback"], "code"]))
    rows: list[tuple[object, ...]] = []
    for part in parts.itertuples():
        count, amount = (int(here.at[part.code, "size"]), float(here.at[part.code, "sum"])) if part.code in here.index else (0, 0.0)
        share = amount / total if total else None
        of_named = amount / named if named and not part.fallback else None
        rows.append((by, code, title, part.code, part.title, count, amount, total, share, of_named))
    return rows
