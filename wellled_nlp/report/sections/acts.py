"""What sentences record of the board's doing: acts by domain and meeting, and its actions and decisions word for word."""

from wellled_nlp.report import headline, papers, words
from wellled_nlp.report.contents import DAY, TITLE, WHOLE, Column, Grid, Section, records
from wellled_nlp.table import Analysis

KINDS = ("challenge", "decision", "action", "noting", "report")
_FOLD_FROM, _PAGE_ROWS = 12, 300
_HEADING = "Acts, sentence by sentence"
_MEANING = (
    "Each sentence is given one act. A challenge in the section above begins with a question and may take several of these sentences; "
    "sentences of challenge that no question opens are counted here alone."
)


def section(analysis: Analysis) -> Section:
    """Acts by domain and by meeting."""
    by_domain, by_meeting = _by_domain(analysis), _by_meeting(analysis)
    sums = _sums(analysis, "domain").values()
    totals = {name: sum(one[name] for one in sums) for name in ("sentences", *KINDS)}
    if not totals["sentences"]:
        return Section("acts", _HEADING, ("There is no text in which to count acts.",), grids=(by_domain, by_meeting))
    said = words.listed([f"{words.number(totals[name])} {name}" for name in KINDS])
    lead = f"Of {words.counted(totals['sentences'], 'sentence')}, by act: {said}."
    return Section("acts", _HEADING, (lead, _MEANING), grids=(by_domain, by_meeting))


def actions(analysis: Analysis) -> Section:
    """The actions and the decisions that the papers record."""
    known = papers.of(analysis)
    acted = tuple(
        (
            words.clean(row["text"]),
            words.clean(row["owner"]),
            words.clean(row["due"]),
            words.clean(row["status"]),
            paper.label,
            paper.at(row["page"]),
        )
        for row in records(analysis.facts["actions"])
        for paper in [known[row["document_id"]]]
    )
    decided = tuple(
        (words.clean(row["text"]), paper.label, paper.at(row["page"]))
        for row in records(analysis.facts["decisions"])
        for paper in [known[row["document_id"]]]
    )
    columns = (Column("Action"), Column("Owner"), Column("Due", DAY), Column("Status"), Column("Paper"), Column("Page", WHOLE))
    grids = (
        Grid(
            "actions", "Actions", columns, acted,
            folded=_folded(len(acted), "action"), empty="No action was found in these papers.", page_rows=_PAGE_ROWS,
        ),
        Grid(
            "decisions", "Decisions", (Column("Decision"), Column("Paper"), Column("Page", WHOLE)), decided,
            folded=_folded(len(decided), "decision"), empty="No decision was found in these papers.", page_rows=_PAGE_ROWS,
        ),
    )  # fmt: skip
    found = f"{words.counted(len(acted), 'action')} and {words.counted(len(decided), 'decision')} were found"
    return Section(
        "actions", "Actions and decisions", (f"{found}; {sum(bool(row[1]) for row in acted)} of the actions name an owner.",), grids=grids
    )


def _folded(count: int, noun: str) -> str:
    return f"All {words.counted(count, noun)}" if count > _FOLD_FROM else ""


def _sums(analysis: Analysis, column: str) -> dict[str, dict[str, int]]:
    """For each value of the column the sums of every count."""
    names = ("sentences", *KINDS)
    summed = analysis.measures["acts"].groupby(column)[list(names)].sum()
    return {value: dict(zip(names, map(int, row), strict=True)) for value, *row in summed.itertuples()}


def _by_domain(analysis: Analysis) -> Grid:
    columns = (
        Column("Domain", TITLE), Column("Sentences", WHOLE), *(Column(kind.capitalize(), WHOLE) for kind in KINDS),
    )  # fmt: skip
    sums = _sums(analysis, "domain")
    rows = tuple((code.title, *sums[code.id].values()) for code in headline.facet(analysis, "domain").codes if code.id in sums)
    return Grid("acts-domain", "Acts by domain", columns, rows, f"Counted in {headline.basis_name(headline.basis(analysis))}.")


def _by_meeting(analysis: Analysis) -> Grid:
    sums = _sums(analysis, "meeting_date")
    columns = (Column("Meeting", DAY), Column("Sentences", WHOLE), *(Column(kind.capitalize(), WHOLE) for kind in KINDS))
    rows = tuple((day, *sums[day].values()) for day in sorted(sums, key=words.by_day))
    return Grid("acts-meeting", "Acts by meeting", columns, rows)
