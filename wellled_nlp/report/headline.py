"""The answer on the first screen, and what every section asks: shares of recorded attention by group, meeting, unit and basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from wellled_nlp import threshold
from wellled_nlp.codebook import Facet, load_facet
from wellled_nlp.report import words
from wellled_nlp.report.contents import Estimate, values
from wellled_nlp.report.once import once
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
# Shares of single papers, quarters and years stand in the workbook as they are.
_LEVELS = ("all", "meeting")


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


class _Counted(NamedTuple):
    """A domain's share with its interval, and the amount of text in all domains that it is of."""

    domain: str
    total: float
    share: float | None
    low: float | None
    high: float | None


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
    held, domains = _counted(analysis, "meeting", lead(analysis)[1]), group(analysis, name)
    return [_share(day, held[day], domains) for day in meetings(analysis)]


def share(analysis: Analysis, name: str, domains: Sequence[str], unit: str, of: str = "") -> Share:
    """The share of these domains together. An interval is known for a single domain only: intervals do not add."""
    return _share(name, _counted(analysis, "all", unit, of).get("all", ()), domains)


def _share(name: str, counted: Sequence[_Counted], domains: Sequence[str]) -> Share:
    """The share of these domains among what was counted of one key."""
    held = [one for one in counted if one.domain in domains]
    if not held or any(one.share is None for one in held):
        return Share(name, None)
    if len(held) > 1:
        return Share(name, sum(one.share or 0.0 for one in held))
    return Share(name, held[0].share, held[0].low, held[0].high)


def basis(analysis: Analysis) -> str:
    """What the first screen counts: the board's own minutes where there are any, otherwise all papers."""
    held = {name for name, _, _ in _attention(analysis)}
    return next((name for name in _BASES if name in held), _BASES[-1])


def basis_name(name: str) -> str:
    """The basis in a sentence."""
    return _BASIS_NAMES.get(name, name)


def units(analysis: Analysis, of: str) -> list[str]:
    """The denominators by which there is enough to give a share."""
    counted = {unit: _counted(analysis, "all", unit, of).get("all", ()) for unit in UNIT_NAMES}
    return [unit for unit, held in counted.items() if any(one.share is not None for one in held)]


def meetings(analysis: Analysis, of: str = "") -> list[str]:
    """The meetings of the basis in order, as ISO dates; papers without a date are one more, "undated"."""
    return list(totals(analysis, of))


def totals(analysis: Analysis, of: str = "") -> dict[str, float]:
    """For each meeting in order how much text its shares are of, in the leading unit."""
    counted = _counted(analysis, "meeting", lead(analysis)[1], of)
    held = {day: domains[-1].total for day, domains in counted.items() if domains[-1].total > 0}
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


def _counted(analysis: Analysis, level: str, unit: str, of: str = "") -> Mapping[str, Sequence[_Counted]]:
    """For each key of the level (a meeting, or "all") what was counted of each domain, by this unit and basis."""
    return _attention(analysis).get((of or basis(analysis), level, unit), {})


@once
def _attention(analysis: Analysis) -> Mapping[tuple[str, str, str], Mapping[str, Sequence[_Counted]]]:
    """The measure by basis, level and unit, and then by key: sections ask it some hundred times."""
    frame = analysis.measures["attention"]
    wanted = frame[frame["level"].isin(_LEVELS)]
    found: dict[tuple[str, str, str], dict[str, list[_Counted]]] = {}
    for *place, key, domain, total, part, low, high in zip(
        *(values(wanted[name]) for name in ("basis", "level", "unit", "key", "domain", "total", "share", "low", "high")), strict=True
    ):
        held = found.setdefault((place[0], place[1], place[2]), {})
        held.setdefault(key, []).append(_Counted(domain, total, part, low, high))
    return found
