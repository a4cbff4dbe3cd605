"""The Word paper: the board paper's parts in Word's own styles, four pages for a year of minutes, ready to paste into a pack."""

from itertools import zip_longest
from pathlib import Path

from wellled_nlp.report import board_paper
from wellled_nlp.report.board_paper import BoardPaper, Content, Note, Points
from wellled_nlp.report.contents import Figure, Grid
from wellled_nlp.report.quotations import Quotation
from wellled_nlp.report.word_file import WordFile
from wellled_nlp.table import Analysis


def write(analysis: Analysis, path: Path) -> None:
    """Writes the paper. The bytes depend on the analysis alone: the dates in the file are the day of the scan."""
    paper = board_paper.of(analysis)
    made = WordFile(f"{paper.title}: {paper.organisation}", analysis.provenance["scanned_on"], paper.foot)
    _cover(made, paper)
    for part in paper.parts:
        made.heading(part.heading, part.level)
        for content, following in zip_longest(part.contents, part.contents[1:]):
            _add(made, content, following)
    made.save(path)


def _cover(made: WordFile, paper: BoardPaper) -> None:
    made.prose(paper.organisation, "Subtitle")
    made.prose(paper.title, "Title")
    made.labelled("Cover sheet", paper.cover)


def _add(made: WordFile, content: Content, following: Content | None) -> None:
    if isinstance(content, Points):
        made.points([(point.lead, point.text) for point in content.lines], content.lettered)
    elif isinstance(content, Figure):
        made.picture(content)
    elif isinstance(content, Grid):
        made.table(content)
    elif isinstance(content, Note):
        made.note(content.text)
    elif isinstance(content, Quotation):
        made.quotation(content.about, content.text, content.reference)
    else:
        made.prose(content, with_next=isinstance(following, (Figure, Grid, Points)))
