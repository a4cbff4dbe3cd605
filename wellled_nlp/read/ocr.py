"""Scanned pages to lines: Tesseract as a subprocess, one page a task, word boxes and confidence kept.

In: a page drawn in grey. Out: `Recognised` lines in the order in which Tesseract reads, with the mean confidence of the words. The page
goes in through a pipe and the words come back as a table through another, so nothing is left on the disk, unless a cache is asked for.
"""

import contextlib
import functools
import json
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from wellled_nlp.read.ink import Ink
from wellled_nlp.read.sheet import clean
from wellled_nlp.settings import ReadSettings

INSTALL = "Install Tesseract (Debian, Ubuntu: sudo apt install tesseract-ocr; macOS: brew install tesseract) and scan again."
MEMORY = 1 << 30  # bytes of address space; a page at 300 dpi takes some 200 MB
NOISE = 30.0  # mean confidence of a line below which it is a stain, a logo or a signature
DOUBTFUL, FEW = 70.0, 3  # mean confidence and lines of a page below which it may lie on its side
SURE = 2.0  # Tesseract's own measure of how sure it is of a page's direction; below, it guesses
GAP_POINTS, GAP_SIZES = 12.0, 1.8  # a wider gap is a column or a tab stop; wider than in print that is not scanned
ALIKE = 0.25  # lines within a quarter of the page's usual size are of that size: heights of scanned lines waver
# Shares of the type size that a line's ink takes up, by whether letters rise and whether they fall below the line.
INK_HEIGHT = {(True, True): 0.93, (True, False): 0.72, (False, True): 0.72, (False, False): 0.51}
FALL = 0.21
RISING, FALLING = frozenset("bdfhkltiABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()[]'’‘“”\"!?£&/"), frozenset("gjpqy,;()[]Q/")


class NoTesseract(Exception):
    """Tesseract is not installed, or lacks the language asked for; the message says which."""


@dataclass(frozen=True)
class Recognised:
    """One page as read: its lines, the mean confidence of their words (0 to 100), and how many lines were dropped as noise.

    turn: degrees clockwise that the page was turned to be read; the lines stand on the page as turned.
    """

    inks: list[Ink] = field(default_factory=list)
    confidence: float = 100.0
    noise: int = 0
    reason: str = ""
    turn: int = 0


def read_either_way(image: bytes, scale: float, page: int, settings: ReadSettings) -> Recognised:
    """The lines of a page that may lie on its side or head: where the first reading is doubtful, Tesseract is asked how it lies."""
    first = recognise(image, scale, page, settings)
    if first.reason or (first.confidence >= DOUBTFUL and len(first.inks) >= FEW):
        return first
    turn = _lies(image, settings)
    if not turn:
        return first
    second = recognise(turned(image, turn), scale, page, settings)
    return first if second.reason or _weight(second) <= _weight(first) else replace(second, turn=turn)


