"""From gap to action: the assurance gaps that the papers state, those without a recorded improvement first, then each with its replies."""

from collections.abc import Mapping
from typing import Any

from wellled_nlp.report import charts, headline, passages, words
from wellled_nlp.report.contents import SCORE, TITLE, WHOLE, Column, Figure, Grid, Link, Plot, Section, records
from wellled_nlp.report.passages import Passage
from wellled_nlp.table import Analysis

# In the order of the table, least answered first.
IMPROVEMENT, UNANSWERED = "improvement", "Unanswered"
STATUSES = ("unanswered", "monitored only", "action only", IMPROVEMENT)
_PAGE_ROWS = 120
_FOLD_FROM = 12
_HEADING = "From gap to action"
_MEANING = (
    "A gap is a sentence that says assurance was limited, a standard was missed or something is overdue; it is looked for in the minutes "
    "where there are any, not in the papers beside them. Its status is what the papers record on the same subject, in the same item or "
    "later: it is no proof that a reply closed the gap, and a reply may stand in papers that were not supplied."
)
_LIKENESS = "Likeness: how far the words of gap and reply agree, from 0.2 to 1."


def section(analysis: Analysis) -> Section:
    """Gaps without an improvement, gaps by domain and status, and every pair of a gap and a reply."""
    held = records(analysis.measures["gaps"])
    gaps = list({row["sentence_id"]: row for row in held}.values())
    if not gaps:
        return Section("gaps", _HEADING, (f"No gap was found in {headline.basis_name(headline.basis(analysis))}.", _MEANING))
    quoted = passages.of(analysis, [one for row in held for one in (row["sentence_id"], row["reply_id"])])
    counts = {status: sum(row["status"] == status for row in gaps) for status in STATUSES}
    open_ = len(gaps) - counts[IMPROVEMENT]
    found = words.counted(len(gaps), "gap")
    none = f"{words.spelled(open_)} {words.verb(open_, 'has', 'have')} no recorded improvement"
    each = "each with" if len(gaps) > 1 else "with"
    lead = f"Of {found}, {none}: {_listed(counts)}." if open_ else f"{found} found, {each} a recorded improvement."
    grids = (_without(analysis, gaps, quoted), _pairs(held, quoted))
    return Section("gaps", _HEADING, (lead, _MEANING), (_figure(analysis, gaps, counts),), grids)


def _listed(counts: Mapping[str, int]) -> str:
    """ "two have no reply at all and eight were monitored and no more": how those without an improvement stand."""
    verbs = (("has", "have"), ("was", "were"), ("has", "have"))
    rest = ("no reply at all", "monitored and no more", "an action and no recorded change")
    parts = zip([count for status, count in counts.items() if status != IMPROVEMENT], verbs, rest, strict=True)
    return words.listed([f"{words.spelled(count)} {words.verb(count, *forms)} {said}" for count, forms, said in parts if count])


def _figure(analysis: Analysis, gaps: list[Mapping[str, Any]], counts: Mapping[str, int]) -> Figure:
    titles = headline.titles(analysis, "domain")
    held = [(titles[code], [row["status"] for row in gaps if row["domain"] == code]) for code in titles]
    rows = [(title, [statuses.count(status) for status in STATUSES]) for title, statuses in held if statuses]
    drawing = charts.stacks(
        [(f"{title} ({sum(parts)})", [part / sum(parts) for part in parts]) for title, parts in rows], [words.capital(s) for s in STATUSES]
    )
    columns = (Column("Domain", TITLE), *(Column(words.capital(status), WHOLE) for status in STATUSES), Column("Gaps", WHOLE))
    grid = Grid("gaps-domain", "Gaps by domain and status", columns, tuple((title, *parts, sum(parts)) for title, parts in rows))
    without = len(gaps) - counts[IMPROVEMENT]
    of = f"{words.capital(words.spelled(without))} of {words.counted(len(gaps), 'gap')}"
    title = f"{of} {words.verb(without, 'has', 'have')} no recorded improvement"
    note = f"n = {words.counted(len(gaps), 'gap')} in {headline.basis_name(headline.basis(analysis))}; their number by domain in brackets."
    return Figure(
        "gaps", title, note, drawing, grid, "From left to right in the order of the legend.", Plot("stack", (1, 2, 3, 4), counts=True)
    )


def _without(analysis: Analysis, gaps: list[Mapping[str, Any]], quoted: Mapping[str, Passage]) -> Grid:
    """Gaps to which no improvement is joined: what has no reply at all first, then what is only measured again or only has an action."""
    titles = headline.titles(analysis, "domain")
    rows = tuple(
        (passage.quoted, words.capital(row["status"]), titles.get(row["domain"], ""), passage.paper.label, passage.link, row["restated"])
        for row in gaps
        if row["status"] != IMPROVEMENT
        for passage in [quoted[row["sentence_id"]]]
    )
    columns = (
        Column("Gap", TITLE), Column("Status"), Column("Domain"), Column("Paper"), Column("Page", WHOLE), Column("Stated again", WHOLE),
    )  # fmt: skip
    empty = "Every gap found has an improvement recorded in the papers supplied."
    return Grid("gaps-open", "Gaps without a recorded improvement", columns, rows, empty=empty, page_rows=_PAGE_ROWS)


def _pairs(held: list[Mapping[str, Any]], quoted: Mapping[str, Passage]) -> Grid:
    rows = tuple(
        (
            _head(row, quoted[row["sentence_id"]]),
            words.capital(row["reply"]),
            reply.quoted,
            reply.paper.label,
            reply.link,
            row["similarity"],
        )
        for row in held
        if row["reply_id"] in quoted
        for reply in [quoted[row["reply_id"]]]
    )
    columns = (
        Column("Gap"),
        Column("Reply"),
        Column("In its words", TITLE),
        Column("Paper"),
        Column("Page", WHOLE),
        Column("Likeness", SCORE),
    )
    folded = f"All {words.counted(len(rows), 'reply', 'replies')}" if len(rows) > _FOLD_FROM else ""
    return Grid(
        "gaps-replies", "Gaps with what was recorded on them", columns, rows, _LIKENESS, grouped=True, folded=folded,
        empty="No reply to a gap was found.", page_rows=_PAGE_ROWS,
    )  # fmt: skip


def _head(row: Mapping[str, Any], gap: Passage) -> Link:
    """The gap that a group of replies is under, which leads to its page."""
    place = f"{gap.paper.label}, page {gap.page}" if gap.page and gap.paper.paged else gap.paper.label
    return Link(f"{words.capital(row['status'])}: “{gap.text}” ({place})", gap.paper.address_of(gap.page))
