"""The sections of a report in the order of reading. To add one: a function from the analysis to a Section, one line here."""

from collections.abc import Callable

from wellled_nlp.report.contents import Section
from wellled_nlp.report.sections import (
    acts,
    agenda,
    attention,
    balance,
    challenge,
    frameworks,
    gaps,
    logs,
    method,
    paper_charts,
    planning,
    reading,
    summary,
    themes,
    uncertainty,
    w62,
)
from wellled_nlp.table import Analysis

SECTIONS: tuple[Callable[[Analysis], Section], ...] = (
    summary.section,
    w62.section,
    attention.by_meeting,
    attention.by_domain,
    uncertainty.section,
    balance.section,
    gaps.section,
    challenge.section,
    agenda.section,
    paper_charts.section,
    themes.by_theme,
    themes.by_prompt,
    frameworks.section,
    acts.section,
    logs.section,
    acts.actions,
    planning.section,
    reading.section,
    reading.doubts,
)
# These stand after the evidence.
CLOSING: tuple[Callable[[Analysis], Section], ...] = (method.section, method.provenance)
