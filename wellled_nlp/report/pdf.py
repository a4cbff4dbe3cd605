"""Annotated copies of the papers: a folder with one PDF for each that was read, and README.txt, which says what was marked and what not.

The originals are only read: each must still have the bytes that were scanned. A process of its own marks each paper (`annotate.child`),
so that a hostile one ends itself and is named. The same papers and analysis give the same bytes.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from wellled_nlp.report import papers, words
from wellled_nlp.report.annotate import marks
from wellled_nlp.report.annotate.looks import Look
from wellled_nlp.report.contents import records
from wellled_nlp.table import Analysis

NOTE_FILE = "README.txt"
_MEMORY = 2000 * 2**20  # bytes of address space, as a reading process has (read.memory_megabytes)
_CPU_SECONDS, _CPU_SECONDS_A_PAGE = 30, 0.5  # the densest sample pack takes 0.03 s a page
_WALL_FOR_CPU = 4  # wall seconds for a processor second on a busy machine
_ROOM, _GROWTH = 64 * 2**20, 3  # bytes and times that a copy may be larger than its original
_SIDE_BY_SIDE = 4  # processes; each may take _MEMORY
_ANSWER = 4096  # bytes
_NAME_BYTES = 120  # of 255 that file systems allow, so that deep folders stay within Windows' 260 for a path
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")  # names that Windows keeps for devices
_FAULTS = {
    "password": "it is locked with a password; save an open copy and scan that",
    "protected": "its author has protected it against annotation",
    "damaged": "it is damaged; open it in a PDF viewer, save it again and scan that",
    "space": "the copy could not be written: no space, or the paper swells beyond its limit",
}


@dataclass(frozen=True)
class _Told:
    """What became of one paper. source: its path; fault: why there is no copy."""

    name: str
    source: str
    fault: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def write(analysis: Analysis, path: Path) -> None:
    """Makes the folder `path`. A paper that cannot be marked is named in its README.txt; only a folder that cannot be written raises."""
    path.mkdir()
    jobs = marks.of(analysis)
    documents = records(analysis.facts["documents"])
    links = analysis.provenance.get("links", {})
    names = file_names([str(one["path"]) for one in documents])

    def one(number: int) -> _Told:
        document = documents[number]
        asked = jobs[document["document_id"]]
        return _copy(document, _places(document, links, path.parent), path / names[number], asked)

    with ThreadPoolExecutor(max_workers=min(_SIDE_BY_SIDE, os.cpu_count() or 1)) as pool:
        told = list(pool.map(one, range(len(documents))))
    (path / NOTE_FILE).write_text("\n".join(_note(told, marks.looks(analysis).values())) + "\n", encoding="utf-8", newline="\n")


def file_names(paths: Sequence[str]) -> list[str]:
    """A name for each copy: the paper's own, without what some system gives a meaning to, and no two alike where capitals do not count."""
    taken: set[str] = set()
    found = []
    for path in paths:
        stem = re.sub(r"\.pdf$", "", papers.file_name(path), flags=re.IGNORECASE)
        stem = re.sub(r"[^\w .,()&+-]", "_", unicodedata.normalize("NFC", stem)).strip(" .-")
        stem = stem.encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .-") or "paper"
        # Windows keeps the name whatever stands behind its first point.
        stem = f"{stem}_" if _RESERVED.match(stem) else f"_{stem}" if _RESERVED.match(stem.split(".")[0].strip()) else stem
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        found.append(f"{name}.pdf")
    return found


def _places(document: Mapping[str, Any], links: Mapping[str, Any], folder: Path) -> Iterator[Path]:
    """Where the paper may be: by its link from the output folder, so that both can have been moved; and as it was given to the scan,
    whose folder is still a temporary one when its reports are written."""
    link = str(links.get(document["document_id"], ""))
    if link.startswith("file:"):
        yield Path(url2pathname(urlsplit(link).path))
    elif link:
        yield folder / link
    yield Path(str(document["path"]))


