"""Shares: every quantity of every group, with its interval and corrected for label error; and what each group holds."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.compare.amounts import Amounts, too_little
from wellled_nlp.compare.differences import THE_REST, TOO_LITTLE
from wellled_nlp.compare.groups import Grouped
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.tallies import LEFT_OUT, Tallied
from wellled_nlp.measures.intervals import ratio_intervals
from wellled_nlp.measures.uncertainty import correct
from wellled_nlp.settings import Settings

Corrected = tuple[float, float, float] | None
Sizes = dict[tuple[str, str], dict[str, dict[str, float]]]


def groups(grouped: Grouped, tallied: Tallied, amounts: Amounts, chosen: Settings) -> pd.DataFrame:
    """Rows of the table `groups`, in the order of their names. words and sentences are substantive; pages_failed were not read."""
    counts = tallied.counts[tallied.counts["facet"].isna()]
    whole = counts[counts["code"].isna()].set_index("document_id")
    aside = counts[counts["code"] == LEFT_OUT].set_index("document_id")
    documents = grouped.documents.assign(
        words=grouped.documents["document_id"].map(whole["words"]).fillna(0),
        sentences=grouped.documents["document_id"].map(whole["sentences"]).fillna(0),
        words_left_out=grouped.documents["document_id"].map(aside["words"]).fillna(0),
    )
    rows: list[tuple[object, ...]] = []
    for name, held in documents.groupby("group", sort=True):
        codes = sorted(set(held["ods_code"]) - {""})
        units = len(amounts.members.get(str(name), ()))
        reason = too_little(units, int(held["words"].sum()), grouped.unit_name, chosen.compare)
        sums = [int(held[column].sum()) for column in ("words", "words_left_out", "sentences", "pages", "pages_failed")]
        counted = (held.loc[held["organisation"] != "", "organisation"].nunique(), held["meeting"].nunique(), len(held))
        code = codes[0] if len(codes) == 1 and counted[0] == 1 else None
        rows.append((name, code, *counted, *sums, grouped.unit_name, units, not reason, reason or None))
    return table.build(table.COMPARED["groups"], rows)


def of(
    amounts: Amounts, quantities: Sequence[Quantity], tallies: pd.DataFrame, differences: pd.DataFrame, chosen: Settings
) -> pd.DataFrame:
    """Rows of the table `shares`, quantity by quantity and group by group. amount / n is the share; both intervals are of the share."""
    sizes = _sizes(tallies)
    verdicts = _verdicts(differences)
    rows: dict[tuple[int, str], tuple[object, ...]] = {}
    for name in amounts.groups:
        at = amounts.members[name]
        for column, quantity in enumerate(quantities):
            x, n = amounts.amounts[at, column], amounts.totals[at, column]
            known = float(amounts.totals[at, _words(quantities)].sum()) >= chosen.attention.words_minimum
            found = ratio_intervals(x[:, None], n, chosen.attention.level, chosen.attention.resamples) if known else None
            low, high = (None, None) if found is None else (float(found[0, 0]), float(found[0, 1]))
            share = float(x.sum() / n.sum()) if known else None
            corrected = _corrected(quantity, name, sizes, float(n.sum()), chosen) if known else None
            verdict = verdicts.get((*quantity.key, name), TOO_LITTLE)
            given = (len(at), float(x.sum()), float(n.sum()), share, low, high, *(corrected or (None,) * 3))
            rows[(column, name)] = (*quantity.key, quantity.title, quantity.per, name, *given, verdict)
    return table.build(table.COMPARED["shares"], (rows[key] for key in sorted(rows)))


def _words(quantities: Sequence[Quantity]) -> int:
    """A column whose totals are words."""
    return next(place for place, quantity in enumerate(quantities) if quantity.unit == "words")


def _verdicts(differences: pd.DataFrame) -> Mapping[tuple[str, str, str], str]:
    """The verdict of each group against the rest; of two groups, of each against the other."""
    found: dict[tuple[str, str, str], str] = {}
    lone = differences["versus"].nunique() == 1 and not (differences["versus"] == THE_REST).any()
    turned = {"lower": "higher", "higher": "lower"}
    for row in differences.itertuples():
        if row.versus == THE_REST or lone:
            found[(row.measure, row.code, row.group)] = row.verdict
        if lone:
            found[(row.measure, row.code, row.versus)] = turned.get(row.verdict, row.verdict)
    return found


def _sizes(tallies: pd.DataFrame) -> Sizes:
    """Words and sentences of every code, by group and facet."""
    found: Sizes = {}
    for (group, facet, code), held in tallies.groupby(["group", "facet", "code"])[["words", "sentences"]].sum().iterrows():
        found.setdefault((group, facet), {})[code] = held.to_dict()
    return found


def _corrected(quantity: Quantity, name: str, sizes: Sizes, whole: float, chosen: Settings) -> Corrected:
    """The corrected share of the quantity's parts together. Their intervals are added end to end, as if their errors went together."""
    left_out = set(chosen.attention.left_out)
    held = sizes.get((name, quantity.facet), {})
    amounts = {code: float(size[quantity.unit]) for code, size in held.items() if code not in left_out}
    found = correct(amounts, quantity.facet, chosen.attention.level, None if quantity.alone else whole)
    parts = [found[part] for part in quantity.parts if part in found]
    if not parts or any(part is None for part in parts):
        return None
    share, low, high = np.minimum(np.array(parts, dtype=float).sum(axis=0), 1.0)
    return float(share), float(low), float(high)
