"""Which files were seen where with which content: small records that only ever get more, so that two libraries merge by copying.

Each scan that sees anything new writes one file of JSON lines, whole or not at all. Of several records of one path and content the latest
counts, so the order of files does not matter, nor does a record that stands in two of them.
"""

import contextlib
import dataclasses
import json
import os
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

SEEN, DROPPED = "seen", "dropped"
KIND = "kind"  # the version of a reason that lies in the file's name: it is of a kind that is not read
_MANY = 64  # files of records, from which a scan joins them into one
# A file may change again within the tick of its file system's clock, size and time unmoved: one as fresh as this is looked at again.
_FRESH = 2_000_000_000  # nanoseconds


@dataclasses.dataclass(frozen=True)
class Sighting:
    """One file as it was seen.

    path: absolute; given: as the user named it; sha256: "" where it could not be opened or is of a kind that is not read; size in bytes;
    mtime_ns and at: when it was changed and when seen, in nanoseconds since 1970; state: seen, or dropped (removed, or another content in
    its place); reason: why it was not read, or ""; version: what reading that reason came from, "" where trying again may help.
    """

    path: str
    given: str
    sha256: str
    size: int
    mtime_ns: int
    at: int
    state: str = SEEN
    reason: str = ""
    version: str = ""

    def is_of(self, status: os.stat_result) -> bool:
        """Whether a file with this status is the one that was seen, unchanged."""
        same = (self.size, self.mtime_ns) == (status.st_size, status.st_mtime_ns)
        return same and bool(self.sha256) and self.at - self.mtime_ns > _FRESH


Known = dict[tuple[str, str], Sighting]


def load(folder: Path) -> Known:
    """The latest record of every path and content; lines that are no records are passed over."""
    known: Known = {}
    for file in sorted(folder.glob("*.jsonl")):
        with contextlib.suppress(OSError):  # joined with others by another process just now
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                one = _parsed(line)
                if one is not None:
                    _take(known, one)
    return known


def add(folder: Path, new: Iterable[Sighting]) -> None:
    """Writes these records, under a name of their own."""
    rows = sorted(new, key=lambda one: (one.path, one.sha256))
    if rows:
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(dataclasses.asdict(one)) + "\n" for one in rows)
        put(folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.jsonl", text.encode("ascii"))


def join(folder: Path, least: int = _MANY) -> None:
    """One file instead of many, where there are at least so many. For whoever holds the library's lock."""
    files = sorted(folder.glob("*.jsonl"))
    if len(files) >= least:
        add(folder, load(folder).values())
        for file in files:
            file.unlink(missing_ok=True)


def put(target: Path, held: bytes) -> None:
    """Writes a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        unfinished.write_bytes(held)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _take(known: Known, one: Sighting) -> None:
    key = (one.path, one.sha256)
    if key not in known or (one.at, dataclasses.astuple(one)) > (known[key].at, dataclasses.astuple(known[key])):
        known[key] = one


def _parsed(line: str) -> Sighting | None:
    try:
        values = json.loads(line)
        one = Sighting(**values)
    except (ValueError, TypeError):
        return None
    texts = (one.path, one.given, one.sha256, one.state, one.reason, one.version)
    sound = all(isinstance(value, str) for value in texts) and all(isinstance(value, int) for value in (one.size, one.mtime_ns, one.at))
    return one if sound else None
