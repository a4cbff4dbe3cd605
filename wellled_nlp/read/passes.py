"""Passes over a PDF: pdfium first, then pdfium on the file as pikepdf writes it anew, then pdfplumber on what is still unread.

In: a job. Out: `Found`, the sheets of the pass that gave most, with those marked that a repair or the second reader gave. A file that is
locked stays locked; a page that cost pdfium its time or its memory is not tried again, for pdfplumber takes ten times as much of both.
"""

from dataclasses import dataclass, field

from wellled_nlp.document import OutlineEntry
from wellled_nlp.read.sheet import Sheet, sheet_of
from wellled_nlp.read.worker import Record, Worker, WorkerDied
from wellled_nlp.settings import ReadSettings

LOST = "nothing of it is left in the damaged file"
PIECE = 40  # characters that a piece of text counts for beside its own, for what it takes in memory
SECOND = "second_reader"  # the task of the reading process, and the mark on a page
MISSING_AT_END = 20  # damaged pages at the end of a file from which on they count as announced but absent


@dataclass
class Found:
    """What a pass over a file gave. fault: why it could not be opened at all, by name; died: in words.

    sound: whether its index of objects is whole (else it was rebuilt, and pages may be lost with nothing to tell of them).
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


def best_of(job: Record, settings: ReadSettings) -> Found:
    """What can be had of the file. `job["repair"]` is set where its pages are those of the repaired file, for whoever draws them."""
    found = _pass(job, settings)
    if _lacks(found) or found.died:
        found = _repaired(job, settings, found)
    if _lacks(found) and not found.readable:
        found = _second(job, settings, found)
    else:
        _read_again(job, settings, found)
    if not found.sound:
        for sheet in found.sheets:
            sheet.marks["repaired"] = 1
    return found


def _lacks(found: Found) -> bool:
    """Whether damage kept the file, or a page of it, from being read."""
    if found.died:
        return False
    return found.fault in ("damaged", "file") or (not found.fault and found.count == 0) or any(sheet.damaged for sheet in found.sheets)


def _repaired(job: Record, settings: ReadSettings, first: Found) -> Found:
    """A pass over the file as pikepdf writes it anew, where that gives more, or says that the file is locked."""
    second = _pass({**job, "repair": True}, settings)
    if second.readable > first.readable:
        job["repair"] = True
        return second
    return second if second.fault == "password" and not first.readable else first


def _second(job: Record, settings: ReadSettings, first: Found) -> Found:
    """pdfplumber's pass over a file that pdfium cannot open, or not one page of it."""
    second = _pass({**job, "task": SECOND}, settings)
    if not second.readable:
        return second if second.fault == "password" else first
    for sheet in second.sheets:
        sheet.marks[SECOND] = 1
    if len(second.sheets) < first.count:
        number = len(second.sheets) + 1
        reason = f"the file announces {first.count:,} pages, but only {number - 1:,} of them can be found"
        second.sheets.append(Sheet(number, how="failed", reason=reason))
    return second


def _read_again(job: Record, settings: ReadSettings, found: Found) -> None:
    """Single pages through pdfplumber: damaged ones, and those in whose fonts pdfium finds no letters.

    They are taken only where pdfplumber counts as many pages in the file: else its numbers may mean other pages.
    """
    left = {sheet.number for sheet in found.sheets if sheet.damaged or not sheet.text_is_sound}
    for _ in range(settings.restarts + 1):
        if not left:
            return
        again = Found(sound=found.sound, load=found.load)
        try:
            with Worker({**job, "task": SECOND, "start": 1, "only": sorted(left)}, settings) as worker:
                for record in worker.records():
                    _take(record, again)
                    if again.fault or again.count != found.count or again.load > settings.document_characters:
                        return
                    for sheet in again.sheets:
                        left.discard(sheet.number)
                        if sheet.how != "failed" and sheet.text_is_sound and not sheet.needs_ocr:
                            sheet.marks[SECOND] = 1
                            found.sheets[sheet.number - 1] = sheet
                    again.sheets.clear()
            return
        except WorkerDied:
            left.discard(min(left))


def _pass(job: Record, settings: ReadSettings) -> Found:
    """The sheets of a file; after a page that ends its reader, reading is taken up at the next one."""
    found = Found()
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


def _take(record: Record, found: Found) -> None:
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


def _cut(found: Found, settings: ReadSettings) -> None:
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
