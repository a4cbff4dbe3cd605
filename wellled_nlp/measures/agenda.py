"""Agenda: where quality stands in the order of a meeting's items, and whether items were decided, discussed or noted."""

from collections.abc import Iterator, Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.measures.facts import sentence_table
from wellled_nlp.settings import AttentionSettings

FIRST = 5  # items: what ICSA counted in 1,277 NHS agendas (Mapping the gap, 2011)
DECIDE, DISCUSS, NOTE = "decide", "discuss", "note"


def measure(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `agenda`, one for each document of the settings' types (all documents where there are none), in order of date.

    An item belongs to the domain with most of its words; one of a left-out domain has no place in the order. Where a document
    numbers items, only those count. first_quality is absent where no item is of quality, every share where there is too little text.
    """
    rows = [_row(day, document, paper, settings) for day, document, paper in _papers(facts, settings)]
    return table.of("agenda", rows)


def first_items(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.Series:
    """The domains of the first five items of every paper, by item id."""
    found = [_order(paper, settings).head(FIRST) for _, _, paper in _papers(facts, settings)]
    return pd.concat(found) if found else pd.Series(dtype="string")


def _papers(facts: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """(meeting, document, the sentences of its agenda items) in order."""
    sentences = sentence_table(facts)
    own = sentences[sentences["doc_type"].isin(settings.doc_types)]
    held = own if len(own) else sentences
    numbers = facts["items"].set_index("item_id")["number"].fillna("")
    for (day, document), paper in held.groupby(["meeting_date", "document_id"], sort=True):
        numbered = paper[paper["item_id"].map(numbers).fillna("").ne("").to_numpy(dtype=bool)]
        yield str(day), str(document), numbered if len(numbered) else paper


def _order(paper: pd.DataFrame, settings: AttentionSettings) -> pd.Series:
    domains = leading(paper)
    return domains[~domains.isin(settings.left_out)]


def _row(day: str, document: str, paper: pd.DataFrame, settings: AttentionSettings) -> tuple[object, ...]:
    substantive = paper[~paper["domain"].isin(settings.left_out)]
    ordered = _order(paper, settings)
    order = [str(domain) for domain in ordered]
    quality = [place for place, domain in enumerate(order, 1) if domain in settings.quality]
    of_first = min(FIRST, len(order))
    in_first = sum(place <= FIRST for place in quality)
    enough = int(substantive["words"].sum()) >= settings.words_minimum
    outcomes = _outcomes(paper[paper["item_id"].isin(ordered.index)])
    return (
        day,
        document,
        len(order),
        len(quality),
        in_first,
        of_first,
        in_first / of_first if enough and of_first else None,
        quality[0] if quality and enough else None,
        *(outcomes.count(outcome) for outcome in (DECIDE, DISCUSS, NOTE)),
        outcomes.count(DECIDE) / len(outcomes) if enough and outcomes else None,
    )


def leading(paper: pd.DataFrame) -> pd.Series:
    """The domain with most words of each item by its id, in the order of the items."""
    ordered = paper.sort_values("position", kind="stable")
    summed = ordered.groupby(["item_id", "domain"], as_index=False)["words"].sum()
    first = summed.sort_values(["item_id", "words", "domain"], ascending=[True, False, True], kind="stable").drop_duplicates("item_id")
    return first.set_index("item_id")["domain"].reindex(ordered["item_id"].unique())


def _outcomes(paper: pd.DataFrame) -> list[str]:
    """decide where an item holds a decision, discuss where it holds a challenge or an action, else note."""
    acts = paper.groupby("item_id")["act"].agg(set)
    return [DECIDE if "decision" in held else DISCUSS if held & {"challenge", "action"} else NOTE for held in acts]
