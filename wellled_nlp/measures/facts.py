"""What every measure starts from: one row a sentence with its document, meeting, domain, language and act beside it.

The measures get one mapping of tables: the facts, the sentences as `labelled` gives them, and the tables of the measures before them.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet
from wellled_nlp.settings import AttentionSettings

CHOOSE_ONE = ("domain", "language", "act")
UNDATED = "undated"
SENTENCES = "labelled sentences"
_CODES = "assigned codes of"
# What no measure asks for, and need not be in memory: places on the page, what stood around a sentence, how a label was come by.
_UNUSED_TABLES = ("skipped", "decisions", "papers", "furniture", "cues")
_UNUSED = {"sentences": ("x0", "y0", "x1", "y1", "heading", "previous"), "labels": ("scorer", "score")}
_LIST_ENDS = 80  # sentences: the longest list of people seen had forty rows
_PRINTED = ("name", "role", "initials")
_OTHER_WORDS = 0.5  # share of its words that may be others (people whom the list was not read to name, "item 14/25", "until 3 pm")
_WORD = re.compile(r"\w+")
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rev|Canon)\.? (?:[A-Z][\w'’-]*\.? ?){1,4}"
)
_FEWEST_NAMED = 3  # names with their titles that make a list of a sentence which holds hardly anything else …
_UNNAMED = 0.25  # … that is, so much of it at most ("PRESENT:", "reported apologies from")


def columns() -> dict[str, list[str]]:
    """The tables of facts that measures ask for, and of each the columns."""
    used = {name: held for name, held in table.FACTS.items() if name not in _UNUSED_TABLES}
    return {name: [column for column in held if column not in _UNUSED.get(name, ())] for name, held in used.items()}


def labelled(facts: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The facts, and beside them the sentences with `domain`, `language`, `act`, `doc_type`, `organisation` and `meeting_date`.

    A meeting is "undated" where its date is unknown. What stands before the first item, and lists of people, are no talk of the board:
    their sentences have the fallback of each facet whatever their labels (procedural, neither, report). Made once, for all measures.
    """
    documents = facts["documents"].set_index("document_id")
    frame = facts["sentences"].copy(deep=False)
    given = _given(facts["labels"], frame)
    for facet in CHOOSE_ONE:
        frame[facet] = pd.Series(pd.NA, index=frame.index, dtype="string")
        if facet in given:
            frame.loc[given[facet]["row"], facet] = given[facet]["code"].astype("string").array
    for column in ("doc_type", "organisation"):
        frame[column] = frame["document_id"].map(documents[column]).astype("string")
    frame["meeting_date"] = frame["document_id"].map(documents["meeting_date"]).astype("string").fillna(UNDATED)
    front = frame["item_id"].isin(_front_matter(facts["items"], facts["attendance"]))
    present = _lists_people(frame, facts["attendance"]) | _names_alone(frame["text"]) | front
    for facet in CHOOSE_ONE:
        frame.loc[present, facet] = load_facet(facet).fallback
    return {**facts, SENTENCES: frame, **{f"{_CODES} {facet}": codes for facet, codes in given.items()}}


def _given(labels: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """For each facet the assigned labels of these sentences: code, and the row of the sentence (its index).

    Codes are categories and rows short numbers, for they stay in memory and there are six times as many as sentences.
    """
    places, rows = pd.Index(sentences["sentence_id"]), sentences.index.to_numpy()
    facets, assigned = labels["facet"].to_numpy(), labels["assigned"].to_numpy(dtype=bool, na_value=False)
    given = {}
    for facet in dict.fromkeys(facets):  # one after the other, for the labels are many times the sentences
        of_facet = np.flatnonzero(assigned & (facets == facet))
        place = places.get_indexer(labels["sentence_id"].array[of_facet])
        codes = labels["code"].array[of_facet[place >= 0]]
        if len(codes):
            given[str(facet)] = pd.DataFrame({"code": codes.astype("category"), "row": rows[place[place >= 0]].astype(np.int32)})
    return given


def _lists_people(sentences: pd.DataFrame, attendance: pd.DataFrame) -> pd.Series:
    """Whether a sentence near the beginning of its document is made of the names, roles and initials of its attendance list."""
    found = pd.Series(False, index=sentences.index)
    first = dict(list(sentences[sentences["position"] < _LIST_ENDS].groupby("document_id")["text"]))
    for document, people in attendance.groupby("document_id"):
        held = first.get(document, sentences["text"].iloc[:0])
        names = [name for name in people["name"].dropna() if name]
        known = sorted({one for column in _PRINTED for one in people[column].dropna() if one}, key=lambda one: (-len(one), one))
        if held.empty or not names:
            continue
        listed = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in known))
        named = held[held.str.contains("|".join(map(re.escape, names)))]
        left = named.map(lambda text, listed=listed: len(_WORD.findall(listed.sub(" ", text))) / max(len(_WORD.findall(text)), 1))
        found[named.index] = left <= _OTHER_WORDS
    return found


def _front_matter(items: pd.DataFrame, attendance: pd.DataFrame) -> pd.Series:
    """Ids of the items that stand before the first numbered one of minutes with a list of those present: title, date, place and people."""
    minuted = items[(items["kind"] == "minutes") & items["document_id"].isin(attendance["document_id"])]
    numbered = minuted["number"].fillna("").ne("")
    return minuted.loc[
        ~numbered & (minuted["position"] == 0) & minuted["document_id"].isin(minuted.loc[numbered, "document_id"]), "item_id"
    ]


def _names_alone(texts: pd.Series) -> pd.Series:
    """Whether a sentence, wherever it stands, is a list of people with their titles, such as of those who voted."""
    return pd.Series(
        [text.count(", ") >= _FEWEST_NAMED - 1 and _mostly_named(text) for text in texts.tolist()], index=texts.index, dtype=bool
    )


def _mostly_named(text: str) -> bool:
    left, names = _NAMED.subn(" ", text)
    return names >= _FEWEST_NAMED and len(_WORD.findall(left)) <= _UNNAMED * len(_WORD.findall(text))


def sentence_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All sentences, as `labelled` made them."""
    return tables[SENTENCES]


def own_sentences(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """The sentences of the papers that record the board's own doing (the settings' document types); of all papers where there are none.

    Minutes in which nothing could be read are minutes all the same: other papers do not take their place.
    """
    sentences = tables[SENTENCES]
    if not tables["documents"]["doc_type"].isin(settings.doc_types).any():
        return sentences
    return sentences[sentences["doc_type"].isin(settings.doc_types)]


def assigned_codes(tables: Mapping[str, pd.DataFrame], facet: str) -> pd.DataFrame:
    """(sentence_id, code, row) of the assigned labels of one facet; row: of the sentence in `sentence_table`."""
    held = tables.get(f"{_CODES} {facet}")
    if held is None:
        return pd.DataFrame({"sentence_id": [], "code": [], "row": []}).astype({"row": int})
    ids = tables[SENTENCES]["sentence_id"].loc[held["row"]].array
    return pd.DataFrame({"sentence_id": ids, "code": held["code"].astype("string"), "row": held["row"].astype(int)})


def coded(tables: Mapping[str, pd.DataFrame], facet: str, sentences: pd.DataFrame) -> pd.DataFrame:
    """For each assigned label of the facet that one of these sentences (rows of `sentence_table`) has, that sentence with the `code`."""
    codes = assigned_codes(tables, facet)
    place = sentences.index.get_indexer(codes["row"])
    return sentences.take(place[place >= 0]).assign(code=codes["code"].array[place >= 0])
