"""What is to be marked in each paper: an analysis in; marks, bookmarks and a legend out, as plain values that cross to the child."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wellled_nlp.report import evidence, facets, words
from wellled_nlp.report.annotate.looks import THEME_ONLY, Look, by_language, by_theme
from wellled_nlp.report.contents import records
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.report.facets import Asked
from wellled_nlp.table import Analysis

Plain = dict[str, Any]

_LEGEND = "Sentences marked by wellled. Each has a note with its labels and scores; the bookmarks lead to items and themes."
CAUTION = "The labels were given by a machine and can be wrong: documentary evidence to be read, not a rating."
_TITLE_LETTERS, _TEXT_LETTERS = 160, 4000
_ABOVE = 14.0  # points above an item's first line that a bookmark leads to


def of(analysis: Analysis) -> dict[str, Plain]:
    """For each document its marks, bookmarks, legend and styles.

    Marked is, by language, a sentence that speaks of assurance, improvement or both, and one that has a theme without; by theme, a
    sentence that has one, in the look of its surest.
    """
    told, by = evidence.of(analysis), looks(analysis)
    themes, kind = facets.themes(told.asked.values()), _kinds(analysis)
    sentences = records(analysis.facts["sentences"])
    found: dict[str, list[Plain]] = {str(one): [] for one in analysis.facts["documents"]["document_id"]}
    starts: dict[str, tuple[int, float]] = {}
    for row, sentence in enumerate(sentences):
        box = _box(sentence)
        if box is not None and sentence["page"] is not None:
            starts.setdefault(str(sentence["item_id"]), (int(sentence["page"]), box[1]))
        given = [code for code, _ in told.many[themes.name][row]] if themes else []
        look = kind(told.one["language"][row][0], given)
        if look in by and sentence["document_id"] in found:
            found[sentence["document_id"]].append(_mark(told, row, look, given, sentence, box))
    items, styles = _items(analysis, starts), {name: look.style for name, look in by.items()}
    return {
        document: {
            "marks": marks,
            "bookmarks": _bookmarks(items.get(document, []), marks, themes),
            "legend": legend(marks, by),
            "styles": styles,
        }
        for document, marks in found.items()
    }


def looks(analysis: Analysis) -> Mapping[str, Look]:
    """How each kind of highlight looks, by the setting `report.annotate_by`; a scan older than the setting is marked by language."""
    return by_theme(facets.themes(facets.of(analysis))) if _by(analysis) == "theme" else by_language()


def legend(marks: list[Plain], by: Mapping[str, Look]) -> str:
    """What the highlights of a paper mean, with how many there are of each."""
    lines = [_LEGEND]
    for kind, look in by.items():
        count = sum(mark["kind"] == kind for mark in marks)
        lines.append(f"{look.meaning}: {look.said}; {words.counted(count, 'sentence')}")
    return "\n".join([*lines, "", CAUTION])


def _by(analysis: Analysis) -> str:
    return str(analysis.provenance["settings"].get("report", {}).get("annotate_by", ""))


def _kinds(analysis: Analysis) -> Callable[[str, Sequence[str]], str]:
    """The kind of highlight that a sentence of this language and with these themes, the surest first, is given; "" for none."""
    if _by(analysis) == "theme":
        return lambda _, themes: themes[0] if themes else ""
    return lambda language, themes: language if language in by_language() else THEME_ONLY if themes else ""


def _mark(told: Evidence, row: int, kind: str, themes: Sequence[str], sentence: Mapping[str, Any], box: list[float] | None) -> Plain:
    return {
        "id": words.clean(sentence["sentence_id"])[:_TITLE_LETTERS],
        "page": sentence["page"],
        "box": box,
        "text": told.text[row][:_TEXT_LETTERS],
        "kind": kind,
        "themes": themes,
        "note": _note(told, row),
    }


def _note(told: Evidence, row: int) -> str:
    """A line a label: "Themes: W4 Governance, score 0.71"."""
    return "\n".join(
        f"{facet.heading}: {facet.shown(code)}, score {score:.2f}"
        for name, facet in told.asked.items()
        for code, score in ([told.one[name][row]] if facet.one else told.many[name][row])
        if code
    )


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


def _bookmarks(items: list[Plain], marks: list[Plain], asked: Asked | None) -> list[Plain]:
    """Two bookmarks with what is beneath them: every item, and every theme with its pages."""
    placed = [mark for mark in marks if mark["page"] is not None]
    themes = []
    for theme, name in ((code, asked.shown(code)) for code in asked.codes) if asked else ():
        pages = [mark["page"] for mark in placed if theme in mark["themes"]]
        if pages:
            each = [_bookmark(f"Page {page}: {words.counted(pages.count(page), 'sentence')}", page, 0.0) for page in sorted(set(pages))]
            themes.append(_bookmark(f"{name}: {words.counted(len(pages), 'sentence')}", min(pages), 0.0, each))
    return [
        _bookmark(f"wellled: {name}", min(one["page"] for one in each), 0.0, each)
        for name, each in (("items", items), ("themes", themes))
        if each
    ]


def _bookmark(title: str, page: int, top: float, children: list[Plain] | None = None) -> Plain:
    short = title if len(title) <= _TITLE_LETTERS else title[: _TITLE_LETTERS - 1] + "…"
    return {"title": short, "page": int(page), "top": max(top, 0.0), "children": children or []}
