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
    "counted": FLAG,
    "why_not_counted": TEXT,
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
RISKS = {
    "risk_id": TEXT,
    "document_id": TEXT,
    "item_id": TEXT,
    "page": WHOLE,
    "kind": TEXT,
    "ref": TEXT,
    "title": TEXT,
    "likelihood": WHOLE,
    "impact": WHOLE,
    "score": WHOLE,
    "initial_score": WHOLE,
    "previous_score": WHOLE,
    "target_score": WHOLE,
    "level": TEXT,
    "actions": TEXT,
    "owner": TEXT,
    "source": TEXT,
}
CHARTS = {
    "document_id": TEXT,
    "page": WHOLE,
    "kind": TEXT,
    "why": TEXT,
    "x0": NUMBER,
    "y0": NUMBER,
    "x1": NUMBER,
    "y1": NUMBER,
}
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
SIGNAL_HITS = {"sentence_id": TEXT, "signal": TEXT, "status": TEXT, "term": TEXT}
CODES = {
    "framework": TEXT,
    "facet": TEXT,
    "code": TEXT,
    "title": TEXT,
    "text": TEXT,
    "parent": TEXT,
    "maximum": WHOLE,
    "fallback": FLAG,
}
FURNITURE = {"document_id": TEXT, "page": WHOLE, "reason": TEXT, "text": TEXT}
CORRECTIONS = {
    "sentence_id": TEXT,
    "facet": TEXT,
    "code": TEXT,
    "model": TEXT,
    "coder": TEXT,
    "coded_on": TEXT,
    "sample": TEXT,
    "stratum": TEXT,
    "stratum_size": WHOLE,
}

FACTS = {
    "documents": DOCUMENTS,
    "items": ITEMS,
    "sentences": SENTENCES,
    "labels": LABELS,
    "codes": CODES,
    "skipped": SKIPPED,
    "actions": ACTIONS,
    "action_refs": ACTION_REFS,
    "risks": RISKS,
    "charts": CHARTS,
    "decisions": DECISIONS,
    "attendance": ATTENDANCE,
    "papers": PAPERS,
    "furniture": FURNITURE,
    "cues": CUES,
    "signal_hits": SIGNAL_HITS,
    "corrections": CORRECTIONS,
}
