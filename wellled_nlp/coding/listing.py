"""What was taken in and what it shows, as tables and sentences; and the list of disagreements as a file."""

from math import ceil
from pathlib import Path

import pandas as pd

from wellled_nlp import output, spreadsheet
from wellled_nlp.coding import corrections, draw
from wellled_nlp.coding.records import writable
from wellled_nlp.coding.take_in import Taken
from wellled_nlp.errors import InputError

_WIDTHS = {"text": 90, "sentence_id": 20, "facet": 10}
_WIDTH = 22
_LINE, _MOST_LINES = 15, 20  # points; a row of a workbook cannot be much higher
_PART = 12
# Two forms have no day in common: the earliest that a zip file can hold keeps the clock out of the list of their disagreements.
_NO_DAY = "1980-01-01"


def imports(directory: Path) -> pd.DataFrame:
    """One row an import, the earliest first: name, coder, time, sample, sentences, how many are stale, whether models changed."""
    scan = draw.load(directory)
    texts = dict(zip(scan.sentences["sentence_id"], scan.sentences["text"], strict=True))
    now = draw.versions(scan.provenance)
    rows = []
    for one in corrections.load(directory):
        stale = sum(corrections.is_stale(row, texts) for row in one.rows)
        renewed = "the same" if one.models == now["models"] else "changed since"
        codebooks = "the same" if one.codebooks == now["codebooks"] else "changed since"
        rows.append((one.name[:_PART], one.coder, one.at, one.source, one.sample, len(one.rows), stale, renewed, codebooks))
    return pd.DataFrame(rows, columns=["import", "coder", "at", "file", "sample", "sentences", "stale", "models", "codebooks"])


def taken(one: Taken) -> str:
    """What an import did, in a sentence or two."""
    held = one.held
    said = f"{held.coder}: {len(held.rows)} sentences"
    if one.known:
        return f"{said} were taken in already on {held.at}; nothing was added."
    stale = f" {one.stale} of them have changed or gone since the sample was drawn and do not count." if one.stale else ""
    return f"{said} taken in as {held.name[:_PART]}.{stale}"


def effect(own: pd.DataFrame) -> str:
    """For each facet how many of the sample's sentences people and model label alike; what is missing where there are too few."""
    if own.empty:
        return (
            "Too few sentences of the papers that shares are of were labelled at random for a correction: 40 are needed, "
            "and none that the scan's own models learned from count."
        )
    lines = ["Labels that people and model share, of those that either gave (drawn sentences):"]
    for facet, held in own.groupby("facet", sort=False):
        both, either = int(held["both"].sum()), int((held["by_people"] + held["by_model"] - held["both"]).sum())
        lines.append(f"  {facet}: {both} of {either} on {int(held['labelled'].max())} sentences")
    return "\n".join(lines)


def write(frame: pd.DataFrame, path: Path) -> None:
    """The table as .xlsx or .csv, no cell a formula. Raises InputError for another ending, OutputError."""
    if path.suffix.lower() == ".csv":
        output.write_csv(frame, path)
    elif path.suffix.lower() == ".xlsx":
        _workbook(frame, path)
    else:
        raise InputError(f"{path}: unknown kind of file {path.suffix!r}.", "Use .xlsx or .csv.")


def _workbook(frame: pd.DataFrame, path: Path) -> None:
    with spreadsheet.workbook(path, "Disagreements", _NO_DAY) as book:
        page = book.add_worksheet("disagreements")
        head, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for place, name in enumerate(map(str, frame.columns)):
            page.write_string(0, place, writable(name), head)
            page.set_column(place, place, _WIDTHS.get(name, _WIDTH))
            for row, value in enumerate(frame[name], 1):
                page.write_string(row, place, writable(str(value)), plain)
        for row, texts in enumerate(frame.astype(str).itertuples(index=False, name=None), 1):
            # Programs do not all make room for wrapped text by themselves.
            widths = (_WIDTHS.get(str(name), _WIDTH) for name in frame.columns)
            lines = max(ceil(len(text) / width) for text, width in zip(texts, widths, strict=True))
            page.set_row(row, _LINE * min(lines, _MOST_LINES))
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))
