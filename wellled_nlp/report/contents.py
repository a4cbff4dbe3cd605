"""What a report holds before it has a format: sections of sentences, figures and tables. Writers turn these into HTML, Excel and others.

Cells hold values, never formatted text: a writer shows a share as "22%" (through `words`) or as the number 0.22 with a format.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp.report import words
from wellled_nlp.report.drawing import Drawing

# What a column holds, and so how its cells are shown and aligned.
TEXT, WHOLE, SHARE, ESTIMATE, RATE, SCORE, DAY, TITLE = "text", "whole", "share", "estimate", "rate", "score", "day", "title"


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere: to a page of a paper, or (an address that begins with #) to rows of the evidence."""

    value: object
    address: str
    label: str = ""


@dataclass(frozen=True)
class Estimate:
    """A cell that holds a share with its interval: what a page shows as "22% (18 to 26)". None where there is nothing to show."""

    share: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Rate:
    """A cell that counts per hundred in a column of shares."""

    value: float


@dataclass(frozen=True)
class Absent:
    """A cell that says that nothing was found, so that a reader does not take it for a gap in the table."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column's heading and the kind of its cells: text, title (text that heads the row), whole, rate, share, score, estimate or day."""

    heading: str
    kind: str = TEXT


@dataclass(frozen=True)
class Grid:
    """A table: what it shows, its columns, its rows and what to know when reading it.

    heat: whether the shares are shaded by size. grouped: whether the first column names the group that a row belongs to, the same for
    neighbouring rows. page_rows: how many rows a page has room for, 0 for all; the workbook holds all. folded: the words under which a
    long table is folded away, or "". empty: the sentence that stands in its place where it has no rows; "" where the section has said so.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str = ""
    heat: bool = False
    grouped: bool = False
    folded: str = ""
    empty: str = "Nothing found in these papers."
    page_rows: int = 0

    @property
    def cut(self) -> str:
        """What a page says where it has no room for every row, or ""."""
        if not self.page_rows or len(self.rows) <= self.page_rows:
            return ""
        return f"The first {self.page_rows} of {words.counted(len(self.rows), 'row')}; report.xlsx holds them all."


@dataclass(frozen=True)
class Plot:
    """How a writer with charts of its own draws a figure: bars, stack or line, of these columns of its grid against the first one.

    counts: whether the columns hold counts; otherwise shares. A stack shows each row's parts of one whole, of either.
    """

    kind: str
    columns: tuple[int, ...]
    counts: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart. title says its finding; note gives n, denominator and source; grid holds the figures that are drawn.

    key: how to read the marks of the drawing; a writer with charts of its own leaves it out. plot: what such a writer draws, if anything.
    """

    name: str
    title: str
    note: str
    drawing: Drawing
    grid: Grid
    key: str = ""
    plot: Plot | None = None


@dataclass(frozen=True)
class Section:
    """One heading of the report. lead: the paragraphs beneath it, the finding first."""

    name: str
    heading: str
    lead: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def all_grids(self) -> tuple[Grid, ...]:
        """The tables of the section, those beneath figures first."""
        return (*(figure.grid for figure in self.figures), *self.grids)


def records(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    """The rows of a table as plain values by column; what is absent is None."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*(values(frame[name]) for name in frame), strict=True)]


def values(column: pd.Series) -> list[Any]:
    """A column as plain values; what is absent is None."""
    return list(column.to_numpy(dtype=object, na_value=None))
