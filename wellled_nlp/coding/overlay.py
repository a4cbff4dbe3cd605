"""Corrections laid over the model's labels: which answer of people counts for each sentence, and labels in which it stands.

For a sentence and facet the latest answer counts, whoever gave it; earlier ones stay where they are kept. It takes the place of the
model's label for that sentence: rows with the scorer `person` are assigned, the model's rows stay and are not. What the model had given
is kept in the table of corrections, for estimates compare the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from wellled_nlp import table, tabulate
from wellled_nlp.coding import codes, corrections
from wellled_nlp.coding.corrections import Import, Row

PERSON = "person"


@dataclass(frozen=True)
class Counted:
    """The answer that counts for one sentence and facet, who gave it when, and the row and sample that it was drawn with, if any."""

    given: tuple[str, ...]
    held: Import
    sample: str
    drawn: Row | None


@dataclass(frozen=True)
class Laid:
    """labels as people and model leave them; corrections: the table of that name; stale: rows that count no more."""

    labels: pd.DataFrame
    corrections: pd.DataFrame
    stale: int


def lay(facts: Mapping[str, pd.DataFrame], imports: Sequence[Import]) -> dict[str, pd.DataFrame]:
    """The facts, of all papers or of some, with these imports laid over their labels, instead of what was laid over them before.

    Decisions follow the labels.
    """
    if not imports and facts["corrections"].empty:
        return dict(facts)
    wanted = {row.sentence_id for one in imports for row in one.rows}
    held = facts["sentences"][facts["sentences"]["sentence_id"].isin(wanted)]
    labels = without(facts["labels"], facts["corrections"])
    laid = over(labels, imports, dict(zip(held["sentence_id"], held["text"], strict=True)))
    decided = tabulate.decisions(facts["sentences"], facts["items"], laid.labels)
    return {**facts, "labels": laid.labels, "decisions": decided, "corrections": laid.corrections}


def over(labels: pd.DataFrame, imports: Iterable[Import], texts: Mapping[str, str]) -> Laid:
    """The same for imports, the earliest first, and the texts of the sentences that they speak of."""
    said, stale = counted(imports, texts)
    if not said:
        return Laid(labels, table.of("corrections", []), stale)
    before = _assigned(labels, {sentence_id for sentence_id, _ in said})
    rows = [
        (
            sentence_id,
            facet,
            codes.joined(one.given),
            codes.joined(before.get((sentence_id, facet), ())),
            one.held.coder,
            one.held.at,
            one.sample,
            one.drawn.stratum if one.drawn else "",
            one.drawn.size if one.drawn else None,
        )
        for (sentence_id, facet), one in sorted(said.items(), key=lambda item: (item[0][0], codes.names().index(item[0][1])))
    ]
    return Laid(_over(labels, {key: one.given for key, one in said.items()}), table.of("corrections", rows), stale)


def counted(imports: Iterable[Import], texts: Mapping[str, str]) -> tuple[dict[tuple[str, str], Counted], int]:
    """For each (sentence, facet) the answer that counts, and how many rows are stale. A later answer that was not drawn keeps the place in
    the sample that an earlier one had.
    """
    found: dict[tuple[str, str], Counted] = {}
    stale = 0
    for one in imports:
        for row in one.rows:
            if corrections.is_stale(row, texts):
                stale += 1
                continue
            for facet, given in codes.with_parents(row.given).items():
                earlier = found.get((row.sentence_id, facet))
                sample, drawn = (one.sample, row) if one.sample else (earlier.sample, earlier.drawn) if earlier else ("", None)
                found[row.sentence_id, facet] = Counted(given, one, sample, drawn)
    return found, stale


def without(labels: pd.DataFrame, corrected: pd.DataFrame) -> pd.DataFrame:
    """The labels as the model gave them, before the table `corrected` was laid over them."""
    own = labels[labels["scorer"] != PERSON]
    given = {(row.sentence_id, row.facet): set(codes.parted(row.model)) for row in corrected.itertuples()}
    return _assign(own, given)


def _over(labels: pd.DataFrame, given: Mapping[tuple[str, str], tuple[str, ...]]) -> pd.DataFrame:
    place = {sentence_id: number for number, sentence_id in enumerate(labels["sentence_id"].unique())}
    rows = [
        (sentence_id, facet, code, PERSON, 1.0, True)
        for (sentence_id, facet), held in given.items()
        for code in held
        if sentence_id in place
    ]
    kept = _assign(labels, dict.fromkeys(given, set()))
    both = pd.concat([kept, table.of("labels", rows)], ignore_index=True)
    facets = {facet: number for number, facet in enumerate(codes.names())}
    order = both.assign(
        place=both["sentence_id"].map(place), which=both["facet"].map(facets).fillna(len(facets)), last=both["scorer"] == PERSON
    )
    return both.loc[order.sort_values(["place", "which", "last"], kind="stable").index].reset_index(drop=True)


def _assign(labels: pd.DataFrame, given: Mapping[tuple[str, str], set[str]]) -> pd.DataFrame:
    """The labels where, for these sentences and facets, exactly these codes are assigned."""
    here = labels["sentence_id"].isin({sentence_id for sentence_id, _ in given})
    rows = labels[here]
    keys = zip(rows["sentence_id"], rows["facet"], rows["code"], rows["assigned"], strict=True)
    assigned = [code in given[one, facet] if (one, facet) in given else yes for one, facet, code, yes in keys]
    found = labels.copy()
    found.loc[here, "assigned"] = pd.array(assigned, dtype="boolean")
    return found


def _assigned(labels: pd.DataFrame, wanted: set[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    held = labels[labels["assigned"] & labels["sentence_id"].isin(wanted)]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in held.itertuples():
        found[row.sentence_id, row.facet] = (*found.get((row.sentence_id, row.facet), ()), row.code)
    return found
