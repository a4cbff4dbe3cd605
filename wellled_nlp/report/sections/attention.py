"""Attention: quality's share at every meeting, and every domain's share by each denominator."""

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import DAY, ESTIMATE, SHARE, TEXT, TITLE, WHOLE, Column, Figure, Grid, Section
from wellled_nlp.table import Analysis


def by_meeting(analysis: Analysis) -> Section:
    """Quality and sustainability over the meetings, beside the leading line."""
    line, unit = headline.lead(analysis)
    days = headline.meetings(analysis)
    quality, money = headline.by_meeting(analysis), headline.by_meeting(analysis, "sustainability")
    totals = _totals(analysis, unit)
    rows = tuple(
        (day, q.share, line, q.against(line), m.share, totals.get(day, 0.0), _challenges(analysis, day))
        for day, q, m in zip(days, quality, money, strict=True)
    )
    columns = (
        Column("Meeting", DAY), Column("Quality", SHARE), Column("Line", SHARE), Column(f"Against {words.percent(line)}", TEXT),
        Column(headline.group_name(analysis, "sustainability"), SHARE), Column(words.capital(unit), WHOLE), Column("Challenges", WHOLE),
    )  # fmt: skip
    grid = Grid("meetings", "Attention by meeting", columns, rows, "Single meetings have no interval: judge a run of meetings, not one.")
    title = _trend_finding(quality, line)
    counted = [totals.get(day, 0.0) for day in days]
    note = (
        f"n = {words.counted(len(days), 'meeting')} with {words.number(min(counted))} to {words.number(max(counted))} {headline.UNIT_NAMES[unit]} each"
        if days
        else ""
    )
    note += f" of {headline.basis_name(headline.basis(analysis))}. A gap: too little text."
    figures = ()
    if any(one.share is not None for one in quality):
        series = [
            ("Quality", [one.share for one in quality]),
            (_short(headline.group_name(analysis, "sustainability")), [one.share for one in money]),
        ]
        drawing = charts.trend([words.short_day(day) for day in days], series, charts.Line(line, words.percent(line)))
        figures = (Figure("trend", title, note, drawing, grid),)
    return Section("meetings", "Attention by meeting", (_extremes(quality),), figures, () if figures else (grid,))


def by_domain(analysis: Analysis) -> Section:
    """Every domain's share, by every denominator and basis."""
    of, (_, unit) = headline.basis(analysis), headline.lead(analysis)
    codes = [code for code in headline.facet(analysis, "domain").codes if code.id not in headline.settings(analysis)["left_out"]]
    shares = sorted([headline.share(analysis, code.title, (code.id,), unit) for code in codes], key=lambda one: -(one.share or 0))
    grids = [_units_grid(analysis, where) for where in dict.fromkeys((of, "all papers")) if headline.units(analysis, where)]
    held = [one for one in shares if one.share is not None]
    if not held:
        return Section("domains", "Attention by domain", ("There is too little text to share out.",), grids=tuple(grids))
    title = f"{held[0].name} took the largest share of recorded attention, {words.percent(held[0].share)}"
    toned = {
        titles: tone for name, tone in (("quality", charts.BLUE), ("sustainability", charts.ORANGE)) for titles in _names(analysis, name)
    }
    marks = [charts.Mark(s.name, s.share or 0.0, s.low, s.high, toned.get(s.name, charts.GREY)) for s in held]
    note = f"n = {words.number(_totals(analysis, unit, 'all').get('all', 0))} {headline.UNIT_NAMES[unit]} of {headline.basis_name(of)}. Thin lines: intervals over meetings."
    figure = Figure("domains", title, note, charts.bars(marks, [s.said for s in held], f"Share of {unit}"), grids[0])
    return Section(
        "domains",
        "Attention by domain and denominator",
        (_denominators(analysis, of),),
        (figure, *_units_figure(analysis, of)),
        tuple(grids[1:]),
    )


def _trend_finding(quality: list[headline.Share], line: float) -> str:
    verdicts = [one.against(line) for one in quality]
    known = [verdict for verdict in verdicts if verdict != words.TOO_LITTLE]
    if not known:
        return "No meeting has enough text for a share"
    under = known.count(headline.BELOW)
    return f"Quality was below {words.percent(line)} at {words.spelled(under)} of {words.spelled_out(len(known), 'meeting')}"


