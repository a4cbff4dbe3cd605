"""What a library holds: every content once, with where it stands, from the sightings and a look at the files themselves.

A known file is opened only where its size or time has changed. A file with other content than before has replaced it; one that is gone
stays, marked, until it is dropped on request; one whose content stands elsewhere now was moved.
"""

import dataclasses
import hashlib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from wellled_nlp import read
from wellled_nlp.store.sightings import DROPPED, KIND, SEEN, Known, Sighting

Named = Mapping[str, str]  # absolute path to the path as the user gave it


@dataclasses.dataclass(frozen=True)
class Held:
    """One content, or one file that could not even be opened (then sha256 is "").

    path: where it stands; given: the same as the user named it; present: whether the file is there; copies: other files with this content
    that are there, as given; reason and version: why it was not read, as in `Sighting`.
    """

    sha256: str
    path: Path
    given: str
    present: bool
    copies: tuple[str, ...] = ()
    reason: str = ""
    version: str = ""

    @property
    def document_id(self) -> str:
        """As in `document.Document`."""
        return self.sha256[:12]


def look(known: Known, named: Named, forget_gone: bool = False) -> list[Sighting]:
    """The new records after a look at the named files and at all that were seen before.

    forget_gone: whether files that are no longer there are dropped.
    """
    now = time.time_ns()
    before: dict[str, list[Sighting]] = {}
    for one in known.values():
        if one.state == SEEN:
            before.setdefault(one.path, []).append(one)
    new: list[Sighting] = []
    for path in {**before, **named}:
        earlier = before.get(path, [])
        found = _look_at(path, named.get(path), earlier, now)
        if found is not None:
            new += [found] if found not in earlier else []
            new += [dataclasses.replace(one, state=DROPPED, at=now) for one in earlier if one.sha256 != found.sha256]
        elif forget_gone:
            new += [dataclasses.replace(one, state=DROPPED, at=now) for one in earlier]
    return new


def of(known: Known) -> tuple[Held, ...]:
    """Every content once, in the order of the paths as given; a content counts where the first of its files stands."""
    groups: dict[str, list[Sighting]] = {}
    for one in known.values():
        if one.state == SEEN:
            groups.setdefault(one.sha256 or f"unopened {one.path}", []).append(one)
    return tuple(sorted(map(_held, groups.values()), key=lambda one: (one.given, str(one.path))))


def named(paths: Iterable[Path]) -> Named:
    """The files by their absolute paths; links to folders are followed, one to a file keeps its name, which says how it is read."""
    return {str(path.parent.resolve() / path.name): str(path) for path in paths}


def _look_at(path: str, given: str | None, earlier: Sequence[Sighting], now: int) -> Sighting | None:
    """The file as it is now: the earlier record itself where nothing has changed; None where it is gone."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    told = given if given is not None else max(earlier, key=lambda one: one.at).given
    unread = read.why_unread(Path(path))
    reason = f"it is {unread}" if unread else ""
    for one in earlier:
        if (one.is_of(status) and not unread) or (unread and (one.sha256, one.reason) == ("", reason)):
            return one if one.given == told else dataclasses.replace(one, given=told, at=now)
    fresh = Sighting(path, told, "", status.st_size, status.st_mtime_ns, now, reason=reason, version=KIND)
    if unread:
        return fresh
    fresh = dataclasses.replace(fresh, sha256=_hash(Path(path)), version="")
    same = next((one for one in earlier if one.sha256 == fresh.sha256 and one.sha256), None)
    return dataclasses.replace(fresh, reason=same.reason, version=same.version) if same else fresh


def _held(group: Sequence[Sighting]) -> Held:
    present = [one for one in group if os.path.lexists(one.path)]
    first, *others = sorted(present or group, key=lambda one: (one.given, one.path))
    failed = next((one for one in sorted(group, key=lambda one: -one.at) if one.reason), first)
    copies = tuple(one.given for one in others) if present else ()
    return Held(first.sha256, Path(first.path), first.given, bool(present), copies, failed.reason, failed.version)


def _hash(path: Path) -> str:
    """The SHA-256 of the file's bytes, or "" where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
