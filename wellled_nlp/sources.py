"""Which files are to be read: the paths a user gave, folders searched with everything in them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wellled_nlp import read
from wellled_nlp.errors import InputError

# What desktops and office programs leave in folders; nobody means these to be read.
_LITTER = ("~$", ".")
_LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_NAMED = 10  # files that a message lists


@dataclass(frozen=True)
class Skipped:
    """A file, or one page of it, that was not read, and why, in words for the user. page is None for a whole file."""

    path: str
    page: int | None
    reason: str


@dataclass(frozen=True)
class Found:
    """The files to read, sorted, and those set aside with the reason.

    left_alone: how many files of kinds that hold no papers (programs, notes) there were.
    """

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...] = ()
    left_alone: int = 0


def find(paths: Sequence[Path], apart_from: Path | None = None) -> Found:
    """What is to be read at these paths.

    A file that the user named is always tried or named. In a folder, kinds that may hold papers but are not read (old Word files, scans
    saved as pictures) are named, others are counted. apart_from: a folder that is not searched,
    where reports of an earlier scan stand. Raises InputError for a path that is not there, and where nothing at all can be read.
    """
    named: list[Path] = []
    within: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", "Check the spelling; put a path with spaces in quotation marks.")
        if path.is_file():
            named.append(path)
        else:
            within += _within(path, apart_from)
    if not named and not within:
        where = ", ".join(str(path) for path in paths)
        raise InputError(f"The folder {where} is empty.", "Put board papers (PDF or Word) in it, or name another folder.")
    papers = [path for path in within if read.is_readable(path) or path.suffix.lower() in read.UNREAD]
    files = _once([*named, *papers])
    skipped = [Skipped(str(path), None, f"it is {read.why_unread(path)}") for path in files if not read.is_readable(path)]
    readable = [path for path in files if read.is_readable(path)]
    if not readable:
        reasons = "\n".join(f"  {one.path}: {one.reason}" for one in skipped[:_NAMED])
        raise InputError(f"No board papers were found.\n{reasons}".rstrip(), "Name PDF or Word (.docx) files, or a folder of them.")
    return Found(tuple(readable), tuple(skipped), len(within) - len(papers))


def _within(folder: Path, apart_from: Path | None) -> list[Path]:
    """All files under a folder; links to folders are not followed, so that a loop of links ends."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_same(Path(parent) / name, apart_from))
        found += [Path(parent) / name for name in sorted(names) if not name.startswith(_LITTER) and name.lower() not in _LITTER_NAMES]
    return found


def _is_same(one: Path, other: Path | None) -> bool:
    return other is not None and one.resolve() == other.resolve()


def _once(files: Iterable[Path]) -> list[Path]:
    return sorted({path.resolve(): path for path in files}.values(), key=str)
