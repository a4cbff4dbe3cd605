"""The parts of a profile that are not about one code: papers supplied, maturity, method."""

from wellled_nlp.codebook.maturity import CANT_TELL, load_maturity
from wellled_nlp.report import words
from wellled_nlp.report.contents import DAY, TEXT, TITLE, WHOLE, Absent, Column, Grid, Section, records
from wellled_nlp.report.papers import file_name
from wellled_nlp.report.profile import contents, front
from wellled_nlp.report.profile.contents import Profile

_SKIPPED_SHOWN = 10


def papers(profile: Profile) -> Section:
    """What was supplied, what could not be read, and the months without minutes."""
    known = contents.paper_of(profile)
    rows = sorted(zip(records(profile.analysis.facts["documents"]), known.values(), strict=True), key=lambda pair: pair[1].file)
    columns = [Column("Paper", TITLE), Column("File"), Column("Pages", WHOLE), Column("Pages not read", WHOLE)]
    cells = [[paper.label, paper.file, row["pages"] if paper.paged else None, row["pages_failed"]] for row, paper in rows]
    if any(row["why_not_counted"] for row, _ in rows):
        columns.append(Column("Counted"))
        for held, (row, _) in zip(cells, rows, strict=True):
            held.append(row["why_not_counted"] or "counted")
    listed = Grid("supplied", "Papers supplied", tuple(columns), tuple(tuple(held) for held in cells))
    return Section(
        "papers", "Papers supplied, and the gaps in them", (front.papers_line(profile), _gaps(profile)), grids=(listed, _skipped(profile))
    )


def maturity(profile: Profile) -> Section:
    """What papers can show of the maturity of the governance of improvement, and what they cannot."""
    rows = profile.measured("maturity")
    known = load_maturity()
    seen: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        held = seen.setdefault((row["scheme"], row["dimension"]), [])
        if row["figure"] and row["value"] is not None:
            figure = known.figures[row["figure"]]
            value = words.percent(row["value"]) if figure.unit == "share" else f"{row['value']:.2f}"
            held.append(figure.says.replace("{value}", value).replace("{n}", words.number(row["of"])))
    made: dict[str, list[tuple[object, ...]]] = {}
    for row in {(row["scheme"], row["dimension"]): row for row in rows}.values():
        figures = "; ".join(seen[(row["scheme"], row["dimension"])])
        level = Absent(CANT_TELL) if row["level"] == CANT_TELL else f"{row['level']}: {row['says']}"
        shown = f"{row['found']} of {row['of_signals']}" if row["of_signals"] else "–"
        made.setdefault(row["scheme"], []).append((row["title"], level, words.capital(figures) or Absent("–"), shown))
    columns = (Column("Dimension", TITLE), Column("Level that papers decide"), Column("Figures"), Column("Signals found"))
    schemes = list(made)
    grids = (
        [Grid("maturity", "Eight dimensions of a board's governance of improvement", columns, tuple(made[schemes[0]]))] if schemes else []
    )
    if len(schemes) > 1:
        short = (Column("Element", TITLE), Column("Signals found"))
        rows_of = tuple((row[0], row[3]) for row in made[schemes[1]])
        grids.append(
            Grid(
                "elements",
                "Six elements that improving trusts have in common",
                short,
                rows_of,
                note="CQC, Quality improvement in hospital trusts, 2018. Not rated: the report gives no levels.",
            )
        )
    lead = (
        "Of eight dimensions, papers can decide three; the study behind them rated from interviews and observation as well. "
        "The descriptors are published, the bounds in figures are ours and stand in data/maturity.toml."
    )
    return Section(
        "maturity", "Maturity of improvement, as far as papers show it", (lead,), grids=tuple(grids), notes=(f"Source: {known.source}.",)
    )


def method(profile: Profile) -> Section:
    """How to read the profile."""
    told = profile.analysis.provenance
    return Section(
        "method",
        "How this was made, and its limits",
        (
            "Every sentence of the papers was labelled by a model with the prompts that it is evidence for. Single labels are often wrong: "
            "read the sentence on its page before relying on it. A prompt with many sentences is one that the papers speak of often, not "
            "one that is met.",
            "Quotations are chosen by rule: a label that the model is sure of, something specific in the sentence, as late as may be, from "
            "different meetings, and not repeated from the meeting before.",
            f"“{contents.NOT_FOUND}” means that none of the wordings listed for it stands in these papers. The trust may well have it.",
            "Little: fewer than three sentences, or one date only. Assurance only: five or more sentences of assurance and none of "
            "improvement. Not lately: nothing in the six months before the latest paper. Whom to ask, and which documents, follow the "
            "framework's own lists; the questions are in our words.",
        ),
        notes=(f"wellled {told['versions'].get('wellled', '')}, framework {profile.facet.id}. {contents.LIMITS}",),
    )


def prompts(profile: Profile, codes: tuple[contents.Prompt, ...], name: str) -> Grid:
    """The codes of one theme at a glance."""
    rows = {row["code"]: row for row in profile.rows("prompts")}
    made = tuple(
        (
            f"{one.code} {one.title}",
            contents.STATES[one.state],
            rows[one.code]["sentences"],
            rows[one.code]["meetings"],
            rows[one.code]["last_seen"],
        )
        for one in codes
    )
    columns = (
        Column("Prompt", TITLE),
        Column("Evidence", TEXT),
        Column("Sentences", WHOLE),
        Column("Dates", WHOLE),
        Column("Last seen", DAY),
    )
    return Grid(name, "Evidence at a glance", columns, made)


def _gaps(profile: Profile) -> str:
    lead = [text for label, text in front.of(profile).points if label == "Minutes."]
    months = [words.month(row["month"]) for row in profile.rows("months") if not row["minutes"]]
    return f"{lead[0] if lead else ''} Months without minutes: {words.listed(months) if months else 'none'}."


def _skipped(profile: Profile) -> Grid:
    rows = tuple((file_name(row["path"]), row["page"], words.clean(row["reason"])) for row in records(profile.analysis.facts["skipped"]))
    more = f"The first {_SKIPPED_SHOWN} of {len(rows)}." if len(rows) > _SKIPPED_SHOWN else ""
    columns = (Column("File", TITLE), Column("Page", WHOLE), Column("Reason"))
    return Grid("not-read", "Not read", columns, rows[:_SKIPPED_SHOWN], note=more, empty="Everything supplied was read.")
