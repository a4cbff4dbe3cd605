"""Frameworks labelled beside the prompts, shipped or a trust's own: the evidence for each code, and how it moves over the meetings."""

from wellled_nlp.report import facets, words
from wellled_nlp.report.contents import DAY, SHARE, TITLE, WHOLE, Column, Grid, Section
from wellled_nlp.report.facets import Asked
from wellled_nlp.report.sections import themes
from wellled_nlp.table import Analysis

_HEADING = "Other frameworks"
_MADE = (
    "Labels of these frameworks were not learnt from examples: they follow from the prompts and other labels by a crosswalk, and from word "
    "lists. They are at best as right as the labels that they came from."
)
_NONE = "The papers were labelled with no framework beside the prompts."
_NOTE = "A number leads to its sentences in the evidence below. A sentence may be evidence for several codes or for none."


def section(analysis: Analysis) -> Section:
    """For each added framework of which a sentence can have several codes: its codes with their evidence, and a heat table by meeting."""
    asked = [facet for facet in facets.of(analysis) if facet.added and not facet.one]
    added = [facet for facet in asked if not facet.parents]
    if not added:
        return Section("frameworks", _HEADING, (_NONE,))
    grids: list[Grid] = []
    for number, facet in enumerate(added, 1):
        above = next((one for one in asked if one.parents and one.framework == facet.framework), None)
        caption, heading = f"{facet.title} by meeting", "Group" if above else "Code"
        heat = themes.heat_table(analysis, (above or facet).name, caption, heading, f"framework-{number}-by-meeting")
        grids += [_codes(analysis, facet, above, number), heat]
    told = " ".join(_finding(analysis, facet) for facet in added)
    return Section("frameworks", _HEADING, (told, _MADE), grids=tuple(grids))


def _finding(analysis: Analysis, facet: Asked) -> str:
    rows = [row for row in themes.coverage(analysis, facet.name) if row["code"] != facet.fallback]
    found = sum(row["sentences"] > 0 for row in rows)
    return f"{facet.title}: evidence for {'all' if found == len(rows) else found} of {words.counted(len(rows), 'code')}."


def _codes(analysis: Analysis, facet: Asked, above: Asked | None, number: int) -> Grid:
    """The codes with their evidence, grouped by parents where they have them."""
    columns = (
        *((Column("Group"),) if above else ()), Column("Code", TITLE), Column("Sentences", WHOLE), Column("Share", SHARE),
        Column("Papers", WHOLE), Column("Meetings", WHOLE), Column("Last seen", DAY),
    )  # fmt: skip
    cells = tuple(
        (
            *((_parent(facet, above, row["code"]),) if above else ()),
            facet.shown(row["code"]),
            themes.to_evidence(row),
            row["share"],
            row["documents"],
            row["meetings"],
            themes.seen(row),
        )
        for row in themes.coverage(analysis, facet.name)
    )
    caption = f"{facet.title} ({facet.publisher})" if facet.publisher else facet.title
    return Grid(f"framework-{number}", caption, columns, cells, _NOTE, grouped=above is not None)


def _parent(facet: Asked, above: Asked, code: str) -> str:
    parent = facet.parent_of.get(code, "")
    return above.shown(parent) if parent else ""
