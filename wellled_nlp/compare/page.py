"""The page of a comparison: one file in the style of the report, which opens offline and asks for nothing."""

from pathlib import Path

from wellled_nlp.compare import sections, wording
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import html, words


def write(found: Comparison, path: Path) -> None:
    """Writes the page. The same comparison gives the same bytes."""
    path.write_text(render(found), encoding="utf-8", newline="\n")


def render(found: Comparison) -> str:
    """The page as text."""
    return html.page(
        "compare.html.jinja",
        subject=wording.noun(found, len(found.groups)),
        papers=f"By {words.clean(found.by).replace('_', ' ')}. Papers scanned up to {words.day(found.record['scanned_on'])}.",
        sections=sections.whole(found),
        version=found.record["versions"]["wellled"],
    )
