"""The second reader: pages through pdfplumber, where pdfium cannot open the file or a page of it.

In: a job, as `pdf_pages` takes it. Out: the same records. pdfplumber reads some files whose page tree is lost and some fonts that pdfium
cannot spell, at ten times the cost; so it comes last, under the same limits. Runs in the reading process only.
"""

import gc
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from wellled_nlp.read.child import Channel
from wellled_nlp.read.ink import Ink, angle_of, is_heavy, is_slanted, is_struck, turn_of, widest_gap
from wellled_nlp.read.tables import Grid, long_rules, numbered

WORD_GAP = 0.15  # sizes between letters from which on they are of two words; a space is a quarter at least
BASE_STEP, RAISED_STEP = 0.3, 0.6  # sizes by which the base may move on a printed line; for smaller letters, as the "th" of a date
RAISED = 0.8  # share of the size of its line below which a letter counts as smaller
CAPITAL = 0.7  # sizes that a capital letter is high
UNMAPPED = "(cid:"  # what pdfminer writes for a letter without a Unicode value


def send_pages(job: dict[str, Any], channel: Channel) -> None:
    """Send the document record and the records of its pages from `job["start"]` (from 1), or of those in `job["only"]`."""
    settings = channel.settings
    gc.enable()  # pdfminer's objects refer to one another
    channel.start_clock(settings.page_cpu_seconds)
    pdf = _open(job, channel)
    if pdf is None:
        return
    pages = list(_pages(pdf))
    last = min(len(pages), settings.pages)
    channel.start_clock(0)
    channel.send({"kind": "document", "pages": len(pages), "sound": False, "outline": []})
    channel.allow(settings.document_cpu_seconds + 0.2 * last)
    for number in job.get("only") or range(job["start"], last + 1):
        channel.start_clock(settings.page_cpu_seconds)
        record = _page(pdf, pages[number - 1], number, channel) if number <= last else {"reason": "it is not in the file"}
        channel.start_clock(0)
        channel.send({"kind": "page", "page": number, **record})


def _open(job: dict[str, Any], channel: Channel) -> Any:
    """The opened document, or None after an error record was sent."""
    name = "damaged"
    for password in ("", *job.get("passwords", ())):
        try:
            return pdfplumber.open(job["path"], password=password)
        except MemoryError:
            raise
        except Exception as error:  # pdfminer raises whatever a damaged file makes it stumble on
            locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args))
            name = "password" if locked else "damaged"
            if not locked:
                break
    channel.send({"kind": "error", "name": name})
    return None


def _pages(pdf: Any) -> Iterator[Any]:
    """The file's pages, each once, as far as they can be found: by the page tree, or where that is lost, in the order of objects."""
    seen = set()
    try:
        for page in PDFPage.create_pages(pdf.doc):
            if page.pageid not in seen:
                seen.add(page.pageid)
                yield page
    except MemoryError:
        raise
    except Exception:  # the rest of the tree is damaged
        return


def _page(pdf: Any, source: Any, number: int, channel: Channel) -> dict[str, Any]:
    page = None
    try:
        page = pdfplumber.page.Page(pdf, source, page_number=number)
        record = _content(page, channel, 0)
        turn = record.pop("lies", 0)
        if turn:
            page.close()
            source.attrs["Rotate"] = source.rotate = (page.rotation + turn) % 360
            page = pdfplumber.page.Page(pdf, source, page_number=number)
            record = _content(page, channel, turn)
        return record
    except MemoryError:
        raise
    except Exception:  # as above
        return {"reason": "it is damaged and cannot be opened", "damaged": True}
    finally:
        if page is not None:
            page.close()