def _copy(document: Mapping[str, Any], places: Iterator[Path], target: Path, asked: marks.Plain) -> _Told:
    """The marked copy of one paper, or why there is none."""
    told = _Told(target.name, papers.file_name(document["path"]))
    if document["format"] != "pdf":
        return _Told(told.name, told.source, "it is not a PDF; only PDFs are copied")
    source, fault = _same(places, str(document["sha256"]))
    if source is None:
        return _Told(told.name, told.source, fault)
    answer = _marked({**asked, "source": str(source), "target": str(target)}, source.stat().st_size, int(document["pages"] or 0))
    if "fault" in answer:
        target.unlink(missing_ok=True)
        return _Told(told.name, told.source, str(answer["fault"]))
    return _Told(told.name, told.source, counts=answer)


def _same(places: Iterator[Path], sha256: str) -> tuple[Path | None, str]:
    """The first place that holds the bytes that were scanned; otherwise what is wrong there."""
    fault = "it is no longer where it was scanned"
    for place in places:
        try:
            if not place.is_file():
                continue
            with place.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                    return place.resolve(), ""
            fault = "it has changed since it was scanned; scan it again"
        except (OSError, ValueError) as error:
            fault = f"it cannot be opened: {getattr(error, 'strerror', '') or 'its path makes no sense'}"
    return None, fault


def _marked(job: dict[str, Any], size: int, pages: int) -> dict[str, Any]:
    """The answer of the process that marks one paper; `fault` in words."""
    cpu = int(_CPU_SECONDS + _CPU_SECONDS_A_PAGE * pages)
    job |= {"memory": _MEMORY, "cpu": cpu, "size": _ROOM + _GROWTH * size}
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[2]), *(p for p in sys.path if p)])
    with tempfile.TemporaryFile() as answer:
        try:
            # -P: never take a module from the folder that the user happens to stand in.
            done = subprocess.run(
                [sys.executable, "-P", "-m", "wellled_nlp.report.annotate.child"],
                input=json.dumps(job).encode("ascii") + b"\n",
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=_WALL_FOR_CPU * cpu,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"fault": f"marking it took longer than {_WALL_FOR_CPU * cpu} seconds"}
        answer.seek(0)
        told = _parsed(answer.read(_ANSWER))
    if done.returncode or not told:
        return {"fault": f"marking it broke down: it is damaged, or needs more than {_MEMORY >> 20} MB or {cpu} seconds of processor time"}
    return {"fault": _FAULTS.get(str(told["fault"]), _FAULTS["damaged"])} if "fault" in told else told


def _parsed(answer: bytes) -> dict[str, Any]:
    """The answer if it has the form of one, otherwise nothing: the file may have taken the process over."""
    try:
        told = json.loads(answer)
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    if isinstance(told.get("fault"), str):
        return {"fault": told["fault"]}
    counts = {name: told.get(name) for name in ("exact", "boxes", "left")}
    return counts if all(type(count) is int and count >= 0 for count in counts.values()) else {}


def _note(told: Sequence[_Told], looks: Iterable[Look]) -> Iterator[str]:
    """The lines of README.txt."""
    yield "Papers with the sentences marked that wellled labelled"
    yield ""
    for look in looks:
        yield f"  {look.meaning}: {look.said}"
    yield ""
    yield "Each mark has a note with its labels and scores. Bookmarks lead to items and themes; those of the paper stand before them."
    yield "A sentence that goes over a page break is marked on its first page. A scanned page, or a line whose letters were not found,"
    yield "is marked by whole lines."
    yield marks.CAUTION
    yield "The originals are as they were. This folder is written anew each time: save notes of your own elsewhere."
    copied, left = [one for one in told if not one.fault], [one for one in told if one.fault]
    yield ""
    yield f"Copied: {words.counted(len(copied), 'paper')}"
    for one in copied:
        whole = one.counts["exact"] + one.counts["boxes"]
        said = f"  {one.name}: {words.counted(whole, 'sentence')} marked"
        said += f", {words.number(one.counts['boxes'])} of them by whole lines" if one.counts["boxes"] else ""
        yield said + (f"; {words.number(one.counts['left'])} without a place on a page" if one.counts["left"] else "")
    yield ""
    yield f"Not copied: {words.counted(len(left), 'paper')}"
    for one in left:
        yield f"  {one.source}: {one.fault}"
