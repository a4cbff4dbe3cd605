"""A sample of a scan's sentences: stratified, seeded, every sentence with the chance that it had, so that estimates from it are unbiased.

The number of sentences from a stratum goes with the square root of its size (power allocation, Bankier 1988, The American Statistician
42:174), at least two where it has them: rare themes are seen, common ones stay well measured. Within a stratum every sentence has the same
chance. The design stays beside the scan in `library/samples/`; the form that coders get names only its id, for a stratum may be the very
label that they are to give.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wellled_nlp import output
from wellled_nlp.coding import codes, keep
from wellled_nlp.coding.records import Form, Question, text_hash
from wellled_nlp.errors import InputError

STRATA = ("theme", "domain", "language", "act", "document")
SAMPLES = Path("library") / "samples"
_FEWEST = 2  # of a stratum; from one sentence no variance can be told
_OTHER = "other"
_DIGITS = 12
_FACET_OF = {"theme": "themes"}


@dataclass(frozen=True)
class Scan:
    """What a sample needs of a scan. sentences: with `path`, `doc_type` of their documents, in the order of the papers."""

    sentences: pd.DataFrame
    labels: pd.DataFrame
    provenance: Mapping[str, Any]


def load(directory: Path) -> Scan:
    """The sentences and labels of the scan in this folder. Raises InputError where there is none."""
    facts = output.load_facts(directory, ("documents", "sentences", "labels"))
    provenance = json.loads((directory / "analysis.json").read_text(encoding="utf-8"))
    papers = facts["documents"][["document_id", "path", "doc_type"]]
    return Scan(facts["sentences"].merge(papers, on="document_id"), facts["labels"], provenance)


def draw(directory: Path, n: int, by: str, seed: int, *, every_paper: bool = False, show_labels: bool = False) -> Form:
    """A form with n sentences, in the order of the papers; its design is kept in the scan's folder.

    every_paper: also from papers that shares of attention leave out (where there are minutes, the others). Raises InputError for a folder
    without a scan, or a scan with fewer than n sentences.
    """
    scan = load(directory)
    held = _population(scan, every_paper)
    if not 0 < n <= len(held):
        raise InputError(f"{n} sentences cannot be drawn from {len(held)}.", f"Give --n between 1 and {len(held)}.")
    held = held.assign(stratum=_merged(_strata(held, scan.labels, by), n))
    sizes = held["stratum"].value_counts().sort_index()
    drawn = allocate(sizes.to_dict(), n)
    chosen = _choose(held, drawn, seed)
    design = _design(chosen, sizes.to_dict(), drawn, scan, {"by": by, "seed": seed, "every_paper": every_paper})
    keep.write(directory / SAMPLES / f"{design['sample']}.json", json.dumps(design, indent=1, ensure_ascii=False) + "\n")
    shown = given(scan.labels, chosen["sentence_id"]) if show_labels else {}
    questions = tuple(_question(row, shown.get(row.sentence_id, {})) for row in chosen.itertuples())
    return Form(design["sample"], scan.provenance["scanned_on"], questions)


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many sentences to take from each stratum: by the square root of its size, at least two, at most all; together n.

    n is at least twice the number of strata, and at most the sum of their sizes.
    """
    places = sorted(sizes)
    taken = {place: min(_FEWEST, sizes[place]) for place in places}
    while sum(taken.values()) < n:
        # One more where the number taken is furthest behind its due, the largest-remainder idea taken one at a time.
        open_places = [place for place in places if taken[place] < sizes[place]]
        best = max(open_places, key=lambda place: (np.sqrt(sizes[place]) / (taken[place] + 1), place))
        taken[best] += 1
    return taken


def given(labels: pd.DataFrame, sentence_ids: pd.Series) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each of these sentences the codes that it has now, by facet asked."""
    here = labels[labels["assigned"] & labels["sentence_id"].isin(sentence_ids) & labels["facet"].isin(list(codes.facets()))]
    found: dict[str, dict[str, tuple[str, ...]]] = {one: dict.fromkeys(codes.facets(), ()) for one in sentence_ids}
    for row in here.itertuples():
        found[row.sentence_id][row.facet] += (row.code,)
    return found


def _population(scan: Scan, every_paper: bool) -> pd.DataFrame:
    counted = scan.sentences["doc_type"].isin(scan.provenance["settings"]["attention"]["doc_types"])
    return scan.sentences[counted] if counted.any() and not every_paper else scan.sentences


def _strata(held: pd.DataFrame, labels: pd.DataFrame, by: str) -> pd.Series:
    """Each sentence's stratum: its document, or its code; of several codes the one with the highest score, of none `none`."""
    if by == "document":
        return held["document_id"]
    own = labels[labels["assigned"] & (labels["facet"] == _FACET_OF.get(by, by))]
    first = own.sort_values(["score", "code"], ascending=[False, True], kind="stable").drop_duplicates("sentence_id")
    return held["sentence_id"].map(first.set_index("sentence_id")["code"]).astype("string").fillna(codes.NONE)


def _merged(strata: pd.Series, n: int) -> pd.Series:
    """The same strata, the smallest of them put together where there are more than n sentences can serve."""
    sizes = strata.value_counts().sort_index(ascending=False).sort_values(kind="stable")
    many = len(sizes) - max(1, n // _FEWEST)
    return strata.replace(dict.fromkeys(sizes.index[: many + 1], _OTHER)) if many > 0 else strata


def _choose(held: pd.DataFrame, drawn: Mapping[str, int], seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    taken: list[int] = []
    for stratum, count in sorted(drawn.items()):
        places = np.flatnonzero((held["stratum"] == stratum).to_numpy())
        taken += random.choice(places, size=count, replace=False).tolist()
    return held.iloc[sorted(taken)].reset_index(drop=True)


def _design(chosen: pd.DataFrame, sizes: Mapping[str, int], drawn: Mapping[str, int], scan: Scan, how: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that an estimate needs, and what the strata rest on; no text."""
    strata = {
        place: {"size": size, "drawn": drawn[place], "weight": round(size / drawn[place], 6) if drawn[place] else None}
        for place, size in sizes.items()
    }
    rows = [[row.sentence_id, text_hash(row.text), row.stratum] for row in chosen.itertuples()]
    rest = {"population": sum(sizes.values()), **versions(scan.provenance), "strata": strata, "sentences": rows}
    named = hashlib.sha256(json.dumps([dict(how), rest], sort_keys=True).encode()).hexdigest()[:_DIGITS]
    return {"sample": named, **how, **rest}


def versions(provenance: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The models and codebooks that a scan used, by facet, as hashes."""
    models = {one["facet"]: one["sha256"] for one in provenance["models"]}
    return {"models": models, "codebooks": {one["name"]: f"{one['id']} {one['sha256']}" for one in provenance["frameworks"]}}


def _question(row: Any, labels: Mapping[str, tuple[str, ...]]) -> Question:
    name = str(row.path).replace("\\", "/").rsplit("/", 1)[-1]
    return Question(row.sentence_id, text_hash(row.text), name, int(row.page), row.heading, row.previous, row.text, labels)
