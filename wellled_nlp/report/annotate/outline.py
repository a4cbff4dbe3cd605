"""Bookmarks after those that a PDF has: titles with pages in, outline entries out. Those of the file stay, whatever they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Bookmark = Mapping[str, Any]
# A page's number (from 1) and a displayed height to the page object and the point in user space; None where there is no such page.
Target = Callable[[int, float], tuple[Any, float, float] | None]


def append(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark], target: Target) -> None:
    """Adds the bookmarks, folded, after the last one of the file."""
    root = _root(pdf)
    made = _siblings(pdf, root, bookmarks, target)
    if not made:
        return
    last = root.get("/Last")
    if isinstance(last, Dictionary):
        last.Next, made[0].Prev = made[0], last
    else:
        root.First = made[0]
    root.Last = made[-1]
    count = root.get("/Count")
    root.Count = (count if isinstance(count, int) and count > 0 else 0) + len(made)


def _root(pdf: pikepdf.Pdf) -> Any:
    """The file's outline, or a new one where it has none that could be added to."""
    held = pdf.Root.get("/Outlines")
    if isinstance(held, Dictionary) and isinstance(held.get("/First"), Dictionary) and isinstance(held.get("/Last"), Dictionary):
        return held
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    return pdf.Root.Outlines


def _siblings(pdf: pikepdf.Pdf, parent: Any, bookmarks: Sequence[Bookmark], target: Target) -> list[Any]:
    made: list[Any] = []
    for one in bookmarks:
        found = target(one["page"], one["top"])
        if found is None:
            continue
        page, x, y = found
        entry = pdf.make_indirect(
            Dictionary(Title=String(one["title"]), Parent=parent, Dest=Array([page, Name.XYZ, round(x, 2), round(y, 2), None]))
        )
        beneath = _siblings(pdf, entry, one["children"], target)
        if beneath:
            entry.First, entry.Last, entry.Count = beneath[0], beneath[-1], -len(beneath)
        if made:
            made[-1].Next, entry.Prev = entry, made[-1]
        made.append(entry)
    return made
