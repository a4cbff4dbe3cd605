"""The pages of a PDF as records, in the reading process: text pieces, table cells, images, and drawings of pages for OCR.

In: a job with the path, passwords and the page to start at. Out: a "document" record, then one "page" record each, or an "error" record
that says why the file cannot be opened.
"""

import ctypes
import io
import math
from dataclasses import replace
from typing import Any

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

from wellled_nlp.read.bars import bars_of
from wellled_nlp.read.child import Channel
from wellled_nlp.read.ink import Ink, is_struck, turn_of
from wellled_nlp.read.page_frame import Frame
from wellled_nlp.read.pdf_lines import PageText
from wellled_nlp.read.rules import Drawn, drawn_on, figures_of, is_pictured
from wellled_nlp.read.tables import Grid, find_grid, long_rules

OUTLINE_MOST = 5000
OUTLINE_DEPTH = 12
ERROR_NAMES = {2: "file", 3: "damaged", 4: "password", 5: "security", 6: "damaged"}


def send_pages(job: dict[str, Any], channel: Channel) -> None:
    """Send the document record and the records of its pages from `job["start"]` (from 1), or of those in `job["only"]`."""
    settings = channel.settings
    document = _open(job, channel)
    if document is None:
        return
    count = pdfium.FPDF_GetPageCount(document)
    last = min(count, settings.pages)
    sound = bool(pdfium.FPDF_DocumentHasValidCrossReferenceTable(document)) and not job.get("repair")
    channel.send({"kind": "document", "pages": count, "sound": sound, "outline": _outline(document, count) if job["start"] == 1 else []})
    channel.allow(settings.document_cpu_seconds + 0.2 * last)
    for number in job.get("only") or range(job["start"], last + 1):
        channel.start_clock(settings.page_cpu_seconds)
        record = _page(document, number, channel)
        channel.start_clock(0)
        channel.send(record)
    pdfium.FPDF_CloseDocument(document)


def send_drawings(job: dict[str, Any], channel: Channel) -> None:
    """Send each page in `job["only"]` as a grey image (PGM), for OCR."""
    settings = channel.settings
    document = _open(job, channel)
    if document is None:
        return
    channel.allow(settings.document_cpu_seconds + 3.0 * len(job["only"]))
    for number in job["only"]:
        channel.start_clock(2 * settings.page_cpu_seconds)
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            channel.send({"kind": "drawing", "page": number, "reason": "it cannot be drawn: it is damaged"})
            continue
        longest = max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        if not 0 < longest <= settings.page_points:
            reason = f"it cannot be drawn: it is {longest / 72:,.0f} inches long (read.page_points)"
            channel.send({"kind": "drawing", "page": number, "reason": reason})
            continue
        record, image = _draw(page, settings.ocr_dpi, settings.ocr_megapixels)
        pdfium.FPDF_ClosePage(page)
        channel.start_clock(0)
        channel.send({"kind": "drawing", "page": number, **record}, image)
    pdfium.FPDF_CloseDocument(document)


def _open(job: dict[str, Any], channel: Channel) -> Any:
    """The opened document, or None after an error record was sent."""
    pdfium.FPDF_InitLibrary()
    data = _repaired(job, channel) if job.get("repair") else None
    if job.get("repair") and data is None:
        return None
    error = 0
    for password in (None, *job.get("passwords", ())):
        secret = password.encode("utf-8") if password is not None else None
        if data is not None:
            document = pdfium.FPDF_LoadMemDocument64(data, len(data), secret)
        else:
            document = pdfium.FPDF_LoadDocument(job["path"].encode("utf-8", "surrogateescape"), secret)
        if document:
            _open.__dict__["data"] = data  # pdfium reads from this memory for as long as the document is open
            return document
        error = pdfium.FPDF_GetLastError()
        if error not in (4, 0):
            break
    name = ERROR_NAMES.get(error, "damaged")
    channel.send({"kind": "error", "name": name})
    return None


def _repaired(job: dict[str, Any], channel: Channel) -> Any:
    """The file written anew by pikepdf, in memory; None after an error record was sent."""
    import pikepdf

    for password in ("", *job.get("passwords", ())):
        try:
            with pikepdf.open(job["path"], password=password) as pdf:
                out = io.BytesIO()
                pdf.save(out)
                return (ctypes.c_char * out.getbuffer().nbytes).from_buffer(out.getbuffer())
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, OSError, ValueError, RuntimeError, TypeError, KeyError):
            channel.send({"kind": "error", "name": "damaged"})
            return None
    channel.send({"kind": "error", "name": "password"})
    return None


def _page(document: Any, number: int, channel: Channel) -> dict[str, Any]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return {"kind": "page", "page": number, "reason": "it is damaged and cannot be opened", "damaged": True}
    try:
        return {"kind": "page", "page": number, **_content(page, channel)}
    finally:
        pdfium.FPDF_ClosePage(page)


