"""Own sample: shares as people who labelled a sample of these very papers, and the model on all of them, give them together.

Nothing is supposed about the model but that the sentences were drawn at random, as `wellled sample` draws them. Corrections of single
sentences that were not drawn count for those sentences and not here.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import SHIPPED, load_facet
from wellled_nlp.measures.facts import CHOOSE_ONE, assigned_codes, own_sentences
from wellled_nlp.measures.prediction_powered import Matrix, Sample, shares
from wellled_nlp.settings import AttentionSettings

# Of a hundred samples of 40 real sentences, 90 % intervals held the truth 88 times; fewer were not tried.
FEWEST = 40
_APART = ";"


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `own_sample`: for each code of themes, domain, language and act, where at least FEWEST sentences were labelled.

    Of the same sentences as in `uncertainty`. Domains are shares of the substantive ones; a theme's are of all, and need not sum to 1.
    """
    said = (
        tables["corrections"].dropna(subset=["stratum_size"]).merge(tables["sentences"][["sentence_id", "document_id"]], on="sentence_id")
    )
    held = own_sentences(tables, settings)
    rows: list[tuple[object, ...]] = []
    for facet, codes in _facets().items():
        drawn = said[said["facet"] == facet]
        inside = drawn["sentence_id"].isin(held["sentence_id"]).to_numpy(dtype=bool)
        if inside.sum() >= FEWEST:
            rows += _rows(facet, codes, drawn, inside, _model(tables, held, facet, codes), len(held), settings)
    return table.of("own_sample", rows)


def _facets() -> dict[str, tuple[str, ...]]:
    """The codes of each facet, first of those that are looked up from their prompts."""
    loaded = [load_facet(name) for name in SHIPPED]
    above = {facet.parent_name: tuple(parent.id for parent in facet.parents) for facet in loaded if facet.parent_name}
    return above | {facet.name: facet.code_ids for facet in loaded if facet.name in CHOOSE_ONE}


def _model(tables: Mapping[str, pd.DataFrame], held: pd.DataFrame, facet: str, codes: tuple[str, ...]) -> Matrix:
    """How often the model gave each code in these sentences: as labelled now, but where people took its place as it was before."""
    said = tables["corrections"]
    said = said[(said["facet"] == facet) & said["sentence_id"].isin(held["sentence_id"])]
    now = assigned_codes(tables, facet)
    rest = now[now["sentence_id"].isin(held["sentence_id"]) & ~now["sentence_id"].isin(said["sentence_id"])]["code"].value_counts()
    given = rest.reindex(list(codes), fill_value=0).to_numpy(dtype=np.float64)
    return given + _given(said["model"], codes).sum(axis=0)


def _given(cells: pd.Series, codes: tuple[str, ...]) -> Matrix:
    """Rows by codes: 1 where the cell names the code."""
    parts = [set(cell.split(_APART)) for cell in cells]
    return np.array([[float(code in part) for code in codes] for part in parts]).reshape(len(parts), len(codes))


def _rows(
    facet: str, codes: tuple[str, ...], drawn: pd.DataFrame, inside: np.ndarray, given: Matrix, total: int, settings: AttentionSettings
) -> list[tuple[object, ...]]:
    sample = _sample(drawn, inside, codes)
    left_out = np.array([code in settings.left_out for code in codes])
    found = shares(sample, given, total, ~left_out if left_out.any() else None, settings.level)
    people, model = sample.people[inside] > 0, sample.model[inside] > 0
    whole = int(given[~left_out].sum()) if left_out.any() else total
    rows: list[tuple[object, ...]] = []
    for place, code in enumerate(codes):
        if not left_out[place]:
            counts = (int(people[:, place].sum()), int(model[:, place].sum()), int((people & model)[:, place].sum()))
            share = given[place] / whole if whole else None
            rows.append((facet, code, int(inside.sum()), *counts, whole, share, *(None if np.isnan(one) else one for one in found[place])))
    return rows


def _sample(drawn: pd.DataFrame, inside: np.ndarray, codes: tuple[str, ...]) -> Sample:
    """Samples of the same papers count by how many of their sentences were labelled; samples of other papers (two libraries copied
    together) by how many sentences those hold.
    """
    strata = drawn.groupby(["sample", "stratum"], sort=True)
    sizes = strata["stratum_size"].first().astype(float)
    held, population = drawn.groupby("sample").size(), sizes.groupby("sample").sum()
    papers = _papers(drawn)
    worth = held / held.groupby(papers).transform("sum") * population.groupby(papers).transform("max")
    of_sample = sizes.index.get_level_values("sample")
    parts = (sizes.to_numpy() / of_sample.map(population) * of_sample.map(worth)).to_numpy(dtype=float)
    number = strata.ngroup().to_numpy(dtype=np.int64)
    return Sample(_given(drawn["code"], codes), _given(drawn["model"], codes), inside, number, sizes.to_numpy(), parts)


def _papers(drawn: pd.DataFrame) -> pd.Series:
    """For each sample the first of those that were drawn from the same papers, as far as one paper in common tells."""
    first = {name: name for name in sorted(drawn["sample"].unique())}
    for names in drawn.groupby("document_id")["sample"].unique():
        together = {first[name] for name in names}
        first = {name: min(together) if lead in together else lead for name, lead in first.items()}
    return pd.Series(first)
