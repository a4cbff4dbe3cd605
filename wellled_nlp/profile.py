"""The profile: papers, or an earlier scan of them, in; a Word paper, a page and tables on one organisation and one framework out.

Read from here down: the scan → the organisation's papers → measures of a scan, and those of a profile → writers.
"""

import dataclasses
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from wellled_nlp import datapackage, measures, output, pipeline, settings, table
from wellled_nlp.codebook import load_facet, sectors
from wellled_nlp.errors import InputError
from wellled_nlp.measures import profile as measured
from wellled_nlp.report import findings
from wellled_nlp.report import profile as report
from wellled_nlp.report.profile.contents import Profile
from wellled_nlp.store import superseded
from wellled_nlp.table import Analysis

# Where the papers are scanned to, within the profile's folder.
SCAN = "scan"
# Tables of a scan that a profile's folder holds too, since they are part of what it says.
_OF_SCAN = ("signals", "risk_history", "maturity")
_PACKAGE = ("wellled-profile", "Evidence in board papers by prompt", "Tables of one profile of board papers by wellled. ")
_NAMES_SHOWN = 12


@dataclass(frozen=True)
class Request:
    """What the profile is on. paths: papers and folders, or one folder of an earlier scan; organisation, sector: "" where not given."""

    paths: tuple[Path, ...]
    out: Path
    organisation: str = ""
    sector: str = ""
    framework: str = "kloe-2017"
    formats: tuple[str, ...] = report.FORMATS
    config: Path | None = None
    jobs: int = 0
    show_progress: bool = False


def write(request: Request) -> Profile:
    """Writes profile.docx, profile.html and tables/ into the folder, all or nothing, and gives what they say.

    Raises InputError where the sector or a format is unknown, where the papers name several organisations and none was chosen, or where an
    earlier scan was not labelled with the framework; ReadError, OutputError and others as `pipeline.scan` does.
    """
    _check(request)
    found = work_out(request)
    with output.ready(request.out), output.folder(request.out) as place:
        _write_tables(found, place.path / "tables")
        report.write(found, place.path, request.formats)
    return found


def work_out(request: Request) -> Profile:
    """The profile, without writing it; papers that are not scanned yet are scanned into the folder's `scan`."""
    facet = load_facet(request.framework)
    directory = _scanned(request)
    held = output.load(directory)
    if facet.name not in set(held.facts["codes"]["facet"]):
        raise InputError(
            f"The scan in {directory} was not labelled with the framework {facet.id}.",
            f"Scan again with `wellled scan … --framework {request.framework}`; what was read is kept.",
        )
    chosen = settings.kept(held.provenance["settings"], directory / "analysis.json")
    organisation, held = of_organisation(held, request.organisation, chosen)
    tables = {**superseded.counted(held.facts), **held.measures}
    links = {one: _from(request.out, directory, link) for one, link in held.provenance.get("links", {}).items()}
    whole = Analysis(held.facts, held.measures, {**held.provenance, "links": links})
    return Profile(
        analysis=whole,
        tables=measured.measure(tables, chosen, request.framework, facet, request.sector),
        facet=facet,
        framework=request.framework,
        organisation=organisation,
        sector=next((one for one in sectors() if one.id == request.sector), None),
        headlines=tuple(findings.headlines(whole)),
    )


def _check(request: Request) -> None:
    known = [sector.id for sector in sectors()]
    if request.sector and request.sector not in known:
        raise InputError(f"There is no sector {request.sector!r}.", f"Sectors: {', '.join(known)}.")
    unknown = [name for name in request.formats if name not in report.FORMATS]
    if unknown:
        raise InputError(f"A profile is not written as {unknown[0]!r}.", f"Formats: {', '.join(report.FORMATS)}.")


def _scanned(request: Request) -> Path:
    """The folder of the scan: the one given, or that of a scan made now."""
    if len(request.paths) == 1 and (request.paths[0] / "analysis.json").is_file():
        return request.paths[0]
    pipeline.scan(
        request.paths,
        request.out / SCAN,
        config=request.config,
        jobs=request.jobs,
        formats=(),
        frameworks=(request.framework,),
        show_progress=request.show_progress,
    )
    return request.out / SCAN


def of_organisation(held: Analysis, wanted: str, chosen: settings.AttentionSettings) -> tuple[str, Analysis]:
    """The organisation and the analysis of its papers alone, measured again where the scan holds those of others."""
    documents = held.facts["documents"]
    named = documents["organisation"].fillna("")
    counts = named[named != ""].value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    if wanted:
        matching = [name for name in names if name.casefold() == wanted.casefold()] or [
            n for n in names if wanted.casefold() in n.casefold()
        ]
        if len(matching) != 1:
            what = "No paper names" if not matching else "Several organisations are called"
            raise InputError(f"{what} {wanted!r}.", f"Organisations in these papers: {_listed(names, counts)}.")
        names = matching
    elif len(names) > 1:
        raise InputError("These papers are of several organisations.", f"Choose one with --organisation: {_listed(names, counts)}.")
    if not names:
        return "", held
    others = set(documents.loc[named != names[0], "document_id"]) if wanted else set()
    if not others:
        return names[0], held
    facts = superseded.without(held.facts, others)
    paths = set(documents.loc[documents["document_id"].isin(others), "path"])
    facts["skipped"] = facts["skipped"][~facts["skipped"]["path"].isin(paths)].reset_index(drop=True)
    again = measures.measure_all(superseded.counted(facts), chosen)
    counted = {**held.provenance["counts"], "documents": len(facts["documents"]), "sentences": len(facts["sentences"])}
    return names[0], dataclasses.replace(held, facts=facts, measures=again, provenance={**held.provenance, "counts": counted})


def _listed(names: Sequence[str], counts: Mapping[Any, int]) -> str:
    shown = [f"{name} ({counts[name]})" for name in names[:_NAMES_SHOWN]]
    return "; ".join(shown) + (f"; and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else "") if names else "none"


def _from(out: Path, directory: Path, link: str) -> str:
    """A link that leads from the scan's folder, as it leads from the profile's."""
    if not link or link.startswith("file:") or Path(link).is_absolute():
        return link
    return Path(os.path.relpath(directory.resolve() / link, out.resolve())).as_posix()


def _write_tables(found: Profile, directory: Path) -> None:
    frames: dict[str, pd.DataFrame] = {**found.tables, **{name: found.analysis.measures[name] for name in _OF_SCAN}}
    columns = {**table.PROFILED, **{name: table.MEASURES[name] for name in _OF_SCAN}}
    for name, frame in frames.items():
        output.write_table(table.check(frame, columns[name], name), directory, name)
    places = [(name, f"{name}.csv", columns[name]) for name in frames]
    told = found.analysis.provenance
    output.write_json(
        datapackage.package(directory, places, _PACKAGE, told["versions"], told["scanned_on"]), directory / "datapackage.json"
    )
