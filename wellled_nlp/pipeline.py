"""The whole story on one screen: paths to documents, items, sentences, labels, measures, and a report.

The only module that knows the order.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import (
    classify,
    engine,
    intake,
    output,
    progress,
    provenance,
    report,
    sentences,
    settings,
    sources,
    structure,
    table,
    tabulate,
)
from wellled_nlp.codebook import Facet
from wellled_nlp.coding import corrections, overlay
from wellled_nlp.document import Document, Structured
from wellled_nlp.errors import OutputError, ReadError
from wellled_nlp.store import DOUBTS, FOLDER, Library, listing, lock, superseded, versions
from wellled_nlp.table import Analysis

DEFAULT_REPORTS = ("html", "xlsx")
# How often what is stored is made again where it turns out not to be sound.
_ROUNDS = 3


@dataclasses.dataclass(frozen=True)
class Scanned:
    """What a scan came to. changed: whether there was anything to write; notes: what was amiss in the library and has been mended."""

    provenance: Mapping[str, Any]
    skipped: pd.DataFrame
    changed: bool
    notes: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Work:
    """How documents are read and labelled in one scan."""

    chosen: settings.Settings
    models: Path
    frameworks: tuple[Facet, ...]
    passwords: tuple[str, ...]
    jobs: int

    def read(self, files: Sequence[Path], told: progress.Told) -> Iterator[engine.Outcome]:
        """One outcome a file, in their order."""
        return told.counting(engine.work_through(files, self.chosen.read, self.passwords, self.jobs, told.begun))

    def label(self, document: Document) -> dict[str, pd.DataFrame]:
        """Everything that is told from one document: the tables of facts, and the doubts."""
        structured = structure.structure(document)
        said = sentences.split(structured)
        labels = classify.annotate(said, self.models, self.frameworks)
        hits = classify.signal_hits(said, self.chosen.attention.signals)
        facts = tabulate.facts([structured], said, labels, classify.cues(said, self.frameworks), hits, self.frameworks)
        return {**facts, DOUBTS: tabulate.doubts(structured)}


def scan(
    paths: Sequence[Path],
    out: Path,
    *,
    config: Path | None = None,
    jobs: int = 0,
    ocr: bool | None = None,
    passwords: Sequence[str] = (),
    formats: Sequence[str] = DEFAULT_REPORTS,
    frameworks: Sequence[str] = (),
    models: Path | None = None,
    prune: bool = False,
    show_progress: bool = False,
) -> Scanned:
    """Reads what is new at `paths` into the library in `out`, and writes tables, reports and provenance of the whole library there.

    prune: leave out papers that are no longer where they were. Raises InputError where there is nothing to read, ReadError where no file at
    all could be read, OutputError where `out` cannot be written. Files and pages that could not be read are rows of the table `skipped`.
    `frameworks` are labelled beside those of the settings.
    """
    chosen = _with_frameworks(_with_ocr(settings.load(config), ocr), frameworks)
    # A fault in a framework's file, or in the name of a report, shows before any paper is read.
    work = Work(chosen, models or provenance.models_folder(), classify.frameworks(chosen.frameworks.labelled), tuple(passwords), jobs)
    report.check(formats)
    with output.ready(out):
        found = sources.find(paths, apart_from=out)
        library = Library(out, versions.of(chosen, work.models, *map(provenance.framework, work.frameworks)))
        library.look([*found.files, *(Path(one.path) for one in found.skipped)], prune)
        _settle(library, work, show_progress)
        _refuse_nothing(library)
        library.record()
        with library.alone():
            _settle(library, work, show_progress)  # what another process has seen in the meantime
            library.record()
            if prune:
                library.prune()
            return _write_out(library, work, found.left_alone, formats)


def list_library(directory: Path) -> pd.DataFrame:
    """What is in the library of an earlier scan, one row a file. Raises InputError where there is no scan."""
    chosen = settings.restored(output.load_provenance(directory)["settings"], directory / "analysis.json")
    documents = output.load_facts(directory, ["documents"])["documents"]
    labelled_with = classify.frameworks(chosen.frameworks.labelled)
    made_with = versions.of(chosen, provenance.models_folder(), *map(provenance.framework, labelled_with))
    return listing.listing(Library(directory, made_with), documents)


def write_reports(directory: Path, formats: Sequence[str]) -> None:
    """Writes the reports of an earlier scan again from its tables, reading no paper. Raises InputError where there is no scan."""
    report.check(formats)
    report.write(output.load(directory), directory, formats)


def measure_again(directory: Path) -> Analysis:
    """Lays the corrections kept beside a scan over its labels, measures again and replaces its tables, reading no paper.

    Raises InputError where there is no scan.
    """
    from wellled_nlp import measures
    from wellled_nlp.report import findings

    with output.ready(directory), lock.held(directory / FOLDER / "lock"):
        held = output.load(directory)
        facts = overlay.lay(held.facts, directory)
        measured = measures.measure_all(superseded.counted(facts), settings.kept(held.provenance["settings"], directory / "analysis.json"))
        whole = Analysis(facts, measured, held.provenance)
        whole = dataclasses.replace(whole, provenance={**held.provenance, "headlines": findings.headlines(whole)})
        with output.folder(directory) as place:
            place.write_tables(whole)
    return whole


def analyse(library: Library, work: Work, left_alone: int) -> Analysis:
    """Facts, measures and provenance of everything in the library."""
    from wellled_nlp import measures  # these two take longer to load than a scan with nothing new takes altogether
    from wellled_nlp.report import findings

    held = _load(library, work)
    doubts = held.pop(DOUBTS)
    held = overlay.lay(held, library.out)
    skipped = intake.unread(library, held["skipped"])
    facts = superseded.judge({**held, "skipped": skipped, "codes": table.of("codes", tabulate.codes(work.frameworks))})
    facts = {name: table.check(facts[name], columns, name) for name, columns in table.FACTS.items()}
    measured = measures.measure_all(superseded.counted(facts), work.chosen.attention)
    told = provenance.of(
        facts,
        provenance.links(library.documents, library.out),
        [*intake.doubts(library, facts["documents"]), *doubts.to_dict("records")],
        left_alone,
        work.chosen,
        work.models,
        work.frameworks,
    )
    whole = Analysis(facts, measured, told)
    return dataclasses.replace(whole, provenance={**told, "headlines": findings.headlines(whole)})


def read_one(path: Path, *, ocr: bool = True, passwords: Sequence[str] = ()) -> Structured:
    """One file through reading and structure alone, for a look at what the machine saw. Raises ReadError or InputError."""
    outcome = engine.read_document(sources.find([path]).files[0], _with_ocr(settings.load(), ocr).read, passwords)
    if outcome.document is None:
        raise ReadError(f"{path}: {outcome.reason}")
    return structure.structure(outcome.document)


def _settle(library: Library, work: Work, show_progress: bool) -> None:
    with progress.bar(len(library.to_read()), show_progress) as told:
        intake.settle(library, lambda files: work.read(files, told), work.label)


def _load(library: Library, work: Work) -> dict[str, pd.DataFrame]:
    for _ in range(_ROUNDS):
        try:
            return library.load()
        except LookupError:
            _settle(library, work, show_progress=False)
    raise OutputError(
        f"What is stored in {library.folder} is damaged again and again.", "Check the disk, or choose another folder with --out."
    )


def _write_out(library: Library, work: Work, left_alone: int, formats: Sequence[str]) -> Scanned:
    """Writes what has changed since the output folder was last written: everything, the reports that are missing, or nothing."""
    key, out = library.key(left_alone, corrections.digest(library.out)), library.out
    made = library.made()
    current = made["key"] == key and output.is_whole(out)
    wanted = [name for name in formats if not (current and made["reports"].get(name) == key and report.place(out, name).exists())]
    if not current:
        analysis = analyse(library, work, left_alone)
        with output.folder(out) as place:
            place.write_tables(analysis)
            report.write(analysis, place.path, formats)
            library.note_unmade()
    elif wanted:
        report.write(output.load(out), out, wanted)
    if wanted or not current:
        library.note_made(key, wanted)
    told, skipped = output.load_provenance(out), output.load_facts(out, ["skipped"])["skipped"]
    return Scanned(told, skipped, bool(wanted) or not current, tuple(library.notes))


def _refuse_nothing(library: Library) -> None:
    """Raises ReadError where not one document of the library could be read."""
    if not any(library.tables_of(one) for one in library.documents):
        failed = intake.unread(library, table.of("skipped", []))
        reasons = "\n".join(f"  {row.path}: {row.reason}" for row in failed.itertuples())
        raise ReadError(f"None of {len(failed)} file(s) could be read.\n{reasons}", "Mend or replace these files and scan again.")


def _with_frameworks(chosen: settings.Settings, more: Sequence[str]) -> settings.Settings:
    labelled = tuple(dict.fromkeys((*chosen.frameworks.labelled, *more)))
    return dataclasses.replace(chosen, frameworks=settings.FrameworkSettings(labelled))


def _with_ocr(chosen: settings.Settings, ocr: bool | None) -> settings.Settings:
    return chosen if ocr is None else dataclasses.replace(chosen, read=dataclasses.replace(chosen.read, ocr=ocr))
