"""Plain text files: paragraphs between blank lines, list entries apart, form feeds as page ends.

In: a path. Out: a Document without boxes. Nothing here is parsed by a C library, so it needs no process of its own.
"""

from pathlib import Path

from wellled_nlp.document import Block, Document, Page
from wellled_nlp.errors import ReadError
from wellled_nlp.read.paragraphs import is_listed
from wellled_nlp.read.sheet import clean
from wellled_nlp.settings import ReadSettings

HEADING = 80  # characters; a line on its own up to this length, without an end of sentence, all in capitals, is a heading
CONTROLS = 0.02  # share of control characters from which a file is no text


def read_text(path: Path, sha256: str, settings: ReadSettings) -> Document:
    """The document in the file. Raises ReadError where it is no text."""
    text = decoded(path.read_bytes())
    controls = sum(1 for c in text[:20_000] if ord(c) < 32 and c not in "\t\n\r\f")
    if controls > CONTROLS * len(text[:20_000]):
        raise ReadError(f"{path} is not plain text.", "Save it as PDF, .docx or plain text.", lasting=True)
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\f\n ").split("\f")
    pages = [Page(number, 0.0, 0.0, tuple(_blocks(sheet, number))) for number, sheet in enumerate(sheets[: settings.pages], 1)]
    if len(sheets) > settings.pages:
        reason = f"pages {settings.pages + 1:,} to {len(sheets):,} are past the limit of {settings.pages:,} pages (read.pages)"
        pages.append(Page(settings.pages + 1, 0.0, 0.0, how="failed", reason=reason))
    return Document(str(path), sha256, "text", tuple(pages))


def decoded(data: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, or as Windows wrote them in Britain."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _blocks(sheet: str, page: int) -> list[Block]:
    """Paragraphs of a page: lines up to a blank one, or up to one that begins a list entry."""
    groups: list[list[str]] = [[]]
    for line in sheet.split("\n"):
        text = clean(line)
        if not text or is_listed(text):
            groups.append([])
        if text:
            groups[-1].append(text)
    return [_block(group, page) for group in groups if group]


def _block(lines: list[str], page: int) -> Block:
    text = " ".join(lines)
    if is_listed(text):
        return Block(text, page, "list")
    letters = [c for c in text if c.isalpha()]
    heading = len(lines) == 1 and len(text) <= HEADING and len(letters) >= 4 and all(c.isupper() for c in letters)
    return Block(text, page, "heading" if heading else "text")
