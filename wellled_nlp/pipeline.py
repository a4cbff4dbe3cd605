"""The whole story on one screen: paths to documents, items, sentences, labels, measures, and a report.

The only module that knows the order.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

from wellled_nlp import classify, engine, measures, output, progress, provenance, report, settings, sources, tabulate
from wellled_nlp.document import Structured
from wellled_nlp.errors import ReadError
from wellled_nlp.report import findings
from wellled_nlp.table import Analysis

DEFAULT_REPORTS = ("html", "xlsx")


def scan(
    paths: Sequence[Path],
    out: Path,
    *,
    config: Path | None = None,
    jobs: int = 0,
    ocr: bool | None = None,
    passwords: Sequence[str] = (),
    formats: Sequence[str] = DEFAULT_REPORTS,
    show_progress: bool = False,
) -> Analysis:
    """Reads the papers at `paths` and writes report, tables and provenance into `out`, all or nothing.

    Raises InputError where there is nothing to read, ReadError where no file at all could be read, OutputError where `out` cannot be
    written. Files and pages that could not be read are rows of the table `skipped`.
    """
    chosen = _with_ocr(settings.load(config), ocr)
    with output.folder(out) as place:
        found = sources.find(paths, apart_from=out)
        with progress.bar(len(found.files), show_progress) as told:
            outcomes = told.counting(engine.work_through(found.files, chosen.read, passwords, jobs, told.begun))
            analysis = analyse(outcomes, found, chosen, out)
        place.write_tables(analysis)
        report.write(analysis, place.path, formats)
    return analysis


def write_reports(directory: Path, formats: Sequence[str]) -> None:
    """Writes the reports of an earlier scan again from its tables, reading no paper. Raises InputError where there is no scan."""
    report.write(output.load(directory), directory, formats)


def analyse(outcomes: Iterable[engine.Outcome], found: sources.Found, chosen: settings.Settings, out: Path) -> Analysis:
    """Facts, measures and provenance from what became of each file."""
    read, failed = [], list(found.skipped)
    for outcome in outcomes:
        if outcome.structured is None:
            failed.append(sources.Skipped(str(outcome.path), None, outcome.reason))
        else:
            read.append(outcome)
    if not read:
        reasons = "\n".join(f"  {one.path}: {one.reason}" for one in failed)
        raise ReadError(f"None of {len(failed)} file(s) could be read.\n{reasons}", "Mend or replace these files and scan again.")
    sentences = [sentence for outcome in read for sentence in outcome.sentences]
    models = provenance.models_folder()
    labels = classify.annotate(sentences, models)
    facts = tabulate.facts(read, sentences, labels, classify.cues(sentences), failed)
    measured = measures.measure_all(facts, chosen.attention)
    whole = Analysis(
        facts, measured, provenance.of(facts, [one.structured for one in read if one.structured], found.left_alone, chosen, models, out)
    )
    return dataclasses.replace(whole, provenance={**whole.provenance, "headlines": findings.headlines(whole)})


def read_one(path: Path, *, ocr: bool = True, passwords: Sequence[str] = ()) -> Structured:
    """One file through reading and structure alone, for a look at what the machine saw. Raises ReadError or InputError."""
    outcome = engine.read_document(sources.find([path]).files[0], _with_ocr(settings.load(), ocr).read, passwords)
    if outcome.structured is None:
        raise ReadError(f"{path}: {outcome.reason}")
    return outcome.structured


def _with_ocr(chosen: settings.Settings, ocr: bool | None) -> settings.Settings:
    return chosen if ocr is None else dataclasses.replace(chosen, read=dataclasses.replace(chosen.read, ocr=ocr))
