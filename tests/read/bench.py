"""What reading costs: `python -m tests.read.bench [PDF ...]` writes CPU against pdfium's own text extraction, wall time and memory.

Without arguments a text pack of 250 pages and one of 500 are made. The ratio is the median of seven pairs taken in turn in one process:
reading with geometry, tables and layout against loading each page and taking its text. Wall time and memory are those of `read`.
"""

import ctypes
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2_raw as pdfium

from tests.read import made
from wellled_nlp.read import pdf_pages, read
from wellled_nlp.read.layout import pages_of
from wellled_nlp.read.sheet import sheet_of
from wellled_nlp.settings import load

SETTINGS = load().read
PAIRS = 7


class Channel:
    """Takes the records that would go through the pipe."""

    settings = SETTINGS

    def __init__(self) -> None:
        self.records: list[str] = []

    def send(self, record: dict[str, Any]) -> None:
        self.records.append(json.dumps(record))

    def start_clock(self, seconds: float) -> None: ...

    def allow(self, seconds: float) -> None: ...


def ours(path: str) -> None:
    channel = Channel()
    pdf_pages.send_pages({"path": path, "start": 1}, channel)  # type: ignore[arg-type]
    records = map(json.loads, channel.records)
    pages_of([sheet_of(record) for record in records if record["kind"] == "page"])


def theirs(path: str) -> None:
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, buffer)
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


def pairs_of(path: str) -> list[tuple[float, float]]:
    """CPU seconds of reading and of pdfium's text, one after the other, so that a busy machine slows both."""

    def spent(work: Callable[[str], None]) -> float:
        start = time.process_time()
        work(path)
        return time.process_time() - start

    return [(spent(ours), spent(theirs)) for _ in range(PAIRS)]


def text_pack(path: Path, pages: int) -> Path:
    """A pack of full pages with a heading, a running head and a page number."""

    def page(number: int) -> Callable[[made.Canvas], None]:
        def draw(canvas: made.Canvas) -> None:
            made.put(canvas, 72, 40, "Example Trust board papers", 9)
            made.put(canvas, 280, 815, f"Page {number}", 9)
            made.put(canvas, 72, 90, f"{number}. {made.words(1, number)[0]}", 14, bold=True)
            y, seed = 110.0, number * 100
            while y < 740:
                y = made.paragraphs(canvas, 72, y, 450, [" ".join(made.sentences(5, seed))])
                seed += 1

        return draw

    return made.pdf(path, *(page(number) for number in range(1, pages + 1)))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(name) for name in sys.argv[1:]] or [text_pack(Path(folder) / f"pack-{n}.pdf", n) for n in (250, 500)]
        pdfium.FPDF_InitLibrary()
        for file in files:
            start = time.perf_counter()
            pages = len(read(file, SETTINGS).pages)
            wall = time.perf_counter() - start
            memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
            pairs = pairs_of(str(file))
            mine, limit = (1000 * median(side) / pages for side in zip(*pairs, strict=True))
            ratio = median(a / b for a, b in pairs)
            sys.stdout.write(
                f"{file.name}: {pages} pages, wall {wall:.2f} s, peak {memory:.0f} MB; "
                f"CPU a page {mine:.2f} ms against pdfium's {limit:.2f} ms, {ratio:.2f} times\n"
            )


if __name__ == "__main__":
    main()
