"""The data files themselves: found among those shipped or at a user's own path, read as TOML or as rows of CSV.

Everything here raises CodebookError naming the file with its row, or the line of a TOML file.
"""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from wellled_nlp.errors import CodebookError

DATA = resources.files("wellled_nlp") / "data"


def digest(folder: str, id_or_path: str) -> str:
    """SHA-256 of a shipped or own file of this folder (facets, lexicons or crosswalks)."""
    return hashlib.sha256(find(folder, id_or_path, ".toml" if folder == "facets" else ".csv").read_bytes()).hexdigest()


def rows(folder: str, id_or_path: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers, once its header has been found to hold these columns."""
    try:
        text = find(folder, id_or_path, ".csv").read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(f"{id_or_path}: not UTF-8: {error}.", "Save it as CSV UTF-8.") from error
    held = csv.reader(text.splitlines())
    header = next(held, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise CodebookError(f"{id_or_path}, row 1: the column {missing[0]!r} is missing.", f"The header is {','.join(columns)}.")
    for number, row in enumerate(filter(None, held), 2):
        if len(row) != len(header):
            raise CodebookError(
                f"{id_or_path}, row {number}: not {len(columns)} fields.", "Put a text that holds a comma in quotation marks."
            )
        yield number, dict(zip(header, row, strict=True))


def toml(raw: bytes, where: str) -> dict[str, Any]:
    """The values of a TOML file."""
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{where}: not valid TOML: {error}.", "Mend that line.") from error


def find(folder: str, id_or_path: str, suffix: str) -> Traversable:
    """The shipped file with this id in this folder, or the own file at this path."""
    shipped = DATA / folder / f"{id_or_path}{suffix}"
    if "/" not in id_or_path and shipped.is_file():
        return shipped
    own = Path(id_or_path)
    if own.is_file():
        return own
    names = sorted(entry.name.removesuffix(suffix) for entry in (DATA / folder).iterdir())
    raise CodebookError(f"There is no file {id_or_path} in {folder}.", f"Shipped: {', '.join(names)}; or give the path of your own file.")
