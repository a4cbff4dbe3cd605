"""The sections of a report in the order of reading. To add one: a function from the analysis to a Section, one line here."""

from collections.abc import Callable

from wellled_nlp.report.contents import Section
from wellled_nlp.report.sections import acts, attention, balance, method, reading, summary, themes
from wellled_nlp.table import Analysis

SECTIONS: tuple[Callable[[Analysis], Section], ...] = (
    summary.section,
    attention.by_meeting,
    attention.by_domain,
    balance.section,
    themes.by_theme,
    themes.by_prompt,
    acts.section,
    acts.actions,
    reading.section,
    reading.doubts,
)
# These stand after the evidence.
CLOSING: tuple[Callable[[Analysis], Section], ...] = (method.section, method.provenance)
