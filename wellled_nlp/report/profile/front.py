"""The front page: whose papers, which were supplied, what stands out, where evidence is most and least, what to ask first."""

from collections import Counter
from dataclasses import dataclass

from wellled_nlp.report import words
from wellled_nlp.report.contents import Column, Grid
from wellled_nlp.report.profile import contents, risks
from wellled_nlp.report.profile.contents import NOT_FOUND, Profile

_MOST, _LEAST, _ASKED, _NAMED = 4, 4, 5, 6
_SECTOR_NOT_SAID = "not said; prompts for some sectors only are left out"


@dataclass(frozen=True)
class Front:
    """cover: labels with what stands beside them; points: what stands out, each with a word or two before it; enquiries: the first ones."""

    title: str
    subject: str
    cover: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    prompts: Grid
    enquiries: Grid


def of(profile: Profile) -> Front:
    """The front page of this profile."""
    return Front(
        title="What the papers show, and what to ask",
        subject=profile.subject,
        cover=_cover(profile),
        points=tuple((lead, text) for lead, text in _points(profile) if text),
        prompts=_most_and_least(profile),
        enquiries=_ask_first(profile),
    )


def papers_line(profile: Profile) -> str:
    """ "8 papers, 25 July 2024 to 19 June 2025: 6 minutes, 1 board pack and 1 quality account." """
    known = contents.paper_of(profile)
    kinds = Counter(words.uncapital(paper.kind) for paper in known.values())
    days = sorted({paper.day for paper in known.values() if paper.day != words.UNDATED})
    listed = words.listed([f"{count} {kind if count == 1 or kind.endswith('s') else kind + 's'}" for kind, count in kinds.most_common()])
    return f"{words.counted(len(known), 'paper')}, {words.span(days)}: {listed}."


def not_read_line(profile: Profile) -> str:
    """How many files and pages could not be read."""
    skipped = profile.analysis.facts["skipped"]
    files, pages = int(skipped["page"].isna().sum()), int(skipped["page"].notna().sum())
    if not files and not pages:
        return "Everything supplied was read."
    both = f"{words.spelled_out(files, 'file')} and {words.spelled_out(pages, 'page')}"
    return f"{words.capital(both)} could not be read; listed under Papers supplied."


def _cover(profile: Profile) -> tuple[tuple[str, str], ...]:
    told = profile.analysis.provenance
    return (
        ("Papers supplied", papers_line(profile)),
        ("Not read", not_read_line(profile)),
        ("Read against", f"{profile.facet.title} ({words.clean(profile.facet.publisher)}), on {words.day(told['scanned_on'])}"),
        ("Sector", profile.sector.title if profile.sector else _SECTOR_NOT_SAID),
        ("What this is", f"{contents.LIMITS} Interviews, focus groups and visits show what papers cannot."),
    )


def _points(profile: Profile) -> tuple[tuple[str, str], ...]:
    return (
        ("Evidence.", contents.state_line(profile)),
        ("Attention.", profile.headlines[0]),
        ("Language.", profile.headlines[1]),
        ("Challenge.", profile.headlines[2]),
        ("Gaps in assurance.", _gaps(profile)),
        ("Risks.", risks.finding(profile)),
        (f"{NOT_FOUND}.", _missing(profile)),
        ("Minutes.", _months(profile)),
    )


def _gaps(profile: Profile) -> str:
    gaps = profile.analysis.measures["gaps"].drop_duplicates("sentence_id")["status"].value_counts()
    total = int(gaps.sum())
    if not total:
        return ""
    improved, open_ = int(gaps.get("improvement", 0)), int(gaps.get("unanswered", 0) + gaps.get("monitored only", 0))
    answers = f"{words.spelled(improved)} met by improvement, {words.spelled(open_)} by nothing or by more monitoring"
    return f"{words.counted(total, 'gap')} named: {answers}."


def _missing(profile: Profile) -> str:
    """Documents that bear on a code asked about, of which no paper shows anything."""
    signals = profile.tables["prompt_signals"]
    asked = profile.tables["prompts"].loc[lambda frame: frame["state"] != "not asked", "code"]
    documents = signals[(signals["kind"] == "document") & signals["code"].isin(asked)].drop_duplicates("signal")
    missing = documents.loc[documents["status"] == "not found", "title"].tolist()
    if not missing:
        return ""
    more = f"; and {words.spelled(len(missing) - _NAMED)} more" if len(missing) > _NAMED else ""
    return f"{len(missing)} of {len(documents)} kinds of document: {'; '.join(words.clean(one) for one in missing[:_NAMED])}{more}."


def _months(profile: Profile) -> str:
    rows = profile.rows("months")
    gaps = [row["month"] for row in rows if row["state"] in ("papers, no minutes", "longer than usual without minutes")]
    if not rows:
        return "No paper has a date."
    have = sum(bool(row["minutes"]) for row in rows)
    said = f"Supplied for {have} of {words.counted(len(rows), 'month')}"
    return (
        f"{said}; none where they would be expected in {words.listed([words.month(one) for one in gaps])}."
        if gaps
        else f"{said}; no month stands out as missing."
    )


def _ask_first(profile: Profile) -> Grid:
    rows = tuple((one.code, one.question, one.whom, one.documents) for one in contents.all_enquiries(profile)[:_ASKED])
    columns = (Column("Prompt", "title"), Column("Ask first"), Column("Whom"), Column("Request"))
    return Grid(
        "ask-first",
        "Where evidence is missing or one-sided, ask first",
        columns,
        rows,
        empty="Nothing is without evidence, or has it one-sided.",
    )


def _most_and_least(profile: Profile) -> Grid:
    asked = [row for row in profile.rows("prompts") if row["state"] != "not asked"]
    ranked = sorted(asked, key=lambda row: row["sentences"])
    least, most = ranked[:_LEAST], list(reversed(ranked[-_MOST:]))
    said = [(f"{row['code']} {row['title']}", row["sentences"]) for row in (*most, *least)]
    rows = tuple((*left, *right) for left, right in zip(said[: len(most)], said[len(most) :], strict=False))
    columns = (Column("Most evidence", "title"), Column("Sentences", "whole"), Column("Least evidence"), Column("Sentences", "whole"))
    return Grid("most-least", f"{words.capital(profile.noun)} with most and with least evidence", columns, rows)
