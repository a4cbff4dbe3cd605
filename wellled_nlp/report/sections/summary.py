"""The first screen: prompt W6.2 answered in words, the lines that shares are held against, challenge, and what was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import RATE, SHARE, TITLE, WHOLE, Column, Figure, Grid, Section
from wellled_nlp.report.drawing import BLUE, ORANGE
from wellled_nlp.table import Analysis

GROUPS = {"quality": BLUE, "sustainability": ORANGE}
# The denominators that a published line is set beside: the report's own, and those that lines were stated for.
_HELD_AGAINST = (("words", ""), ("items", ""), ("minutes", "all papers"))


@dataclass(frozen=True)
class Card:
    """A figure that stands by itself: what it is, the figure, and what to know beside it."""

    title: str
    figure: str
    range: str
    text: str


def section(analysis: Analysis) -> Section:
    """The summary. Its lead is the finding, then sustainability and challenge, then what was read."""
    figure = _beside_lines(analysis)
    return Section(
        name="summary",
        heading="Summary",
        lead=(headline.sentence(analysis), f"{_sustainability(analysis)} {_challenge(analysis)}", _read(analysis)),
        figures=(figure,) if figure else (),
        grids=(_lines(analysis), _challenges(analysis), _reading(analysis)),
        notes=(denominator(analysis), "Documentary evidence only: this is not a rating, and no line here is a rule of the regulator."),
    )


def denominator(analysis: Analysis) -> str:
    """What the leading share is a share of."""
    chosen, (_, unit) = headline.settings(analysis), headline.lead(analysis)
    left_out = words.listed([headline.titles(analysis, "domain")[code].lower() for code in chosen["left_out"]])
    counted = f"{headline.UNIT_NAMES[unit]} of {headline.basis_name(headline.basis(analysis))}"
    return (
        f"Recorded attention is counted in {counted}, without {left_out} text. It is not time. "
        f"Ranges in brackets are {words.percent(float(chosen['level']))} intervals over meetings."
    )


def cards(analysis: Analysis) -> Sequence[Card]:
    """Quality, sustainability and challenge: the three parts of W6.2 that papers can show."""
    line, _ = headline.lead(analysis)
    made = []
    for name in GROUPS:
        found = headline.group_share(analysis, name)
        verdict = found.against(line)
        said = f"{words.capital(verdict)} the {words.percent(line)} line" if found.share is not None else "Too little text to tell"
        bounds = words.interval(found.low, found.high)
        made.append(Card(found.name, words.percent(found.share), f"({bounds})" if bounds else "", said))
    rows = _challenge_rows(analysis)
    total = sum(count for _, _, _, count in rows)
    on_quality = sum(count for code, _, _, count in rows if code in headline.group(analysis, "quality"))
    nouns = "question or challenge" if total == 1 else "questions and challenges"
    made.append(Card("Challenge", words.number(total), nouns, f"{words.number(on_quality)} on quality"))
    return made


def _sustainability(analysis: Analysis) -> str:
    share = headline.group_share(analysis, "sustainability")
    names = words.listed([headline.titles(analysis, "domain")[domain].lower() for domain in headline.group(analysis, "sustainability")])
    took = f"took {share.said}" if share.share is not None else "has too little text for a share"
    return f"Sustainability, in the sense of lasting, affordable care and measured here as {names}, {took}."


def _challenge(analysis: Analysis) -> str:
    found = [(count, title) for _, title, _, count in _challenge_rows(analysis) if count]
    total = sum(count for count, _ in found)
    if not total:
        return "No challenge by a member was found."
    parts = words.listed([f"{words.number(count)} on {title.lower()}" for count, title in found])
    return f"Members' challenges were recorded {'once' if total == 1 else f'{words.number(total)} times'}: {parts}."


def _read(analysis: Analysis) -> str:
    counts = analysis.provenance["counts"]
    pages = f"{words.number(counts['pages_read'])} of {words.counted(counts['pages'], 'page')}"
    failed = counts["documents_failed"]
    rest = f"{words.spelled_out(failed, 'file')} could not be read" if failed else "every file could be read"
    return f"{words.counted(counts['documents'], 'paper')} and {pages} were read; {rest}."


def _beside_lines(analysis: Analysis) -> Figure | None:
    shares = {name: headline.group_share(analysis, name) for name in GROUPS}
    known = {name: one for name, one in shares.items() if one.share is not None}
    if not known:
        return None
    marks = [charts.Mark(one.name, one.share or 0.0, one.low, one.high, GROUPS[name]) for name, one in known.items()]
    lines = [charts.Line(preset.share, words.percent(preset.share)) for preset in headline.presets(analysis)]
    unit, of = headline.lead(analysis)[1], headline.basis(analysis)
    grid = Grid(
        name="w62-shares",
        caption=f"Shares of recorded attention ({headline.UNIT_NAMES[unit]}, {headline.basis_name(of)})",
        columns=(Column("Subject", TITLE), Column("Share", SHARE), Column("From", SHARE), Column("To", SHARE)),
        rows=tuple((one.name, one.share, one.low, one.high) for one in shares.values()),
    )
    meetings = words.counted(len(headline.meetings(analysis)), "meeting")
    n = f"{meetings}, {words.number(headline.total(analysis))} {headline.UNIT_NAMES[unit]}"
    key = "Point: share; bar: interval; dashed: published lines."
    return Figure("w62", _standing(shares["quality"], headline.presets(analysis)), f"n = {n}.", charts.dots(marks, lines), grid, key)


def _standing(quality: headline.Share, presets: Sequence[headline.Preset]) -> str:
    """ "Quality is near the 20% and 25% lines and below the 30% line"."""
    if quality.share is None:
        return "There is too little text to hold quality against the published lines"
    parts = []
    for verdict in (headline.ABOVE, headline.NEAR, headline.BELOW):
        held = [words.percent(preset.share) for preset in presets if quality.against(preset.share) == verdict]
        if held:
            parts.append(f"{verdict} the {words.listed(held)} {'line' if len(held) == 1 else 'lines'}")
    return f"Quality is {words.listed(parts)}"


def _lines(analysis: Analysis) -> Grid:
    """Every published line with what it was stated for and by whom, and how quality stands to it by each denominator."""
    held = [(unit, of or headline.basis(analysis)) for unit, of in _HELD_AGAINST]
    shown = [(unit, of) for unit, of in held if unit in headline.units(analysis, of)]
    quality = [headline.group_share(analysis, "quality", unit=unit, of=of) for unit, of in shown]
    money = headline.group_share(analysis, "sustainability")
    columns = (
        Column("Line", SHARE), Column("Stated for"), Column("Source"),
        *(Column(f"Quality by {headline.UNIT_NAMES[unit]}") for unit, _ in shown),
        Column(f"{money.name} by {headline.UNIT_NAMES[headline.lead(analysis)[1]]}"),
    )  # fmt: skip
    rows = tuple(
        (preset.share, preset.denominator, preset.source, *(one.verdict(preset.share) for one in quality), money.verdict(preset.share))
        for preset in headline.presets(analysis)
    )
    note = (
        "Each line was stated for its own denominator and for quality; none is a rule of the regulator, and W6.2 names no figure. "
        "Near: the interval reaches over the line. Beside sustainability the same lines are only a scale."
    )
    return Grid("lines", "How the shares stand to published lines", columns, rows, note)


def _challenge_rows(analysis: Analysis) -> list[tuple[str, str, int, int]]:
    """(code, title, sentences, challenges) of every domain in which the board's own papers have text."""
    acts = analysis.measures["acts"]
    rows = []
    for code in headline.facet(analysis, "domain").codes:
        held = acts[acts["domain"] == code.id]
        if len(held):
            rows.append((code.id, code.title, int(held["sentences"].sum()), int(held["challenge"].sum())))
    return rows