def _content(page: Any, channel: Channel) -> dict[str, Any]:
    settings = channel.settings
    frame = _frame(page)
    if frame is None:
        return {"reason": "its size makes no sense"}
    text = PageText(page, frame)
    try:
        if text.count > settings.page_characters:
            return {"reason": f"it holds {text.count:,} characters, more than {settings.page_characters:,} (read.page_characters)"}
        drawn, grid, pieces = _seen(page, text, settings.page_objects)
        turn = turn_of(pieces)
        if turn:
            text.frame = frame = replace(frame, turned=(frame.turned + turn) % 360)
            drawn, grid, pieces = _seen(page, text, settings.page_objects)
        if len(pieces) > settings.page_pieces:
            return {"reason": f"it is in {len(pieces):,} pieces of text, more than {settings.page_pieces:,} (read.page_pieces)"}
        shown = [p for p in pieces if p.x1 > 0 and p.y1 > 0 and p.x0 < frame.width and p.y0 < frame.height]
        figures = figures_of(drawn, frame)
        return {
            "width": frame.height if turn in (90, 270) else frame.width,
            "height": frame.width if turn in (90, 270) else frame.height,
            "turn": turn,
            "pieces": [p._replace(struck=is_struck(p, drawn.across)) for p in shown] if drawn.across else shown,
            "outside": len(pieces) - len(shown),
            "cells": [[c.table, c.row, c.column, c.span, [round(side, 2) for side in c.box]] for c in grid.cells],
            "figures": figures,
            "pictured": [is_pictured(box, drawn, frame) for box in figures],
            "bars": bars_of(drawn.blocks),
            "rules": long_rules(drawn.across),
            "objects": drawn.objects,
            "characters": text.count,
            "map_errors": round(text.map_errors(), 3),
            "images": len(drawn.images),
            "image_share": round(drawn.image_share(frame), 3),
            "paths": drawn.paths,
            "cut": drawn.cut,
        }
    finally:
        text.close()


def _seen(page: Any, text: PageText, most: int) -> tuple[Drawn, Grid, list[Ink]]:
    """What is drawn on the page, its tables, and its lines."""
    drawn = drawn_on(page, text.frame, most)
    grid = Grid() if drawn.cut else find_grid(drawn.across, drawn.down)
    pieces = text.lines(grid)
    kept = grid.without_highlights([(p.cell, p.box) for p in pieces if p.cell >= 0]) if grid.cells else grid
    return drawn, kept, pieces if kept is grid else text.lines(kept)


def _frame(page: Any) -> Frame | None:
    """The page's frame, from where two corners of the page as displayed lie in user space (pdfium's own box comes turned)."""
    corners = []
    for side in (0, 1000):
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(page, 0, 0, 1000, 1000, 0, side, side, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value, y.value))
    (ax, ay), (bx, by) = corners
    sides = min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
    if not all(math.isfinite(side) and abs(side) < 1e7 for side in sides) or sides[2] - sides[0] < 1 or sides[3] - sides[1] < 1:
        return None
    return Frame(*sides, turned=90 * (pdfium.FPDFPage_GetRotation(page) % 4))


def _outline(document: Any, pages: int) -> list[tuple[str, int, int]]:
    """Title, page and depth of each bookmark, in order; a loop in the bookmarks ends the walk."""
    found: list[tuple[str, int, int]] = []
    seen: set[int] = set()
    stack = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    buffer = ctypes.create_string_buffer(1024)
    while stack and len(found) < OUTLINE_MOST:
        mark, depth = stack.pop()
        if not mark or depth > OUTLINE_DEPTH:
            continue
        address = ctypes.cast(mark, ctypes.c_void_p).value or 0
        if address in seen:
            continue
        seen.add(address)
        length = min(1024, pdfium.FPDFBookmark_GetTitle(mark, buffer, 1024))
        title = " ".join(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace").replace("\x00", "").split())
        target = pdfium.FPDFBookmark_GetDest(document, mark)
        page = pdfium.FPDFDest_GetDestPageIndex(document, target) + 1 if target else 0
        if title and 1 <= page <= pages:
            found.append((title, page, depth))
        stack.append((pdfium.FPDFBookmark_GetNextSibling(document, mark), depth))
        stack.append((pdfium.FPDFBookmark_GetFirstChild(document, mark), depth + 1))
    return found


def _draw(page: Any, dpi: int, megapixels: float) -> tuple[dict[str, Any], bytes]:
    """The page in grey at `dpi`, or as fine as `megapixels` allow, as a PGM image."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = dpi / 72
    if wide * high * scale * scale > megapixels * 1e6:
        scale = math.sqrt(megapixels * 1e6 / (wide * high))
    columns, rows = max(1, int(wide * scale)), max(1, int(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    if stride != columns:
        raw = b"".join(raw[row * stride : row * stride + columns] for row in range(rows))
    record = {"width": round(wide, 2), "height": round(high, 2), "scale": scale}
    return record, b"P5\n%d %d\n255\n" % (columns, rows) + raw
