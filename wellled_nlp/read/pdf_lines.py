"""The printed lines of a PDF page: text, box, baseline, size, weight and slant, from pdfium's raw calls.

In: a loaded page. Out: `Ink`s in the order of the content stream. Some eight calls a line instead of three a character make
this about 1.7 times as dear as pdfium's own text extraction; a loop over characters costs three times as much again, so characters are
walked only in lines with a wide gap, or where a table's rules cross the line. Runs in the reading process only.
"""

import ctypes
import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

from wellled_nlp.read.ink import Ink, angle_of, is_heavy, is_slanted, widest_gap
from wellled_nlp.read.page_frame import BoxTuple, Frame
from wellled_nlp.read.tables import Grid

HYPHEN = "\ufffe"  # pdfium puts this, and no line end, where a hyphen ends a printed line
BACK_SIZES = 2.0  # a step back by more than two sizes is another line that pdfium ran into this one
BOLD_WEIGHT = 600
HIDDEN = 0.15  # share of a line's height that shows; a line half cut by the page's end is still text
PICTURES = ("symbol", "wingding", "webding", "dingbat")
FORCE_BOLD, ITALIC = 1 << 18, 1 << 6  # bits of a font's flags, PDF 32000 table 123
MAP_ERROR_SAMPLES = 30


