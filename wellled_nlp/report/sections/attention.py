"""Attention: quality's share at every meeting, and every domain's share by each denominator."""

from collections import Counter

from wellled_nlp import threshold
from wellled_nlp.codebook import Code
from wellled_nlp.report import charts, headline, trends, words
from wellled_nlp.report.contents import DAY, ESTIMATE, SHARE, TEXT, TITLE, WHOLE, Column, Figure, Grid, Plot, Section, values
from wellled_nlp.report.drawing import BLUE, GREY
from wellled_nlp.report.sections import variation
from wellled_nlp.report.sections.summary import GROUPS
from wellled_nlp.table import Analysis

_GAP = "A gap in a line: too little text."
_BAND = f"Grey line and band: the mean of quality's shares and the limits of ordinary variation; a triangle: beyond it. {_GAP}"


def by_meeting(analysis: Analysis) -> Section:
    """Quality and sustainability over the meetings, beside the leading line."""
    line, _ = headline.lead(analysis)
    quality, money = headline.by_meeting(analysis, "quality"), headline.by_meeting(analysis, "sustainability")
    grid = _meetings(analysis, quality, money)
    lead = (_extremes(quality), variation.finding(analysis))
    more = (variation.series_grid(analysis), variation.carried_grid(analysis))
    if all(one.share is None for one in quality):
        return Section("meetings", "Attention by meeting", lead, grids=(grid, *more))
    days = [words.short_day(one.name) for one in quality]
    of_money = words.capital(
        words.listed([headline.titles(analysis, "domain")[code].lower() for code in headline.group(analysis, "sustainability")])
    )
    series = [("Quality", [one.share for one in quality]), (of_money, [one.share for one in money])]
    of_quality = headline.group(analysis, "quality")
    band = variation.band(analysis, of_quality[0]) if len(of_quality) == 1 else None
    places = {one.name: place for place, one in enumerate(quality)}
    special = {places[one.day]: one.side for one in variation.signals(analysis, of_quality[0]) if one.day in places} if band else {}
    drawing = trends.trend(days, series, charts.Line(line, words.percent(line)), band, special)
    figure = Figure(
        "trend", _below(quality, line), _n_of_meetings(analysis), drawing, grid, _BAND if band else _GAP, Plot("line", (1, 4, 2))
    )
    return Section("meetings", "Attention by meeting", lead, (figure,), more)


def by_domain(analysis: Analysis) -> Section:
    """Every domain's share, by every denominator and basis."""
    of = headline.basis(analysis)
    grids = tuple(
        _denominators_grid(analysis, where)
        for where in dict.fromkeys((of, headline.NEW_TEXT, "all papers"))
        if headline.units(analysis, where)
    )
    figure = _domains(analysis, grids)
    if figure is None:
        return Section("domains", "Attention by domain and denominator", ("There is too little text to share out.",), grids=grids)
    figures = (figure, *_denominators(analysis, of))
    return Section(
        "domains", "Attention by domain and denominator", (_depends(analysis, of), _without_repeats(analysis)), figures, grids[1:]
    )


def _meetings(analysis: Analysis, quality: list[headline.Share], money: list[headline.Share]) -> Grid:
    line, unit = headline.lead(analysis)
    totals, asked = headline.totals(analysis), Counter(values(analysis.measures["challenge"]["meeting_date"]))
    columns = (
        Column("Meeting", DAY), Column("Quality", SHARE), Column(f"{words.percent(line)} line", SHARE),
        Column(f"Against {words.percent(line)}", TEXT),
        Column(headline.group_name(analysis, "sustainability"), SHARE), Column(words.capital(headline.UNIT_NAMES[unit]), WHOLE),
        Column("Challenges", WHOLE),
    )  # fmt: skip
    rows = tuple(
        (q.name, q.share, line, q.against(line), m.share, totals[q.name], asked[q.name]) for q, m in zip(quality, money, strict=True)
    )
    return Grid("meetings", "Attention by meeting", columns, rows, "Single meetings have no interval: judge a run of meetings, not one.")


def _extremes(quality: list[headline.Share]) -> str:
    held = [(one.share, one.name) for one in quality if one.share is not None]
    if len(held) < 2:
        return "There are too few meetings with enough text to compare."
    (least, low_day), (most, high_day) = min(held), max(held)
    return f"Quality's share ran from {words.percent(least)} ({words.day(low_day)}) to {words.percent(most)} ({words.day(high_day)})."


def _below(quality: list[headline.Share], line: float) -> str:
    known = [one.against(line) for one in quality if one.share is not None]
    under = known.count(threshold.BELOW)
    if len(known) == 1:
        return f"Quality was {'' if under else 'not '}below {words.percent(line)} at the one meeting"
    among = "all " if under == len(known) > 1 else f"{words.spelled(under)} of "
    return f"Quality was below {words.percent(line)} at {among}{words.spelled_out(len(known), 'meeting')}"


