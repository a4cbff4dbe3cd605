"""The first screen: prompt W6.2 answered in words, the lines that shares are held against, challenge, and what was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import RATE, SHARE, TITLE, WHOLE, Column, Figure, Grid, Section
from wellled_nlp.table import Analysis

NAME = "summary"


@dataclass(frozen=True)
class Card:
    """A figure that stands by itself: what it is, the figure, and what to know beside it."""

    title: str
    figure: str
    range: str
    text: str


def section(analysis: Analysis) -> Section:
    """The summary."""
    line, unit = headline.lead(analysis)
    figure = _strip(analysis, unit)
    counts = analysis.provenance["counts"]
    read = f"{words.counted(counts['documents'], 'paper')} and {words.number(counts['pages_read'])} of {words.counted(counts['pages'], 'page')} were read"
    failed = counts["documents_failed"]
    read += f"; {words.spelled_out(failed, 'file')} could not be read." if failed else "; every file could be read."
    return Section(
        name=NAME,
        heading="Summary",
        lead=(headline.sentence(analysis), _second(analysis), read),
        figures=(figure,) if figure else (),
        grids=(_lines(analysis), _challenges(analysis), _reading(analysis)),
        notes=(denominator(analysis), "Documentary evidence only: this is not a rating, and no line here is a rule of the regulator."),
    )


def denominator(analysis: Analysis) -> str:
    """What the leading share is a share of."""
    line, unit = headline.lead(analysis)
    left = words.listed([headline.titles(analysis, "domain")[code].lower() for code in headline.settings(analysis)["left_out"]])
    level = words.percent(float(headline.settings(analysis)["level"]))
    return (
        f"Recorded attention is counted in {headline.UNIT_NAMES[unit]} of {headline.basis_name(headline.basis(analysis))}, without {left} text. "
        f"It is not time. Ranges in brackets are {level} intervals over meetings."
    )


def cards(analysis: Analysis) -> Sequence[Card]:
    """Quality, sustainability and challenge: the three parts of W6.2 that papers can show."""
    line, unit = headline.lead(analysis)
    made = []
    for name in ("quality", "sustainability"):
        found = headline.share(analysis, name, headline.group(analysis, name), unit)
        verdict = found.against(line)
        said = f"{words.capital(verdict)} the {words.percent(line)} line" if verdict != words.TOO_LITTLE else "Too little text to tell"
        bounds = words.interval(found.low, found.high)
        made.append(Card(headline.group_name(analysis, name), words.percent(found.share), f"({bounds})" if bounds else "", said))
    acts = analysis.measures["acts"]
    total = int(acts["challenge"].sum()) if len(acts) else 0
    on_quality = int(acts.loc[acts["domain"].isin(headline.group(analysis, "quality")), "challenge"].sum()) if total else 0
    made.append(
        Card(
            "Challenge",
            words.number(total),
            "questions and challenges" if total != 1 else "question or challenge",
            f"{words.number(on_quality)} on quality",
        )
    )
    return made


def _second(analysis: Analysis) -> str:
    unit = headline.lead(analysis)[1]
    money = headline.share(analysis, "Sustainability", headline.group(analysis, "sustainability"), unit)
    names = words.listed([headline.titles(analysis, "domain")[domain].lower() for domain in headline.group(analysis, "sustainability")])
    said = f"Sustainability, in the sense of lasting, affordable care and measured here as {names}, took {money.said}. "
    found = [(count, title) for title, _, count, _ in _challenge_rows(analysis) if isinstance(count, int) and count]
    total = sum(count for count, _ in found)
    if not total:
        return said + "No challenge by a board member was found."
    parts = words.listed([f"{words.number(count)} on {str(title).lower()}" for count, title in found])
    return said + f"Members' challenges were recorded {'once' if total == 1 else words.number(total) + ' times'}: {parts}."


def _strip(analysis: Analysis, unit: str) -> Figure | None:
    tones = {"quality": charts.BLUE, "sustainability": charts.ORANGE}
    held = [(name, headline.share(analysis, headline.group_name(analysis, name), headline.group(analysis, name), unit)) for name in tones]
    marks = [charts.Mark(s.name, s.share, s.low, s.high, tones[name]) for name, s in held if s.share is not None]
    if not marks:
        return None
    lines = [charts.Line(p.share, words.percent(p.share)) for p in headline.presets(analysis)]
    quality = held[0][1]
    grid = Grid(
        "w62-shares",
        f"Shares of recorded attention ({unit}, {headline.basis_name(headline.basis(analysis))})",
        (Column("Subject", TITLE), Column("Share", SHARE), Column("From", SHARE), Column("To", SHARE)),
        tuple((s.name, s.share, s.low, s.high) for _, s in held),
    )
    n = len(headline.meetings(analysis))
    note = f"n = {words.counted(n, 'meeting')}, {words.number(_total(analysis, unit))} {headline.UNIT_NAMES[unit]}. Point: share; bar: interval; dashed: published lines."
    return Figure("w62", _standing(quality, headline.presets(analysis)), note, charts.dots(marks, lines), grid)


def _standing(quality: headline.Share, presets: Sequence[headline.Preset]) -> str:
    """ "Quality is near the 20% and 25% lines and below the 30% line"."""
    if quality.share is None:
        return "There is too little text to hold quality against the published lines"
    parts = []
    for verdict in (headline.ABOVE, headline.NEAR, headline.BELOW):
        held = [words.percent(p.share) for p in presets if quality.against(p.share) == verdict]
        if held:
            parts.append(f"{verdict} the {words.listed(held)} {'line' if len(held) == 1 else 'lines'}")
    return f"Quality is {words.listed(parts)}"


def _total(analysis: Analysis, unit: str) -> float:
    frame = analysis.measures["attention"]
    held = frame[(frame["basis"] == headline.basis(analysis)) & (frame["level"] == "all") & (frame["unit"] == unit)]
    return float(held["total"].iloc[0]) if len(held) else 0.0


def _lines(analysis: Analysis) -> Grid:
    of = headline.basis(analysis)
    units = headline.units(analysis, of)
    every = headline.units(analysis, "all papers")
    shown = [(unit, of) for unit in units if unit in ("words", "items")] + ([("minutes", "all papers")] if "minutes" in every else [])
    quality = [headline.share(analysis, "quality", headline.group(analysis, "quality"), unit, of=where) for unit, where in shown]
    money = headline.share(analysis, "sustainability", headline.group(analysis, "sustainability"), headline.lead(analysis)[1])
    columns = [Column("Line", SHARE), Column("Stated for"), Column("Source")]
    columns += [Column(f"Quality by {headline.UNIT_NAMES[unit]}") for unit, _ in shown]
    columns.append(Column(f"{headline.group_name(analysis, 'sustainability')} by {headline.lead(analysis)[1]}"))
    rows = [
        (
            p.share,
            p.denominator,
            p.source,
            *(
                f"{words.capital(q.against(p.share))}: {q.said}" if q.share is not None else words.capital(words.TOO_LITTLE)
                for q in quality
            ),
            words.capital(money.against(p.share)),
        )
        for p in headline.presets(analysis)
    ]
    note = (
        "Each line was stated for its own denominator and for quality; none is a rule of the regulator, and W6.2 names no figure. "
        "Near: the interval reaches over the line. Beside sustainability the same lines are only a scale."
    )
    return Grid("lines", "How the shares stand to published lines", tuple(columns), tuple(rows), note)


def _challenge_rows(analysis: Analysis) -> list[tuple[object, ...]]:
    acts = analysis.measures["acts"]
    sums = acts.groupby("domain")[["sentences", "challenge"]].sum() if len(acts) else acts
    rows: list[tuple[object, ...]] = []
    for code in headline.facet(analysis, "domain").codes:
        if code.id in sums.index:
            sentences, count = (int(sums.loc[code.id, name]) for name in ("sentences", "challenge"))
            rows.append((code.title, sentences, count, 100 * count / sentences if sentences else None))
    return rows


def _challenges(analysis: Analysis) -> Grid:
    columns = (Column("Domain", TITLE), Column("Sentences", WHOLE), Column("Challenges", WHOLE), Column("For every 100 sentences", RATE))
    note = f"A challenge is a sentence in which a member questions, probes, disagrees or warns. Counted in {headline.basis_name(headline.basis(analysis))}."
    return Grid("challenges", "Challenges by domain", columns, tuple(_challenge_rows(analysis)), note)


def _reading(analysis: Analysis) -> Grid:
    counts = analysis.provenance["counts"]
    rows = [
        ("Papers read", counts["documents"]),
        ("Files that could not be read", counts["documents_failed"]),
        ("Pages", counts["pages"]),
        ("Pages read", counts["pages_read"]),
        ("of these, pictures of text read by OCR", counts["pages_ocr"]),
        ("Pages that could not be read", counts["pages_failed"]),
        ("Sentences", counts["sentences"]),
        ("Words", counts["words"]),
        ("Running heads, page numbers and other furniture set aside", counts["furniture_blocks"]),
    ]
    return Grid("reading", "What was read and what was not", (Column("Counted", TITLE), Column("Number", WHOLE)), tuple(rows))
