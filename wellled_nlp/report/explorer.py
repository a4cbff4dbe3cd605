"""The evidence as the page carries it: columns with dictionaries, in JSON, gzip and base64, which the page's script unpacks."""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from wellled_nlp.report import facets, words
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.report.facets import Asked

# A label is one number: the place of its code times this, and its score in hundredths.
_PLACE = 128
# What a view is chosen by beside facets.
_TAKEN = ("q", "score", "meeting", "document", "text", "row", "from")


def packed(held: Evidence) -> str:
    """The evidence as text that can stand in a script element; the same evidence gives the same bytes."""
    data = json.dumps(columns(held), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode()


def columns(held: Evidence) -> dict[str, Any]:
    """What the script finds: papers, items, codes and cues once each, and for every sentence their numbers."""
    places = {facet: {code: number for number, code in enumerate(codes)} for facet, codes in held.titles.items()}
    cues = {cue: number for number, cue in enumerate(dict.fromkeys(cue for row in held.cues for cue in row))}
    return {
        "papers": [
            {
                "label": p.label,
                "file": p.file,
                "kind": p.kind,
                "day": p.day,
                "when": words.day(p.day),
                "address": p.address,
                "paged": p.paged,
            }
            for p in held.papers
        ],
        "items": held.items,
        "facets": {facet: [[code, title] for code, title in titles.items()] for facet, titles in held.titles.items()},
        "asked": [_asked(facet) for facet in held.asked.values()],
        "leading": facets.leading(held.asked.values()),
        "cueList": [list(cue) for cue in cues],
        "text": held.text,
        "document": held.document,
        "page": [page or 0 for page in held.page],
        "item": held.item,
        "one": {facet: [_number(places[facet], label) for label in rows] for facet, rows in held.one.items()},
        "many": {facet: [_numbers(places[facet], labels) for labels in rows] for facet, rows in held.many.items()},
        "repeated": [int(one) for one in held.repeated],
        "reasons": held.reasons,
        "cues": [[cues[cue] for cue in row] for row in held.cues],
    }


def field(facet: str) -> str:
    """The name by which a view is chosen by this facet, in the form and in an address: #evidence?themes=W5."""
    return f"facet-{facet}" if facet in _TAKEN else facet


def _asked(facet: Asked) -> dict[str, Any]:
    return {"name": facet.name, "field": field(facet.name), "heading": facet.heading, "title": facet.title} | {
        "one": facet.one,
        "parents": facet.parents,
    }


def _number(places: Mapping[str, int], label: tuple[str, float]) -> int:
    code, score = label
    return places[code] * _PLACE + round(score * 100) if code in places else -1


def _numbers(places: Mapping[str, int], labels: Sequence[tuple[str, float]]) -> list[int]:
    return [_number(places, label) for label in labels if label[0] in places]
