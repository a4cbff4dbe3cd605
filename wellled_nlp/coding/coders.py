"""Several coders side by side: filled-in files in; a table of agreement, and every sentence on which they differ, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from wellled_nlp.coding import agreement, codes, forms
from wellled_nlp.coding.agreement import Labels
from wellled_nlp.coding.records import Answer
from wellled_nlp.errors import InputError

COLUMNS = (
    "facet",
    "code",
    "coders",
    "sentences",
    "same",
    "percent",
    "coded",
    "coded_same",
    "coded_percent",
    "kappa",
    "kappa_low",
    "kappa_high",
    "alpha",
    "alpha_low",
    "alpha_high",
)
ALL = "all"
_DECIMALS = 4


@dataclass(frozen=True)
class Coders:
    """answers: for each coder, in the order of the files, the answers by sentence; sentences: one answer a sentence, in their order."""

    answers: dict[str, dict[str, Answer]]
    sentences: dict[str, Answer]


def read(paths: Sequence[Path]) -> Coders:
    """The coders of these files; one that names no coder is a coder of its own, called by its name. Raises InputError."""
    answers: dict[str, dict[str, Answer]] = {}
    sentences: dict[str, Answer] = {}
    for path in paths:
        rows = forms.read(path)
        named = {row.coder for row in rows} - {""}
        here: dict[str, dict[str, Answer]] = {}
        for row in rows:
            first = sentences.setdefault(row.sentence_id, row)
            if row.hash and first.hash and row.hash != first.hash:
                raise InputError(
                    f"{path}, row {row.row}: sentence {row.sentence_id} has another text here.", "Compare files of one sample."
                )
            coder = row.coder or (next(iter(named)) if len(named) == 1 else path.stem)
            here.setdefault(coder, {})[row.sentence_id] = row
        for coder, held in here.items():
            answers[coder if coder not in answers else f"{coder} ({path})"] = held
    if len(answers) < 2:
        raise InputError("There is one coder alone.", "Give the files of two coders or more.")
    return Coders(answers, sentences)


def table(coders: Coders) -> pd.DataFrame:
    """Rows of COLUMNS: for each facet (`code` is `all`) and each code that anybody gave, all coders together and, of more than two, each
    pair. kappa is given for pairs, alpha for all together; figures are empty where they cannot be told.
    """
    names = list(coders.answers)
    pairs = list(combinations(range(len(names)), 2))
    rows: list[tuple[object, ...]] = []
    for facet in codes.names():
        labels = _labels(coders, facet)
        if not (labels.coded.sum(axis=0) > 1).any():
            continue
        ids = codes.ids(facet)
        used = [place for place in range(len(ids)) if labels.given[:, :, place].any()]
        for code, part in [(ALL, labels), *((ids[place], labels.code(place)) for place in used)]:
            rows.append((facet, code, ", ".join(names), *_row(part, ALL)))
            if len(names) > 2:
                for pair in pairs:
                    two = Labels(part.given[list(pair)], part.coded[list(pair)])
                    rows.append((facet, code, ", ".join(names[one] for one in pair), *_row(two, "pair")))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def disagreements(coders: Coders) -> pd.DataFrame:
    """One row a sentence and facet on which those who coded it differ: sentence_id, facet, each coder's codes, text."""
    rows = []
    for sentence_id, shown in coders.sentences.items():
        for facet in codes.facets():
            held = [answers.get(sentence_id) for answers in coders.answers.values()]
            given = [None if one is None or facet not in one.given else codes.joined(one.given[facet]) for one in held]
            if len(set(given) - {None}) > 1:
                rows.append((sentence_id, facet, *(one or "" for one in given), shown.text))
    return pd.DataFrame(rows, columns=["sentence_id", "facet", *coders.answers, "text"], dtype=object)


def below(found: pd.DataFrame, least: float) -> list[str]:
    """The facets whose alpha over all coders is under `least`, or cannot be told."""
    whole = found[(found["code"] == ALL)].drop_duplicates("facet")
    return [row.facet for row in whole.itertuples() if not row.alpha >= least]


def _labels(coders: Coders, facet: str) -> Labels:
    ids = codes.ids(facet)
    given = np.zeros((len(coders.answers), len(coders.sentences), len(ids)), dtype=bool)
    coded = np.zeros(given.shape[:2], dtype=bool)
    for coder, answers in enumerate(coders.answers.values()):
        for place, sentence_id in enumerate(coders.sentences):
            one = answers.get(sentence_id)
            held = codes.with_parents(one.given) if one else {}
            if facet in held:
                coded[coder, place] = True
                given[coder, place] = [code in held[facet] for code in ids]
    return Labels(given, coded)


def _row(labels: Labels, which: str) -> tuple[object, ...]:
    same, sentences = agreement.same(labels)
    both, either = agreement.on_coded(labels)
    two = len(labels.given) == 2
    figures = [*(agreement.kappa(labels) if two else _absent()), *(agreement.alpha(labels) if which == ALL else _absent())]
    return (sentences, same, _share(same, sentences), either, both, _share(both, either), *(round(one, _DECIMALS) for one in figures))


def _absent() -> agreement.Figures:
    return (float("nan"),) * 3


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else float("nan")
