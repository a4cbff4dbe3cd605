"""Word files (.docx): headings by style, list numbers as printed, tables as rows, tracked changes settled, notes and furniture apart.

In the reading process: a walk over the XML that keeps insertions, content controls and text boxes and drops deletions. Out: block records.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wellled_nlp.document import Document
from wellled_nlp.read.child import Channel
from wellled_nlp.read.flow import read_flow
from wellled_nlp.read.package import BadPackage, Package, W
from wellled_nlp.read.sheet import clean
from wellled_nlp.read.word_styles import Numbering, Style, Styles, is_on
from wellled_nlp.read.word_xml import DROPPED, MC, SOFT, M, V, cells_of, choice, is_header, rows_of
from wellled_nlp.settings import ReadSettings

# Characters of a heading by style and of one by weight; words from which a "heading" with a full stop is a numbered paragraph.
HEADING, BOLD_HEADING, SENTENCE_WORDS = 200, 120, 8
BATCH = 500  # blocks in a record


def read_word(path: Path, sha256: str, settings: ReadSettings) -> Document:
    """The document in the file. Raises ReadError where it is locked, damaged or past a limit."""
    return read_flow("word", path, sha256, settings)


def send_blocks(job: dict[str, Any], channel: Channel) -> None:
    """Send the file's blocks, or why there are none."""
    try:
        package = Package(job["path"], channel.settings.unpacked_megabytes)
        walk = _Walk(package)
        width, height = walk.page_size()
        channel.send({"kind": "size", "width": width, "height": height})
        batch: list[dict[str, Any]] = []
        for block in walk.blocks():
            batch.append(block)
            if len(batch) == BATCH:
                channel.send({"kind": "blocks", "blocks": batch})
                batch = []
        channel.send({"kind": "blocks", "blocks": batch})
    except BadPackage as bad:
        channel.send({"kind": "error", "what": bad.what, "hint": bad.hint})


