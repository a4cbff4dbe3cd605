"""The record of a comparison, `reproduce.json`: with what it was made, so that the same numbers come again."""

import dataclasses
import hashlib
import platform
import shlex
from collections.abc import Collection, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from wellled_nlp import __version__
from wellled_nlp.compare.libraries import Library
from wellled_nlp.compare.request import Request

_PACKAGES = ("duckdb", "numpy", "pandas", "scipy")


def of(request: Request, libraries: Sequence[Library], frameworks: Collection[str], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values, ready for JSON: command, seed, versions, settings, and SHA-256 of every file that was read.

    The day of the latest scan stands for the day: the same libraries give the same bytes on any day.
    """
    given = (request.metadata, request.organisations, request.config)
    return {
        "command": command(request),
        "seed": request.seed,
        "by": request.by,
        "scanned_on": max(str(library.provenance["scanned_on"]) for library in libraries),
        "versions": {"wellled": __version__, "python": platform.python_version()} | {name: metadata.version(name) for name in _PACKAGES},
        "settings": settings,
        "libraries": [
            {"path": library.name, "made_with": library.made_with(frameworks), "sha256": library.hashes} for library in libraries
        ],
        "files": {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in given if path},
    }


def tables(directory: Path) -> dict[str, str]:
    """SHA-256 of every Parquet file in the folder, to hold another run against."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(directory.glob("*.parquet"))}


def command(request: Request) -> str:
    """The command as it can be typed again, with every choice written out."""
    parts = ["wellled", "compare", *(path.as_posix() for path in request.libraries), "--by", request.by, "--seed", str(request.seed)]
    for name in ("metadata", "organisations", "config"):
        path = getattr(request, name)
        parts += [f"--{name}", path.as_posix()] if path else []
    return shlex.join([*parts, *(["--allow-mixed"] if request.allow_mixed else []), "--out", request.out.as_posix()])


def plain(settings: Any) -> dict[str, Any]:
    """Settings as plain values, without where each came from."""
    held = dataclasses.asdict(settings)
    return {name: held[name] for name in ("attention", "compare")}
