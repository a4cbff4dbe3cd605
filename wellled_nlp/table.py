"""What travels next, from classification to reports: the columns and types of every table, written once.

`build` makes a table from rows and `check` refuses one that departs from the contract in `docs/outputs.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

TEXT, WHOLE, NUMBER, FLAG = "string", "Int64", "Float64", "boolean"

DOCUMENTS = {
    "document_id": TEXT,
    "path": TEXT,
    "sha256": TEXT,
    "format": TEXT,
    "organisation": TEXT,
    "doc_type": TEXT,
    "meeting_date": TEXT,
    "pages": WHOLE,
    "pages_read": WHOLE,
    "pages_ocr": WHOLE,
    "pages_failed": WHOLE,
    "words": WHOLE,
}
ITEMS = {
    "item_id": TEXT,
    "document_id": TEXT,
    "position": WHOLE,
    "number": TEXT,
    "title": TEXT,
    "kind": TEXT,
    "first_page": WHOLE,
    "last_page": WHOLE,
    "clock_start": TEXT,
    "clock_minutes": NUMBER,
    "words": WHOLE,
}
SENTENCES = {
    "sentence_id": TEXT,
    "document_id": TEXT,
    "item_id": TEXT,
    "page": WHOLE,
    "x0": NUMBER,
    "y0": NUMBER,
    "x1": NUMBER,
    "y1": NUMBER,
    "position": WHOLE,
    "heading": TEXT,
    "previous": TEXT,
    "text": TEXT,
    "words": WHOLE,
}
LABELS = {
    "sentence_id": TEXT,
    "facet": TEXT,
    "code": TEXT,
    "scorer": TEXT,
    "score": NUMBER,
    "assigned": FLAG,
}
SKIPPED = {"path": TEXT, "page": WHOLE, "reason": TEXT}
ACTIONS = {
    "action_id": TEXT,
    "document_id": TEXT,
    "item_id": TEXT,
    "page": WHOLE,
    "text": TEXT,
    "owner": TEXT,
    "due": TEXT,
    "status": TEXT,
}
ACTION_REFS = {"action_id": TEXT, "ref": TEXT}
DECISIONS = {"decision_id": TEXT, "document_id": TEXT, "item_id": TEXT, "page": WHOLE, "text": TEXT}
ATTENDANCE = {"document_id": TEXT, "name": TEXT, "role": TEXT, "initials": TEXT, "status": TEXT}
PAPERS = {
    "document_id": TEXT,
    "number": WHOLE,
    "label": TEXT,
    "title": TEXT,
    "doc_type": TEXT,
    "first_page": WHOLE,
    "last_page": WHOLE,
}
CUES = {"sentence_id": TEXT, "facet": TEXT, "code": TEXT, "term": TEXT}
FURNITURE = {"document_id": TEXT, "page": WHOLE, "reason": TEXT, "text": TEXT}

FACTS = {
    "documents": DOCUMENTS,
    "items": ITEMS,
    "sentences": SENTENCES,
    "labels": LABELS,
    "skipped": SKIPPED,
    "actions": ACTIONS,
    "action_refs": ACTION_REFS,
    "decisions": DECISIONS,
    "attendance": ATTENDANCE,
    "papers": PAPERS,
    "furniture": FURNITURE,
    "cues": CUES,
}

COVERAGE = {
    "facet": TEXT,
    "code": TEXT,
    "title": TEXT,
    "sentences": WHOLE,
    "share": NUMBER,
    "of_sentences": WHOLE,
    "documents": WHOLE,
    "meetings": WHOLE,
    "first_seen": TEXT,
    "last_seen": TEXT,
}
ATTENTION = {
    "basis": TEXT,
    "level": TEXT,
    "key": TEXT,
    "unit": TEXT,
    "domain": TEXT,
    "amount": NUMBER,
    "total": NUMBER,
    "left_out": NUMBER,
    "share": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "meetings": WHOLE,
    "verdict": TEXT,
}
BALANCE = {
    "by": TEXT,
    "code": TEXT,
    "title": TEXT,
    "sentences": WHOLE,
    "assurance": WHOLE,
    "improvement": WHOLE,
    "both": WHOLE,
    "neither": WHOLE,
    "assurance_share": NUMBER,
    "improvement_share": NUMBER,
}
ACTS = {
    "meeting_date": TEXT,
    "domain": TEXT,
    "sentences": WHOLE,
    "challenge": WHOLE,
    "decision": WHOLE,
    "action": WHOLE,
    "noting": WHOLE,
    "report": WHOLE,
}
THEMES = {"meeting_date": TEXT, "theme": TEXT, "title": TEXT, "sentences": WHOLE, "words": WHOLE, "share": NUMBER, "of_words": WHOLE}
TREND = {
    "series": TEXT,
    "meeting_date": TEXT,
    "n": WHOLE,
    "value": NUMBER,
    "mean": NUMBER,
    "lower": NUMBER,
    "upper": NUMBER,
    "limits": TEXT,
    "point": TEXT,
    "rule": TEXT,
}
CARRIED = {
    "sentence_id": TEXT,
    "document_id": TEXT,
    "meeting_date": TEXT,
    "words": WHOLE,
    "carried_from": TEXT,
    "from_meeting": TEXT,
    "similarity": NUMBER,
}

GAPS = {
    "sentence_id": TEXT,
    "meeting_date": TEXT,
    "domain": TEXT,
    "restated": WHOLE,
    "status": TEXT,
    "reply": TEXT,
    "reply_id": TEXT,
    "reply_meeting": TEXT,
    "similarity": NUMBER,
}
CHALLENGE = {
    "sentence_id": TEXT,
    "document_id": TEXT,
    "item_id": TEXT,
    "meeting_date": TEXT,
    "sentences": WHOLE,
    "domain": TEXT,
    "themes": TEXT,
    "type": TEXT,
    "answered": FLAG,
    "action": FLAG,
    "decision": FLAG,
}
ACTION_HISTORY = {
    "action": TEXT,
    "ref": TEXT,
    "text": TEXT,
    "owner": TEXT,
    "meeting_date": TEXT,
    "action_id": TEXT,
    "due": TEXT,
    "status": TEXT,
    "state": TEXT,
    "matched": TEXT,
    "logs": WHOLE,
    "left_open": FLAG,
}
AGENDA = {
    "meeting_date": TEXT,
    "document_id": TEXT,
    "items": WHOLE,
    "quality_items": WHOLE,
    "first_five_quality": WHOLE,
    "of_first_five": WHOLE,
    "first_five_share": NUMBER,
    "first_quality": WHOLE,
    "decide": WHOLE,
    "discuss": WHOLE,
    "note": WHOLE,
    "decide_share": NUMBER,
}
W62 = {
    "part": TEXT,
    "part_title": TEXT,
    "indicator": TEXT,
    "title": TEXT,
    "value": NUMBER,
    "amount": NUMBER,
    "n": WHOLE,
    "sentences": WHOLE,
    "evidence": TEXT,
}
UNCERTAINTY = {
    "facet": TEXT,
    "code": TEXT,
    "sentences": WHOLE,
    "of_sentences": WHOLE,
    "share": NUMBER,
    "sampling_low": NUMBER,
    "sampling_high": NUMBER,
    "precision": NUMBER,
    "recall": NUMBER,
    "measured_on": WHOLE,
    "corrected": NUMBER,
    "label_low": NUMBER,
    "label_high": NUMBER,
}

MEASURES = {
    "attention": ATTENTION,
    "coverage": COVERAGE,
    "themes": THEMES,
    "balance": BALANCE,
    "acts": ACTS,
    "trend": TREND,
    "carried": CARRIED,
    "gaps": GAPS,
    "challenge": CHALLENGE,
    "action_history": ACTION_HISTORY,
    "agenda": AGENDA,
    "w62": W62,
    "uncertainty": UNCERTAINTY,
}


@dataclass(frozen=True)
class Analysis:
    """All that a report may see: the facts, one table a measure, and where they came from.

    facts: the tables of `FACTS`; measures: those of `MEASURES`; provenance: what `analysis.json` holds (versions, frameworks and models
    with hashes, settings, counts, links from the output folder to the papers).
    """

    facts: Mapping[str, pd.DataFrame]
    measures: Mapping[str, pd.DataFrame]
    provenance: Mapping[str, Any]


def build(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A table with exactly these columns and types, one row for each sequence of values in the order of the columns."""
    held = list(rows)
    values = list(zip(*held, strict=True)) if held else [()] * len(columns)
    return pd.DataFrame({name: pd.array(list(column), dtype=kind) for (name, kind), column in zip(columns.items(), values, strict=True)})


def check(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> pd.DataFrame:
    """The table itself, if it has exactly these columns in this order with these types; otherwise a TypeError that says what differs."""
    found = {str(column): str(kind) for column, kind in frame.dtypes.items()}
    if list(found.items()) != list(columns.items()):
        raise TypeError(f"table {name}: expected columns {dict(columns)}, found {found}")
    return frame
