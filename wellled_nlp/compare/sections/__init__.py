"""The sections of a comparison in the order of reading. To add one: a function from the comparison to a Section, one line in `whole`."""

from wellled_nlp.compare.result import Comparison
from wellled_nlp.compare.sections import counted, funnels, measures, method, summary, tested
from wellled_nlp.report.contents import Section


def whole(found: Comparison) -> list[Section]:
    """Every section; the first is the first screen."""
    return [
        summary.section(found),
        *measures.sections(found),
        tested.section(found),
        funnels.section(found),
        counted.section(found),
        method.section(found),
        method.provenance(found),
    ]
