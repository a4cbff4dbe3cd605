"""Columns and types of what a profile writes: evidence of each code of one framework, and what to ask about it."""

from wellled_nlp.table.kinds import NUMBER, TEXT, WHOLE

PROMPTS = {
    "parent": TEXT,
    "parent_title": TEXT,
    "code": TEXT,
    "title": TEXT,
    "state": TEXT,
    "sentences": WHOLE,
    "documents": WHOLE,
    "meetings": WHOLE,
    "of_meetings": WHOLE,
    "first_seen": TEXT,
    "last_seen": TEXT,
    "months_since": WHOLE,
    "assurance": WHOLE,
    "improvement": WHOLE,
    "both": WHOLE,
    "neither": WHOLE,
}
QUOTATIONS = {
    "code": TEXT,
    "place": WHOLE,
    "sentence_id": TEXT,
    "document_id": TEXT,
    "meeting_date": TEXT,
    "page": WHOLE,
    "score": NUMBER,
    "rank": NUMBER,
    "text": TEXT,
}
PROMPT_SIGNALS = {
    "code": TEXT,
    "signal": TEXT,
    "title": TEXT,
    "kind": TEXT,
    "status": TEXT,
    "meetings": WHOLE,
    "last_seen": TEXT,
    "sentence_id": TEXT,
}
ENQUIRIES = {
    "order": WHOLE,
    "code": TEXT,
    "title": TEXT,
    "state": TEXT,
    "question": TEXT,
    "whom": TEXT,
    "documents": TEXT,
    "worded_for": TEXT,
}
PAPERS_SUPPLIED = {
    "month": TEXT,
    "minutes": WHOLE,
    "other_papers": WHOLE,
    "meeting_known": TEXT,
    "state": TEXT,
}

PROFILED = {
    "prompts": PROMPTS,
    "quotations": QUOTATIONS,
    "prompt_signals": PROMPT_SIGNALS,
    "enquiries": ENQUIRIES,
    "months": PAPERS_SUPPLIED,
}
