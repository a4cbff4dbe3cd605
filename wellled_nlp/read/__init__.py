"""Reading: a file of board papers to a `Document`. One module a format; `READERS` says which suffix goes where.

In: a path. Out: pages of blocks in reading order, furniture set aside with its reason, failed pages among them. Everything that parses a
stranger's file in C runs in a process of its own, which can be ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wellled_nlp.errors import ReadError

if TYPE_CHECKING:  # the reading process comes through here for every document, and starts in half the time without these
    from wellled_nlp.document import Document
    from wellled_nlp.settings import ReadSettings

    Reader = Callable[[Path, str, ReadSettings, Sequence[str]], Document]


def _pdf(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str]) -> Document:
    from wellled_nlp.read.pdf import read_pdf

    return read_pdf(path, sha256, settings, passwords)


def _word(path: Path, sha256: str, settings: ReadSettings, _: Sequence[str]) -> Document:
    from wellled_nlp.read.word import read_word

    return read_word(path, sha256, settings)


def _html(path: Path, sha256: str, settings: ReadSettings, _: Sequence[str]) -> Document:
    from wellled_nlp.read.html import read_html

    return read_html(path, sha256, settings)


def _text(path: Path, sha256: str, settings: ReadSettings, _: Sequence[str]) -> Document:
    from wellled_nlp.read.text import read_text

    return read_text(path, sha256, settings)


READERS: dict[str, Reader] = {".pdf": _pdf, ".docx": _word, ".html": _html, ".htm": _html, ".txt": _text}
SUFFIXES = tuple(READERS)

_PICTURE = "a picture: if it is a scanned paper, save it as PDF"
_SHEET = "a spreadsheet: save the pages that were before the board as PDF"
_SLIDES = "a slide show: save it as PDF"
_MAIL = "a mail message: save the papers attached to it on their own"
_ARCHIVE = "an archive: unpack it first"
# Known kinds that are not read, in words that complete "It is …".
UNREAD = (
    {".doc": "an old Word file: save it as .docx or PDF", ".rtf": "a rich text file: save it as .docx or PDF"}
    | {".odt": "an OpenDocument text: save it as .docx or PDF", ".pages": "a Pages file: save it as .docx or PDF"}
    | {".docm": "a Word file with macros: save it as .docx or PDF", ".dotx": "a Word template: save it as .docx or PDF"}
    | dict.fromkeys((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers"), _SHEET)
    | dict.fromkeys((".pptx", ".ppt", ".ppsx", ".pps", ".odp", ".key"), _SLIDES)
    | dict.fromkeys((".msg", ".eml", ".mht", ".mhtml"), _MAIL)
    | dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"), _ARCHIVE)
    | dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"), _PICTURE)
    | dict.fromkeys((".mp3", ".mp4", ".wav", ".m4a", ".mov", ".avi", ".wmv"), "a recording: wellled reads papers, not speech")
)


def is_readable(path: Path) -> bool:
    """Whether the file's name is of a kind that is read."""
    return path.suffix.lower() in READERS


def why_unread(path: Path) -> str:
    """Why a file of this name is not read, in words for the user; empty for a kind that is read."""
    suffix = path.suffix.lower()
    if suffix in READERS:
        return ""
    return UNREAD.get(suffix, f"not of a kind that is read (read are {', '.join(SUFFIXES)})")


def read(path: Path, settings: ReadSettings, passwords: Sequence[str] = ()) -> Document:
    """What the file says. Raises ReadError, with a hint, where nothing of it could be read; single pages may still be `failed`.

    passwords: tried in turn on a locked PDF, after none at all.
    """
    reason = why_unread(path)
    if reason:
        what, _, hint = reason.partition(": ")
        raise ReadError(f"{path} is {what}.", f"{hint[:1].upper()}{hint[1:]}." if hint else "Save it as PDF or .docx.")
    return READERS[path.suffix.lower()](path, _hash(path, settings), settings, passwords)


def _hash(path: Path, settings: ReadSettings) -> str:
    """The SHA-256 of the file's bytes; here, too, what is empty or too large is turned away."""
    import hashlib

    try:
        size = path.stat().st_size
        if size == 0:
            raise ReadError(f"{path} is empty (0 bytes).", "It was not saved or not copied in full: ask for a fresh copy.", lasting=True)
        if size > settings.file_megabytes * 2**20:
            hint = "Split it, or raise read.file_megabytes in the settings."
            raise ReadError(
                f"{path} has {size / 2**20:,.0f} MB, more than the {settings.file_megabytes:g} MB that are allowed.", hint, lasting=True
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}.", "Check that the file is there and may be read.") from error
