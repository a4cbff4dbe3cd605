"""Facts for tests of measures: sentences in a few words each, and the plain-Python counts that the measures must agree with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from wellled_nlp import measures, settings, table, tabulate
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures.facts import labelled


@dataclass(frozen=True)
class Said:
    """One sentence of the made-up world; without a text of its own it is so many times the same word."""

    meeting: str | None
    words: int
    domain: str
    language: str = "neither"
    act: str = "report"
    prompts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("none",)
    item: int = 0
    page: int = 1
    doc_type: str = "minutes"
    clock: float | None = None
    text: str = ""


@cache
def attention(words_minimum: int = 1) -> settings.AttentionSettings:
    """The shipped settings, but any amount of text is enough."""
    return replace(settings.load().attention, words_minimum=words_minimum)


class _Tables(dict[str, pd.DataFrame]):
    """The facts, and the tables of measures, each made when it is asked for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], chosen: settings.AttentionSettings) -> None:
        super().__init__(tables)
        self.chosen = chosen

    def __missing__(self, name: str) -> pd.DataFrame:
        self[name] = measures.MEASURES[name](self, self.chosen)
        return self[name]


def measured(name: str, tables: Mapping[str, pd.DataFrame], chosen: settings.AttentionSettings) -> pd.DataFrame:
    """The table of one measure of these facts, with those made that it takes."""
    return _Tables(labelled(tables), chosen)[name]


def facts(said: Sequence[Said]) -> dict[str, pd.DataFrame]:
    """The tables of a world in which each meeting and type of paper is one document."""
    documents = sorted({(s.meeting or "", s.doc_type) for s in said})
    ids = {key: f"d{n}" for n, key in enumerate(documents)}
    items = {(ids[(s.meeting or "", s.doc_type)], s.item): s.clock for s in said}
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in table.FACTS}
    rows["documents"] = [
        (ids[k], f"{ids[k]}.pdf", "0" * 64, "pdf", "Trust", k[1], k[0] or None, 1, 1, 0, 0, 1, True, None) for k in documents
    ]
    rows["items"] = [(f"{d}-i{i}", d, i, str(i), f"Item {i}", "minutes", 1, 1, None, clock, 1) for (d, i), clock in sorted(items.items())]
    rows["codes"] = list(tabulate.codes([load_facet("nqb-quality")]))
    for n, s in enumerate(said):
        d, sid = ids[(s.meeting or "", s.doc_type)], f"s{n}"
        rows["sentences"].append(
            (sid, d, f"{d}-i{s.item}", s.page, None, None, None, None, n, "", "", s.text or "word " * s.words, s.words)
        )
        codes = [("domain", s.domain), ("language", s.language), ("act", s.act)]
        codes += [("prompts", p) for p in s.prompts] + [("themes", t) for t in sorted({p.split(".")[0] for p in s.prompts})]
        codes += [("nqb-quality", part) for part in s.parts]
        rows["labels"] += [(sid, facet, code, "model", 1.0, True) for facet, code in codes]
    return {name: table.build(columns, rows[name]) for name, columns in table.FACTS.items()}


def shares(said: Sequence[Said], unit: str) -> dict[str, float]:
    """The plain-Python reference: each domain's amount over all domains but procedural."""
    amounts: dict[str, float] = {}
    for domain, amount in _amounts(said, unit):
        amounts[domain] = amounts.get(domain, 0.0) + amount
    total = sum(amount for domain, amount in amounts.items() if domain != "procedural")
    return {domain: amount / total for domain, amount in amounts.items() if domain != "procedural"} if total else {}


def _amounts(said: Sequence[Said], unit: str) -> list[tuple[str, float]]:
    if unit == "words":
        return [(s.domain, float(s.words)) for s in said]
    if unit == "sentences":
        return [(s.domain, 1.0) for s in said]
    if unit == "pages":
        whole: dict[tuple[str | None, int], int] = {}
        for s in said:
            whole[(s.meeting, s.page)] = whole.get((s.meeting, s.page), 0) + s.words
        return [(s.domain, s.words / whole[(s.meeting, s.page)]) for s in said]
    by_item: dict[tuple[str | None, int], dict[str, int]] = {}
    for s in said:
        held = by_item.setdefault((s.meeting, s.item), {})
        held[s.domain] = held.get(s.domain, 0) + s.words
    return [(max(sorted(held), key=lambda d: held[d] if d != "procedural" else -1), 1.0) for held in by_item.values()]
