"""Where the figures come from: versions, frameworks and models with hashes, settings, counts. What `analysis.json` holds."""

import dataclasses
import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import __version__
from wellled_nlp.codebook import SHIPPED, Facet, digest, load_facet
from wellled_nlp.errors import ModelError
from wellled_nlp.settings import Settings
from wellled_nlp.store import Held

_PACKAGES = ("pypdfium2", "pdfplumber", "spacy", "scikit-learn", "pandas", "numpy", "duckdb")


def models_folder() -> Path:
    """The models that travel in the installed package, or those at the top of a checkout. Raises ModelError where there are none."""
    package = Path(__file__).parent
    for folder in (package / "models", package.parent / "models"):
        if folder.is_dir():
            return folder
    raise ModelError("The models are missing from this installation.", "Install wellled again, or run `make models` in a checkout.")


def of(
    documents: pd.DataFrame,
    skipped: pd.DataFrame,
    rows: Mapping[str, int],
    links: Mapping[str, str],
    doubts: Sequence[Mapping[str, str]],
    left_alone: int,
    chosen: Settings,
    models: Path,
    frameworks: Sequence[Facet] = (),
) -> dict[str, Any]:
    """Plain values only, ready for JSON.

    rows: how many each table of facts has. left_alone: how many files of kinds that hold no papers were in the folders. links: for each
    document the path from the output folder to the paper, with forward slashes. frameworks: those labelled beside the ones of the models.
    """
    counted = documents[documents["counted"]]
    return {
        "versions": {"wellled": __version__, "python": platform.python_version()} | {name: metadata.version(name) for name in _PACKAGES},
        "scanned_on": date.today().isoformat(),
        "frameworks": [framework(one) for one in (*(load_facet(name) for name in SHIPPED), *frameworks)],
        "models": [_model(folder) for folder in sorted(models.iterdir()) if (folder / "config.json").is_file()],
        "settings": {name: value for name, value in dataclasses.asdict(chosen).items() if name != "origin"},
        "counts": {
            "documents": len(counted),
            "documents_not_counted": len(documents) - len(counted),
            "documents_failed": int(skipped["page"].isna().sum()),
            "pages": int(counted["pages"].sum()),
            "pages_read": int(counted["pages_read"].sum()),
            "pages_ocr": int(counted["pages_ocr"].sum()),
            "pages_failed": int(counted["pages_failed"].sum()),
            "sentences": rows["sentences"],
            "words": int(counted["words"].sum()),
            "furniture_blocks": rows["furniture"],
            "other_files_left_alone": left_alone,
        },
        "links": dict(links),
        "doubts": [dict(one) for one in doubts],
    }


def framework(facet: Facet) -> dict[str, Any]:
    """What a framework is, with the hashes of its file, crosswalk and lexicon."""
    lists = {"crosswalk": ("crosswalks", facet.crosswalk), "lexicon": ("lexicons", facet.lexicon)}
    used = {scorer: lists[scorer] for scorer in facet.scored_by if scorer in lists}
    return {
        "id": facet.id,
        "name": facet.name,
        "title": facet.title,
        "publisher": facet.publisher,
        "link": facet.link,
        "sha256": facet.sha256,
        "scored_by": list(facet.scored_by),
        **{f"{scorer}_sha256": digest(folder, name) for scorer, (folder, name) in used.items()},
    }


def _model(folder: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    for part in sorted(folder.iterdir()):
        if part.suffix in (".npz", ".json"):
            digest.update(part.read_bytes())
    metrics = folder / "metrics.json"
    own = _learned_from(folder)
    return {
        "facet": folder.name,
        "sha256": digest.hexdigest(),
        "metrics": json.loads(metrics.read_text(encoding="utf-8")) if metrics.is_file() else {},
    } | ({"own": own} if own else {})


def learned(models: Path) -> frozenset[str]:
    """The names of the imports of corrections that models in this folder learned from; none for those shipped."""
    return frozenset(name for folder in models.iterdir() if folder.is_dir() for name in _learned_from(folder).get("imports", ()))


def _learned_from(folder: Path) -> dict[str, Any]:
    """Sentences, coders and imports of the user's own that a head learned from besides the shipped ones; empty where there are none."""
    config = folder / "config.json"
    found: dict[str, Any] = json.loads(config.read_text(encoding="utf-8")).get("own", {}) if config.is_file() else {}
    return found


def links(documents: Sequence[Held], out: Path) -> dict[str, str]:
    """For each document the path from the output folder to it."""
    return {one.document_id: _link(one.path, out) for one in documents if one.sha256}


def _link(path: Path, out: Path) -> str:
    """Relative, so that papers and report can be moved together; absolute only across drives, where no relative path exists."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_uri()
