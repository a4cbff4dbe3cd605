"""The answer on the first screen: what share of recorded attention quality took, how sure that is, and how it stands to stated lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp.codebook import Facet, load_facet
from wellled_nlp.report import words
from wellled_nlp.report.contents import Estimate
from wellled_nlp.table import Analysis

BELOW, NEAR, ABOVE = "below", "near", "above"
UNITS = ("words", "sentences", "items", "pages", "minutes")
UNIT_NAMES = {
    "words": "words",
    "sentences": "sentences",
    "items": "agenda items and sections",
    "pages": "pages",
    "minutes": "agenda minutes",
}
_BASES = ("minutes", "all papers")


@dataclass(frozen=True)
class Share:
    """A share of recorded attention with its interval; None where there is too little text, or no interval."""

    name: str
    share: float | None
    low: float | None
    high: float | None

    @property
    def said(self) -> str:
        """ "22% (18 to 26)", or that there is too little text."""
        return words.TOO_LITTLE if self.share is None else words.estimate(self.share, self.low, self.high)

    @property
    def cell(self) -> Estimate:
        """The share as a cell of a table."""
        return Estimate(self.share, self.low, self.high)

    def against(self, line: float) -> str:
        """below, near or above the line, as the measure of attention judges: near where the interval reaches over it."""
        if self.share is None:
            return words.TOO_LITTLE
        low, high = (self.share, self.share) if self.low is None or self.high is None else (self.low, self.high)
        return ABOVE if low > line else BELOW if high < line else NEAR


@dataclass(frozen=True)
class Preset:
    """A published line: the share, what it was stated for, and by whom."""

    share: float
    denominator: str
    source: str
    link: str


def basis(analysis: Analysis) -> str:
    """What the first screen counts: the board's own minutes where there are any, otherwise all papers."""
    held = set(analysis.measures["attention"]["basis"].dropna())
    return next((name for name in _BASES if name in held), _BASES[-1])


def basis_name(name: str) -> str:
    """The basis in a sentence."""
    return "the minutes" if name == "minutes" else "all papers"


def units(analysis: Analysis, of: str) -> list[str]:
    """The denominators that there is something to count by."""
    frame = analysis.measures["attention"]
    held = set(frame.loc[(frame["basis"] == of) & (frame["level"] == "all") & frame["share"].notna(), "unit"])
    return [unit for unit in UNITS if unit in held]


def settings(analysis: Analysis) -> dict[str, Any]:
    """The settings of attention that the analysis was made with."""
    return dict(analysis.provenance["settings"]["attention"])


def lead(analysis: Analysis) -> tuple[float, str]:
    """The line that the report leads with and the unit that it is held against."""
    chosen = analysis.provenance["settings"]["attention"]
    return float(chosen["lead"]), str(chosen["lead_unit"])


def presets(analysis: Analysis) -> list[Preset]:
    """The published lines in order of size."""
    chosen = analysis.provenance["settings"]["attention"]["presets"]
    held = [Preset(float(p["share"]), str(p["denominator"]), str(p["source"]), str(p.get("link", ""))) for p in chosen]
    return sorted(held, key=lambda one: one.share)


def group(analysis: Analysis, name: str) -> tuple[str, ...]:
    """The domains that count as "quality" or as "sustainability"."""
    return tuple(analysis.provenance["settings"]["attention"][name])


def share(analysis: Analysis, name: str, domains: Sequence[str], unit: str, level: str = "all", key: str = "all", of: str = "") -> Share:
    """The share of these domains together. An interval is known for a single domain only: intervals do not add."""
    frame = analysis.measures["attention"]
    rows = frame[(frame["basis"] == (of or basis(analysis))) & (frame["level"] == level) & (frame["key"] == key) & (frame["unit"] == unit)]
    held = rows[rows["domain"].isin(domains)]
    if held.empty or held["share"].isna().any():
        return Share(name, None, None, None)
    if len(held) > 1:
        return Share(name, float(held["share"].sum()), None, None)
    row = held.iloc[0]
    return Share(name, float(row["share"]), *(None if pd.isna(row[side]) else float(row[side]) for side in ("low", "high")))


def meetings(analysis: Analysis, of: str = "") -> list[str]:
    """The meetings of the basis in order, as ISO dates; papers without a date are one more, "undated"."""
    frame = analysis.measures["attention"]
    held = frame[(frame["basis"] == (of or basis(analysis))) & (frame["level"] == "meeting") & (frame["total"] > 0)]
    return sorted(set(held["key"]), key=lambda key: (key == words.UNDATED, key))


def facet(analysis: Analysis, name: str) -> Facet:
    """The framework that the analysis used for this facet."""
    return load_facet(next((f["id"] for f in analysis.provenance["frameworks"] if f["name"] == name), name))


def titles(analysis: Analysis, name: str) -> dict[str, str]:
    """For each code of the facet its title."""
    return {code.id: code.title for code in facet(analysis, name).codes}


def group_name(analysis: Analysis, name: str) -> str:
    """ "Quality", or "Sustainability (finance)" where the group's domains go by other names."""
    of = [titles(analysis, "domain")[domain].lower() for domain in group(analysis, name)]
    return name.capitalize() if of == [name] else f"{name.capitalize()} ({words.listed(of)})"


def sentence(analysis: Analysis) -> str:
    """The finding that the report opens with."""
    line, unit = lead(analysis)
    quality = share(analysis, "Quality", group(analysis, "quality"), unit)
    if quality.share is None:
        return "These papers hold too little text to say what share of recorded attention quality took."
    days = meetings(analysis)
    if len(days) == 1:
        return f"Quality took {quality.said} of recorded attention in one meeting's papers; a single meeting gives no interval."
    each = by_meeting(analysis)
    under = sum(one.against(line) == BELOW for one in each)
    thin = sum(one.share is None for one in each)
    said = f"Quality took {quality.said} of recorded attention across {words.spelled_out(len(days), 'meeting')}; "
    said += f"below {words.percent(line)} in {'all' if under == len(days) else words.spelled(under)}"
    return said + (f", with too little text to tell in {words.spelled(thin)}." if thin else ".")


def by_meeting(analysis: Analysis, name: str = "quality") -> list[Share]:
    """The share of a group at every meeting, in order."""
    unit = lead(analysis)[1]
    return [share(analysis, day, group(analysis, name), unit, "meeting", day) for day in meetings(analysis)]
