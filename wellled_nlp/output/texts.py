"""Texts and JSON as files, with a sentence where they cannot be written."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellled_nlp.errors import OutputError


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """A mapping as JSON, keys in their order, so that a report made from what is loaded again lists them alike. Raises OutputError."""
    write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", path)


def write_text(text: str, path: Path, encoding: str = "utf-8") -> None:
    """A text as it is. Raises OutputError."""
    try:
        path.write_text(text, encoding=encoding, newline="\n")
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(out: Path, error: OSError) -> OutputError:
    """What a person is told where a file or folder cannot be written."""
    return OutputError(
        f"{out} cannot be written: {error.strerror or error}.",
        "Choose another folder with --out, or close programs that have its files open.",
    )
