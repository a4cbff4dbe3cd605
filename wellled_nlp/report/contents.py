"""What a report holds before it has a format: sections of sentences, figures and tables. Writers turn these into HTML, Excel and others.

Cells hold values, never formatted text: a writer shows a share as "22%" (through `words`) or as the number 0.22 with a format.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp.report.drawing import Drawing

# What a column holds, and so how its cells are shown and aligned.
TEXT, WHOLE, SHARE, ESTIMATE, RATE, DAY, TITLE = "text", "whole", "share", "estimate", "rate", "day", "title"


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
class Absent:
    """A cell that says that nothing was found, so that a reader does not take it for a gap in the table."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column's heading and the kind of its cells: text, title (text that heads the row), whole, rate, share, estimate or day."""

    heading: str
    kind: str = TEXT


@dataclass(frozen=True)
class Grid:
    """A table: what it shows, its columns, its rows and what to know when reading it.

    heat: whether the shares are shaded by size. grouped: whether the first column names the group that a row belongs to, the same for
    neighbouring rows. folded: the words under which a long table is folded away, or "".
    empty: the sentence that stands in its place where it has no rows; "" where the section has said so.
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


@dataclass(frozen=True)
class Figure:
    """A chart. title says its finding; note gives n, denominator and source; grid holds the figures that are drawn.

    key: how to read the marks of the drawing; a writer with charts of its own leaves it out.
    """

    name: str
    title: str
    note: str
    drawing: Drawing
    grid: Grid
    key: str = ""


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
    columns = [
        [None if absent else value for value, absent in zip(frame[name].tolist(), frame[name].isna(), strict=True)] for name in frame
    ]
    return [dict(zip(map(str, frame.columns), row, strict=True)) for row in zip(*columns, strict=True)]