def _content(page: Any, channel: Channel, turn: int) -> dict[str, Any]:
    """The page's record; with the key "lies", where its text runs another way and it has not been turned yet."""
    settings = channel.settings
    chars = page.chars
    if len(chars) > settings.page_characters:
        return {"reason": f"it holds {len(chars):,} characters, more than {settings.page_characters:,} (read.page_characters)"}
    drawn = len(page.lines) + len(page.rects) + len(page.curves)
    cut = drawn > settings.page_objects
    left, top, right, bottom = page.cropbox
    width, height = round(right - left, 2), round(bottom - top, 2)
    edges = [] if cut else [edge for edge in page.edges if edge["orientation"] == "h"]
    across = [(round(edge["top"] - top, 2), round(edge["x0"] - left, 2), round(edge["x1"] - left, 2)) for edge in edges]
    grid = Grid() if cut else _grid(page, left, top)
    pieces = _pieces(page, grid, left, top)
    if len(pieces) > settings.page_pieces:
        return {"reason": f"it is in {len(pieces):,} pieces of text, more than {settings.page_pieces:,} (read.page_pieces)"}
    kept = grid.without_highlights([(p.cell, p.box) for p in pieces if p.cell >= 0])
    if kept is not grid:
        grid, pieces = kept, _pieces(page, kept, left, top)
    shown = [p for p in pieces if p.x1 > 0 and p.y1 > 0 and p.x0 < width and p.y0 < height]
    images = sum((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images)
    return {
        "lies": 0 if turn else turn_of(pieces),
        "width": height if turn in (90, 270) else width,
        "height": width if turn in (90, 270) else height,
        "turn": turn,
        "pieces": [p._replace(struck=is_struck(p, across)) for p in shown],
        "outside": len(pieces) - len(shown),
        "cells": [[c.table, c.row, c.column, c.span, [round(side, 2) for side in c.box]] for c in grid.cells],
        "figures": [],
        "rules": long_rules(across),
        "objects": len(chars) + drawn + len(page.images),
        "characters": len(chars),
        "map_errors": round(sum(1 for c in chars if c["text"].startswith(UNMAPPED)) / max(1, len(chars)), 3),
        "images": len(page.images),
        "image_share": round(min(1.0, images / max(1.0, width * height)), 3),
        "paths": drawn,
        "cut": cut,
    }


def _grid(page: Any, left: float, top: float) -> Grid:
    """pdfplumber's tables; one of a single column is a frame round some text."""
    cells = []
    tables = [[(a - left, b - top, c - left, d - top) for a, b, c, d in table.cells] for table in page.find_tables()]
    for number, boxes in enumerate(boxes for boxes in tables if len({box[0] for box in boxes}) > 1):
        cells += numbered(number, boxes)
    return Grid(cells)


def _pieces(page: Any, grid: Grid, left: float, top: float) -> list[Ink]:
    """The page's words in stream order, put together as far as one printed line goes on within one cell."""
    words = page.extract_words(x_tolerance_ratio=WORD_GAP, use_text_flow=True, extra_attrs=["fontname", "size"], return_chars=True)
    runs: list[list[Ink]] = []
    for word in words:
        ink = _ink(word, page, grid, left, top)
        if runs and _goes_on(runs[-1][-1], ink):
            runs[-1].append(ink)
        else:
            runs.append([ink])
    pieces = [_joined(run) for run in runs]
    for index, (before, piece) in enumerate(pairwise(pieces)):
        same = _on_one_line(before, piece) and piece.x0 >= before.x1
        if same:
            pieces[index + 1] = piece._replace(joined=True)
        elif before.text.endswith("-") and before.text[-2:-1].isalpha():
            pieces[index] = pieces[index]._replace(text=before.text[:-1], hyphen=True)
    return pieces


def _ink(word: Any, page: Any, grid: Grid, left: float, top: float) -> Ink:
    x0, x1 = round(word["x0"] - left, 2), round(word["x1"] - left, 2)
    y0, y1 = round(word["top"] - top, 2), round(word["bottom"] - top, 2)
    a, b, *_, rise = word["chars"][0]["matrix"]
    base = page.mediabox[3] - rise - top
    font = str(word["fontname"]).lower()
    size, angle = round(word["size"], 2), angle_of(a, b)
    inked = (x0, base - CAPITAL * size, x1, base) if angle == 0 else (x0, y0, x1, y1)  # pdfminer's boxes are as high as the font's tallest
    cell = grid.at(inked) if grid.cells else -1
    return Ink(word["text"], x0, y0, x1, y1, round(base, 2), size, is_heavy(font), is_slanted(font), False, False, angle, cell)


def _on_one_line(before: Ink, ink: Ink) -> bool:
    large, small = max(before.size, ink.size), min(before.size, ink.size)
    step = RAISED_STEP if small < RAISED * large else BASE_STEP
    return before.angle == ink.angle == 0 and abs(before.base - ink.base) <= step * large


def _goes_on(before: Ink, ink: Ink) -> bool:
    return _on_one_line(before, ink) and before.cell == ink.cell and -ink.size < ink.x0 - before.x1 <= widest_gap(ink.size)


def _joined(run: list[Ink]) -> Ink:
    """The words of a run as one piece, with the size and base of most of its letters; bold or slanted where all of it is."""
    text = run[0].text
    for before, ink in pairwise(run):
        text += (" " if ink.x0 - before.x1 > WORD_GAP * ink.size else "") + ink.text
    main = max(run, key=lambda ink: len(ink.text))
    return main._replace(
        text=text,
        x0=run[0].x0,
        y0=min(ink.y0 for ink in run),
        x1=max(ink.x1 for ink in run),
        y1=max(ink.y1 for ink in run),
        bold=all(ink.bold for ink in run),
        italic=all(ink.italic for ink in run),
    )
