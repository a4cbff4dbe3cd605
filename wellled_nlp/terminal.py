"""What the commands print: plain text of what was read, found and measured, without colour so that it can be piped."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wellled_nlp import output, report
from wellled_nlp.document import Structured
from wellled_nlp.pipeline import Scanned
from wellled_nlp.settings import Settings

_WIDTH = 100
_TITLE_WIDTH = 60
_WIDE = 160
FORMATS = ("table", "csv", "json")
# So many reasons for pages not read are listed in the closing table; all of them are in the report and in tables/skipped.
_REASONS = 12


def closing_table(done: Scanned, out: Path) -> str:
    """What a scan came to: documents, pages, what was not read and why, the headline findings, and where the report is."""
    if done.provenance is None:
        return _kept(done, out)
    counts = done.provenance["counts"]
    grid = Table.grid(padding=(0, 2))
    grid.add_row("Documents read", f"{counts['documents']:,}")
    grid.add_row("Pages", f"{counts['pages']:,} ({counts['pages_read']:,} read, of these {counts['pages_ocr']:,} by OCR)")
    grid.add_row("Pages not read", f"{counts['pages_failed']:,}")
    grid.add_row("Documents not read", f"{counts['documents_failed']:,}")
    if counts["documents_not_counted"]:
        grid.add_row(
            "Not counted", f"{counts['documents_not_counted']:,} (another form of the same paper counts: see Doubts in the report)"
        )
    if counts["other_files_left_alone"]:
        grid.add_row("Other files left alone", f"{counts['other_files_left_alone']:,} (not of a kind that holds papers)")
    grid.add_row("Sentences", f"{counts['sentences']:,}")
    lines = [_text(grid), *_not_read(done), "", *done.notes]
    if not done.changed:
        lines.append("Nothing new: these papers were read before, and the report stands as it was.")
    lines += done.provenance["headlines"]
    return "\n".join([*lines, "", written(out)])


def _kept(done: Scanned, out: Path) -> str:
    lines = [f"Documents in the library: {done.in_library:,}", *_not_read(done), *done.notes]
    left = (
        f"Nothing else was written: tables and reports in {out} are as they were. Scan without --library-only to make them of all papers."
    )
    return "\n".join([*lines, left])


def _not_read(done: Scanned) -> list[str]:
    if not len(done.skipped):
        return []
    every = "all will be in tables/skipped.csv" if done.provenance is None else "all are in tables/skipped.csv"
    return ["\nNot read:", *(f"  {line}" for line in _skipped_lines(done.skipped, every)), ""]


def written(directory: Path) -> str:
    """The reports and tables that stand in this folder, each with what it is for."""
    places = {report.place(directory, name): text for name, text in report.MEANT.items()}
    places[directory / "tables"] = "every sentence, label and figure, as CSV for Excel and as Parquet"
    grid = Table.grid(padding=(0, 2))
    for place, text in places.items():
        if place.exists():
            grid.add_row(f"  {place}{'/' if place.is_dir() else ''}", text)
    return f"Written:\n{_text(grid, _WIDE)}"


def reading(one: Structured) -> str:
    """What the machine read in one file."""
    pages = one.document.pages
    how = Counter(page.how for page in pages)
    head = Table.grid(padding=(0, 2))
    head.add_row("File", one.document.path)
    head.add_row("Type", one.doc_type)
    head.add_row("Organisation", one.organisation or "not found")
    head.add_row("Meeting date", one.meeting_date.strftime("%-d %B %Y") if one.meeting_date else "not found")
    head.add_row("Pages", f"{len(pages)} ({how['text']} text, {how['ocr']} OCR, {how['failed']} not read)")
    parts = [_text(head)]
    parts += [f"Doubt: {doubt}" for doubt in one.doubts]
    parts += [f"Page {page.number} not read: {page.reason}" for page in pages if page.how == "failed"]
    if len(one.papers) > 1:
        parts.append("\n" + _text(_papers(one)))
    parts.append("\n" + _text(_items(one)))
    if one.attendance:
        people = Counter(person.status for person in one.attendance)
        parts.append("\nAttendance: " + ", ".join(f"{n} {status}" for status, n in people.items()))
    parts.append(f"Actions: {len(one.actions)}")
    reasons = Counter(block.reason for block in one.furniture)
    aside = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items())) or "none"
    parts.append(f"Furniture set aside: {aside}")
    return "\n".join(parts)


def explanation(found: Mapping[str, Any]) -> str:
    """The labels of one sentence, with probabilities, the cues that fired and the words that weighed most."""
    grid = Table(box=None, pad_edge=False)
    for column in ("facet", "code", "probability", "given", "by"):
        grid.add_column(column)
    for label in found["labels"]:
        grid.add_row(label["facet"], label["code"], f"{label['score']:.2f}", "yes" if label["assigned"] else "near", label["scorer"])
    parts = [_text(grid), "\nCues:"]
    parts += [f"  {cue['facet']} {cue['code']}: {cue['term']}" for cue in found["cues"]] or ["  none"]
    parts.append("\nWords that weighed most:")
    parts += [f"  {facet}: {', '.join(f'{w} ({v:+.2f})' for w, v in words)}" for facet, words in found["words"].items() if words] or [
        "  none"
    ]
    return "\n".join(parts)


def scores(found: Mapping[str, Any]) -> str:
    """The main figures of an evaluation, each with its interval."""
    grid = Table(box=None, pad_edge=False)
    for column in ("facet", "figure", "value", "95 % interval"):
        grid.add_column(column)
    for facet, figures in found["facets"].items():
        for name in ("macro_f1", "micro_f1", "top3_recall", "kappa", "calibration_error"):
            if name in figures:
                grid.add_row(facet, name.replace("_", " "), f"{figures[name]:.3f}", _interval(figures.get(f"{name}_ci")))
        flags = figures.get("flags", {})
        for flag in (name for name in flags if not name.endswith("_ci")):
            grid.add_row(facet, f"{flag} F1", f"{flags[flag]:.3f}", _interval(flags.get(f"{flag}_ci")))
    return f"{found['n']} sentences\n{_text(grid)}"


def shown(frame: pd.DataFrame, form: str) -> str:
    """A table as one of FORMATS: columns in line, CSV without formulas, or JSON (a list of rows; what is absent is null)."""
    if form == "csv":
        return output.csv_text(frame).rstrip("\n")
    if form == "json":
        return frame.to_json(orient="records", force_ascii=False, indent=2)
    grid = Table(box=None, pad_edge=False)
    for column in frame.columns:
        grid.add_column(str(column), overflow="fold")
    for row in frame.itertuples(index=False):
        grid.add_row(*("" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value) for value in row))
    return _text(grid, _WIDE)


def settings_table(chosen: Settings) -> str:
    """Every setting by its dotted key, with its value and where the value came from."""
    grid = Table(box=None, pad_edge=False)
    for column in ("setting", "value", "from"):
        grid.add_column(column)
    for section, values in dataclasses.asdict(chosen).items():
        if section != "origin":
            for key, value in values.items():
                grid.add_row(f"{section}.{key}", str(value), chosen.origin[f"{section}.{key}"])
    return _text(grid)


def listed(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows with the same keys as a table, which has the columns that hold anything."""
    grid = Table(box=None, pad_edge=False)
    columns = [name for name in rows[0] if any(row[name] for row in rows)]
    for name in columns:
        grid.add_column(name)
    for row in rows:
        grid.add_row(*(escape(str(row[name])) for name in columns))
    return _text(grid)


