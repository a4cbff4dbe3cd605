"""The findings that stand for a whole analysis where there is room for three sentences: in the terminal and in `analysis.json`."""

from wellled_nlp.report import headline
from wellled_nlp.report.sections import balance, challenge
from wellled_nlp.table import Analysis


def headlines(analysis: Analysis) -> list[str]:
    """Attention to quality, the balance of languages, challenge."""
    return [headline.sentence(analysis), f"{balance.finding(analysis)}.", challenge.finding(analysis)]
