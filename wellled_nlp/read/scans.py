"""Pages without a usable text layer: drawn in the reading process, read by Tesseract, and filled into their sheets.

In: the sheets of a document. Out: the same, with lines, confidence and the turn in which a page reads, or with the reason why not.
"""

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from wellled_nlp.read import ocr
from wellled_nlp.read.sheet import Sheet
from wellled_nlp.read.worker import Record, Worker, WorkerDied
from wellled_nlp.settings import ReadSettings

SWITCHED_OFF = "--no-ocr"


def read_scans(job: Record, sha256: str, settings: ReadSettings, sheets: list[Sheet]) -> None:
    """Fill in the sheets that need OCR, or say why they could not be read."""
    wanted = [sheet for sheet in sheets if sheet.needs_ocr]
    if not wanted:
        return
    if not settings.ocr:
        for sheet in wanted:
            if sheet.text_is_sound and sheet.inks:
                sheet.needs_ocr = False  # a few words on a picture: they at least can be read
                continue
            _fail(sheet, f"{sheet.lacking}, and reading scans was switched off ({SWITCHED_OFF})")
        return
    try:
        ocr.tesseract()
        cache = ocr.Cache(settings, sha256)
        for sheet in wanted[settings.ocr_pages :]:
            _fail(sheet, f"{sheet.lacking}, past the limit of {settings.ocr_pages} scanned pages (read.ocr_pages)")
        left = {}
        for sheet in wanted[: settings.ocr_pages]:
            kept = cache.get(sheet.number)
            if kept is None:
                left[sheet.number] = sheet
            else:
                _fill(sheet, kept)
        _draw_and_read(job, settings, left, cache)
    except ocr.NoTesseract as error:
        for sheet in wanted:
            if sheet.needs_ocr:
                _fail(sheet, f"{sheet.lacking}, and {error}")


def _draw_and_read(job: Record, settings: ReadSettings, left: dict[int, Sheet], cache: ocr.Cache) -> None:
    """One process draws page after page, some threads wait for a Tesseract each."""
    jobs = settings.ocr_jobs or os.cpu_count() or 1
    room = threading.Semaphore(jobs + 1)  # drawn pages in memory: 9 MB each
    for _ in range(settings.restarts + 1):
        waiting: dict[int, Future[ocr.Recognised]] = {}
        death = ""
        with ThreadPoolExecutor(jobs) as pool:
            try:
                with Worker({**job, "task": "draw", "only": sorted(left)}, settings) as worker:
                    for record in worker.records():
                        number = int(record.get("page", 0))
                        if number not in left:
                            continue
                        if record.get("reason"):
                            _fail(left.pop(number), str(record["reason"]))
                            continue
                        room.acquire()
                        waiting[number] = pool.submit(_read_one, record, number, settings, room)
            except WorkerDied as died:
                death = str(died)
        for number, future in waiting.items():
            read = future.result()
            cache.put(number, read)
            _fill(left.pop(number), read)
        if death and left:
            _fail(left.pop(min(left)), death)
        if not left:
            return
    for sheet in left.values():
        _fail(sheet, "it could not be drawn")


def _read_one(record: Record, number: int, settings: ReadSettings, room: threading.Semaphore) -> ocr.Recognised:
    try:
        return ocr.read_either_way(record["blob"], float(record["scale"]), number, settings)
    finally:
        room.release()


def _fill(sheet: Sheet, read: ocr.Recognised) -> None:
    if read.reason:
        _fail(sheet, read.reason)
        return
    sheet.needs_ocr = False
    layer = sum(ink.text.count(" ") + 1 for ink in sheet.inks)
    seen = sum(ink.text.count(" ") + 1 for ink in read.inks)
    if sheet.text_is_sound and layer and seen < 2 * layer:
        return  # a photograph under a few words of text: the words themselves are better than their picture
    sheet.inks, sheet.cells, sheet.turn = read.inks, [], read.turn
    sheet.how, sheet.confidence = "ocr", read.confidence
    if read.noise:
        sheet.marks["ocr_noise"] = read.noise


def _fail(sheet: Sheet, reason: str) -> None:
    sheet.needs_ocr, sheet.how, sheet.reason = False, "failed", reason
    sheet.inks, sheet.cells = [], []
