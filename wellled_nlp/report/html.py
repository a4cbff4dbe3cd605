"""The page: one self-contained file that opens offline, asks for nothing, and lets a reader go from each figure to the sentences under it."""

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from wellled_nlp.report import charts, evidence, papers, words
from wellled_nlp.report.contents import Absent, Estimate, Figure, Grid, Link
from wellled_nlp.report.sections import CLOSING, SECTIONS, summary
from wellled_nlp.table import Analysis

_FOLDER = resources.files("wellled_nlp.report") / "templates"
_HEAT_STEPS = 6


def write(analysis: Analysis, path: Path) -> None:
    """Writes the page. The same analysis gives the same bytes."""
    path.write_text(render(analysis), encoding="utf-8", newline="\n")


def render(analysis: Analysis) -> str:
    """The page as text."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"cell": _cell, "clean": words.clean, "number": words.number}
    environment.globals |= {"heat": _heat, "drawing": _drawing, "align": _align, "absent": lambda value: isinstance(value, Absent)}
    style, script = _asset("report.css"), _asset("explorer.js")
    return environment.get_template("report.html.jinja").render(
        style=style,
        script=script,
        policy=_policy(style, script),
        subject=organisation(analysis),
        papers=_papers_line(analysis),
        cards=summary.cards(analysis),
        sections=[section(analysis) for section in SECTIONS],
        closing=[section(analysis) for section in CLOSING],
        data=_packed(evidence.of(analysis)),
        sentences=len(analysis.facts["sentences"]),
        version=analysis.provenance["versions"].get("wellled", ""),
        scanned=words.day(analysis.provenance["scanned_on"]),
    )


def organisation(analysis: Analysis) -> str:
    """Whose papers these are: the organisation that most of them name, or that there are many."""
    named = _organisations(analysis)
    if not named:
        return "board papers"
    return named[0][0] if named[0][1] * 2 > sum(count for _, count in named) else words.spelled_out(len(named), "organisation")


def _organisations(analysis: Analysis) -> list[tuple[str, int]]:
    """The organisations named, with their papers, those of most papers first."""
    named = [words.clean(one) for one in analysis.facts["documents"]["organisation"].dropna()]
    return sorted(Counter(one for one in named if one).items(), key=lambda pair: (-pair[1], pair[0]))


def _papers_line(analysis: Analysis) -> str:
    days = sorted(paper.day for paper in papers.of(analysis).values() if paper.day != words.UNDATED)
    counts = analysis.provenance["counts"]
    others = [name for name, _ in _organisations(analysis) if name != organisation(analysis)]
    said = f"{words.counted(counts['documents'], 'paper')}, {words.span(days)}."
    return said + (f" Some papers name {words.listed(others[:5])}." if others else "")


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that forbids every request and lets this script and this style alone run."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"


def _drawing(figure: Figure, width: int) -> str:
    return charts.with_own_ids(figure.drawing.svg(width), f"{figure.name}{width}")


def _cell(value: object, kind: str) -> str:
    """A cell as it is read: shares as per cent, dates in words, absent values as a dash."""
    if isinstance(value, Link):
        value = value.value
    if isinstance(value, Absent):
        return value.text
    if isinstance(value, Estimate):
        return words.estimate(value.share, value.low, value.high)
    if words.absent(value) or value == "":
        return words.NOTHING
    if isinstance(value, str):
        return words.day(value) if kind == "day" and value[:1].isdigit() else words.clean(value)
    if kind == "share":
        return words.percent(float(value))  # type: ignore[arg-type]
    return f"{float(value):.1f}" if kind == "rate" else words.number(float(value))  # type: ignore[arg-type]


def _align(kind: str) -> str:
    return "n" if kind in ("whole", "share", "estimate", "rate") else "t"


def _heat(grid: Grid, value: object) -> str:
    """The class that shades a share by its size within the table; "" for anything else."""
    if not grid.heat or not isinstance(value, float):
        return ""
    top = max((one for row in grid.rows for one in row if isinstance(one, float)), default=0.0)
    return f"heat-{min(_HEAT_STEPS - 1, int(value / top * _HEAT_STEPS))}" if top else "heat-0"


def _packed(held: evidence.Evidence) -> str:
    """The evidence as columns with dictionaries, in JSON, gzip and base64."""
    data = json.dumps(_columns(held), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode()


def _columns(held: evidence.Evidence) -> dict[str, Any]:
    facets = {facet: list(titles) for facet, titles in held.titles.items()}
    places = {facet: {code: number for number, code in enumerate(codes)} for facet, codes in facets.items()}
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
        "facets": {facet: [[code, held.titles[facet][code]] for code in codes] for facet, codes in facets.items()},
        "cueList": [list(cue) for cue in cues],
        "text": held.text,
        "document": held.document,
        "page": [page or 0 for page in held.page],
        "item": held.item,
        "one": {facet: [_flat_one(places[facet], row) for row in rows] for facet, rows in held.one.items()},
        "many": {facet: [_flat_many(places[facet], row) for row in rows] for facet, rows in held.many.items()},
        "cues": [[cues[cue] for cue in row] for row in held.cues],
    }


def _flat_one(places: dict[str, int], label: tuple[str, float]) -> int:
    """Code and score in one number: the code's place times 128, and the score in hundredths."""
    return places.get(label[0], -1) * 128 + round(label[1] * 100) if label[0] in places else -1


def _flat_many(places: dict[str, int], labels: Sequence[tuple[str, float]]) -> list[int]:
    return [_flat_one(places, label) for label in labels if label[0] in places]