def _challenges(analysis: Analysis) -> Grid:
    columns = (Column("Domain", TITLE), Column("Sentences", WHOLE), Column("Challenges", WHOLE), Column("For every 100 sentences", RATE))
    rows = tuple((title, n, count, 100 * count / n if n else None) for _, title, n, count in _challenge_rows(analysis))
    where = headline.basis_name(headline.basis(analysis))
    note = f"A challenge is a sentence in which a member questions, probes, disagrees or warns. Counted in {where}."
    return Grid("challenges", "Challenges by domain", columns, rows, note)


def _reading(analysis: Analysis) -> Grid:
    counts = analysis.provenance["counts"]
    rows = (
        ("Papers read", counts["documents"]),
        ("Files that could not be read", counts["documents_failed"]),
        ("Pages", counts["pages"]),
        ("Pages read", counts["pages_read"]),
        ("of these, pictures of text read by OCR", counts["pages_ocr"]),
        ("Pages that could not be read", counts["pages_failed"]),
        ("Sentences", counts["sentences"]),
        ("Words", counts["words"]),
        ("Running heads, page numbers and other furniture set aside", counts["furniture_blocks"]),
    )
    return Grid("reading", "What was read and what was not", (Column("Counted", TITLE), Column("Number", WHOLE)), rows)
