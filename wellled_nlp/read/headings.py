"""Headings and notes among the paragraphs of a document: by size, weight, numbering and the file's outline.

In: the paragraphs of each page in reading order. Out: the same, with kind and level set.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from wellled_nlp.document import OutlineEntry
from wellled_nlp.read.paragraphs import Paragraph

LARGER = 1.1  # times the body size
SMALLER = 0.93
LONGEST = 160  # characters
LINES = 3
NOTE = re.compile(r"^(?:\d{1,3}|[*†‡§]{1,3}|\(\d{1,2}\))\s*\S")
SENTENCE = re.compile(r"[.;,]$")


def mark_headings(pages: Sequence[Sequence[Paragraph]], outline: Sequence[OutlineEntry]) -> None:
    """Set kind and level of headings, and the kind of notes."""
    body = body_size(p for page in pages for p in page)
    titles = {(entry.page, _key(entry.title)): entry.depth for entry in outline}
    headings: list[Paragraph] = []
    for page in pages:
        for paragraph in page:
            short = len(paragraph.text) <= LONGEST
            depth = titles.get((paragraph.first.page, _key(paragraph.text))) if titles and short else None
            if depth or _is_heading(paragraph, body):
                paragraph.kind, paragraph.level = "heading", min(depth or 0, 6)
                headings.append(paragraph)
        _mark_notes(page, body)
    sizes = sorted({round(p.size) for p in headings}, reverse=True)
    for p in headings:
        if not p.level:
            p.level = min(6, sizes.index(round(p.size)) + 1)


def body_size(paragraphs: Iterable[Paragraph]) -> float:
    """The size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for p in paragraphs:
        for ink in p.inks:
            sizes[round(ink.size, 1)] += len(ink.text)
    return max(sizes.items(), key=lambda item: (item[1], -item[0]), default=(10.0, 0))[0]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _is_heading(p: Paragraph, body: float) -> bool:
    if len(p.text) > LONGEST or len(p.inks) > LINES or not any(c.isalpha() for c in p.text) or p.text.startswith("•"):
        return False
    if p.size >= LARGER * body:
        return not (p.text.endswith(".") and len(p.text) > 60)
    if SENTENCE.search(p.text):
        return False
    letters = [c for c in p.text if c.isalpha()]
    # One word in capitals is a rating ("AMBER") or an abbreviation as often as a heading.
    capitals = " " in p.text and len(p.text) < 80 and all(c.isupper() for c in letters)
    return p.bold or capitals


def _mark_notes(page: Sequence[Paragraph], body: float) -> None:
    """Small print at the end of the page that begins with a note's mark."""
    for p in reversed(page):
        if p.size > SMALLER * body or p.kind == "heading":
            return
        if NOTE.match(p.text):
            p.kind = "note"
