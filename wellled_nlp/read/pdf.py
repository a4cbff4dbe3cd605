"""PDF files to Documents: the reading process gives sheets, OCR fills in scans, layout makes pages of blocks.

In: a path. Out: a Document; pages that could not be read are in it with their reason. The caller's process never parses the file.
"""

from collections.abc import Sequence
from pathlib import Path

from wellled_nlp.document import Document
from wellled_nlp.errors import ReadError
from wellled_nlp.read.layout import pages_of
from wellled_nlp.read.ocr import INSTALL
from wellled_nlp.read.passes import best_of
from wellled_nlp.read.scans import SWITCHED_OFF, read_scans
from wellled_nlp.read.worker import Record
from wellled_nlp.settings import ReadSettings

SAVE_AGAIN = "Open it in a PDF viewer and save it again, or ask for a fresh copy."
FAULTS = {
    "password": ("is locked with a password", "Give the password with --password, or ask for an open copy."),
    "security": ("is protected in a way that cannot be opened", "Ask for an open copy."),
    "damaged": ("is damaged beyond repair", SAVE_AGAIN),
    "file": ("cannot be opened", "Check that the file is there and may be read."),
}
LASTING = ("damaged", "security")


def read_pdf(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str] = ()) -> Document:
    """The document in the file. Raises ReadError where it cannot be opened at all, or no page of it could be read."""
    job: Record = {"task": "pdf", "path": str(path), "passwords": list(passwords)}
    found = best_of(job, settings)
    if found.fault:
        what, hint = FAULTS.get(found.fault, FAULTS["damaged"])
        what = _other_kind(path) or what
        raise ReadError(f"{path} {what}.", hint, lasting=found.fault in LASTING)
    if found.died:
        raise ReadError(f"{path} could not be read: {found.died}.", SAVE_AGAIN)
    if not found.sheets:
        raise ReadError(f"{path} has no pages.", SAVE_AGAIN, lasting=True)
    read_scans(job, sha256, settings, found.sheets)
    if not found.readable:
        reason = found.sheets[0].reason
        hint = INSTALL if "Tesseract" in reason else f"Leave out {SWITCHED_OFF}." if SWITCHED_OFF in reason else SAVE_AGAIN
        raise ReadError(f"No page of {path} could be read; of the first: {reason}.", hint)
    return Document(str(path), sha256, "pdf", pages_of(found.sheets, found.outline), found.outline)


def _other_kind(path: Path) -> str:
    """What the file is, where its first bytes say that it is no PDF."""
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF" in start:
        return ""
    if start.startswith(b"PK"):
        return "is no PDF: it is a zip archive or an Office file under that name"
    if b"<html" in start.lower() or b"<!doctype html" in start.lower():
        return "is no PDF: it is a web page that was saved under that name"
    return "is not a PDF, whatever its name says"
