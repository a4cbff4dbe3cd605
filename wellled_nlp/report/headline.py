"""The answer on the first screen, and what every section asks: shares of recorded attention by group, meeting, unit and basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp import threshold
from wellled_nlp.codebook import Facet, load_facet
from wellled_nlp.report import words
from wellled_nlp.report.contents import Estimate
from wellled_nlp.table import Analysis

UNIT_NAMES = {
    "words": "words",
    "sentences": "sentences",
    "items": "agenda items and sections",
    "pages": "pages",
    "minutes": "agenda minutes",
}
_BASES = ("minutes", "all papers")
_BASIS_NAMES = {"minutes": "the minutes", "minutes, new text": "the minutes without repeated text", "all papers": "all papers"}
NEW_TEXT = "minutes, new text"


@dataclass(frozen=True)
class Share:
    """A share of recorded attention with its interval; None where there is too little text, or no interval."""

    name: str
    share: float | None
    low: float | None = None
    high: float | None = None

    @property
    def said(self) -> str:
        """ "22% (18 to 26)", or that there is too little text."""
        return threshold.TOO_LITTLE if self.share is None else words.estimate(self.share, self.low, self.high)

    @property
    def cell(self) -> Estimate:
        """The share as a cell of a table."""
        return Estimate(self.share, self.low, self.high)

    def against(self, line: float) -> str:
        """below, near or above the line, as the measure of attention judges: near where the interval reaches over it."""
        return threshold.verdict(self.share, self.low, self.high, line)

    def verdict(self, line: float) -> str:
        """ "Near: 22% (18 to 26)"."""
        return words.capital(threshold.TOO_LITTLE if self.share is None else f"{self.against(line)}: {self.said}")


@dataclass(frozen=True)
class Preset:
    """A published line: the share, what it was stated for, the unit of attention next to that, and by whom it was stated."""

    share: float
    denominator: str
    unit: str
    source: str


def sentence(analysis: Analysis) -> str:
    """The finding that the report opens with."""
    line, _ = lead(analysis)
    quality, days = group_share(analysis, "quality"), meetings(analysis)
    if quality.share is None:
        return "These papers hold too little text to say what share of recorded attention quality took."
    if len(days) == 1:
        return f"Quality took {quality.said} of recorded attention in one meeting's papers; a single meeting gives no interval."
    each = by_meeting(analysis, "quality")
    under = sum(one.against(line) == threshold.BELOW for one in each)
    thin = sum(one.share is None for one in each)
    said = f"Quality took {quality.said} of recorded attention across {words.spelled_out(len(days), 'meeting')}"
    said += f"; below {words.percent(line)} in {'all' if under == len(days) else words.spelled(under)}"
    return said + (f", with too little text to tell in {words.spelled(thin)}." if thin else ".")


def settings(analysis: Analysis) -> dict[str, Any]:
    """The settings of attention that the analysis was made with."""
    return dict(analysis.provenance["settings"]["attention"])


def lead(analysis: Analysis) -> tuple[float, str]:
    """The line that the report leads with and the unit that it is held against."""
    chosen = settings(analysis)
    return float(chosen["lead"]), str(chosen["lead_unit"])


def presets(analysis: Analysis) -> list[Preset]:
    """The published lines in order of size."""
    held = [
        Preset(float(one["share"]), str(one["denominator"]), str(one["unit"]), str(one["source"])) for one in settings(analysis)["presets"]
    ]
    return sorted(held, key=lambda one: one.share)


def group(analysis: Analysis, name: str) -> tuple[str, ...]:
    """The domains that count as "quality" or as "sustainability"."""
    return tuple(settings(analysis)[name])


def group_name(analysis: Analysis, name: str) -> str:
    """ "Quality", or "Sustainability (finance)" where the group's domains go by other names."""
    of = [titles(analysis, "domain")[domain].lower() for domain in group(analysis, name)]
    return name.capitalize() if of == [name] else f"{name.capitalize()} ({words.listed(of)})"


def group_share(analysis: Analysis, name: str, *, unit: str = "", of: str = "") -> Share:
    """The share of a group over all meetings, by the leading unit and basis unless another is asked for."""
    return share(analysis, group_name(analysis, name), group(analysis, name), unit or lead(analysis)[1], of=of)


def by_meeting(analysis: Analysis, name: str) -> list[Share]:
    """The share of a group at every meeting in order; each Share is named by its day."""
    rows, domains = _rows(analysis, "meeting", lead(analysis)[1]), group(analysis, name)
    held = dict(list(rows[rows["domain"].isin(domains)].groupby("key")))
    return [_share(day, held.get(day, rows.iloc[:0])) for day in meetings(analysis)]


def share(analysis: Analysis, name: str, domains: Sequence[str], unit: str, level: str = "all", key: str = "all", of: str = "") -> Share:
    """The share of these domains together. An interval is known for a single domain only: intervals do not add."""
    rows = _rows(analysis, level, unit, of)
    return _share(name, rows[(rows["key"] == key) & rows["domain"].isin(domains)])


def _share(name: str, held: pd.DataFrame) -> Share:
    """The share of the domains in these rows of one basis, level, key and unit."""
    if held.empty or held["share"].isna().any():
        return Share(name, None)
    if len(held) > 1:
        return Share(name, float(held["share"].sum()))
    low, high = (None if pd.isna(held[side].iloc[0]) else float(held[side].iloc[0]) for side in ("low", "high"))
    return Share(name, float(held["share"].iloc[0]), low, high)


def basis(analysis: Analysis) -> str:
    """What the first screen counts: the board's own minutes where there are any, otherwise all papers."""
    held = set(analysis.measures["attention"]["basis"].dropna())
    return next((name for name in _BASES if name in held), _BASES[-1])


def basis_name(name: str) -> str:
    """The basis in a sentence."""
    return _BASIS_NAMES.get(name, name)


def units(analysis: Analysis, of: str) -> list[str]:
    """The denominators by which there is enough to give a share."""
    return [unit for unit in UNIT_NAMES if _rows(analysis, "all", unit, of)["share"].notna().any()]


def meetings(analysis: Analysis, of: str = "") -> list[str]:
    """The meetings of the basis in order, as ISO dates; papers without a date are one more, "undated"."""
    return list(totals(analysis, of))


def totals(analysis: Analysis, of: str = "") -> dict[str, float]:
    """For each meeting in order how much text its shares are of, in the leading unit."""
    rows = _rows(analysis, "meeting", lead(analysis)[1], of)
    held = {str(key): float(total) for key, total in zip(rows["key"], rows["total"], strict=True) if total > 0}
    return dict(sorted(held.items(), key=lambda pair: words.by_day(pair[0])))


def total(analysis: Analysis) -> float:
    """How much text the leading share is of."""
    return sum(totals(analysis).values())


def facet(analysis: Analysis, name: str) -> Facet:
    """The framework that the analysis used for this facet."""
    return load_facet(next((one["id"] for one in analysis.provenance["frameworks"] if one["name"] == name), name))


def titles(analysis: Analysis, name: str) -> dict[str, str]:
    """For each code of the facet its title."""
    codes = analysis.facts["codes"]
    held = codes[codes["facet"] == name]
    return dict(zip(held["code"].tolist(), held["title"].tolist(), strict=True))


def _rows(analysis: Analysis, level: str, unit: str, of: str = "") -> pd.DataFrame:
    frame = analysis.measures["attention"]
    return frame[(frame["basis"] == (of or basis(analysis))) & (frame["level"] == level) & (frame["unit"] == unit)]
