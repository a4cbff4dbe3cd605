"""The process that marks one paper: take a job, keep within its limits, write the copy, say how it went in one line of JSON.

Started as `python -m wellled_nlp.report.annotate.child` by `report.pdf`. A PDF may make a parser written in C abort, swell or spin; here
that ends this process and nothing else. Exit code 3 says that memory ran out.
"""

import contextlib
import io
import json
import os
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

    from wellled_nlp.report.annotate.place import Sheet

_OLDEST = "1.4"  # the version of PDF that brought Multiply
NO_MEMORY = 3


def main() -> None:
    """Do the one job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    _limit(job)
    # What a C library prints must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        told = mark(job)
    except MemoryError:
        os._exit(NO_MEMORY)
    answer.write(json.dumps(told).encode("ascii") + b"\n")
    answer.flush()
    os._exit(0)


def mark(job: dict[str, Any]) -> dict[str, Any]:
    """Writes the copy. The answer holds the numbers of sentences marked by their own characters, by their box alone, and not at all;
    or only `fault`: password, protected, damaged or space.
    """
    import pikepdf

    try:
        with pikepdf.open(job["source"]) as pdf:
            if pdf.is_encrypted and not pdf.allow.modify_annotation:
                return {"fault": "protected"}
            with _Seen(job["source"], pdf) as seen:
                told = _marked(pdf, seen, job)
            pdf.save(job["target"], deterministic_id=True, min_version=_OLDEST, encryption=False)
            return told
    except pikepdf.PasswordError:
        return {"fault": "password"}
    except OSError:
        return {"fault": "space"}
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        return {"fault": "damaged"}


def _marked(pdf: "pikepdf.Pdf", seen: "_Seen", job: dict[str, Any]) -> dict[str, Any]:
    from wellled_nlp.report.annotate import ink, outline

    pen = ink.Pen(pdf, job["styles"])
    by_page: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in job["marks"]:
        by_page[one["page"] or 0].append(one)
    told = {"exact": 0, "boxes": 0, "left": 0}
    for number, marks in sorted({1: [], **by_page}.items()):
        sheet = seen.sheet(number)
        made = []
        for one in marks:
            quads, exact = sheet.quads(one["box"], one["text"]) if sheet and one["box"] else ([], False)
            if quads:
                made.append(pen.highlight(pdf.pages[number - 1], quads, one))
            told["left" if not quads else "exact" if exact else "boxes"] += 1
        if sheet and number == 1:
            made.append(pen.sticky(pdf.pages[0], sheet.quads(ink.icon_box(), "")[0][0], job["legend"]))
        if made:
            ink.add(pdf.pages[number - 1], made)
        seen.close(number)
    outline.append(pdf, job["bookmarks"], seen.target)
    return told


class _Seen:
    """The pages of the same file through pdfium, which knows what is displayed where."""

    def __init__(self, path: str, pdf: "pikepdf.Pdf") -> None:
        import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

        self._pdfium, self._pdf = pdfium, pdf
        self._sheets: dict[int, Sheet | None] = {}
        self._open: dict[int, Any] = {}
        pdfium.FPDF_InitLibrary()
        self._data = b""
        self._document = pdfium.FPDF_LoadDocument(os.fsencode(path), None)
        if not self._document or pdfium.FPDF_GetPageCount(self._document) != len(pdf.pages):
            # A damaged file: pikepdf has repaired it, and pdfium is given the repaired one.
            whole = io.BytesIO()
            pdf.save(whole, encryption=False)
            self._data = whole.getvalue()
            self._document = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)

    def __enter__(self) -> "_Seen":
        return self

    def __exit__(self, *_: object) -> None:
        for number in list(self._open):
            self.close(number)
        self._pdfium.FPDF_CloseDocument(self._document)

    def sheet(self, number: int) -> "Sheet | None":
        """The page, counted from 1; None where there is none, or nothing of it can be displayed."""
        if number not in self._sheets:
            self._sheets[number] = self._load(number)
        return self._sheets[number]

    def _load(self, number: int) -> "Sheet | None":
        from wellled_nlp.report.annotate.place import Sheet

        if not (1 <= number <= len(self._pdf.pages) and self._document):
            return None
        page = self._pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        self._open[number] = page
        with contextlib.suppress(ValueError):
            return Sheet(page)
        return None

    def close(self, number: int) -> None:
        """Frees what the page takes; where its points lie stays known."""
        sheet, page = self._sheets.get(number), self._open.pop(number, None)
        if sheet:
            sheet.forget()
        if page:
            self._pdfium.FPDF_ClosePage(page)

    def target(self, number: int, top: float) -> tuple[Any, float, float] | None:
        """Where a bookmark leads."""
        sheet = self.sheet(number)
        self.close(number)
        return (self._pdf.pages[number - 1].obj, *sheet.point(0.0, top)) if sheet else None


def _limit(job: dict[str, Any]) -> None:
    """The kernel's limits, where it has them: address space, processor seconds, size of the copy, no core dump."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["size"], job["size"]))


if __name__ == "__main__":
    main()
