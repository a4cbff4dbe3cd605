"""Charts and RAG tables of a document: where each stands, of what kind it is, and what says so.

Found by captions ("Figure 4."), by drawings and pictures on the page, and by cells that hold nothing but a colour's name. The words that
tell the kind are in `data/charts.toml`. A chart pasted as a picture has no words to read: its kind is `picture` unless its caption tells.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from wellled_nlp.document import Block, Box, Chart, Document, Page

RAG_TABLE, PICTURE, OTHER = "rag table", "picture", "other"
_CAPTION = re.compile(r"(?:figure|fig\.?|chart|graph)\s*[A-Z]?\d+(?:\.\d+)?\b", re.I)
_RAG = re.compile(r"red|amber|green|r|a|g|rag|red/amber|amber/green", re.I)
_NAMED = re.compile(r"red|amber|green", re.I)
_NUMBER = re.compile(r"[-+£]?\d[\d.,]*\s?(?:%|k|m)?")
_REACH = 90.0  # points between what is drawn and its caption or title: the axis and its names stand between
_OVER = 10.0  # points by which they may overlap
_AROUND = 60.0  # points around what is drawn in which the scale and the names of lines stand
_TICKS = 4  # numbers in a drawing from which it has a scale
_PICTURE_LEAST = 0.04  # share of the page: smaller pictures without a caption are logos and portraits
_ACROSS = 0.3  # share of a drawing's width that a caption or title must stand over


def find_charts(document: Document) -> tuple[Chart, ...]:
    """The charts in the order of the pages, and after them the tables with RAG ratings, one each."""
    charts = [chart for page in document.pages for chart in _on_page(page)]
    return (*charts, *_rag_tables(block for page in document.pages for block in page.blocks))


def _on_page(page: Page) -> Iterator[Chart]:
    captions = [block for block in page.blocks if block.kind != "furniture" and _CAPTION.match(block.text)]
    pictures = [figure.box for figure in page.figures if figure.kind == "picture"]
    for figure in page.figures:
        if figure.kind == "bars" and any(_overlaps(box, figure.box) for box in pictures):
            continue  # boxes that frame pictures
        near = [one for one in captions if one.box and _beside(one.box, figure.box)]
        caption = min(near, key=lambda one: _apart(one, figure.box), default=None)
        captions = [one for one in captions if one is not caption]
        inside = [block.text for block in page.blocks if block.kind == "furniture" and block.box and _within(block.box, figure.box)]
        kind, why = _kind([*([caption.text] if caption else []), *_title(page, figure.box), *inside])
        if not kind:
            kind, why = _drawn(figure.kind, figure.box, page, inside, captioned=caption is not None)
        if kind:
            yield Chart(page.number, kind, why, figure.box)
    for caption in captions:
        kind, why = _kind([caption.text])
        yield Chart(page.number, kind or OTHER, why or "caption", None)


def _title(page: Page, figure: Box) -> list[str]:
    """The nearest heading just above."""
    above = [
        block for block in page.blocks if block.kind == "heading" and block.box and _beside(block.box, figure) and block.box.y0 < figure.y0
    ]
    return [min(above, key=lambda block: _apart(block, figure)).text] if above else []


def _apart(block: Block, figure: Box) -> float:
    box = block.box or figure
    return max(box.y0 - figure.y1, figure.y0 - box.y1)


def _drawn(drawn: str, box: Box, page: Page, inside: Sequence[str], *, captioned: bool) -> tuple[str, str]:
    """The kind by what is drawn, and why; ("", "") where it may be no chart at all."""
    if drawn == "bars":
        return "bar", "bars on one line"
    if drawn == "picture":
        large = (box.x1 - box.x0) * (box.y1 - box.y0) >= _PICTURE_LEAST * page.width * page.height
        return (PICTURE, "a picture") if large or captioned else ("", "")
    scale = sum(1 for text in inside if _NUMBER.fullmatch(text.strip()))
    if scale >= _TICKS:
        return "line", "a line with a scale"
    return (OTHER, "caption") if captioned else ("", "")


def _kind(texts: Iterable[str]) -> tuple[str, str]:
    """(kind, the words that tell it) of the first kind that has a pattern in these texts."""
    held = " \n ".join(texts).lower()
    for kind, patterns in _patterns().items():
        for pattern in patterns:
            if match := pattern.search(held):
                return kind, match.group()
    return "", ""


def _rag_tables(blocks: Iterable[Block]) -> Iterator[Chart]:
    """A table is one of RAG ratings where cells below its header hold a colour's name and nothing else."""
    rated: dict[int, Block] = {}
    rows: Counter[int] = Counter()
    for block in blocks:
        cells = [cell.strip() for cell in block.cells if cell.strip()]
        if block.kind == "row" and any(_RAG.fullmatch(cell) for cell in cells) and any(_NAMED.fullmatch(cell) for cell in cells):
            rated.setdefault(block.table, block)
            rows[block.table] += 1
    for table, block in rated.items():
        yield Chart(block.page, RAG_TABLE, f"{rows[table]} rated {'row' if rows[table] == 1 else 'rows'}", block.box)


def _beside(box: Box, figure: Box) -> bool:
    """Whether it stands just above or below the figure, over enough of its width."""
    across = min(box.x1, figure.x1) - max(box.x0, figure.x0)
    apart = max(box.y0 - figure.y1, figure.y0 - box.y1)
    return -_OVER <= apart <= _REACH and across >= _ACROSS * min(box.x1 - box.x0, figure.x1 - figure.x0)


def _overlaps(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _within(box: Box, figure: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return figure.x0 - _AROUND <= x <= figure.x1 + _AROUND and figure.y0 - _AROUND <= y <= figure.y1 + _AROUND


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "charts.toml").read_text(encoding="utf-8"))
    return {kind: tuple(re.compile(pattern) for pattern in entry["patterns"]) for kind, entry in values.items()}