def _interval(pair: Any) -> str:
    return f"{pair[0]:.3f} to {pair[1]:.3f}" if pair else ""


def _papers(one: Structured) -> Table:
    grid = Table(box=None, pad_edge=False)
    for column in ("paper", "label", "pages", "type", "title"):
        grid.add_column(column)
    for paper in one.papers:
        grid.add_row(str(paper.number), paper.label, f"{paper.first_page}-{paper.last_page}", paper.doc_type, paper.title[:_TITLE_WIDTH])
    return grid


def _items(one: Structured) -> Table:
    grid = Table(box=None, pad_edge=False)
    for column in ("item", "pages", "clock", "title"):
        grid.add_column(column)
    for item in one.items:
        clock = " ".join(part for part in (item.clock_start, f"{item.clock_minutes:.0f} min" if item.clock_minutes else "") if part)
        grid.add_row(item.number, f"{item.first_page}-{item.last_page}", clock, item.title[:_TITLE_WIDTH])
    return grid


def _skipped_lines(skipped: pd.DataFrame, every: str) -> list[str]:
    """One line a file and reason, with its pages together; of many the first, and where `every` one is to be found."""
    pages: dict[tuple[str, str], list[int]] = {}
    for row in skipped.itertuples():
        held = pages.setdefault((row.path, row.reason), [])
        if not pd.isna(row.page):
            held.append(int(row.page))
    lines = [f"{path}{_pages(numbers)}: {reason}" for (path, reason), numbers in pages.items()]
    return lines if len(lines) <= _REASONS else [*lines[:_REASONS], f"and {len(lines) - _REASONS} more; {every}"]


def _pages(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return f", page {numbers[0]}" if len(numbers) == 1 else f", {len(numbers)} pages from {numbers[0]} to {numbers[-1]}"


def _text(grid: Table, width: int = _WIDTH) -> str:
    buffer = StringIO()
    Console(file=buffer, width=width, no_color=True, highlight=False, markup=False, emoji=False).print(grid)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())
