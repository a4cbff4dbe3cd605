"""Libraries: the folders that `wellled scan --out` wrote, what each was made with, and whether they can be set side by side."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellled_nlp.errors import InputError

TABLES = ("documents", "sentences", "labels", "skipped")
# The settings that change what is counted; the others change how it is judged, which a comparison does by its own settings.
_COUNTING = ("left_out", "doc_types")


@dataclass(frozen=True)
class Library:
    """One folder: its tables are read from where they stand, a library at a time."""

    path: Path
    provenance: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The folder as it was given."""
        return self.path.as_posix()

    def table(self, name: str) -> Path:
        """The Parquet file of one of TABLES."""
        return self.path / "tables" / f"{name}.parquet"

    def made_with(self, frameworks: Collection[str]) -> dict[str, str]:
        """What must agree between libraries: version, these frameworks and all models by hash, the settings that change what is counted."""
        held = self.provenance
        made = {"wellled": str(held["versions"].get("wellled", ""))}
        made |= {f"framework {one['id']}": str(one["sha256"])[:12] for one in held["frameworks"] if one["id"] in frameworks}
        made |= {f"model {one['facet']}": str(one["sha256"])[:12] for one in held["models"]}
        return made | {f"attention.{name}": ", ".join(held["settings"]["attention"][name]) for name in _COUNTING}

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file that is read."""
        files = [self.path / "analysis.json", *(self.table(name) for name in TABLES)]
        return {file.relative_to(self.path).as_posix(): _sha256(file) for file in files}


def open_all(paths: Sequence[Path], frameworks: Collection[str], allow_mixed: bool) -> tuple[list[Library], list[str]]:
    """The libraries in the order of their names, and warnings of what differs between them.

    Raises InputError where a folder holds no scan, and, unless mixed libraries are allowed, where two were made with different versions,
    frameworks, models or settings of counting: their labels would differ with no difference between the papers.
    """
    libraries = sorted((_open(path) for path in dict.fromkeys(paths)), key=lambda library: library.name)
    warnings = _mismatches(libraries, frameworks)
    if warnings and not allow_mixed:
        listed = "\n".join(f"  {warning}" for warning in warnings)
        raise InputError(
            f"These libraries were not made alike, so a difference between them may be one of method:\n{listed}",
            "Scan the older ones again with this version; or give --allow-mixed and read every difference with this in mind.",
        )
    return libraries, warnings


def _open(path: Path) -> Library:
    try:
        library = Library(path, json.loads((path / "analysis.json").read_text(encoding="utf-8")))
        missing = [name for name in TABLES if not library.table(name).is_file()]
        library.made_with(())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"There is no whole scan in {path}: {error}.", "Name folders that were given to `wellled scan --out`.") from error
    if missing:
        raise InputError(f"The scan in {path} lacks tables/{missing[0]}.parquet.", "Scan these papers again.")
    return library


def _mismatches(libraries: Sequence[Library], frameworks: Collection[str]) -> list[str]:
    """One sentence for each thing that differs: which value how many libraries have, and an example of each."""
    warnings = []
    made = [library.made_with(frameworks) for library in libraries]
    for key in sorted({key for one in made for key in one}):
        values: dict[str, list[str]] = {}
        for library, one in zip(libraries, made, strict=True):
            values.setdefault(one.get(key, "none"), []).append(library.name)
        if len(values) > 1:
            said = "; ".join(
                f"{value} in {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "") for value, names in values.items()
            )
            warnings.append(f"{key}: {said}")
    return warnings


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