def _extremes(quality: list[headline.Share]) -> str:
    held = [(one.share, one.name) for one in quality if one.share is not None]
    if len(held) < 2:
        return "There are too few meetings with enough text to compare."
    (least, low_day), (most, high_day) = min(held), max(held)
    return f"Quality's share ran from {words.percent(least)} ({words.day(low_day)}) to {words.percent(most)} ({words.day(high_day)})."


def _denominators(analysis: Analysis, of: str) -> str:
    found = [
        (unit, headline.share(analysis, "Quality", headline.group(analysis, "quality"), unit, of=of))
        for unit in headline.units(analysis, of)
    ]
    parts = [f"{words.percent(one.share)} of {headline.UNIT_NAMES[unit]}" for unit, one in found if one.share is not None]
    return f"The figure depends on what it is a share of: quality took {words.listed(parts)}." if parts else ""


def _units_figure(analysis: Analysis, of: str) -> tuple[Figure, ...]:
    found = [
        (unit, headline.share(analysis, words.capital(headline.UNIT_NAMES[unit]), headline.group(analysis, "quality"), unit, of=of))
        for unit in headline.units(analysis, of)
    ]
    held = [one for _, one in found if one.share is not None]
    if len(held) < 2:
        return ()
    marks = [charts.Mark(one.name, one.share or 0.0, one.low, one.high, charts.BLUE) for one in held]
    lines = [charts.Line(p.share, words.percent(p.share)) for p in headline.presets(analysis)]
    low, high = min(held, key=lambda one: one.share or 0), max(held, key=lambda one: one.share or 0)
    title = (
        f"Quality's share runs from {words.percent(low.share)} of {low.name.lower()} to {words.percent(high.share)} of {high.name.lower()}"
    )
    grid = Grid(
        "quality-units",
        "Quality's share by denominator",
        (Column("Share of", TITLE), Column("Share", SHARE), Column("From", SHARE), Column("To", SHARE)),
        tuple((one.name, one.share, one.low, one.high) for one in held),
    )
    stated = words.listed([f"{words.percent(p.share)} of {p.denominator} ({p.source})" for p in headline.presets(analysis)])
    return (Figure("units", title, f"Dashed: {stated}. Basis: {headline.basis_name(of)}.", charts.dots(marks, lines), grid),)


def _units_grid(analysis: Analysis, of: str) -> Grid:
    codes = [code for code in headline.facet(analysis, "domain").codes if code.id not in headline.settings(analysis)["left_out"]]
    units = headline.units(analysis, of)
    columns = [Column("Domain", TITLE), *(Column(words.capital(headline.UNIT_NAMES[unit]), ESTIMATE) for unit in units)]
    rows = [(code.title, *(headline.share(analysis, code.title, (code.id,), unit, of=of).cell for unit in units)) for code in codes]
    note = f"Shares of what is left when procedural text is set aside. Basis: {headline.basis_name(of)}."
    return Grid(
        f"domains-{of.replace(' ', '-')}",
        f"Attention by domain and denominator, {headline.basis_name(of)}",
        tuple(columns),
        tuple(rows),
        note,
    )


def _totals(analysis: Analysis, unit: str, level: str = "meeting") -> dict[str, float]:
    frame = analysis.measures["attention"]
    held = frame[(frame["basis"] == headline.basis(analysis)) & (frame["level"] == level) & (frame["unit"] == unit)]
    return {str(key): float(total) for key, total in zip(held["key"], held["total"], strict=True)}


def _challenges(analysis: Analysis, day: str) -> int:
    acts = analysis.measures["acts"]
    return int(acts.loc[acts["meeting_date"] == day, "challenge"].sum())


def _names(analysis: Analysis, name: str) -> list[str]:
    return [headline.titles(analysis, "domain")[domain] for domain in headline.group(analysis, name)]


def _short(name: str) -> str:
    return name.split(" (")[1].rstrip(")").capitalize() if " (" in name else name