def _n_of_meetings(analysis: Analysis) -> str:
    counted = list(headline.totals(analysis).values())
    unit = headline.UNIT_NAMES[headline.lead(analysis)[1]]
    least, most = words.number(min(counted)), words.number(max(counted))
    each = f"{least} to {most} {unit} each" if len(counted) > 1 else f"{most} {unit}"
    where = headline.basis_name(headline.basis(analysis))
    return f"n = {words.counted(len(counted), 'meeting')} with {each}, in {where}."


def _codes(analysis: Analysis) -> list[Code]:
    left_out = headline.settings(analysis)["left_out"]
    return [code for code in headline.facet(analysis, "domain").codes if code.id not in left_out]


def _domains(analysis: Analysis, grids: tuple[Grid, ...]) -> Figure | None:
    """Bars of the domains by the leading denominator; the groups of the first screen stand out."""
    of, (_, unit) = headline.basis(analysis), headline.lead(analysis)
    tones = {domain: tone for name, tone in GROUPS.items() for domain in headline.group(analysis, name)}
    found = [(headline.share(analysis, code.title, (code.id,), unit), tones.get(code.id, GREY)) for code in _codes(analysis)]
    ranked = sorted([one for one in found if one[0].share is not None], key=lambda one: -(one[0].share or 0.0))
    if not ranked:
        return None
    marks = [charts.Mark(one.name, one.share or 0.0, one.low, one.high, tone) for one, tone in ranked]
    title = f"{ranked[0][0].name} took the largest share of recorded attention, {words.percent(ranked[0][0].share)}"
    n = f"{words.number(headline.total(analysis))} {headline.UNIT_NAMES[unit]} of {headline.basis_name(of)}"
    drawing = charts.bars(marks, [one.said for one, _ in ranked], f"Share of {headline.UNIT_NAMES[unit]}")
    return Figure("domains", title, f"n = {n}.", drawing, grids[0], "Thin lines: intervals over meetings.", Plot("bars", (1,)))


def _by_unit(analysis: Analysis, of: str) -> list[headline.Share]:
    """Quality's share by each denominator, under the denominator's name."""
    found = [
        headline.share(analysis, headline.UNIT_NAMES[unit], headline.group(analysis, "quality"), unit, of=of)
        for unit in headline.units(analysis, of)
    ]
    return [one for one in found if one.share is not None]


def _depends(analysis: Analysis, of: str) -> str:
    parts = [f"{words.percent(one.share)} of {one.name}" for one in _by_unit(analysis, of)]
    return f"The figure depends on what it is a share of: quality took {words.listed(parts)}." if parts else "Quality has no text here."


def _without_repeats(analysis: Analysis) -> str:
    if not headline.units(analysis, headline.NEW_TEXT):
        return ""
    share = headline.group_share(analysis, "quality", of=headline.NEW_TEXT)
    unit = headline.UNIT_NAMES[headline.lead(analysis)[1]]
    return f"With text that repeats the meeting before left aside, quality took {share.said} of {unit}."


def _denominators(analysis: Analysis, of: str) -> tuple[Figure, ...]:
    held = _by_unit(analysis, of)
    if len(held) < 2:
        return ()
    marks = [charts.Mark(words.capital(one.name), one.share or 0.0, one.low, one.high, BLUE) for one in held]
    lines = [charts.Line(preset.share, words.percent(preset.share)) for preset in headline.presets(analysis)]
    low, high = (pick(held, key=lambda one: one.share or 0.0) for pick in (min, max))
    title = f"Quality's share runs from {words.percent(low.share)} of {low.name} to {words.percent(high.share)} of {high.name}"
    stated = words.listed([f"{words.percent(p.share)} of {p.denominator} ({p.source})" for p in headline.presets(analysis)])
    grid = Grid(
        name="quality-units",
        caption="Quality's share by denominator",
        columns=(Column("Share of", TITLE), Column("Share", SHARE), Column("From", SHARE), Column("To", SHARE)),
        rows=tuple((words.capital(one.name), one.share, one.low, one.high) for one in held),
    )
    n = f"n = {words.counted(len(headline.meetings(analysis, of)), 'meeting')}, {headline.basis_name(of)}"
    return (Figure("units", title, f"{n}. Lines: {stated}.", charts.dots(marks, lines), grid, "Dashed: the lines.", Plot("bars", (1,))),)


def _denominators_grid(analysis: Analysis, of: str) -> Grid:
    units = headline.units(analysis, of)
    columns = (Column("Domain", TITLE), *(Column(words.capital(headline.UNIT_NAMES[unit]), ESTIMATE) for unit in units))
    rows = tuple(
        (code.title, *(headline.share(analysis, code.title, (code.id,), unit, of=of).cell for unit in units)) for code in _codes(analysis)
    )
    caption = f"Attention by domain and denominator, {headline.basis_name(of)}"
    return Grid(
        f"domains-{of.replace(',', '').replace(' ', '-')}",
        caption,
        columns,
        rows,
        "Shares of what is left when procedural text is set aside.",
    )
