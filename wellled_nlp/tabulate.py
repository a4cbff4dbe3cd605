"""Records to tables: the facts, checked against their contract, in an order that depends on the files alone."""

from collections.abc import Iterable, Sequence

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify.lexicon import Cue
from wellled_nlp.codebook import SHIPPED, Facet, load_facet
from wellled_nlp.document import Box, Item, Risk, Sentence, Structured, count_words

PAGE_BOX = ("x0", "y0", "x1", "y1")


def facts(
    read: Sequence[Structured],
    sentences: Sequence[Sentence],
    labels: pd.DataFrame,
    cues: Sequence[Sequence[Cue]],
    signal_hits: pd.DataFrame,
    frameworks: Sequence[Facet] = (),
) -> dict[str, pd.DataFrame]:
    """The tables of `table.FACTS` by name. frameworks: those labelled beside the ones of the models."""
    words = _words_by_item(sentences)
    frames: dict[str, Iterable[Sequence[object]]] = {
        "documents": [_document(one, words) for one in read],
        "items": [_item(item, one, words) for one in read for item in one.items],
        "sentences": [_sentence(sentence) for sentence in sentences],
        "skipped": [row for one in read for row in _unread_pages(one)],
        "actions": [
            (f"{one.document.document_id}-a{n:03d}", one.document.document_id, a.item_id, a.page, a.text, a.owner, a.due, a.status)
            for one in read
            for n, a in enumerate(one.actions)
        ],
        "action_refs": [(f"{one.document.document_id}-a{n:03d}", a.ref) for one in read for n, a in enumerate(one.actions) if a.ref],
        "risks": [_risk(n, risk, one) for one in read for n, risk in enumerate(one.risks)],
        "charts": [(one.document.document_id, chart.page, chart.kind, chart.why, *_box(chart.box)) for one in read for chart in one.charts],
        "attendance": [(one.document.document_id, a.name, a.role, a.initials, a.status) for one in read for a in one.attendance],
        "papers": [
            (one.document.document_id, p.number, p.label, p.title, p.doc_type, p.first_page, p.last_page)
            for one in read
            for p in one.papers
        ],
        "furniture": [(one.document.document_id, block.page, block.reason, block.text) for one in read for block in one.furniture],
        "codes": codes(frameworks),
        "cues": [(s.sentence_id, cue.facet, cue.code, cue.term) for s, found in zip(sentences, cues, strict=True) for cue in found],
    }
    built = {name: table.build(table.FACTS[name], rows) for name, rows in frames.items()}
    built["labels"] = labels
    built["decisions"] = decisions(built["sentences"], built["items"], labels)
    built["signal_hits"] = signal_hits
    built["corrections"] = table.of("corrections", [])  # kept beside the library, and laid over it as a whole
    return {name: table.check(built[name], columns, name) for name, columns in table.FACTS.items()}


def codes(frameworks: Iterable[Facet]) -> Iterable[tuple[object, ...]]:
    """Rows of the table `codes`: the parents, then the codes, of each facet of the models and of these frameworks."""
    for facet in (*(load_facet(name) for name in SHIPPED), *frameworks):
        for name, held, maximum in ((facet.parent_name, facet.parents, None), (facet.name, facet.codes, facet.maximum)):
            for code in held:
                yield (facet.id, name, code.id, code.title, code.text, code.parent or None, maximum, code.id == facet.fallback)


def doubts(one: Structured) -> pd.DataFrame:
    """What the machine was in doubt about in a document: `path` and `text`."""
    return table.build({"path": table.TEXT, "text": table.TEXT}, [(one.document.path, text) for text in one.doubts])


def _words_by_item(sentences: Iterable[Sentence]) -> dict[str, int]:
    words: dict[str, int] = {}
    for sentence in sentences:
        words[sentence.item_id] = words.get(sentence.item_id, 0) + count_words(sentence.text)
    return words


def _document(one: Structured, words: dict[str, int]) -> tuple[object, ...]:
    pages = one.document.pages
    how = [page.how for page in pages]
    return (
        one.document.document_id,
        one.document.path,
        one.document.sha256,
        one.document.format,
        one.organisation,
        one.doc_type,
        one.meeting_date.isoformat() if one.meeting_date else None,
        len(pages),
        len(pages) - how.count("failed"),
        how.count("ocr"),
        how.count("failed"),
        sum(words.get(item.item_id, 0) for item in one.items),
        True,  # by itself; the library knows of other forms of it
        None,
    )


def _item(item: Item, one: Structured, words: dict[str, int]) -> tuple[object, ...]:
    return (
        item.item_id,
        one.document.document_id,
        item.position,
        item.number,
        item.title,
        item.kind,
        item.first_page,
        item.last_page,
        item.clock_start,
        item.clock_minutes,
        words.get(item.item_id, 0),
    )


def _risk(number: int, risk: Risk, one: Structured) -> tuple[object, ...]:
    return (
        f"{one.document.document_id}-r{number:03d}",
        one.document.document_id,
        risk.item_id,
        risk.page,
        risk.kind,
        risk.ref,
        risk.title,
        risk.likelihood,
        risk.impact,
        risk.score,
        risk.initial_score,
        risk.previous_score,
        risk.target_score,
        risk.level,
        risk.actions,
        risk.owner,
        risk.source,
    )


def _box(box: Box | None) -> list[float | None]:
    return [round(getattr(box, side), 1) for side in PAGE_BOX] if box else [None] * 4


def _sentence(sentence: Sentence) -> tuple[object, ...]:
    return (
        sentence.sentence_id,
        sentence.document_id,
        sentence.item_id,
        sentence.page,
        *_box(sentence.box),
        sentence.position,
        sentence.heading,
        sentence.previous,
        sentence.text,
        count_words(sentence.text),
    )


def _unread_pages(one: Structured) -> list[tuple[str, int, str]]:
    return [(one.document.path, page.number, page.reason) for page in one.document.pages if page.how == "failed"]


def decisions(sentences: pd.DataFrame, items: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The table of that name: a decision is a sentence whose act is one, in the papers that record what a meeting did."""
    decided = labels.loc[(labels["facet"] == "act") & (labels["code"] == "decision") & labels["assigned"], "sentence_id"]
    minutes = items.loc[items["kind"] == "minutes", "item_id"]
    held = sentences[sentences["sentence_id"].isin(decided) & sentences["item_id"].isin(minutes)]
    numbers = held.groupby("document_id").cumcount()
    rows = zip(held["document_id"], numbers, held["item_id"], held["page"], held["text"], strict=True)
    return table.of("decisions", [(f"{document}-d{number:03d}", document, item, page, text) for document, number, item, page, text in rows])
