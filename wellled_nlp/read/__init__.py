"""Reading: a file of board papers to a `Document`. One module a format; `READERS` says which suffix goes where."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from wellled_nlp.document import Document
from wellled_nlp.errors import ReadError
from wellled_nlp.settings import ReadSettings

Reader = Callable[[Path, str, ReadSettings, Sequence[str]], Document]


def _pdf(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str]) -> Document:
    from wellled_nlp.read.pdf import read_pdf

    return read_pdf(path, sha256, settings, passwords)


def _word(path: Path, sha256: str, settings: ReadSettings, passwords: Sequence[str]) -> Document:
    from wellled_nlp.read.word import read_word

    return read_word(path, sha256, settings)


READERS: dict[str, Reader] = {".pdf": _pdf, ".docx": _word}
SUFFIXES = tuple(READERS)


def read(path: Path, settings: ReadSettings, passwords: Sequence[str] = ()) -> Document:
    """What the file says. Raises ReadError, with a hint, where nothing of it could be read; single pages may still be `failed`."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"{path} is not of a kind that can be read.", f"Readable are {', '.join(SUFFIXES)}.")
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}.", "Check that the file is there and may be read.") from error
    return reader(path, sha256, settings, passwords)
