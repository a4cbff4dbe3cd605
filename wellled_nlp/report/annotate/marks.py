"""What is to be marked in each paper: an analysis in; marks, bookmarks and a legend out, as plain values that cross to the child."""

from collections.abc import Iterator, Mapping
from typing import Any

from wellled_nlp.report import evidence, words
from wellled_nlp.report.contents import records
from wellled_nlp.report.drawing import BLUE, GREY, ORANGE, PLUM
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.table import Analysis

Plain = dict[str, Any]

THEME_ONLY = "theme only"


def _tone(colour: str) -> tuple[float, ...]:
    return tuple(round(int(colour[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))


# Fill and line as red, green, blue; each line under the text as its distance below in points and its dashes: the lines say the same as
# the colours, for those who see none and for grey prints.
STYLES: dict[str, Plain] = {
    "assurance": {"fill": (0.80, 0.89, 0.97), "line": _tone(BLUE), "strokes": ((0.0, ()),)},
    "improvement": {"fill": (1.0, 0.89, 0.72), "line": _tone(ORANGE), "strokes": ((0.0, (4.0, 2.0)),)},
    "both": {"fill": (0.93, 0.83, 0.92), "line": _tone(PLUM), "strokes": ((-0.8, ()), (1.0, ()))},
    THEME_ONLY: {"fill": (0.92, 0.93, 0.94), "line": _tone(GREY), "strokes": ((0.0, (0.8, 1.8)),)},
}
_LOOKS = {
    "assurance": "blue, solid line",
    "improvement": "orange, dashed line",
    "both": "plum, double line",
    THEME_ONLY: "grey, dotted line",
}
_LEGEND = "Sentences marked by wellled. Each has a note with its labels and scores; the bookmarks lead to items and themes."
_MEANINGS = {
    "assurance": "Language of assurance",
    "improvement": "Language of improvement",
    "both": "Language of both",
    THEME_ONLY: "A theme, and neither language",
}
CAUTION = "The labels were given by a machine and can be wrong: documentary evidence to be read, not a rating."
_TITLE_LETTERS, _TEXT_LETTERS = 160, 4000
_ABOVE = 14.0  # points above an item's first line that a bookmark leads to
_NAMES = {"language": "Language", "themes": "Theme", "prompts": "Prompt", "domain": "Domain", "act": "Act"}


def of(analysis: Analysis) -> dict[str, Plain]:
    """For each document its marks, bookmarks, legend and styles.

    Marked is a sentence that speaks of assurance, improvement or both, and one that has a theme without.
    """
    told = evidence.of(analysis)
    sentences = records(analysis.facts["sentences"])
    found: dict[str, list[Plain]] = {str(one): [] for one in analysis.facts["documents"]["document_id"]}
    starts: dict[str, tuple[int, float]] = {}
    for row, sentence in enumerate(sentences):
        box = _box(sentence)
        if box is not None and sentence["page"] is not None:
            starts.setdefault(str(sentence["item_id"]), (int(sentence["page"]), box[1]))
        kind = _kind(told, row)
        if kind and sentence["document_id"] in found:
            found[sentence["document_id"]].append(_mark(told, row, kind, sentence, box))
    items = _items(analysis, starts)
    return {
        document: {"marks": marks, "bookmarks": _bookmarks(items.get(document, []), marks, told), "legend": legend(marks), "styles": STYLES}
        for document, marks in found.items()
    }


def legend(marks: list[Plain]) -> str:
    """What the highlights of a paper mean, with how many there are of each."""
    lines = [_LEGEND]
    for kind, look in _LOOKS.items():
        count = sum(mark["kind"] == kind for mark in marks)
        lines.append(f"{_MEANINGS[kind]}: {look}; {words.counted(count, 'sentence')}")
    return "\n".join([*lines, "", CAUTION])


def looks() -> Iterator[tuple[str, str]]:
    """For each kind of highlight what it means and how it looks."""
    return ((_MEANINGS[kind], look) for kind, look in _LOOKS.items())


def _kind(told: Evidence, row: int) -> str:
    language = told.one["language"][row][0]
    if language in STYLES:
        return language
    return THEME_ONLY if told.many["themes"][row] else ""


def _mark(told: Evidence, row: int, kind: str, sentence: Mapping[str, Any], box: list[float] | None) -> Plain:
    return {
        "id": words.clean(sentence["sentence_id"])[:_TITLE_LETTERS],
        "page": sentence["page"],
        "box": box,
        "text": told.text[row][:_TEXT_LETTERS],
        "kind": kind,
        "themes": [code for code, _ in told.many["themes"][row]],
        "note": _note(told, row),
    }


def _note(told: Evidence, row: int) -> str:
    """A line a label: "Theme: W4 Governance, score 0.71"."""
    lines = []
    for facet, name in _NAMES.items():
        labels = told.many[facet][row] if facet in told.many else [told.one[facet][row]]
        for code, score in labels:
            if code:
                title = told.titles[facet].get(code, "")
                shown = title if code == title.lower() or not title else f"{code} {title}" if facet in told.many else title
                lines.append(f"{name}: {words.clean(shown or code)}, score {score:.2f}")
    return "\n".join(lines)


def _box(sentence: Mapping[str, Any]) -> list[float] | None:
    sides = [sentence[side] for side in ("x0", "y0", "x1", "y1")]
    return None if any(side is None or side != side for side in sides) else [float(side) for side in sides]


def _items(analysis: Analysis, starts: dict[str, tuple[int, float]]) -> dict[str, list[Plain]]:
    """For each document a bookmark for each of its items."""
    found: dict[str, list[Plain]] = {}
    for item in records(analysis.facts["items"]):
        name = words.clean(f"{item['number'] or ''} {item['title'] or ''}") or words.capital(words.clean(item["kind"])) or "Section"
        page, top = starts.get(str(item["item_id"]), (item["first_page"] or 1, _ABOVE))
        found.setdefault(str(item["document_id"]), []).append(_bookmark(name, page, top - _ABOVE))
    return found


def _bookmarks(items: list[Plain], marks: list[Plain], told: Evidence) -> list[Plain]:
    """Two bookmarks with what is beneath them: every item, and every theme with its pages."""
    placed = [mark for mark in marks if mark["page"] is not None]
    themes = []
    for theme, title in told.titles["themes"].items():
        pages = [mark["page"] for mark in placed if theme in mark["themes"]]
        if pages:
            each = [_bookmark(f"Page {page}: {words.counted(pages.count(page), 'sentence')}", page, 0.0) for page in sorted(set(pages))]
            themes.append(_bookmark(f"{theme} {title}: {words.counted(len(pages), 'sentence')}", min(pages), 0.0, each))
    return [
        _bookmark(f"wellled: {name}", min(one["page"] for one in each), 0.0, each)
        for name, each in (("items", items), ("themes", themes))
        if each
    ]


def _bookmark(title: str, page: int, top: float, children: list[Plain] | None = None) -> Plain:
    short = title if len(title) <= _TITLE_LETTERS else title[: _TITLE_LETTERS - 1] + "…"
    return {"title": short, "page": int(page), "top": max(top, 0.0), "children": children or []}
