"""The description of the tables as a Frictionless Data Package: for each CSV file its columns and types, its size and its hash.

Source of the format: Data Package 2.0 (Open Knowledge Foundation, 2024), https://datapackage.org/standard/data-package/.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wellled_nlp import table

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {table.TEXT: "string", table.WHOLE: "integer", table.NUMBER: "number", table.FLAG: "boolean"}
# The column that names a row, and those that name a row of another table.
KEYS = {"documents": "document_id", "items": "item_id", "sentences": "sentence_id", "actions": "action_id", "decisions": "decision_id"}
_SCAN_NOTE = "Tables of one scan of board papers by wellled. "
_NOTE = (
    "The same rows stand in Parquet files of the same names. "
    "A text that begins with =, +, - or @ has an apostrophe before it in CSV, so that no spreadsheet runs it as a formula; "
    "Parquet holds it unchanged. Documentary evidence only; not a rating."
)


def describe(directory: Path, provenance: Mapping[str, Any]) -> dict[str, Any]:
    """The package of the CSV files that stand in `directory` and its folder `measures`, ready for JSON."""
    places = [(name, f"{name}.csv", columns) for name, columns in table.FACTS.items()]
    places += [(name, f"measures/{name}.csv", columns) for name, columns in table.MEASURES.items()]
    title = "Recorded attention in board papers"
    return package(directory, places, ("wellled-scan", title, _SCAN_NOTE), provenance["versions"], provenance["scanned_on"])


def package(
    directory: Path, places: Sequence[tuple[str, str, Mapping[str, str]]], said: tuple[str, str, str], versions: Mapping[str, str], day: str
) -> dict[str, Any]:
    """The package of CSV files. places: name, path from `directory` and columns of each; said: its name, title and what it holds."""
    name, title, note = said
    return {
        "$schema": _PROFILE,
        "name": name,
        "title": title,
        "description": note + _NOTE,
        "version": str(versions.get("wellled", "")),
        "created": f"{day}T00:00:00Z",
        "resources": [_resource(directory, name, path, columns) for name, path, columns in places],
    }


def _resource(directory: Path, name: str, path: str, columns: Mapping[str, str]) -> dict[str, Any]:
    with (directory / path).open("rb") as file:
        digest, size = hashlib.file_digest(file, "sha256"), file.tell()
    return {
        "name": name,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "schema": _schema(name, columns),
    }


def _schema(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": column, "type": _TYPES[kind]} for column, kind in columns.items()],
        "missingValues": [""],
    }
    for field in schema["fields"]:
        if field["type"] == "boolean":
            field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if name in KEYS:
        schema["primaryKey"] = [KEYS[name]]
    leads = [
        {"fields": [key], "reference": {"resource": other, "fields": [key]}}
        for other, key in KEYS.items()
        if key in columns and other != name
    ]
    return schema | ({"foreignKeys": leads} if leads else {})
