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
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from wellled_nlp.read.sheet import Ink, clean
from wellled_nlp.settings import ReadSettings

INSTALL = "Install Tesseract (Debian, Ubuntu: sudo apt install tesseract-ocr; macOS: brew install tesseract) and scan again."
MEMORY = 1 << 30  # bytes of address space; a page at 300 dpi takes some 200 MB
NOISE = 30.0  # mean confidence of a line below which it is a stain, a logo or a signature
GAP_POINTS, GAP_SIZES = 12.0, 1.8  # as in pdf_lines: a wider gap is a column or a tab stop
ALIKE = 0.25  # lines within a quarter of the page's usual size are of that size: heights of scanned lines waver
# Shares of the type size that a line's ink takes up, by whether letters rise and whether they fall below the line.
INK_HEIGHT = {(True, True): 0.93, (True, False): 0.72, (False, True): 0.72, (False, False): 0.51}
FALL = 0.21
RISING, FALLING = frozenset("bdfhkltiABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()[]'’‘“”\"!?£&/"), frozenset("gjpqy,;()[]Q/")


class NoTesseract(Exception):
    """Tesseract is not installed, or lacks the language asked for; the message says which."""


@dataclass(frozen=True)
class Recognised:
    """One page as read: its lines, the mean confidence of their words (0 to 100), and how many lines were dropped as noise."""

    inks: list[Ink] = field(default_factory=list)
    confidence: float = 100.0
    noise: int = 0
    reason: str = ""


def recognise(image: bytes, scale: float, page: int, settings: ReadSettings) -> Recognised:
    """The lines of a page given as a PGM image of `scale` pixels a point. Raises NoTesseract."""
    command = [tesseract(), "stdin", "stdout", "-l", settings.ocr_languages, "--psm", "3", "--dpi", str(round(72 * scale)), "tsv"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
    )
    _limit(process.pid)
    try:
        out, complaint = process.communicate(image, timeout=settings.ocr_page_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Recognised(reason=f"character recognition took more than {settings.ocr_page_seconds:g} seconds")
    if process.returncode:
        if b"Failed loading language" in complaint or b"couldn't load any languages" in complaint:
            raise NoTesseract(f"Tesseract lacks the language {settings.ocr_languages!r}")
        return Recognised(reason="character recognition broke down on it")
    return lines_of(out.decode("utf-8", "replace"), scale, page)


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
            return Recognised([Ink(*ink) for ink in kept["inks"]], float(kept["confidence"]), int(kept["noise"]))
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
