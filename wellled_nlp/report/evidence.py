"""The evidence: every sentence with its place and its labels, as columns that the page and the workbook both show."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from wellled_nlp.report import facets, papers, words
from wellled_nlp.report.contents import values
from wellled_nlp.report.facets import Asked
from wellled_nlp.report.once import once
from wellled_nlp.report.papers import Paper
from wellled_nlp.table import Analysis

# A label of language that both of its kinds of words speak for.
_BOTH = ("language", "both")

Cue = tuple[str, str, str]


@dataclass(frozen=True)
class Evidence:
    """Columns of equal length, one place a sentence, in the order of the papers.

    text: cleaned; document: number of the paper in `papers`; page; item: number in `items` ("3 Finance report").
    one: for each choose-one facet the code and its score; many: for each other facet a list of (code, score), best first.
    repeated: whether the sentence stood in the papers of the meeting before.
    cues: for each sentence the words of the lexicons that stand in it, as (facet, code, term), those that speak for its labels first.
    reasons: how many of them those are.
    asked: the facets by name, in the order of the frameworks.
    """

    papers: list[Paper]
    items: list[str]
    text: list[str]
    document: list[int]
    page: list[int | None]
    item: list[int]
    one: dict[str, list[tuple[str, float]]]
    many: dict[str, list[list[tuple[str, float]]]]
    repeated: list[bool]
    cues: list[list[Cue]]
    reasons: list[int]
    asked: Mapping[str, Asked]

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """For each facet the title of each code, in the order of the framework."""
        return {name: dict(one.codes) for name, one in self.asked.items()}


@once
def of(analysis: Analysis) -> Evidence:
    """The evidence of an analysis."""
    facts, known = analysis.facts, papers.of(analysis)
    sentences = facts["sentences"]
    places = {document: number for number, document in enumerate(known)}
    items = facts["items"]
    names = [
        words.clean(f"{'' if words.absent(n) else n} {'' if words.absent(t) else t}")
        for n, t in zip(values(items["number"]), values(items["title"]), strict=True)
    ]
    distinct = list(dict.fromkeys(["", *names]))
    number_of = {name: number for number, name in enumerate(distinct)}
    item_of = {item: number_of[name] for item, name in zip(values(items["item_id"]), names, strict=True)}
    asked = {facet.name: facet for facet in facets.of(analysis)}
    assigned = facts["labels"][facts["labels"]["assigned"]]
    ids = values(sentences["sentence_id"])
    labelled = {facet: _by_sentence(assigned[assigned["facet"] == facet]) for facet in asked}
    one = {name: [labelled[name].get(sentence, [("", 0.0)])[0] for sentence in ids] for name, facet in asked.items() if facet.one}
    many = {name: [labelled[name].get(sentence, []) for sentence in ids] for name, facet in asked.items() if not facet.one}
    told = [_parted(cues, labels) for cues, labels in zip(_cues(facts["cues"], ids), _given(one, many, len(ids)), strict=True)]
    return Evidence(
        papers=list(known.values()),
        items=distinct,
        text=[words.clean(text) for text in values(sentences["text"])],
        document=[places[document] for document in values(sentences["document_id"])],
        page=[None if words.absent(page) else int(page) for page in values(sentences["page"])],
        item=[item_of.get(item, 0) for item in values(sentences["item_id"])],
        one=one,
        many=many,
        repeated=_repeated(analysis, ids),
        cues=[[*ours, *others] for ours, others in told],
        reasons=[len(ours) for ours, _ in told],
        asked=asked,
    )


def _by_sentence(labels: pd.DataFrame) -> Mapping[str, list[tuple[str, float]]]:
    held: dict[str, list[tuple[str, float]]] = {}
    for sentence, code, score in zip(*(values(labels[name]) for name in ("sentence_id", "code", "score")), strict=True):
        held.setdefault(sentence, []).append((code, score or 0.0))
    for rows in held.values():
        if len(rows) > 1:
            rows.sort(key=lambda row: (-row[1], row[0]))
    return held


def _repeated(analysis: Analysis, ids: list[str]) -> list[bool]:
    frame = analysis.measures.get("carried")
    held = set(values(frame["sentence_id"])) if frame is not None else set()
    return [one in held for one in ids]


def _given(
    one: Mapping[str, list[tuple[str, float]]], many: Mapping[str, list[list[tuple[str, float]]]], count: int
) -> list[set[tuple[str, str]]]:
    """For each sentence its labels as (facet, code)."""
    chosen = [{(facet, rows[row][0]) for facet, rows in one.items()} for row in range(count)]
    return [labels | {(facet, code) for facet, rows in many.items() for code, _ in rows[row]} for row, labels in enumerate(chosen)]


def _parted(cues: list[Cue], labels: set[tuple[str, str]]) -> tuple[list[Cue], list[Cue]]:
    """The cues that speak for these labels, and the others."""
    ours = [cue for cue in cues if cue[:2] in labels or (cue[0] == _BOTH[0] and _BOTH in labels)]
    return ours, [cue for cue in cues if cue not in ours]


def _cues(frame: pd.DataFrame, ids: list[str]) -> list[list[Cue]]:
    sentences, named, codes, terms = (values(frame[name]) for name in ("sentence_id", "facet", "code", "term"))
    said = {term: words.clean(term) for term in set(terms)}
    held: dict[str, list[Cue]] = {}
    for sentence, facet, code, term in zip(sentences, named, codes, terms, strict=True):
        held.setdefault(sentence, []).append((facet, code, said[term]))
    return [list(dict.fromkeys(held.get(one, []))) for one in ids]
