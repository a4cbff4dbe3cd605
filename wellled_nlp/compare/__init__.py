"""Comparison: libraries in; shares of groups with intervals, differences and funnels out, as a page, a workbook and tables.

Read from here down: libraries → tallies → groups → amounts → differences, funnel, shares → page, workbook, tables. No group is ranked.
"""

from collections.abc import Sequence

from wellled_nlp import datapackage, output, settings, table
from wellled_nlp.compare import (
    amounts,
    differences,
    funnel,
    groups,
    libraries,
    organisations,
    page,
    quantities,
    record,
    serial,
    shares,
    tallies,
    workbook,
)
from wellled_nlp.compare.request import Request
from wellled_nlp.compare.result import Comparison
from wellled_nlp.errors import InputError

__all__ = ["Comparison", "Request", "compare", "work_out"]

_PACKAGE = ("wellled-comparison", "Recorded attention compared", "Tables of a comparison of libraries of board papers by wellled. ")


def compare(request: Request) -> Comparison:
    """Compares the libraries and writes page, workbook, tables and `reproduce.json` into the folder, all or nothing.

    Raises InputError where libraries, groups or files given do not fit together, OutputError where the folder cannot be written.
    """
    found = work_out(request)
    with output.ready(request.out), output.folder(request.out) as place:
        directory = place.path / "tables"
        for name, frame in found.tables.items():
            output.write_table(frame, directory, name)
        places = [(name, f"{name}.csv", columns) for name, columns in table.COMPARED.items()]
        described = datapackage.package(directory, places, _PACKAGE, found.record["versions"], found.record["scanned_on"])
        output.write_json(described, directory / "datapackage.json")
        output.write_json({**found.record, "tables": record.tables(directory)}, place.path / "reproduce.json")
        page.write(found, place.path / "compare.html")
        workbook.write(found, place.path / "compare.xlsx")
    return found


def work_out(request: Request) -> Comparison:
    """The comparison, without writing anything."""
    groups.check(request.by, request.metadata)
    chosen = settings.load(request.config)
    register = organisations.read(request.organisations) if request.organisations else organisations.Register()
    metadata = groups.read_metadata(request.metadata, request.by) if request.metadata else None
    counted = quantities.load(chosen.attention)
    frameworks = {quantity.framework for quantity in counted}
    held, warnings = libraries.open_all(request.libraries, frameworks, request.allow_mixed)
    tallied = tallies.of(held, quantities.facets(counted), chosen.attention.left_out)
    basis = amounts.basis(tallied.documents, request.by == groups.DOC_TYPE, chosen.attention)
    grouped = groups.group(basis.documents, request.by, register, metadata)
    if grouped.documents["group"].nunique() < 2:
        raise _nothing_to_compare(grouped, request.by)
    units = amounts.of(grouped, tallied, counted, chosen.compare)
    rows = amounts.tallies(grouped, tallied)
    wider = serial.inflation(units)
    found = differences.of(units, counted, wider, chosen.compare, chosen.attention.level, request.seed)
    aside = [*tallied.set_aside, *basis.left_out, *grouped.left_out]
    made = {
        "groups": shares.groups(grouped, tallied, units, chosen),
        "shares": shares.of(units, counted, rows, found, chosen),
        "differences": found,
        "funnel": funnel.of(units, counted, chosen.compare),
        "names": table.build(table.COMPARED["names"], grouped.names),
        "not_counted": table.build(table.COMPARED["not_counted"], sorted(aside, key=_in_order)),
        "tallies": rows,
    }
    told = record.of(request, held, frameworks, record.plain(chosen)) | {"standard_errors_widened": round(wider, 4)}
    return Comparison(made, counted, request.by, grouped.unit_name, basis.name, wider, warnings, chosen, told)


def _nothing_to_compare(grouped: groups.Grouped, by: str) -> InputError:
    names = sorted(set(grouped.documents["group"]))
    reasons = sorted({str(row[-1]) for row in grouped.left_out})
    listed = "".join(f"\n  {reason}" for reason in reasons)
    found = f"one group, {names[0]}" if names else "no group"
    return InputError(
        f"Grouped by {by} these libraries hold {found}: there is nothing to compare.{listed}",
        "Give more libraries, or group by something else.",
    )


def _in_order(row: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value).zfill(6) for value in row)
