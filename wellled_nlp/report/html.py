"""The page: one file that opens offline and asks for nothing, in which each figure leads to the sentences under it."""

import base64
import hashlib
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from wellled_nlp.report import cells, drawing, evidence, explorer, facets, papers, words
from wellled_nlp.report.contents import Absent, Figure, Grid
from wellled_nlp.report.sections import CLOSING, SECTIONS, summary
from wellled_nlp.table import Analysis

_FOLDER = resources.files("wellled_nlp.report") / "templates"
_HEAT_STEPS = 6


def write(analysis: Analysis, path: Path) -> None:
    """Writes the page. The same analysis gives the same bytes."""
    path.write_text(render(analysis), encoding="utf-8", newline="\n")


def render(analysis: Analysis) -> str:
    """The page as text."""
    told = evidence.of(analysis)
    return page(
        "report.html.jinja",
        "explorer.js",
        subject=papers.organisation(analysis),
        papers=papers.line(analysis),
        cards=summary.cards(analysis),
        sections=[section(analysis) for section in SECTIONS],
        closing=[section(analysis) for section in CLOSING],
        data=explorer.packed(told),
        asked=told.asked.values(),
        field=explorer.field,
        leading=facets.leading(told.asked.values()),
        sentences=len(analysis.facts["sentences"]),
        version=analysis.provenance["versions"].get("wellled", ""),
        scanned=words.day(analysis.provenance["scanned_on"]),
    )


def page(template: str, script: str = "", **values: object) -> str:
    """A template of the folder filled with these values, in the one style; the named script is all that may run in it."""
    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"cell": cells.said, "number": words.number}
    environment.globals |= {
        "heat": _heat,
        "largest": _largest,
        "drawing": _drawing,
        "align": _align,
        "absent": lambda value: isinstance(value, Absent),
    }
    style, runs = _asset("report.css"), _asset(script) if script else ""
    widths = (drawing.WIDE, drawing.NARROW)
    return environment.get_template(template).render(style=style, script=runs, policy=_policy(style, runs), widths=widths, **values)


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that forbids every request and lets this script and this style alone run."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"


def _drawing(figure: Figure, width: int) -> str:
    return drawing.with_own_ids(figure.drawing.svg(width), f"{figure.name}{width}")


def _align(kind: str, value: object = None) -> str:
    """The class of a cell: n for numbers, t for text, t and d for a date, which is not broken into lines."""
    if isinstance(value, str):
        return "t d" if kind == "day" and words.day(value) != value else "t"
    return "n" if kind in cells.NUMBERS else "t"


def _largest(grid: Grid) -> float | None:
    """The largest share of a table whose shares are shaded; None where they are not."""
    return max((one for row in grid.rows for one in row if isinstance(one, float)), default=0.0) if grid.heat else None


def _heat(largest: float | None, value: object) -> str:
    """The class that shades a share by its size beside the largest of the table; "" for anything else."""
    if largest is None or not isinstance(value, float):
        return ""
    return f"heat-{min(_HEAT_STEPS - 1, int(value / largest * _HEAT_STEPS))}" if largest else "heat-0"