@dataclass
class _Text:
    """A paragraph's text as it is gathered, with what hangs on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    field_depth: int = 0
    in_code: bool = False
    page: int = 0


class _Walk:
    """One pass over the document; keeps the page, the table number and the list counters."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.xml(package.main)
        body = self.root.find(W + "body") if self.root is not None else None
        if body is None:
            raise BadPackage("is a zip file, but not a Word file")
        self.body: Any = body
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.page, self.table = 1, 0
        self.merge: str = ""

    def page_size(self) -> tuple[float, float]:
        """Width and height in points of the last section's paper; zeros where it is not given."""
        size = next(iter(self.body.iter(W + "pgSz")), None)
        if size is None:
            return 0.0, 0.0
        return tuple(float(size.get(W + side) or 0) / 20 for side in ("w", "h"))  # type: ignore[return-value]

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Every block of the body in order, then heads and feet as furniture."""
        yield from self._container(self.body)
        seen: set[str] = set()
        for kind, reason in (("header", "running head"), ("footer", "running foot")):
            for name in self.package.related(kind):
                root = self.package.xml(name)
                for text, why in self._furniture(root, reason) if root is not None else ():
                    if text and text not in seen:
                        seen.add(text)
                        yield {"text": text, "page": 1, "kind": "furniture", "reason": why}

    def _part(self, kind: str) -> Any:
        names = self.package.related(kind)
        return self.package.xml(names[0]) if names else None

    def _notes(self, kind: str) -> dict[str, Any]:
        root = self._part(kind + "s")
        return {} if root is None else {e.get(W + "id"): e for e in root.findall(W + kind) if e.get(W + "type") in (None, "normal")}

    def _furniture(self, root: Any, reason: str) -> Iterator[tuple[str, str]]:
        for mark in root.iter(V + "textpath"):
            yield clean(mark.get("string") or ""), "watermark"
        for paragraph in root.iter(W + "p"):
            text = clean(self._gather(paragraph)[0].replace("\n", " "))
            yield text, "page number" if text.lower().replace("page", "").replace("of", "").strip().isdigit() else reason

    def _container(self, element: Any) -> Iterator[dict[str, Any]]:
        for child in element:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == MC + "AlternateContent":
                yield from self._container(choice(child))
            elif child.tag not in DROPPED and isinstance(child.tag, str) and child.tag != W + "sectPr":
                yield from self._container(child)

    def _paragraph(self, element: Any) -> Iterator[dict[str, Any]]:
        page = self.page
        raw, found = self._gather(element)
        properties = element.find(W + "pPr")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.merge += raw  # the end of this paragraph is deleted: it runs on into the next
            return
        raw, self.merge = self.merge + raw, ""
        style = self._style(properties)
        page = found.page or page
        bold = found.bold > 0 and not found.plain or (style.bold and not found.plain)
        size = max(found.sizes.items(), key=lambda item: (item[1], item[0]))[0] if found.sizes else style.size
        label = self._label(properties, style) if clean(raw) else ""
        for position, text in enumerate(_at_breaks(raw)):
            mark = f"{label} " if label and position == 0 else ""
            kind, level = _kind(text, label if position == 0 else "", style, bold)
            yield {"text": mark + text, "page": page, "kind": kind, "level": level, "size": size, "bold": bold}
        for box in found.boxes:
            yield from self._container(box)
        for kind, key in found.notes:
            note = self.notes[kind].get(key)
            text = clean(" ".join(self._gather(p)[0] for p in note.iter(W + "p")).replace("\n", " ")) if note is not None else ""
            if text:
                yield {"text": text, "page": self.page, "kind": "note", "size": size}

    def _style(self, properties: Any) -> Style:
        element = properties.find(W + "pStyle") if properties is not None else None
        return self.styles.get(element.get(W + "val") if element is not None else None)

    def _label(self, properties: Any, style: Style) -> str:
        list_id, depth = style.list_id, style.list_level
        named = properties.find(W + "pStyle") if properties is not None else None
        tied = self.numbering.of_style(named.get(W + "val")) if named is not None else None
        if tied and list_id:
            depth = tied[1]
        own = properties.find(W + "numPr") if properties is not None else None
        if own is not None:
            number, level = own.find(W + "numId"), own.find(W + "ilvl")
            list_id = number.get(W + "val") if number is not None else list_id
            depth = int(level.get(W + "val") or 0) if level is not None else depth
        return self.numbering.label(list_id, depth) if list_id else ""

    def _gather(self, element: Any) -> tuple[str, _Text]:
        found = _Text()
        self._inline(element, found, None)
        return "".join(found.parts), found

    def _inline(self, element: Any, found: _Text, run: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in DROPPED or not isinstance(tag, str):
                continue
            if tag in (W + "t", M + "t"):
                self._add(child.text or "", found, run)
            elif tag in SOFT:
                self._add(SOFT[tag], found, None)
            elif tag == W + "br":
                self._add("\n" if child.get(W + "type") in (None, "textWrapping") else " ", found, None)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "fldChar":
                _field(child.get(W + "fldCharType"), found)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                found.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id")))
            elif tag == W + "txbxContent":
                found.boxes.append(child)
            elif tag == W + "r":
                if not is_on(child.find(f"{W}rPr/{W}vanish")):
                    self._inline(child, found, child)
            elif tag == MC + "AlternateContent":
                self._inline(choice(child), found, run)
            else:
                self._inline(child, found, run)

    def _add(self, text: str, found: _Text, run: Any) -> None:
        if found.in_code:
            return
        found.parts.append(text)
        if not text.strip():
            return
        found.page = found.page or self.page
        if run is None:
            return
        properties = run.find(W + "rPr")
        bold = is_on(properties.find(W + "b")) if properties is not None else None
        size = properties.find(W + "sz") if properties is not None else None
        if bold:
            found.bold += len(text)
        elif bold is False or bold is None:
            found.plain += len(text) if bold is False or not found.bold else len(text)
        if size is not None and (size.get(W + "val") or "").isdigit():
            points = int(size.get(W + "val")) / 2
            found.sizes[points] = found.sizes.get(points, 0) + len(text)

    def _table(self, element: Any) -> Iterator[dict[str, Any]]:
        rows = list(rows_of(element))
        if max((sum(1 for _ in cells_of(row)) for row in rows), default=0) < 2:
            for row in rows:
                for cell, _ in cells_of(row):
                    yield from self._container(cell)
            return
        self.table += 1
        number = self.table
        header: tuple[str, ...] = ()
        for position, row in enumerate(rows):
            page = self.page
            texts: list[str] = []
            bold = True
            for cell, span in cells_of(row):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                inner = list(self._container(cell))
                bold = bold and all(block["bold"] for block in inner if block["text"] and "bold" in block)
                goes_on = merged is not None and merged.get(W + "val") in (None, "continue")
                texts.append("" if goes_on else "\n".join(block["text"] for block in inner if block["text"]))
                texts += [""] * (span - 1)
            if position == 0 and len(rows) > 1 and is_header(row, texts, bold):
                header = tuple(text.replace("\n", " ") for text in texts)
            if any(texts):
                text = " | ".join(text for text in texts if text)
                cells = list(header) if position == 0 and header else texts
                yield {"text": text, "page": page, "kind": "row", "cells": cells, "header": list(header), "table": number, "bold": bold}


def _field(kind: str | None, found: _Text) -> None:
    """Field codes stand between begin and separate; only the result after that is text."""
    if kind == "begin":
        found.field_depth += 1
        found.in_code = True
    elif kind in ("separate", "end"):
        found.field_depth -= kind == "end"
        found.in_code = False


def _at_breaks(raw: str) -> list[str]:
    """The paragraph cut at those manual line breaks that end a statement; a break within a sentence is a space."""
    texts: list[str] = []
    for piece in raw.split("\n"):
        text = clean(piece)
        if not text:
            continue
        if texts and text[0].islower() and not texts[-1].endswith((".", ":", ";")):
            texts[-1] += " " + text
        else:
            texts.append(text)
    return texts


def _kind(text: str, label: str, style: Style, bold: bool) -> tuple[str, int]:
    sentence = text.endswith((".", ";")) and text.count(" ") >= SENTENCE_WORDS
    if style.level and len(text) <= HEADING and not sentence:
        return "heading", style.level
    if bold and len(text) <= BOLD_HEADING and not text.endswith((".", ";", ",")) and any(c.isalpha() for c in text):
        return "heading", 0
    return ("list", 0) if label else ("text", 0)
