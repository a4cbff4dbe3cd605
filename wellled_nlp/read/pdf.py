"""PDF files to Documents: the reading process gives sheets, OCR fills in scans, layout makes pages of blocks.

In: a path. Out: a Document; pages that could not be read are in it with their reason. The caller's process never parses the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wellled_nlp.document import Document, OutlineEntry
from wellled_nlp.errors import ReadError
from wellled_nlp.read.layout import pages_of
from wellled_nlp.read.ocr import INSTALL
from wellled_nlp.read.scans import SWITCHED_OFF, read_scans
from wellled_nlp.read.sheet import Sheet, sheet_of
from wellled_nlp.read.worker import Record, Worker, WorkerDied
from wellled_nlp.settings import ReadSettings

SAVE_AGAIN = "Open it in a PDF viewer and save it again, or ask for a fresh copy."
FAULTS = {
    "password": ("is locked with a password", "Give the password with --password, or ask for an open copy."),
    "security": ("is protected in a way that cannot be opened", "Ask for an open copy."),
    "damaged": ("is damaged beyond repair", SAVE_AGAIN),
    "file": ("cannot be opened", "Check that the file is there and may be read."),
}
LOST = "nothing of it is left in the damaged file"
PIECE = 40  # characters that a piece of text counts for beside its own, for what it takes in memory
MISSING_AT_END = 20  # damaged pages at the end of a file from which on they count as announced but absent


@dataclass
class _Found:
    """What one pass over a file gave. fault: why it could not be opened at all, by name; died: in words.

    load: characters so far, for the limit of the document; stopped: why reading ended early.
    """

    sheets: list[Sheet] = field(default_factory=list)
    outline: tuple[OutlineEntry, ...] = ()
    count: int = 0
    sound: bool = True
    fault: str = ""
    died: str = ""
    load: int = 0
    stopped: str = ""

    @property
    def readable(self) -> int:
        """Pages that were read."""
        return sum(1 for sheet in self.sheets if sheet.how != "failed")


def read_pdf(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str] = ()) -> Document:
    """The document in the file. Raises ReadError where it cannot be opened at all, or no page of it could be read."""
    job: Record = {"task": "pdf", "path": str(path), "passwords": list(passwords)}
    found = _pass(job, settings)
    if found.fault in ("damaged", "file") or found.count == 0 or any(sheet.damaged for sheet in found.sheets):
        found = _repaired(job, settings, found)
    if found.fault:
        what, hint = FAULTS.get(found.fault, FAULTS["damaged"])
        what = _other_kind(path) or what
        raise ReadError(f"{path} {what}.", hint)
    if found.died:
        raise ReadError(f"{path} could not be read: {found.died}.", SAVE_AGAIN)
    if not found.sheets:
        raise ReadError(f"{path} has no pages.", SAVE_AGAIN)
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


def _repaired(job: Record, settings: ReadSettings, first: _Found) -> _Found:
    """A second pass over the file as pikepdf writes it anew, where that gives more than the first."""
    job["repair"] = True
    second = _pass(job, settings)
    if second.readable <= first.readable:
        job["repair"] = False
        return first
    for sheet in second.sheets:
        sheet.marks["repaired"] = 1
    return second


def _pass(job: Record, settings: ReadSettings) -> _Found:
    """The sheets of a file; after a page that ends its reader, reading is taken up at the next one."""
    found = _Found()
    for _ in range(settings.restarts + 1):
        try:
            with Worker({**job, "start": len(found.sheets) + 1}, settings) as worker:
                for record in worker.records():
                    _take(record, found)
                    if found.load > settings.document_characters:
                        found.stopped = f"past the limit of {settings.document_characters:,} characters (read.document_characters)"
                        break
            break
        except WorkerDied as died:
            if not found.count:
                found.died = str(died)
                return found
            found.sheets.append(Sheet(len(found.sheets) + 1, how="failed", reason=str(died)))
            if len(found.sheets) >= min(found.count, settings.pages):
                break
    last = min(found.count, settings.pages)
    for number in range(len(found.sheets) + 1, last + 1):
        reason = found.stopped or f"not tried: {settings.restarts + 1} pages before it had ended their reader"
        found.sheets.append(Sheet(number, how="failed", reason=reason))
    _cut(found, settings)
    return found


def _take(record: Record, found: _Found) -> None:
    if record["kind"] == "document":
        found.count, found.sound = int(record["pages"]), bool(record["sound"])
        found.outline = found.outline or tuple(OutlineEntry(str(t), int(p), int(d)) for t, p, d in record["outline"])
    elif record["kind"] == "page":
        if not found.sound and record.get("objects") == 0:
            record["reason"], record["damaged"] = LOST, True
        found.sheets.append(sheet_of(record))
        found.load += sum(len(ink.text) + PIECE for ink in found.sheets[-1].inks)
    elif record["kind"] == "error":
        found.fault = str(record["name"])


def _cut(found: _Found, settings: ReadSettings) -> None:
    """Say once, not a thousand times, what is missing at the end."""
    absent = 0
    while absent < len(found.sheets) and found.sheets[-1 - absent].damaged:
        absent += 1
    if absent >= MISSING_AT_END:
        first = len(found.sheets) - absent + 1
        del found.sheets[first - 1 :]
        reason = f"the file announces pages {first:,} to {found.count:,}, but they are not in it"
        found.sheets.append(Sheet(first, how="failed", reason=reason))
    elif found.count > settings.pages:
        reason = f"pages {settings.pages + 1:,} to {found.count:,} are past the limit of {settings.pages:,} pages (read.pages)"
        found.sheets.append(Sheet(settings.pages + 1, how="failed", reason=reason))
