"""Web pages of papers: headings, paragraphs, lists and tables; menus, heads and feet of the site as furniture.

In the reading process: the page is parsed as browsers do, nothing is fetched and no script runs. Out: block records.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as markup

from wellled_nlp.document import Document
from wellled_nlp.read.child import Channel
from wellled_nlp.read.flow import read_flow
from wellled_nlp.read.sheet import clean
from wellled_nlp.read.text import decoded
from wellled_nlp.settings import ReadSettings

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "video", "audio", "canvas", "select", "textarea")
    + ("button", "dialog")
)
FURNITURE = {"nav": "menu", "header": "running head", "footer": "running foot", "aside": "aside", "form": "form"}
APART = frozenset(
    ("p", "div", "section", "article", "main", "body", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td")
    + ("th", "caption", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "address", "hr", "details")
    + ("summary", "fieldset", "center")
)
DEEPEST = 200  # elements within elements that are followed


def read_html(path: Path, sha256: str, settings: ReadSettings) -> Document:
    """The document in the page. Raises ReadError where there is nothing to read."""
    return read_flow("html", path, sha256, settings)


def send_blocks(job: dict[str, Any], channel: Channel) -> None:
    """Send the page's blocks, or why there are none."""
    text = decoded(Path(job["path"]).read_bytes())
    try:
        root = markup.document_fromstring(text.encode("utf-8", "replace"), parser=markup.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        channel.send({"kind": "error", "what": "holds no readable page", "hint": ""})
        return
    body = root.find("body")
    blocks = [block for block in _Walk().blocks(body if body is not None else root, 0, "") if block["text"]]
    channel.send({"kind": "blocks", "blocks": blocks})


class _Walk:
    """One pass over the page; counts tables."""

    def __init__(self) -> None:
        self.table = 0

    def blocks(self, element: Any, depth: int, reason: str) -> Iterator[dict[str, Any]]:
        """The blocks within an element; all furniture where `reason` is given."""
        loose = [element.text or ""]
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in UNSEEN or not tag or child.get("hidden") is not None:
                pass
            elif depth > DEEPEST:
                loose.append(child.text_content())
            elif tag not in APART and tag not in FURNITURE and not any(inner.tag in APART for inner in child.iter()):
                loose.append("\n" if tag == "br" else child.text_content())
            else:
                yield from _paragraphs(loose, reason)
                loose = []
                yield from self._apart(child, tag, depth + 1, reason or FURNITURE.get(tag, ""))
            loose.append(child.tail or "")
        yield from _paragraphs(loose, reason)

    def _apart(self, element: Any, tag: str, depth: int, reason: str) -> Iterator[dict[str, Any]]:
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not reason:
            yield {"text": clean(element.text_content()), "page": 1, "kind": "heading", "level": int(tag[1]), "bold": True}
        elif tag == "li" and not reason:
            yield from self._entry(element, depth)
        elif tag == "table" and not reason and sum(1 for _ in element.iter("td", "th")) > 1:
            yield from self._table(element)
        else:
            yield from self.blocks(element, depth, reason)

    def _entry(self, element: Any, depth: int) -> Iterator[dict[str, Any]]:
        parent = element.getparent()
        mark = "•"
        if parent is not None and parent.tag == "ol":
            start = int(parent.get("start")) if (parent.get("start") or "").isdigit() else 1
            mark = f"{start + sum(1 for _ in element.itersiblings('li', preceding=True))}."
        inner = [block for block in self.blocks(element, depth, "") if block["text"]]
        for number, block in enumerate(inner):
            if number == 0 and block["kind"] == "text":
                block = {**block, "kind": "list", "text": f"{mark} {block['text']}"}
            yield block

    def _table(self, element: Any) -> Iterator[dict[str, Any]]:
        self.table += 1
        number, header = self.table, []
        for position, row in enumerate(element.iter("tr")):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            texts = ["\n".join(block["text"] for block in self.blocks(cell, 0, "") if block["text"]) for cell in cells]
            if position == 0 and cells and all(cell.tag == "th" for cell in cells):
                header = [text.replace("\n", " ") for text in texts]
            text = " | ".join(text for text in texts if text)
            yield {"text": text, "page": 1, "kind": "row", "cells": texts, "header": header, "table": number}


def _paragraphs(loose: list[str], reason: str) -> Iterator[dict[str, Any]]:
    for piece in "".join(text if text == "\n" else _spaced(text) for text in loose).split("\n"):
        yield {"text": clean(piece), "page": 1, "kind": "furniture" if reason else "text", "reason": reason}


def _spaced(text: str) -> str:
    """The text with each stretch of white space as one space."""
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{before}{' '.join(text.split())}{after}"
