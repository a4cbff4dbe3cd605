"""What a stored result depends on, as short hashes: change what it was made with and the hash is another, and the work is done again.

Three of them, each over what can move its result and nothing else: reading (program and packages that read this format, its limits;
OCR apart, for most papers need none), labelling (structure, sentences, tables, codebook, models), and the whole program with its settings,
which the measures and reports depend on. Source files count as they stand: a rule that asked people to raise a number would be forgotten.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from wellled_nlp import __version__
from wellled_nlp.document import Document
from wellled_nlp.read import ocr
from wellled_nlp.settings import ReadSettings, Settings

_PACKAGE = Path(__file__).parents[1]
_LENGTH = 12  # hexadecimal digits: 48 bits tell apart all versions that there will be
# Packages that parse each format; what none of them touches is not read again when they change.
_READERS = {".pdf": ("pypdfium2", "pdfplumber", "pdfminer.six", "pikepdf"), ".txt": ()}
_OTHER_READERS = ("lxml",)
_LABELLERS = ("spacy", "numpy")
_READING = ("read",)
_LABELLING = ("structure", "sentences.py", "classify", "codebook", "codebook.py", "table", "tabulate.py", "document.py", "data")
# How many run at once and where OCR keeps its own notes changes no letter of what is read.
_NO_MATTER = ("ocr_jobs", "ocr_cache")


@dataclasses.dataclass(frozen=True)
class Versions:
    """The hashes for one set of settings and models."""

    read: ReadSettings
    labelling: str
    whole: str

    def reading(self, suffix: str) -> str:
        """Of reading a file of this suffix, as far as no page of it needed OCR."""
        return _reading(self.read, suffix.lower())

    @property
    def recognising(self) -> str:
        """Of OCR: its settings, and the Tesseract on this machine, or that there is none."""
        return _recognising(self.read)


def of(chosen: Settings, models: Path, *more: object) -> Versions:
    """The versions of this installation with these settings and models; `more`: plain values that labels depend on besides."""
    labelling = _short(
        [_source(_LABELLING), _models(models, (".npz", "config.json")), _installed(_LABELLERS), _own(chosen.attention.signals), *more]
    )
    everything = {name: value for name, value in dataclasses.asdict(chosen).items() if name != "origin"}
    return Versions(chosen.read, labelling, _short([_source(("",)), _models(models, (".npz", ".json")), everything, labelling]))


def reading_of(read: ReadSettings, document: Document, suffix: str) -> str:
    """The version of a reading that was made here from a file of this suffix."""
    needs_ocr = suffix.lower() == ".pdf" and (not read.ocr or any(page.how != "text" for page in document.pages))
    return _reading(read, suffix.lower()) + (f"-{_recognising(read)}" if needs_ocr else "")


def ingredients(chosen: Settings, models: Path) -> dict[str, str]:
    """What reading and labelling depend on, by names that a person knows: for telling in what two machines differ."""
    packages = {name for names in (*_READERS.values(), _OTHER_READERS, _LABELLERS) for name in names}
    return {
        "wellled": __version__,
        "program and data": _source(("",))[:_LENGTH],
        "models": _models(models, (".npz", "config.json"))[:_LENGTH],
        "signals": _own(chosen.attention.signals),
        **{name: metadata.version(name) for name in sorted(packages)},
        **({"Tesseract": _tesseract()} if chosen.read.ocr else {}),
    }


def short(values: Iterable[Any]) -> str:
    """The hash of plain values."""
    return _short(list(values))


@cache
def _reading(read: ReadSettings, suffix: str) -> str:
    limits = {name: value for name, value in dataclasses.asdict(read).items() if not name.startswith("ocr")}
    return _short([_source(_READING), suffix, limits, _installed(_READERS.get(suffix, _OTHER_READERS))])


@cache
def _recognising(read: ReadSettings) -> str:
    held = {name: value for name, value in dataclasses.asdict(read).items() if name.startswith("ocr") and name not in _NO_MATTER}
    if not read.ocr:
        return _short([False])
    return _short([held, _tesseract() or None])


def _tesseract() -> str:
    """The first line that Tesseract says about itself; empty where there is none."""
    try:
        return ocr.version()
    except ocr.NoTesseract:
        return ""


def _own(name: str) -> str:
    """The hash of a list of the user's own, named by its path; the shipped ones are among the data."""
    path = Path(name)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else name


@cache
def _source(names: tuple[str, ...]) -> str:
    """The hash of these modules, folders and data files of the package, whatever the line ends of the checkout are."""
    digest = hashlib.sha256()
    for name in names:
        place = _PACKAGE / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in (".py", ".toml", ".csv") and file.is_file():
                digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0")
                digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _models(folder: Path, endings: tuple[str, ...]) -> str:
    """The hash of the models' files that end so."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*/*")):
        if file.name.endswith(endings):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _installed(packages: Iterable[str]) -> Mapping[str, str]:
    return {name: metadata.version(name) for name in packages}


def _short(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:_LENGTH]
