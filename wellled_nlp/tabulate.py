"""Records to tables: the facts, checked against their contract, in an order that depends on the files alone."""

from collections.abc import Iterable, Sequence

import pandas as pd

from wellled_nlp import table
from wellled_nlp.classify.lexicon import Cue
from wellled_nlp.document import Item, Sentence, Structured, count_words
from wellled_nlp.engine import Outcome
from wellled_nlp.sources import Skipped

PAGE_BOX = ("x0", "y0", "x1", "y1")


def facts(
    outcomes: Sequence[Outcome],
    sentences: Sequence[Sentence],
    labels: pd.DataFrame,
    cues: Sequence[Sequence[Cue]],
    failed: Sequence[Skipped],
) -> dict[str, pd.DataFrame]:
    """The tables of `table.FACTS` by name."""
    read = [outcome.structured for outcome in outcomes if outcome.structured is not None]
    words = _words_by_item(sentences)
    frames: dict[str, Iterable[Sequence[object]]] = {
        "documents": [_document(one, words) for one in read],
        "items": [_item(item, one, words) for one in read for item in one.items],
        "sentences": [_sentence(sentence) for sentence in sentences],
        "skipped": sorted(
            [(one.path, one.page, one.reason) for one in failed] + [row for one in read for row in _unread_pages(one)], key=_by_path
        ),
        "actions": [
            (f"{one.document.document_id}-a{n:03d}", one.document.document_id, a.item_id, a.page, a.text, a.owner, a.due, a.status)
            for one in read
            for n, a in enumerate(one.actions)
        ],
        "action_refs": [(f"{one.document.document_id}-a{n:03d}", a.ref) for one in read for n, a in enumerate(one.actions) if a.ref],
        "decisions": list(_decisions(sentences, labels)),
        "attendance": [(one.document.document_id, a.name, a.role, a.initials, a.status) for one in read for a in one.attendance],
        "papers": [
            (one.document.document_id, p.number, p.label, p.title, p.doc_type, p.first_page, p.last_page)
            for one in read
            for p in one.papers
        ],
        "furniture": [(one.document.document_id, block.page, block.reason, block.text) for one in read for block in one.furniture],
        "cues": [(s.sentence_id, cue.facet, cue.code, cue.term) for s, found in zip(sentences, cues, strict=True) for cue in found],
    }
    built = {name: table.build(table.FACTS[name], rows) for name, rows in frames.items()}
    built["labels"] = labels
    return {name: table.check(built[name], columns, name) for name, columns in table.FACTS.items()}


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


def _sentence(sentence: Sentence) -> tuple[object, ...]:
    box = [round(getattr(sentence.box, side), 1) for side in PAGE_BOX] if sentence.box else [None] * 4
    return (
        sentence.sentence_id,
        sentence.document_id,
        sentence.item_id,
        sentence.page,
        *box,
        sentence.position,
        sentence.heading,
        sentence.previous,
        sentence.text,
        count_words(sentence.text),
    )


def _unread_pages(one: Structured) -> list[tuple[str, int, str]]:
    return [(one.document.path, page.number, page.reason) for page in one.document.pages if page.how == "failed"]


def _by_path(row: Sequence[object]) -> tuple[str, int]:
    return str(row[0]), int(str(row[1] or 0))


def _decisions(sentences: Sequence[Sentence], labels: pd.DataFrame) -> Iterable[tuple[object, ...]]:
    """A decision is a sentence whose act is one, in the papers that record what a meeting did."""
    decided = set(labels.loc[(labels["facet"] == "act") & (labels["code"] == "decision") & labels["assigned"], "sentence_id"])
    count: dict[str, int] = {}
    for sentence in sentences:
        if sentence.sentence_id in decided and sentence.paper_kind == "minutes":
            number = count.get(sentence.document_id, 0)
            count[sentence.document_id] = number + 1
            yield (f"{sentence.document_id}-d{number:03d}", sentence.document_id, sentence.item_id, sentence.page, sentence.text)
