"""Challenge: the questions that members put, by domain, theme and type, and whether an answer, an action or a decision follows.

Types after Sheaff and others 2015. Minutes shorten a discussion, so a challenge without a recorded answer need not have had none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import assigned_codes, own_sentences
from wellled_nlp.settings import AttentionSettings

LEXICON, TYPES = "challenge", "challenge-2015"
_ROW = " | "  # between the cells of a table's row
_TOLD = ("report", "noting", "challenge")  # acts of sentences that may hold an answer


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `challenge`, one a challenge in the order of the papers.

    Consecutive sentences of challenge in one item are one challenge, which one of them opens with a cue of the lexicon. What follows is
    looked for up to the next challenge or the end of the item. Items of the public's own questions and rows of tables are left out.
    """
    held = own_sentences(tables, settings)
    titles = tables["items"].set_index("item_id")["title"].fillna("")
    public = titles.index[wording.found(titles, LEXICON, "public").ne("")]
    held = held[~held["item_id"].isin(public) & ~held["text"].str.contains(_ROW, regex=False)]
    held = held.sort_values(["meeting_date", "document_id", "position"], kind="stable").reset_index(drop=True)
    runs = _runs(held)
    codes = assigned_codes(tables, load_facet("kloe-2017").parent_name)
    asked = {held.at[place, "sentence_id"] for first, last in runs for place in range(first, last)}
    themes = codes[codes["sentence_id"].isin(asked)].groupby("sentence_id")["code"].agg(sorted).to_dict()
    texts = pd.Series([" ".join(held["text"].iloc[first:last]) for first, last in runs], dtype="string")
    types = _types(texts)
    ends = [*(first for first, _ in runs[1:]), len(held)][: len(runs)]
    columns = {name: held[name].tolist() for name in ("sentence_id", "document_id", "item_id", "meeting_date", "domain", "act")}
    replied = _replies(held, runs)
    rows = [_row(columns, replied, first, last, end, kind, themes) for (first, last), end, kind in zip(runs, ends, types, strict=True)]
    return table.of("challenge", rows)


def _runs(held: pd.DataFrame) -> list[tuple[int, int]]:
    """(first row, row after the last) of each challenge; a sentence that was labelled as challenge and is worded as a reply ends it."""
    asked = (held["act"] == "challenge").to_numpy(dtype=bool, na_value=False)
    opens = np.zeros(len(held), dtype=bool)
    opens[asked] = wording.found(held.loc[asked, "text"], LEXICON, "opens").ne("").to_numpy(dtype=bool)
    replies = np.zeros(len(held), dtype=bool)
    replies[asked] = wording.found(held.loc[asked, "text"], LEXICON, "reply").ne("").to_numpy(dtype=bool)
    goes_on = asked & (opens | ~replies)
    items = held["item_id"].to_numpy()
    runs: list[tuple[int, int]] = []
    for place in np.flatnonzero(opens):
        if runs and runs[-1][1] > place:
            continue
        last = int(place) + 1
        while last < len(held) and goes_on[last] and items[last] == items[place]:
            last += 1
        runs.append((int(place), last))
    return runs


def _types(texts: pd.Series) -> list[str]:
    """The first type of the facet, in its order, that has a cue in the text; the fallback where none has."""
    facet = load_facet(TYPES)
    kinds = pd.Series(facet.fallback, index=texts.index, dtype="string")
    for code in reversed(facet.code_ids):
        if code != facet.fallback:
            kinds[wording.found(texts, LEXICON, code).ne("")] = code
    return [str(kind) for kind in kinds]


def _replies(held: pd.DataFrame, runs: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether each sentence of an item with a challenge may hold an answer and is worded as one; what the asker says next holds none."""
    asked = held["item_id"].isin({held["item_id"].iat[first] for first, _ in runs})
    may = (asked & held["act"].isin(_TOLD)).to_numpy(dtype=bool, copy=True)
    goes_on = asked.to_numpy(dtype=bool, copy=True)
    goes_on[goes_on] = wording.found(held.loc[goes_on, "text"], LEXICON, "goes on").ne("").to_numpy(dtype=bool)
    for _, last in runs:
        place = last
        while place < len(held) and goes_on[place]:
            may[place] = False
            place += 1
    may[may] = wording.found(held.loc[may, "text"], LEXICON, "reply").ne("").to_numpy(dtype=bool)
    return may.tolist()


def _row(
    held: Mapping[str, list[Any]], replied: Sequence[bool], first: int, last: int, end: int, kind: str, themes: Mapping[str, list[str]]
) -> tuple[object, ...]:
    """The row of the challenge that takes the rows of `held` from `first` on and ends before `last`; the next one begins at `end`."""
    item = held["item_id"][first]
    after = [place for place in range(last, end) if held["item_id"][place] == item]
    acts = {held["act"][place] for place in after}
    return (
        held["sentence_id"][first],
        held["document_id"][first],
        item,
        held["meeting_date"][first],
        last - first,
        held["domain"][first],
        " ".join(sorted({theme for one in held["sentence_id"][first:last] for theme in themes.get(one, [])})),
        kind,
        any(replied[place] for place in after),
        "action" in acts,
        "decision" in acts,
    )
