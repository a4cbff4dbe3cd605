"""Volumes: the tables of some documents in a row, bound in one file, from which the tables of a whole library are copied.

Reading thousands of small parts takes longer than all else that one paper more costs; so what has been put together once is kept. A volume
is named by what it was bound from and is never changed. Where one ends hangs on the documents in it, so that a paper that comes between
others moves no other end than its own volume's.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wellled_nlp import datapackage, output
from wellled_nlp.store import parts, sightings, versions
from wellled_nlp.store.catalogue import Held

Piece = tuple[Held, Path]
_LARGEST = 1_000_000  # bytes of parts: some twenty-five minutes, or one pack of a hundred pages; no more is in memory at once
_ONE_IN = 16  # documents ends a volume
_ENDING = ".parquet"


@dataclass(frozen=True)
class Laid:
    """What is laid over the tables of documents as they are bound: what it is called for those with these ids ("" for nothing), and how."""

    called: Callable[[Collection[str]], str]
    lay: Callable[[Mapping[str, pd.DataFrame]], Mapping[str, pd.DataFrame]]


class Volumes:
    """The tables in these files."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files

    def read(self, name: str, of: Collection[str] | None = None) -> pd.DataFrame:
        """One of `parts.TABLES`, of documents with these ids. Raises Unreadable for a damaged file."""
        where = "" if of is None else f"list_contains($of, {_document(name)})"
        return output.select(parts.rows(name, self._files, where, {"of": sorted(of or ())}), parts.TABLES[name])

    def without(self, name: str, documents: Collection[str]) -> output.Select:
        """One of the tables without the rows that lead to these documents (ids); those of files that were not read, and of pages, stay."""
        lead = _document(name)
        where = f"NOT list_contains($without, {lead})" if documents and lead else ""
        return parts.rows(name, self._files, where, {"without": sorted(documents)})


def bound(folder: Path, pieces: Iterable[Piece], laid: Laid) -> Volumes:
    """The volumes of these documents, in their order; those that are not in the folder yet are bound, those of earlier states removed.

    Raises Unreadable where a part is not sound or not that of its document.
    """
    files = []
    for held in _in_volumes(pieces):
        places = [(place, one.given) for one, place in held]
        contents = [one.sha256 for one, _ in held]
        over = laid.called([one.document_id for one, _ in held])
        file = folder / f"{versions.short([[(place.name, given) for place, given in places], over])}{_ENDING}"
        if not parts.is_whole(file):
            sightings.put(file, parts.bind(places))
            if parts.held_in(file) != contents:
                file.unlink()
                raise parts.Unreadable("a part holds the tables of another document")
            if over:
                every = Volumes([file])
                sightings.put(file, parts.pack(laid.lay({name: every.read(name) for name in parts.TABLES})))
            output.let_go()  # it would grow with every volume
        files.append(file)
    clear(folder, files)
    return Volumes(files)


def clear(folder: Path, kept: Collection[Path] = ()) -> None:
    """Removes all volumes but these."""
    for file in set(folder.glob(f"*{_ENDING}")) - set(kept):
        file.unlink(missing_ok=True)


def _in_volumes(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    volume: list[Piece] = []
    size = 0
    for one, place in pieces:
        volume.append((one, place))
        with contextlib.suppress(OSError):  # what is gone is found out when it is read
            size += place.stat().st_size
        if size >= _LARGEST or int(one.sha256[:8], 16) % _ONE_IN == 0:
            yield volume
            volume, size = [], 0
    if volume:
        yield volume


def _document(name: str) -> str:
    """The document that a row of this table leads to, in SQL; "" where it leads to none. Every key begins with it."""
    key = next((key for key in datapackage.KEYS.values() if key in parts.TABLES[name]), None)
    return f"split_part(\"{name}.{key}\", '-', 1)" if key else ""