def recognise(image: bytes, scale: float, page: int, settings: ReadSettings) -> Recognised:
    """The lines of a page given as a PGM image of `scale` pixels a point. Raises NoTesseract."""
    options = ["-l", settings.ocr_languages, "--psm", "3", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        code, out, complaint = _run(options, image, settings.ocr_page_seconds)
    except subprocess.TimeoutExpired:
        return Recognised(reason=f"character recognition took more than {settings.ocr_page_seconds:g} seconds")
    if code:
        if b"Failed loading language" in complaint or b"couldn't load any languages" in complaint:
            raise NoTesseract(f"Tesseract lacks the language {settings.ocr_languages!r}")
        return Recognised(reason="character recognition broke down on it")
    return lines_of(out.decode("utf-8", "replace"), scale, page)


def turned(image: bytes, turn: int) -> bytes:
    """A PGM image turned clockwise by 90, 180 or 270 degrees."""
    kind, size, depth, pixels = image.split(b"\n", 3)
    columns, rows = map(int, size.split())
    if turn == 180:
        return b"\n".join((kind, size, depth, pixels[::-1]))
    lines = (pixels[x::columns] for x in range(columns))
    flat = b"".join(line[::-1] for line in lines) if turn == 90 else b"".join([*lines][::-1])
    return b"\n".join((kind, b"%d %d" % (rows, columns), depth, flat))


def _lies(image: bytes, settings: ReadSettings) -> int:
    """Degrees clockwise by which the page must be turned to stand upright, as far as Tesseract is sure; else 0."""
    try:
        code, out, _ = _run(["-l", "osd", "--psm", "0"], image, settings.ocr_page_seconds)
    except subprocess.TimeoutExpired:
        return 0
    found = dict(line.split(": ", 1) for line in out.decode("utf-8", "replace").splitlines() if ": " in line)
    if code or float(found.get("Orientation confidence", 0)) < SURE:
        return 0
    turn = int(found.get("Rotate", 0))
    return turn if turn in (90, 180, 270) else 0


def _weight(read: Recognised) -> float:
    return read.confidence * sum(len(ink.text) for ink in read.inks)


def _run(options: list[str], image: bytes, seconds: float) -> tuple[int, bytes, bytes]:
    """Tesseract's exit code, output and complaints. Raises NoTesseract, and TimeoutExpired when it was ended."""
    process = subprocess.Popen(
        [tesseract(), "stdin", "stdout", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    _limit(process.pid)
    try:
        out, complaint = process.communicate(image, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, out, complaint


@functools.cache
def tesseract() -> str:
    """The path of Tesseract. Raises NoTesseract where there is none."""
    found = shutil.which("tesseract")
    if found is None:
        raise NoTesseract("Tesseract is not installed")
    return found


@functools.cache
def version() -> str:
    """The first line that Tesseract says about itself."""
    run = subprocess.run([tesseract(), "--version"], capture_output=True, timeout=20, check=False)
    return (run.stdout or run.stderr).decode("utf-8", "replace").split("\n", 1)[0].strip()


def lines_of(table: str, scale: float, page: int) -> Recognised:
    """The lines in Tesseract's table of words (TSV)."""
    lines: dict[tuple[str, ...], list[tuple[str, float, tuple[float, ...]]]] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= 0:
            left, top, width, height = (int(value) / scale for value in cells[6:10])
            lines.setdefault(tuple(cells[1:5]), []).append((cells[11], float(cells[10]), (left, top, left + width, top + height)))
    inks: list[Ink] = []
    noise = letters = 0
    trust = 0.0
    for words in lines.values():
        sure = sum(confidence * len(text) for text, confidence, _ in words) / sum(len(text) for text, _, _ in words)
        if sure < NOISE:
            noise += 1
            continue
        letters += sum(len(text) for text, _, _ in words)
        trust += sum(confidence * len(text) for text, confidence, _ in words)
        inks += _pieces(words, page)
    return Recognised(_evened(inks), round(trust / letters, 1) if letters else 100.0, noise)


def _pieces(words: list[tuple[str, float, tuple[float, ...]]], page: int) -> list[Ink]:
    """The line cut at wide gaps."""
    whole = _ink(words, False, page)
    gap = max(GAP_POINTS, GAP_SIZES * whole.size)
    groups = [[words[0]]]
    for before, word in zip(words, words[1:], strict=False):
        if word[2][0] - before[2][2] > gap:
            groups.append([])
        groups[-1].append(word)
    return [_ink(group, number > 0, page)._replace(base=whole.base, size=whole.size) for number, group in enumerate(groups)]


def _ink(words: list[tuple[str, float, tuple[float, ...]]], joined: bool, page: int) -> Ink:
    text = clean(" ".join(word[0] for word in words))
    x0, y0 = min(w[2][0] for w in words), min(w[2][1] for w in words)
    x1, y1 = max(w[2][2] for w in words), max(w[2][3] for w in words)
    tall = median(w[2][3] - w[2][1] for w in words)
    rises, falls = (sum(1 for w in words if alphabet & set(w[0])) > len(words) / 2 for alphabet in (RISING, FALLING))
    size = round(tall / INK_HEIGHT[rises, falls], 1)
    base = median(w[2][3] - (FALL * size if FALLING & set(w[0]) else 0.0) for w in words)
    x0, y0, x1, y1 = (round(value, 2) for value in (x0, y0, x1, y1))
    return Ink(text, x0, y0, x1, y1, round(base, 2), size, False, False, joined, False, 0, -1, page)


def _evened(inks: list[Ink]) -> list[Ink]:
    """Lines of nearly the usual size given that size."""
    if not inks:
        return inks
    usual = median(ink.size for ink in inks for _ in range(len(ink.text)))
    return [ink._replace(size=round(usual, 1)) if abs(ink.size - usual) <= ALIKE * usual else ink for ink in inks]


def _limit(pid: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))


class Cache:
    """Recognised pages on disk by file hash, page, resolution, languages and Tesseract's version; none where no folder is set."""

    def __init__(self, settings: ReadSettings, sha256: str) -> None:
        self._folder = Path(settings.ocr_cache).expanduser() if settings.ocr_cache else None
        self._name = f"{sha256[:32]}-{{page}}-{settings.ocr_dpi}-{settings.ocr_languages}-{_plain(version()) if self._folder else ''}.json"

    def get(self, page: int) -> Recognised | None:
        """The page as it was read before, or None."""
        if self._folder is None:
            return None
        try:
            kept: dict[str, Any] = json.loads((self._folder / self._name.format(page=page)).read_text(encoding="utf-8"))
            return Recognised([Ink(*ink) for ink in kept["inks"]], float(kept["confidence"]), int(kept["noise"]), "", int(kept["turn"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, page: int, read: Recognised) -> None:
        """Keep the page; a folder that cannot be written to is no fault."""
        if self._folder is None or read.reason:
            return
        target = self._folder / self._name.format(page=page)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{os.getpid()}.part")
            partial.write_text(json.dumps(asdict(read)), encoding="utf-8")
            partial.replace(target)


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c == ".")