class PageText:
    """pdfium's text of one page with the buffers that its calls fill; close it before the page."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self.frame = frame
        self.handle = pdfium.FPDFText_LoadPage(page)
        self.count = pdfium.FPDFText_CountChars(self.handle) if self.handle else 0
        self.text = ""
        self._direct = True
        self._d = [ctypes.c_double() for _ in range(4)]
        self._r = [ctypes.byref(d) for d in self._d]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._flags = ctypes.c_int()
        self._flags_ref = ctypes.byref(self._flags)
        self._name = ctypes.create_string_buffer(96)
        self._fonts: dict[bytes, tuple[bool, bool]] = {}

    def close(self) -> None:
        """Give the text page back to pdfium."""
        if self.handle:
            pdfium.FPDFText_ClosePage(self.handle)
            self.handle = None

    def _load(self) -> str:
        """The page's characters in stream order, with pdfium's line ends."""
        buffer = _buffer((self.count + 1).bit_length())
        written = pdfium.FPDFText_GetText(self.handle, 0, self.count, buffer) if self.count > 0 else 1
        self._direct = written == self.count + 1
        text = ctypes.string_at(buffer, 2 * max(0, written - 1)).decode("utf-16-le", "replace")
        if len(text) != written - 1:
            # A character outside the basic plane takes two units; a stand-in of one unit keeps indices equal to pdfium's.
            text = "".join(chr(unit) if not 0xD800 <= unit < 0xE000 else "\ufffd" for unit in buffer[: written - 1])
        return text

    def lines(self, grid: Grid) -> list[Ink]:
        """All printed lines of the page that have ink, split at wide gaps and where a table's rules cross them."""
        text = self.text = self.text or self._load()
        found: list[Ink] = []
        start, end = 0, len(text)
        while start < end:
            stop = text.find("\n", start)
            stop = end if stop < 0 else stop
            broken = text.find(HYPHEN, start, stop)
            hyphen = broken >= 0
            stop = broken if hyphen else stop
            first, last = _ink(text, start, stop)
            if first <= last:
                found += self._pieces(first, last, hyphen, grid)
            start = stop + 1
        return found

    def map_errors(self) -> float:
        """Share of sampled characters whose font gives no Unicode value (a page of these is noise and goes to OCR)."""
        step = max(7, self.count // MAP_ERROR_SAMPLES)
        sample = range(0, self.count, step)
        wrong = sum(1 for index in sample if pdfium.FPDFText_HasUnicodeMapError(self.handle, index) == 1)
        return wrong / len(sample) if len(sample) else 0.0

    def _index(self, index: int) -> int:
        return index if self._direct else pdfium.FPDFText_GetCharIndexFromTextIndex(self.handle, index)

    def _pieces(self, first: int, last: int, hyphen: bool, grid: Grid) -> list[Ink]:
        rects = self._rects(first, last)
        if not rects:
            return []
        middle = self._middle(first, last)
        size, angle, base = self._size(middle)
        box = _union(rects)
        cuts = grid.cuts(box) if grid.cells else None
        if len(rects) == 1 and not cuts:
            return [self._piece(first, middle, last, box, (size, angle, base), False, hyphen, grid)]
        gap = widest_gap(size)
        back = any(a[2] - b[0] > BACK_SIZES * size for a, b in pairwise(rects))
        if cuts:
            ranges = self._words(first, last, cuts, back)
        elif angle == 0 and back:
            ranges = self._steps(first, last, gap, BACK_SIZES * size)
        elif angle == 0 and any(b[0] - a[2] > gap for a, b in pairwise(rects)):
            ranges = self._gaps(first, last, [(a[2] + b[0]) / 2 for a, b in pairwise(rects) if b[0] - a[2] > gap])
        else:
            return [self._piece(first, middle, last, box, (size, angle, base), False, hyphen, grid)]
        pieces = []
        for number, (a, b) in enumerate(ranges):
            inner = self._rects(a, b)
            if inner:
                middle = self._middle(a, b)
                size, angle, base = self._size(middle)
                pieces.append(self._piece(a, middle, b, _union(inner), (size, angle, base), number > 0, hyphen and b == last, grid))
        return pieces

    def _piece(
        self, first: int, middle: int, last: int, box: BoxTuple, set_: tuple[float, int, float], joined: bool, hyphen: bool, grid: Grid
    ) -> Ink:
        bold, italic = self._font(middle)
        if bold or italic:
            bold_end, italic_end = self._font(last)
            bold, italic = bold and bold_end, italic and italic_end
        text = self.text[first : last + 1]
        if (len(text) == 1 or text[1].isspace()) and not text[0].isdigit() and self._is_bullet(first):
            text = "•" + text[1:]
        cell = grid.at(box) if grid.cells else -1
        hidden = cell >= 0 and self._is_hidden(middle, box)
        x0, y0, x1, y1 = box
        box = round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)
        size, angle, base = set_
        return Ink(text, *box, base, size, bold, italic, joined, hyphen, angle, cell, hidden=hidden)

    def _middle(self, first: int, last: int) -> int:
        """A letter within a word in the middle: list numbers, raised note marks and the "th" of a date say nothing of size and weight."""
        text, middle = self.text, (first + last) // 2
        if middle > first and text[middle - 1 : middle + 2].isalpha():
            return middle
        for index in range(max(middle, first + 2), last + 1):
            if text[index - 2 : index + 1].isalpha():
                return index
        return middle + 1 if text[middle].isspace() else middle

    def _is_bullet(self, index: int) -> bool:
        """Whether the character is of a font whose letters are pictures: Word's bullets come out as o, x, q, v or §."""
        self._font(index)
        name = self._name.value.decode("utf-8", "replace").lower()
        return any(word in name for word in PICTURES) or (self.text[index] == "o" and "courier" in name)

    def _is_hidden(self, index: int, box: BoxTuple) -> bool:
        """Whether the text is clipped to next to nothing (spreadsheets print rows of no height so)."""
        item = pdfium.FPDFText_GetTextObject(self.handle, self._index(index))
        clip = pdfium.FPDFPageObj_GetClipPath(item) if item else None
        if not clip or pdfium.FPDFClipPath_CountPaths(clip) < 1:
            return False
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in (left, bottom, right, top)))
        bounds = self.frame.box(left.value, bottom.value, right.value, top.value)
        if abs(bounds[1] - box[1]) > 3.0 or abs(bounds[3] - box[3]) > 3.0:
            return False  # the object stands in a form with measures of its own, and so does its clip
        upper, lower = 0.0, self.frame.height
        for path in range(pdfium.FPDFClipPath_CountPaths(clip)):
            ys = []
            for number in range(min(6, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
                pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(left), ctypes.byref(bottom))
                ys.append(self.frame.point(left.value, bottom.value)[1])
            if ys:
                upper, lower = max(upper, min(ys)), min(lower, max(ys))
        return min(lower, box[3]) - max(upper, box[1]) < HIDDEN * (box[3] - box[1])

    def _rects(self, first: int, last: int) -> list[BoxTuple]:
        """Boxes on the turned page, one for each text object of the range."""
        a, b = (first, last) if self._direct else (self._index(first), self._index(last))
        found = []
        left, top, right, bottom = self._d
        place, get, handle = self.frame.box, pdfium.FPDFText_GetRect, self.handle
        for number in range(pdfium.FPDFText_CountRects(handle, a, b - a + 1)):
            get(handle, number, *self._r)
            found.append(place(left.value, bottom.value, right.value, top.value))
        return found

    def _size(self, index: int) -> tuple[float, int, float]:
        """Displayed size in points (the raw size leaves out the text matrix), angle in degrees clockwise, and height of the base."""
        index = index if self._direct else self._index(index)
        raw = pdfium.FPDFText_GetFontSize(self.handle, index)
        m = self._matrix
        if not pdfium.FPDFText_GetMatrix(self.handle, index, self._matrix_ref):
            return round(raw, 2), 0, 0.0
        a, b = m.a, m.b
        scale = math.sqrt(abs(a * m.d - b * m.c)) or 1.0
        angle = angle_of(a, b) if b or a <= 0 else 0
        return round(raw * scale, 2), (angle + self.frame.turned) % 360, round(self.frame.point(m.e, m.f)[1], 2)

    def _font(self, index: int) -> tuple[bool, bool]:
        """Whether the character is bold and whether it is slanted."""
        index = index if self._direct else self._index(index)
        length = pdfium.FPDFText_GetFontInfo(self.handle, index, self._name, 96, self._flags_ref)
        key = self._name.value if 0 < length <= 96 else b""
        if key not in self._fonts:
            name, flags = key.decode("utf-8", "replace").lower(), self._flags.value
            heavy = is_heavy(name) or bool(flags & FORCE_BOLD) or pdfium.FPDFText_GetFontWeight(self.handle, index) >= BOLD_WEIGHT
            self._fonts[key] = (heavy, is_slanted(name) or bool(flags & ITALIC))
        return self._fonts[key]

    def _char(self, index: int) -> tuple[float, float]:
        """Left and right of a character on the turned page."""
        left, right, bottom, top = self._d
        pdfium.FPDFText_GetCharBox(self.handle, self._index(index), *self._r)
        box = self.frame.box(left.value, bottom.value, right.value, top.value)
        return box[0], box[2]

    def _gaps(self, first: int, last: int, gaps: Sequence[float]) -> list[tuple[int, int]]:
        """The range cut at the x positions of gaps, found by halving, for the line runs from left to right."""
        text, ranges, begin = self.text, [], first
        for gap in gaps:
            low, high = begin, last
            while low < high:
                middle = (low + high) // 2
                shown = middle
                while shown < high and text[shown].isspace():
                    shown += 1
                if self._char(shown)[0] >= gap:
                    high = middle
                else:
                    low = shown + 1
            while low < last and text[low].isspace():
                low += 1
            end = low - 1
            while end > begin and text[end].isspace():
                end -= 1
            if begin <= end < low:
                ranges.append((begin, end))
                begin = low
        return [*ranges, (begin, last)]

    def _steps(self, first: int, last: int, gap: float, back: float) -> list[tuple[int, int]]:
        """The range cut where the ink leaves more than `gap` points empty, or steps back by more than `back`; character by character."""
        text, ranges, begin, edge, before = self.text, [], first, None, first
        for index in range(first, last + 1):
            if text[index].isspace():
                continue
            left, right = self._char(index)
            if edge is not None and (left - edge > gap or edge - left > back):
                ranges.append((begin, before))
                begin, edge = index, None
            edge, before = max(edge, right) if edge is not None else right, index
        return [*ranges, (begin, last)]

    def _words(self, first: int, last: int, cuts: Sequence[float], back: bool) -> list[tuple[int, int]]:
        """The range cut at the x positions `cuts` (table rules), each word going where its middle is; `back`: it steps back somewhere."""
        words = _word_ranges(self.text, first, last)
        if back:
            lanes = [bisect_left(cuts, self._center(word)) for word in words]
            places = [0, *(n for n in range(1, len(words)) if lanes[n] != lanes[n - 1])]
        else:
            places = [0]
            for cut in cuts:
                places.append(bisect_left(words, cut, places[-1], key=self._center))
        return [(words[a][0], words[b - 1][1]) for a, b in pairwise([*places, len(words)]) if b > a]

    def _center(self, word: tuple[int, int]) -> float:
        return (self._char(word[0])[0] + self._char(word[1])[1]) / 2


@cache
def _buffer(bits: int) -> "ctypes.Array[ctypes.c_ushort]":
    """Room for as many characters as `bits` can count; used again from page to page, for each new size makes a type of its own."""
    return (ctypes.c_ushort * (1 << bits))()


def _word_ranges(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """First and last index of each word in the range."""
    found, start = [], None
    for index in range(first, last + 2):
        blank = index > last or text[index].isspace()
        if blank and start is not None:
            found.append((start, index - 1))
            start = None
        elif not blank and start is None:
            start = index
    return found


def _ink(text: str, start: int, stop: int) -> tuple[int, int]:
    """First and last index that is not white space; first > last where there is none."""
    line = text[start:stop]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip()) - 1


def _union(rects: list[BoxTuple]) -> BoxTuple:
    if len(rects) == 1:
        return rects[0]
    return min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects)
