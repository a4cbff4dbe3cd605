"""Which documents count: of a draft and its confirmed form, or two forms of the same minutes, one.

Both stay in the library and in the table `documents`, which says which is not counted and why; the other tables hold what is counted. Two
papers are forms of one only where organisation, type and meeting date are the same and most of their sentences are: two committees that
met on one day both count.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import pandas as pd

from wellled_nlp import datapackage

Facts = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class _Rules:
    doc_types: tuple[str, ...]
    overlap: float
    overlap_marked: float
    fewest_sentences: int
    title_words: int
    title_sentences: int
    final: re.Pattern[str]
    draft: re.Pattern[str]


@dataclass(frozen=True)
class _Form:
    """One form of a paper. standing: 1 where it says that it is confirmed, -1 where it says that it is a draft, else 0."""

    document_id: str
    path: str
    standing: int
    words: int
    sentences: frozenset[str]


def judge(documents: pd.DataFrame, said: Callable[[Collection[str]], Facts]) -> pd.DataFrame:
    """The table `documents` with `counted` and `why_not_counted` filled in.

    said: the tables `sentences` and `furniture` of the documents with these ids; asked of few, those that may be forms of one paper.
    """
    why = _not_counted(documents, said)
    judged = documents.copy()
    judged["why_not_counted"] = judged["document_id"].map(why).astype("string")
    judged["counted"] = judged["why_not_counted"].isna().astype("boolean")
    return judged


def counted(facts: Facts) -> dict[str, pd.DataFrame]:
    """The tables as the measures see them: of the documents, too, only those that count."""
    documents = facts["documents"]
    return {**facts, "documents": documents[documents["counted"]].reset_index(drop=True)}


def _not_counted(documents: pd.DataFrame, said: Callable[[Collection[str]], Facts]) -> dict[str, str]:
    """For each document that does not count the reason, by its id."""
    rules = _rules()
    candidates = documents[documents["doc_type"].isin(rules.doc_types) & documents["meeting_date"].notna()]
    why: dict[str, str] = {}
    for (_, doc_type, _), rows in candidates.groupby([candidates["organisation"].str.casefold(), "doc_type", "meeting_date"], sort=True):
        if len(rows) > 1:
            facts = said(set(rows["document_id"]))
            forms = [_form(str(row.document_id), str(row.path), int(row.words), facts, rules) for row in rows.itertuples()]
            why |= _among(forms, str(doc_type), rules)
    return why


def _among(forms: Sequence[_Form], doc_type: str, rules: _Rules) -> dict[str, str]:
    """Confirmed before others before drafts, the longer first: each gives way to the first before it that is the same paper."""
    ordered = sorted(forms, key=lambda one: (-one.standing, -one.words, one.path, one.document_id))
    standing: list[_Form] = []
    why: dict[str, str] = {}
    for one in ordered:
        better = next((other for other in standing if _same_paper(one, other, rules)), None)
        if better is None:
            standing.append(one)
        else:
            what = {1: "the confirmed form", 0: "another form", -1: "another draft"}[better.standing]
            why[one.document_id] = f"{Path(better.path).name} is {what} of these {doc_type}, and is counted"
    return why


def _same_paper(one: _Form, other: _Form, rules: _Rules) -> bool:
    longer = max(len(one.sentences), len(other.sentences))
    if longer < rules.fewest_sentences:
        return False
    least = rules.overlap if one.standing == other.standing else rules.overlap_marked
    return len(one.sentences & other.sentences) / longer >= least


def _form(document_id: str, path: str, words: int, facts: Facts, rules: _Rules) -> _Form:
    sentences = facts["sentences"]
    said = [str(text) for text in sentences.loc[sentences["document_id"] == document_id, "text"]]
    furniture = facts["furniture"]
    running = furniture.loc[furniture["document_id"] == document_id, "text"].unique()
    titles = [*said[: rules.title_sentences], *map(str, running)]
    marks = [re.sub(r"[_\W]+", " ", Path(path).stem), *(text for text in titles if len(text.split()) <= rules.title_words)]
    final, draft = (any(pattern.search(text) for text in marks) for pattern in (rules.final, rules.draft))
    plain = frozenset(" ".join(text.casefold().split()) for text in said)
    return _Form(document_id, path, int(final) - int(draft), words, plain)


def without(facts: Facts, documents: set[str]) -> dict[str, pd.DataFrame]:
    """The tables without the rows of these documents; those of files that were not read, and of pages, stay."""
    if not documents:
        return dict(facts)
    owners = {column: name for name, column in datapackage.KEYS.items()}
    kept = {name: frame[~frame["document_id"].isin(documents)] for name, frame in facts.items() if "document_id" in frame}
    for name, frame in facts.items():
        column = next((column for column in frame if column in owners and owners[column] in kept), None)
        if name not in kept and column is not None:
            kept[name] = frame[frame[column].isin(kept[owners[column]][column])]
    return {name: kept.get(name, frame).reset_index(drop=True) for name, frame in facts.items()}


@cache
def _rules() -> _Rules:
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "superseded.toml").read_text(encoding="utf-8"))
    values["doc_types"] = tuple(values["doc_types"])
    return _Rules(**values | {name: re.compile(values[name], re.IGNORECASE) for name in ("final", "draft")})
