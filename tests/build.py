"""Small documents for tests, built in a line or two each."""

from wellled_nlp.document import Block, Box, Document, Item, Line, Page, Structured

WIDTH, HEIGHT = 595.0, 842.0


def block(text: str, page: int = 1, kind: str = "text", **more: object) -> Block:
    """A block with one printed line for each line of its text, 14 points apart."""
    lines, at = [], 0
    for number, line in enumerate(text.split("\n")):
        lines.append(Line(at, page, Box(72.0, 100.0 + 14 * number, 500.0, 112.0 + 14 * number)))
        at += len(line) + 1
    return Block(text=text, page=page, kind=kind, lines=tuple(lines), **more)  # type: ignore[arg-type]


def heading(text: str, page: int = 1, size: float = 14.0) -> Block:
    return block(text, page, "heading", size=size, bold=True)


def row(*cells: str, page: int = 1, header: tuple[str, ...] = (), table: int = 1) -> Block:
    return block(" | ".join(cell for cell in cells if cell), page, "row", cells=cells, header=header, table=table)


def document(*blocks: Block, path: str = "papers/minutes.pdf", sha256: str = "ab" * 32) -> Document:
    last = max((b.page for b in blocks), default=1)
    pages = tuple(Page(n, WIDTH, HEIGHT, tuple(b for b in blocks if b.page == n)) for n in range(1, last + 1))
    return Document(path=path, sha256=sha256, format="pdf", pages=pages)


def structured(*blocks: Block, kind: str = "minutes") -> Structured:
    """One item, "3 Quality", that holds these blocks."""
    held = document(*blocks)
    item = Item("abababababab-i000", 0, "3", "Quality", kind, tuple(blocks), 1, max(b.page for b in blocks))
    return Structured(held, kind, "", None, (item,))
