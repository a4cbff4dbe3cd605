"""Maturity of the governance of improvement: the eight dimensions of Jones and others (2017) and the six common elements of CQC (2018).

A level is given only where a published descriptor can be decided from papers, and enough meetings are recorded; for all others the table
says that papers cannot tell, and which signals of it were found. Descriptors and bounds are data (`data/maturity.toml`).
"""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook import load_facet, load_signals
from wellled_nlp.codebook.maturity import CANT_TELL, Dimension, Level, Maturity, Question, load_maturity
from wellled_nlp.codebook.signals import ELEMENTS
from wellled_nlp.measures.facts import UNDATED, own_sentences
from wellled_nlp.settings import AttentionSettings

DIMENSIONS = "jones-2017"
_PRESENT = "present"
_EVIDENCE = 12  # sentences
_Tables = Mapping[str, pd.DataFrame]
_Value = tuple[float | None, int]  # a figure, and how many things (items, sentences, gaps, meetings) it is a share of


def measure(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings) -> pd.DataFrame:
    """Rows of the table `maturity`: one a figure of each question, one for a dimension or element that has no question.

    Takes the tables `agenda_items`, `balance`, `gaps` and `signals`.
    """
    known = load_maturity()
    values = {name: figure(tables, settings, known) for name, figure in _FIGURES.items()}
    meetings = own_sentences(tables, settings)["document_id"].nunique()
    rows = [row for one in known.dimensions for row in _dimension(one, values, meetings >= known.meetings_minimum, tables, settings)]
    for code in load_facet(ELEMENTS).codes:
        found = _signals(tables, settings, lambda signal, code=code.id: signal.element == code)
        rows.append((ELEMENTS, code.id, code.title, None, None, CANT_TELL, None, None, None, None, None, *found))
    return table.of("maturity", rows)


def _dimension(
    one: Dimension,
    values: Mapping[str, _Value],
    enough: bool,
    tables: Mapping[str, pd.DataFrame],
    settings: AttentionSettings,
) -> Iterator[tuple[object, ...]]:
    known = load_maturity()
    found = _signals(tables, settings, lambda signal: signal.dimension == one.id)
    head = (DIMENSIONS, one.id, one.title)
    if not one.questions:
        yield (*head, None, None, CANT_TELL, None, None, None, None, None, *found)
    for question in one.questions:
        held = _held(question, {name: value for name, (value, _) in values.items()}) if enough else None
        level = (held.level, held.says) if held else (CANT_TELL, None)
        for name in question.figures:
            value, of = values[name]
            yield (*head, question.id, question.title, *level, name, known.figures[name].title, value, of, *found)


def _held(question: Question, values: dict[str, float | None]) -> Level | None:
    return next((level for level in question.levels if level.holds(values)), None)


def _signals(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings, bears: Callable[..., bool]) -> tuple[object, ...]:
    """How many of these signals the papers show and how many there are, their ids, and their best sentences."""
    of = [signal.id for signal in load_signals(settings.signals) if bears(signal)]
    held = tables["signals"]
    shown = held[held["signal"].isin(of) & (held["status"] == _PRESENT)]
    return len(shown), len(of), " ".join(shown["signal"]), " ".join(shown["sentence_id"].iloc[:_EVIDENCE])


def _improvement_places(tables: Mapping[str, pd.DataFrame], settings: AttentionSettings, known: Maturity) -> pd.Series:
    """For each document with agenda items the place of its first item on improvement, 0 (first) to 1 (last); absent where it has none."""
    sentences = own_sentences(tables, settings)
    held = sentences[~sentences["domain"].isin(settings.left_out)]
    said = held["language"].isin(["improvement", "both"]).groupby(held["item_id"]).agg(["sum", "mean"])
    on_improvement = said.index[(said["sum"] >= known.item_sentences) & (said["mean"] >= known.item_share)]
    items = tables["agenda_items"]
    last = items.groupby("document_id", sort=True)["place"].max()
    first = items[items["item_id"].isin(on_improvement)].groupby("document_id")["place"].min().reindex(last.index)
    return (first - 1) / (last - 1).clip(lower=1)


def _agenda_meetings(tables: _Tables, settings: AttentionSettings, known: Maturity) -> _Value:
    places = _improvement_places(tables, settings, known)
    return (float(places.notna().mean()) if len(places) else None), len(places)


def _agenda_place(tables: _Tables, settings: AttentionSettings, known: Maturity) -> _Value:
    places = _improvement_places(tables, settings, known).dropna()
    return (float(places.mean()) if len(places) else None), len(places)


def _data_meetings(tables: _Tables, settings: AttentionSettings, known: Maturity) -> _Value:
    sentences = own_sentences(tables, settings)
    meetings = sentences.loc[sentences["meeting_date"] != UNDATED, "meeting_date"].unique()
    hits = tables["signal_hits"]
    shown = hits.loc[hits["signal"].isin(known.figures["data_meetings"].signals) & (hits["status"] == _PRESENT), "sentence_id"]
    everywhere = tables["sentences"].merge(tables["documents"][["document_id", "meeting_date"]], on="document_id")
    days = set(everywhere.loc[everywhere["sentence_id"].isin(shown), "meeting_date"])
    return (len(days & set(meetings)) / len(meetings) if len(meetings) else None), len(meetings)


def _improvement_of_language(tables: _Tables, *_: object) -> _Value:
    of_all = tables["balance"][tables["balance"]["by"] == "all"]
    improvement = int(of_all["improvement"].sum() + of_all["both"].sum())
    said = improvement + int(of_all["assurance"].sum())
    return (improvement / said if said else None), said


def _gaps_improved(tables: _Tables, *_: object) -> _Value:
    gaps = tables["gaps"].drop_duplicates("sentence_id")
    return (float((gaps["status"] == "improvement").mean()) if len(gaps) else None), len(gaps)


_FIGURES: dict[str, Callable[[_Tables, AttentionSettings, Maturity], _Value]] = {
    "agenda_meetings": _agenda_meetings,
    "agenda_place": _agenda_place,
    "data_meetings": _data_meetings,
    "improvement_of_language": _improvement_of_language,
    "gaps_improved": _gaps_improved,
}
