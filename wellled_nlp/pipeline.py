"""The whole story on one screen: paths to documents, items, sentences, labels, measures, and a report.

The only module that knows the order.
"""

import dataclasses
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import (
    assembly,
    classify,
    engine,
    intake,
    output,
    progress,
    provenance,
    read,
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
from wellled_nlp.store import DOUBTS, FOLDER, Library, listing, lock, parts, reading, superseded, versions
from wellled_nlp.table import Analysis

DEFAULT_REPORTS = ("html", "xlsx")
# How often what is stored is made again where it turns out not to be sound.
_ROUNDS = 3


@dataclasses.dataclass(frozen=True)
class Scanned:
    """What a scan came to. in_library: documents that the library holds a reading of; provenance: of what was written, None where only the
    library was filled; changed: whether there was anything to write; notes: what was amiss in the library and has been mended.
    """

    in_library: int
    provenance: Mapping[str, Any] | None
    skipped: pd.DataFrame
    changed: bool
    notes: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Work:
    """How documents are read and labelled in one scan; plain values, so that it may travel to where the documents are worked on.

    models: a folder of models; None for those of the installation that does the work.
    """

    chosen: settings.Settings
    models: Path | None
    frameworks: tuple[Facet, ...]
    passwords: tuple[str, ...]

    @property
    def models_folder(self) -> Path:
        """The models that are used here."""
        return self.models or provenance.models_folder()

    def made_of(self) -> dict[str, str]:
        """What this work depends on here, by names."""
        return versions.ingredients(self.chosen, self.models_folder)

    def versions(self) -> versions.Versions:
        """The same as hashes, by which the library knows what is current."""
        return versions.of(self.chosen, self.models_folder, *map(provenance.framework, self.frameworks))

    def do(self, job: engine.Job) -> engine.Outcome:
        """One document from the file, or from its stored reading, to its tables."""
        try:
            document = reading.unpack(job.reading, job.name) if job.stored else read.read(job.path, self.chosen.read, self.passwords)
        except reading.Torn as error:
            return engine.Outcome(job.path, reason=str(error), lasting=True)
        except ReadError as error:
            return engine.Outcome(job.path, reason=str(error).replace(str(job.path), "the file"), lasting=error.lasting)
        except Exception as error:  # a fault of ours on one paper must not cost the others theirs; it is named like any other reason
            logging.getLogger(__name__).exception("%s", job.path)
            reason = f"wellled itself failed on this file ({type(error).__name__}: {error}). Please report this fault."
            return engine.Outcome(job.path, reason=reason)
        tables = parts.pack(self.label(dataclasses.replace(document, path=job.name)))
        if job.stored:
            return engine.Outcome(job.path, document.sha256, tables=tables)
        version = versions.reading_of(self.chosen.read, document, job.path.suffix)
        return engine.Outcome(job.path, document.sha256, version, reading.pack(document, version, date.today().isoformat()), tables)

    def label(self, document: Document) -> dict[str, pd.DataFrame]:
        """Everything that is told from one document: the tables of facts, and the doubts."""
        structured = structure.structure(document)
        said = sentences.split(structured)
        labels = classify.annotate(said, self.models_folder, self.frameworks)
        hits = classify.signal_hits(said, self.chosen.attention.signals)
        facts = tabulate.facts([structured], said, labels, classify.cues(said, self.frameworks), hits, self.frameworks)
        return {**facts, DOUBTS: tabulate.doubts(structured)}


def scan(
    paths: Sequence[Path],
    out: Path,
    *,
    config: Path | None = None,
    jobs: int = 0,
    engine_name: str = "local",
    scheduler: str = "",
    ocr: bool | None = None,
    passwords: Sequence[str] = (),
    formats: Sequence[str] = DEFAULT_REPORTS,
    frameworks: Sequence[str] = (),
    models: Path | None = None,
    prune: bool = False,
    library_only: bool = False,
    show_progress: bool = False,
) -> Scanned:
    """Reads what is new at `paths` into the library in `out`, and writes tables, reports and provenance of the whole library there.

    prune: leave out papers that are no longer where they were. library_only: read and label, and leave what is written as it is.
    `frameworks` are labelled beside those of the settings. models: a folder of models of one's own; those shipped without it. Raises
    InputError where there is nothing to read, ReadError where no file at all could be read, OutputError where `out` cannot be written.
    Files and pages that could not be read are rows of the table `skipped`.
    """
    chosen = _with_frameworks(_with_ocr(settings.load(config), ocr), frameworks)
    # A fault in a framework's file, in a model or in the name of a report shows before any paper is read.
    work = Work(chosen, models, classify.frameworks(chosen.frameworks.labelled), tuple(passwords))
    report.check(formats)
    if models:
        classify.load(models)
    with output.ready(out), engine.chosen(engine_name, scheduler, jobs, work.made_of) as hands:
        found = sources.find(paths, apart_from=out)
        library = Library(out, work.versions())
        library.look([*found.files, *(Path(one.path) for one in found.skipped)], prune)
        _settle(library, work, hands, show_progress)
        _refuse_nothing(library)
        library.record()
        with library.alone():
            _settle(library, work, hands, show_progress)  # what another process has seen in the meantime
            library.record()
            if prune:
                library.prune()
            if library_only:
                return Scanned(_in_library(library), None, intake.unread(library, table.of("skipped", [])), True, tuple(library.notes))
            return _write_out(library, work, hands, found.left_alone, formats)


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
        learned = {name for one in held.provenance["models"] for name in one.get("own", {}).get("imports", ())}
        facts = overlay.lay(held.facts, corrections.load(directory, learned))
        measured = measures.measure_all(superseded.counted(facts), settings.kept(held.provenance["settings"], directory / "analysis.json"))
        whole = Analysis(facts, measured, held.provenance)
        whole = dataclasses.replace(whole, provenance={**held.provenance, "headlines": findings.headlines(whole)})
        with output.folder(directory) as place:
            place.write_tables(whole)
    return whole


def analyse(library: Library, work: Work, hands: engine.Engine, left_alone: int, place: output.Place) -> Analysis:
    """Facts, measures and provenance of everything in the library, written to this place; and read from there as they are asked for."""
    from wellled_nlp.report import findings  # takes longer to load than a scan with nothing new takes altogether

    made = _assemble(library, work, hands, place)
    _measure(place, work.chosen.attention)
    told = provenance.of(
        made.documents,
        made.skipped,
        made.rows,
        provenance.links(library.documents, library.out),
        [*intake.doubts(library, made.documents), *made.doubts],
        left_alone,
        work.chosen,
        work.models_folder,
        work.frameworks,
    )
    told = {**told, "headlines": findings.headlines(output.load(place.path, told))}
    place.describe(told)
    return output.load(place.path)


def read_one(path: Path, *, ocr: bool = True, passwords: Sequence[str] = ()) -> Structured:
    """One file through reading and structure alone, for a look at what the machine saw. Raises ReadError or InputError."""
    file = sources.find([path]).files[0]
    return structure.structure(read.read(file, _with_ocr(settings.load(), ocr).read, passwords))


def _settle(library: Library, work: Work, hands: engine.Engine, show_progress: bool) -> None:
    def work_through(jobs: Sequence[engine.Job]) -> Iterator[engine.Outcome]:
        with progress.bar(len(jobs), show_progress and bool(jobs)) as told:
            yield from told.counting(hands.each(work.do, jobs, told.begun))

    intake.settle(library, work_through)


def _assemble(library: Library, work: Work, hands: engine.Engine, place: output.Place) -> assembly.Assembled:
    for _ in range(_ROUNDS):
        try:
            codes = table.of("codes", tabulate.codes(work.frameworks))
            return assembly.write(library, codes, place, provenance.learned(work.models_folder))
        except LookupError:
            _settle(library, work, hands, show_progress=False)
    raise OutputError(
        f"What is stored in {library.folder} is damaged again and again.", "Check the disk, or choose another folder with --out."
    )


def _measure(place: output.Place, chosen: settings.AttentionSettings) -> None:
    """The measures of the facts that stand in this place, written beside them one after the other."""
    from wellled_nlp import measures  # as slow to load as the findings

    for name, frame in measures.each(superseded.counted(output.load_facts(place.path, measures.columns())), chosen):
        place.write_measure(name, frame)
        del frame  # before the next one is made


def _write_out(library: Library, work: Work, hands: engine.Engine, left_alone: int, formats: Sequence[str]) -> Scanned:
    """Writes what has changed since the output folder was last written: everything, the reports that are missing, or nothing."""
    key, out = library.key(left_alone, corrections.digest(library.out)), library.out
    made = library.made()
    current = made["key"] == key and output.is_whole(out)
    wanted = [name for name in formats if not (current and made["reports"].get(name) == key and report.place(out, name).exists())]
    if not current:
        with output.folder(out) as place:
            report.write(analyse(library, work, hands, left_alone, place), place.path, formats)
            library.note_unmade()
    elif wanted:
        report.write(output.load(out), out, wanted)
    if wanted or not current:
        library.note_made(key, wanted)
    told, skipped = output.load_provenance(out), output.load_facts(out, ["skipped"])["skipped"]
    return Scanned(_in_library(library), told, skipped, bool(wanted) or not current, tuple(library.notes))


def _in_library(library: Library) -> int:
    """How many documents have tables."""
    return sum(library.tables_of(one) is not None for one in library.documents)


def _refuse_nothing(library: Library) -> None:
    """Raises ReadError where not one document of the library could be read."""
    if not _in_library(library):
        failed = intake.unread(library, table.of("skipped", []))
        reasons = "\n".join(f"  {row.path}: {row.reason}" for row in failed.itertuples())
        raise ReadError(f"None of {len(failed)} file(s) could be read.\n{reasons}", "Mend or replace these files and scan again.")


def _with_frameworks(chosen: settings.Settings, more: Sequence[str]) -> settings.Settings:
    labelled = tuple(dict.fromkeys((*chosen.frameworks.labelled, *more)))
    return dataclasses.replace(chosen, frameworks=settings.FrameworkSettings(labelled))


def _with_ocr(chosen: settings.Settings, ocr: bool | None) -> settings.Settings:
    return chosen if ocr is None else dataclasses.replace(chosen, read=dataclasses.replace(chosen.read, ocr=ocr))
