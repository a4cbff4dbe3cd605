"""The library: a folder that keeps what was read, so that nothing is read twice.

`read/` holds a reading a content, `tables/` the tables made from it, `volumes/` those of several together, `seen/` what files held it,
`made.json` what the output folder was last made from. Every file is named by what is in it, written under another name and put in place
whole: if it exists it is done, workers never share one, and copying two libraries into one merges them. Other folders in it belong to
others and are left alone.
"""

import contextlib
import dataclasses
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wellled_nlp.errors import OutputError
from wellled_nlp.store import catalogue, lock, parts, reading, sightings, versions, volumes
from wellled_nlp.store.catalogue import Held
from wellled_nlp.store.versions import Versions

FOLDER = "library"
_READING, _TABLES = ".json.gz", ".parquet"
_NAME = re.compile(r"(?P<sha256>[0-9a-f]{64})\.(?P<version>[0-9a-f-]+)\.(?:json\.gz|parquet)")
_LEFT_BEHIND = 3600.0  # seconds after which an unfinished file is taken for one of a run that was killed


class Library:
    """The library of one output folder, seen with one set of versions.

    documents: what it holds since the last look; notes: what a person should know of stored files that were not sound.
    """

    def __init__(self, out: Path, made_with: Versions) -> None:
        self.out, self.versions = out, made_with
        self.folder = out / FOLDER
        self.notes: list[str] = []
        self._pending: list[sightings.Sighting] = []
        self.refresh()

    def look(self, paths: Iterable[Path], prune: bool = False) -> None:
        """Looks at these files and at all that were seen before; what is new is kept in mind until `record`."""
        self._note(catalogue.look(self._seen, catalogue.named(paths), prune))

    def refresh(self) -> None:
        """The documents as the records have them now, those of other processes among them."""
        self._names = {kind: self._listed(kind) for kind in ("read", "tables")}
        self._seen = sightings.load(self.folder / "seen")
        self._note(self._pending)

    def record(self) -> None:
        """Writes down what was seen since the last time."""
        sightings.add(self.folder / "seen", self._pending)
        self._pending = []

    def to_read(self) -> list[Held]:
        """Documents whose file is there and whose reading is not, or was made by other versions, or failed for a reason that may pass."""
        return [
            one
            for one in self.documents
            if one.present
            and self._current(one) is None
            and not (one.reason and one.version in (sightings.KIND, self._suffix_version(one)))
        ]

    def reading_of(self, one: Held) -> Path | None:
        """The current reading; of a file that is gone, the latest there is."""
        current = self._current(one)
        if current is not None or one.present:
            return current
        older = [self.folder / "read" / name for name in self._names["read"].get(one.sha256, ())]
        return max(older, key=lambda path: (self._read_on(path), path.name), default=None)

    def tables_of(self, one: Held) -> Path | None:
        """Where the tables of a document stand or will stand; None where it has no reading."""
        source = self.reading_of(one)
        if source is None:
            return None
        made_from = [self.versions.labelling, source.name.removesuffix(_READING), Path(one.given).name]
        return self.folder / "tables" / f"{one.sha256}.{versions.short(made_from)}{_TABLES}"

    def to_label(self) -> list[Held]:
        """Documents that were read and have no tables of the current versions."""
        wanted = [(one, self.tables_of(one)) for one in self.documents]
        return [one for one, place in wanted if place is not None and not parts.is_whole(place)]

    def keep_reading(self, one: Held, sha256: str, version: str, packed: bytes) -> None:
        """Keeps the reading of this content and version; where the content has changed since the look, under the content that was read."""
        name = f"{sha256}.{version}{_READING}"
        sightings.put(self.folder / "read" / name, packed)
        self._names["read"].setdefault(sha256, set()).add(name)
        if sha256 != one.sha256:
            self._note_again(one, sha256=sha256)

    def keep_failure(self, one: Held, reason: str, lasting: bool) -> None:
        """Notes why a file could not be read. lasting: whether the same content will fail again whenever it is tried."""
        self._note_again(one, reason=reason, version=self._suffix_version(one) if lasting else "")

    def keep_tables(self, one: Held, packed: bytes) -> None:
        """Keeps the tables of a document, as `parts.pack` gives them."""
        place = self.tables_of(one)
        assert place is not None, "tables are made from a reading"
        sightings.put(place, packed)

    def refuse_reading(self, one: Held, wrong: str) -> None:
        """Removes a stored reading that is not sound, with a note, so that the file is read again."""
        place = self.reading_of(one)
        if place is not None:
            self._discard(place, f"The stored reading of {one.given} {wrong}; ")

    def bound(self, laid: volumes.Laid) -> volumes.Volumes:
        """The tables of all documents, in the order of `documents`, with the documents' paths and what is laid over them.

        Raises LookupError where a part is not sound: it is removed, and the work to be done again shows in `to_read` and `to_label`.
        """
        every = [(one, place) for one in self.documents if (place := self.tables_of(one)) is not None]
        try:
            return volumes.bound(self.folder / "volumes", every, laid)
        except parts.Unreadable as error:  # one of them or more; which, is asked of each
            for one, place in every:
                if not parts.is_sound(place, one.sha256):
                    self._discard(place, f"The stored tables of {one.given} are damaged; ")
            raise LookupError("some tables have to be made again") from error

    def unbind(self) -> None:
        """Removes the volumes, of which one is not sound."""
        volumes.clear(self.folder / "volumes")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other process writes to the output folder. Raises OutputError where one has done so for too long."""
        with lock.held(self.folder / "lock"):
            self._tidy()
            sightings.join(self.folder / "seen")
            self.refresh()
            yield

    def prune(self) -> None:
        """Removes readings and tables that no document of the library stands on any more."""
        wanted = {place.name for one in self.documents for place in (self.reading_of(one), self.tables_of(one)) if place is not None}
        for kind in ("read", "tables"):
            for place in self._files(kind):
                if place.name not in wanted:
                    place.unlink(missing_ok=True)
        sightings.join(self.folder / "seen", least=1)
        self.refresh()

    def key(self, *more: object) -> str:
        """The hash of all that the output folder is made from: documents with their tables, versions, settings."""
        rows = [
            [*map(str, dataclasses.astuple(one)), place.name if (place := self.tables_of(one)) is not None else ""]
            for one in self.documents
        ]
        return versions.short([self.versions.whole, rows, str(self.out.resolve()), *more])

    def made(self) -> dict[str, Any]:
        """What the output folder was last made from: `key`, and for each report the key that it was made from."""
        try:
            found = json.loads((self.folder / "made.json").read_text(encoding="utf-8"))
            return found if isinstance(found, dict) and isinstance(found.get("reports"), dict) else {"key": "", "reports": {}}
        except (OSError, ValueError):
            return {"key": "", "reports": {}}

    def note_unmade(self) -> None:
        """Notes that the output folder is about to change; until `note_made` it is taken for unfinished."""
        (self.folder / "made.json").unlink(missing_ok=True)

    def note_made(self, key: str, reports: Sequence[str]) -> None:
        """Notes what the output folder is made from now, once it is; `reports`: those that were written just now."""
        held = {name: of for name, of in self.made()["reports"].items() if of == key} | dict.fromkeys(reports, key)
        sightings.put(self.folder / "made.json", json.dumps({"key": key, "reports": held}).encode("ascii"))

    def heads(self) -> dict[str, reading.Head]:
        """For each content that was read who read it and when."""
        held = {}
        for one in self.documents:
            place = self.reading_of(one)
            if place is not None:
                with contextlib.suppress(OSError, reading.Torn):
                    held[one.sha256] = reading.head_of(place.read_bytes())
        return held

    def is_stale(self, one: Held) -> bool:
        """Whether what is kept of a document was made by other versions than these."""
        place = self.tables_of(one)
        return self._current(one) is None or place is None or not place.is_file()

    def _note(self, new: Sequence[sightings.Sighting]) -> None:
        """Takes these records as seen; they are on disk after `record`."""
        self._pending = [*(one for one in self._pending if one not in new), *new]
        self._seen |= {(one.path, one.sha256): one for one in new}
        self.documents = catalogue.of(self._seen)

    def _note_again(self, one: Held, **changed: Any) -> None:
        """A new record of this file; where its content is another one, the earlier record is dropped."""
        earlier = self._seen[(str(one.path), one.sha256)]
        now = time.time_ns()
        dropped = [dataclasses.replace(earlier, at=now, state=sightings.DROPPED)] if "sha256" in changed else []
        self._note([dataclasses.replace(earlier, at=now, **changed), *dropped])

    def _suffix_version(self, one: Held) -> str:
        return self.versions.reading(one.path.suffix)

    def _current(self, one: Held) -> Path | None:
        base = self._suffix_version(one)
        names = self._names["read"].get(one.sha256, ())
        for version in (base, f"{base}-{self.versions.recognising}" if one.path.suffix.lower() == ".pdf" else base):
            if f"{one.sha256}.{version}{_READING}" in names:
                return self.folder / "read" / f"{one.sha256}.{version}{_READING}"
        return None

    def _read_on(self, path: Path) -> str:
        try:
            return reading.head_of(path.read_bytes()).read_on
        except (OSError, reading.Torn):
            return ""

    def _files(self, kind: str) -> list[Path]:
        folder = self.folder / kind
        return [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []

    def _listed(self, kind: str) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for path in self._files(kind):
            names.setdefault(path.name.partition(".")[0], set()).add(path.name)
        return names

    def _discard(self, place: Path, note: str) -> None:
        self.notes.append(f"{note}it was made again.")
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{place} cannot be removed: {error.strerror}.", "Remove it yourself, then scan again.") from error
        self._names = {kind: self._listed(kind) for kind in ("read", "tables")}

    def _tidy(self) -> None:
        """Removes what runs that were killed have left unfinished."""
        for path in self.folder.glob("*/.*.part"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                    path.unlink()
