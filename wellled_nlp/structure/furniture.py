"""What stands on a page but says nothing: running heads and page numbers that the reader marked, and signature lines."""

import re
from dataclasses import replace

from wellled_nlp.document import Block, Document

_SIGNATURE = re.compile(
    r"^(?:signed|signature|chair(?:man|person)?['’]?s? signature|date)\b[^A-Za-z]*(?:[_.…\s]{4,}|:?\s*$).*", re.IGNORECASE
)
_DOTS = re.compile(r"^[\s._…\-–—*•|]+$")
_BLANK_PAGE = re.compile(r"^(?:this )?page (?:is )?(?:intentionally |left )+blank\b.*", re.IGNORECASE)
_SIGNATURE_WORDS = 14


def set_aside(document: Document, first_page: int, last_page: int) -> tuple[list[Block], list[Block]]:
    """(blocks that carry text, furniture) of these pages, each in the order of the pages."""
    kept: list[Block] = []
    aside: list[Block] = []
    for page in document.pages:
        if not first_page <= page.number <= last_page:
            continue
        for block in page.blocks:
            reason = block.reason if block.kind == "furniture" else _reason(block)
            if reason:
                aside.append(replace(block, kind="furniture", reason=reason))
            else:
                kept.append(block)
    return kept, aside


def _reason(block: Block) -> str:
    text = block.text.strip()
    if not text or _DOTS.match(text):
        return "rule or blank"
    if len(text.split()) <= _SIGNATURE_WORDS and _SIGNATURE.match(text) and re.search(r"[_.…]{4,}", text):
        return "signature"
    if _BLANK_PAGE.match(text):
        return "blank page"
    return ""
