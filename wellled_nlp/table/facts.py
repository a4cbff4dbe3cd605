"""Columns and types of what was read and labelled."""

from wellled_nlp.table.kinds import FLAG, NUMBER, TEXT, WHOLE

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
