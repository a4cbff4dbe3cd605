"""The first screen: prompt W6.2 answered in words, the lines that shares are held against, challenge, and what was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellled_nlp import threshold
from wellled_nlp.report import charts, headline, words
from wellled_nlp.report.contents import SHARE, TITLE, WHOLE, Column, Figure, Grid, Plot, Section, records
from wellled_nlp.report.drawing import BLUE, ORANGE
from wellled_nlp.report.sections import challenge, uncertainty
from wellled_nlp.table import Analysis

GROUPS = {"quality": BLUE, "sustainability": ORANGE}
# The denominators that a published line is set beside: the report's own, and those that lines were stated for.
_HELD_AGAINST = (("words", ""), ("items", ""), ("minutes", "all papers"))


@dataclass(frozen=True)
class Card:
    """A figure that stands by itself: what it is, the figure, and what to know beside it. address: where its indicators stand."""

    title: str
    figure: str
    range: str
    text: str
    more: tuple[str, ...] = ()
    address: str = ""


def section(analysis: Analysis) -> Section:
    """The summary. Its lead is the finding, sustainability and challenge, label error ("" where unknown), what was read."""
    figure = _beside_lines(analysis)
    return Section(
        name="summary",
        heading="Summary",
        lead=(
            headline.sentence(analysis),
            f"{_sustainability(analysis)} {challenge.finding(analysis)}",
            uncertainty.beside(analysis),
            _read(analysis),
        ),
        figures=(figure,) if figure else (),
        grids=(_lines(analysis), challenge.by_domain(analysis), _reading(analysis)),
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
        made.append(Card(found.name, words.percent(found.share), f"({bounds})" if bounds else "", said, _attended(analysis, name), "#w62"))
    made.append(_challenge_card(analysis))
    return made


def _challenge_card(analysis: Analysis) -> Card:
    held = records(analysis.measures["challenge"])
    on_quality = sum(row["domain"] in headline.group(analysis, "quality") for row in held)
    answered = sum(bool(row["answered"]) for row in held)
    noun = "challenge" if len(held) == 1 else "challenges"
    said = f"{words.number(on_quality)} on quality; {words.number(answered)} with a recorded answer"
    return Card("Challenge", words.number(len(held)), noun, said, _access(analysis), "#challenge")


def _access(analysis: Analysis) -> tuple[str, ...]:
    """The part of W6.2 on access to information, of which papers show little: the sentences that are evidence for the prompt itself."""
    last = [row for row in records(analysis.measures["w62"]) if row["part"] == "challenge"][-1:]
    return tuple(f"On access to information: {words.counted(row['sentences'], 'sentence')}" for row in last)


def _attended(analysis: Analysis, name: str) -> tuple[str, ...]:
    """At how many meetings the group has an item, and its share of sentences with the labels' error allowed for."""
    found = [row for row in records(analysis.measures["w62"]) if row["indicator"] == f"{name}-meetings" and row["n"]]
    said = [f"An item on it at {words.number(row['amount'])} of {words.counted(row['n'], 'meeting')}" for row in found]
    row = uncertainty.of_group(analysis, name)
    return (*said, f"Allowing for label error: {uncertainty.corrected(row)} of sentences") if row else tuple(said)


def _sustainability(analysis: Analysis) -> str:
    share = headline.group_share(analysis, "sustainability")
    names = words.listed([headline.titles(analysis, "domain")[domain].lower() for domain in headline.group(analysis, "sustainability")])
    took = f"took {share.said}" if share.share is not None else "has too little text for a share"
    return f"Sustainability, in the sense of lasting, affordable care and measured here as {names}, {took}."


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
    return Figure(
        "w62",
        _standing(shares["quality"], headline.presets(analysis)),
        f"n = {n}.",
        charts.dots(marks, lines),
        grid,
        key,
        Plot("bars", (1,)),
    )


def _standing(quality: headline.Share, presets: Sequence[headline.Preset]) -> str:
    """ "Quality is near the 20% and 25% lines and below the 30% line"."""
    if quality.share is None:
        return "There is too little text to hold quality against the published lines"
    parts = []
    for verdict in (threshold.ABOVE, threshold.NEAR, threshold.BELOW):
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
        Column("Line", SHARE), Column("Stated for"), Column("Source"), Column("Quality by what it was stated for"),
        *(Column(f"Quality by {headline.UNIT_NAMES[unit]}") for unit, _ in shown),
        Column(f"{money.name} by {headline.UNIT_NAMES[headline.lead(analysis)[1]]}"),
    )  # fmt: skip
    rows = tuple(
        (
            preset.share,
            preset.denominator,
            preset.source,
            _as_stated(analysis, preset),
            *(one.verdict(preset.share) for one in quality),
            money.verdict(preset.share),
        )
        for preset in headline.presets(analysis)
    )
    note = (
        "Each line was stated for its own denominator and for quality; none is a rule of the regulator, and W6.2 names no figure. "
        "Near: the interval reaches over the line. Beside sustainability the same lines are only a scale."
    )
    return Grid("lines", "How the shares stand to published lines", columns, rows, note)


def _as_stated(analysis: Analysis, preset: headline.Preset) -> str:
    """How quality stands to the line in the unit that it was stated for; where the papers do not give that unit, that they do not."""
    of = dict(_HELD_AGAINST).get(preset.unit) or headline.basis(analysis)
    name = headline.UNIT_NAMES[preset.unit]
    if preset.unit not in headline.units(analysis, of):
        return f"No {name} in these papers"
    return f"{headline.group_share(analysis, 'quality', unit=preset.unit, of=of).verdict(preset.share)} of {name}"


def _reading(analysis: Analysis) -> Grid:
    counts = analysis.provenance["counts"]
    rows = (
        ("Papers counted", counts["documents"]),
        ("Papers read and not counted, since another form of them is", counts.get("documents_not_counted", 0)),
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
