"""Amounts: for each unit of a group (a meeting, an organisation) how much of every quantity it holds, and of how much text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp import table
from wellled_nlp.compare.groups import MEETINGS, Grouped
from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.compare.tallies import Tallied
from wellled_nlp.settings import AttentionSettings, CompareSettings

Values = NDArray[np.float64]
OTHER_PAPERS = "of a type that is not compared where the settings name others"
TOO_FEW, TOO_SHORT = "too few {unit} ({n}, at least {least})", "too few words ({n:,}, at least {least:,})"


@dataclass(frozen=True)
class Amounts:
    """groups: the names in order. members: for each group the places of its units. blocks: for each unit the number of its block.
    series: the places of the meetings of one group and block in the order of their dates; none where units are no meetings.

    amounts, totals: shape (units, quantities), in words or sentences. enough: the groups with text enough to be judged.
    """

    groups: tuple[str, ...]
    members: dict[str, NDArray[np.int64]]
    blocks: NDArray[np.int64]
    series: tuple[NDArray[np.int64], ...]
    amounts: Values
    totals: Values
    enough: frozenset[str]


def tallies(grouped: Grouped, tallied: Tallied) -> pd.DataFrame:
    """Rows of the table `tallies`: every document with a group, facet and code; a code without words has no row."""
    counts = tallied.counts
    whole = counts[counts["facet"].isna() & counts["code"].isna()].set_index("document_id")
    held = counts.dropna(subset=["facet"]).merge(grouped.documents, on="document_id", suffixes=("", "_document"))
    held = held.assign(of_words=held["document_id"].map(whole["words"]), of_sentences=held["document_id"].map(whole["sentences"]))
    columns = table.COMPARED["tallies"]
    ordered = held.sort_values(["group", "organisation", "meeting_date", "document_id", "facet", "code"], kind="stable")
    return table.build(columns, ordered[list(columns)].itertuples(index=False, name=None))


def of(grouped: Grouped, tallied: Tallied, quantities: Sequence[Quantity], chosen: CompareSettings) -> Amounts:
    """The amounts of every unit that holds substantive text."""
    documents = grouped.documents
    counts = tallied.counts
    whole = counts[counts["facet"].isna() & counts["code"].isna()].set_index("document_id")[["words", "sentences"]]
    documents = documents[documents["document_id"].map(whole["words"]).fillna(0) > 0]
    units = documents.groupby(["group", "unit"], as_index=False).agg(block=("block", "first"))
    place = units.reset_index().set_index(["group", "unit"])["index"]
    at = pd.Series(place.loc[pd.MultiIndex.from_frame(documents[["group", "unit"]])].to_numpy(), index=documents["document_id"].to_numpy())
    totals = np.column_stack([_summed(at.index.map(whole[q.unit]).to_numpy(dtype=float), at.to_numpy(), len(units)) for q in quantities])
    coded = counts[counts["document_id"].isin(at.index)].dropna(subset=["facet"])
    amounts = np.column_stack([_amounts(coded, q, at, len(units)) for q in quantities])
    members = {name: np.flatnonzero((units["group"] == name).to_numpy()) for name in sorted(units["group"].unique())}
    blocks = np.unique(units["block"].to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
    words = documents.groupby("group")["document_id"].agg(lambda ids: int(whole.loc[list(ids), "words"].sum()))
    enough = frozenset(name for name, held in members.items() if not too_little(len(held), int(words[name]), grouped.unit_name, chosen))
    return Amounts(tuple(members), members, blocks, _series(units, grouped), amounts, totals, enough)


def _series(units: pd.DataFrame, grouped: Grouped) -> tuple[NDArray[np.int64], ...]:
    """Units stand in the order of organisation and date already."""
    if grouped.unit_name != MEETINGS:
        return ()
    return tuple(np.asarray(places, dtype=np.int64) for places in units.groupby(["group", "block"]).indices.values())


def too_little(units: int, words: int, unit_name: str, chosen: CompareSettings) -> str:
    """Why a group is not judged; "" where it holds enough."""
    if units < chosen.meetings_minimum:
        return TOO_FEW.format(unit=unit_name, n=units, least=chosen.meetings_minimum)
    return TOO_SHORT.format(n=words, least=chosen.words_minimum) if words < chosen.words_minimum else ""


@dataclass(frozen=True)
class Basis:
    """The papers that are counted, what they are called, and (library, document_id, path, page, reason) of the others."""

    documents: pd.DataFrame
    name: str
    left_out: list[tuple[object, ...]]


def basis(documents: pd.DataFrame, by_type: bool, settings: AttentionSettings) -> Basis:
    """The settings' types where there are any; all papers where there are none, and where types are compared."""
    own = documents["doc_type"].isin(settings.doc_types)
    if by_type or not own.any():
        return Basis(documents, "all papers", [])
    others: list[tuple[object, ...]] = [
        (row.library, row.document_id, row.path, None, OTHER_PAPERS) for row in documents[~own].itertuples()
    ]
    return Basis(documents[own], " and ".join(settings.doc_types), others)


def _amounts(coded: pd.DataFrame, quantity: Quantity, at: pd.Series, units: int) -> Values:
    held = coded[(coded["facet"] == quantity.facet) & coded["code"].isin(quantity.parts)]
    return _summed(held[quantity.unit].to_numpy(dtype=float), held["document_id"].map(at).to_numpy(dtype=np.int64), units)


def _summed(values: Values, places: NDArray[np.int64], units: int) -> Values:
    return np.bincount(places, weights=values, minlength=units).astype(float)
