"""PDF files to Documents: the reading process gives sheets, OCR fills in scans, layout makes pages of blocks.

In: a path. Out: a Document; pages that could not be read are in it with their reason. The caller's process never parses the file.
"""

from collections.abc import Sequence
from pathlib import Path

from wellled_nlp.document import Document, OutlineEntry
from wellled_nlp.errors import ReadError
from wellled_nlp.read.layout import pages_of
from wellled_nlp.read.sheet import Sheet, sheet_of
from wellled_nlp.read.worker import Record, Worker, WorkerDied
from wellled_nlp.settings import ReadSettings

HINTS = {
    "password": ("is locked with a password", "Give the password with --password, or ask for an open copy."),
    "security": ("is protected in a way that cannot be opened", "Ask for an open copy."),
    "damaged": ("is damaged, or is not a PDF", "Open it in a PDF viewer and save it again, or ask for a fresh copy."),
    "file": ("cannot be opened", "Check that the file is there and may be read."),
}


def read_pdf(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str] = ()) -> Document:
    """The document in the file. Raises ReadError where it cannot be opened at all, or no page of it could be read."""
    sheets, outline = _sheets(path, settings, passwords)
    pages = pages_of(sheets, outline)
    if all(page.how == "failed" for page in pages):
        raise ReadError(f"{path}: {pages[0].reason}." if pages else f"{path} has no pages.", HINTS["damaged"][1])
    return Document(str(path), sha256, "pdf", pages, outline)


def _sheets(path: Path, settings: ReadSettings, passwords: Sequence[str]) -> tuple[list[Sheet], tuple[OutlineEntry, ...]]:
    job: Record = {"task": "pdf", "path": str(path), "passwords": list(passwords), "start": 1}
    sheets: list[Sheet] = []
    outline: tuple[OutlineEntry, ...] = ()
    count, error = 0, ""
    for _ in range(settings.restarts + 1):
        try:
            with Worker({**job, "start": len(sheets) + 1}, settings) as worker:
                for record in worker.records():
                    if record["kind"] == "document":
                        count = int(record["pages"])
                        outline = outline or tuple(OutlineEntry(str(t), int(p), int(d)) for t, p, d in record["outline"])
                    elif record["kind"] == "page":
                        sheets.append(sheet_of(record))
                    elif record["kind"] == "error":
                        error = str(record["name"])
            break
        except WorkerDied as died:
            sheets.append(Sheet(len(sheets) + 1, how="failed", reason=str(died)))
            if len(sheets) >= min(count, settings.pages):
                break
    if error and not job.get("repair"):
        what, hint = HINTS.get(error, HINTS["damaged"])
        raise ReadError(f"{path} {what}.", hint)
    for number in range(len(sheets) + 1, min(count, settings.pages) + 1):
        sheets.append(Sheet(number, how="failed", reason="not tried: too many pages before it stopped the reader"))
    return sheets, outline
