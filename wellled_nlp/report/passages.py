"""Sentences as tables quote them: their ids in; words, paper, page and place in the evidence out, so that a figure leads to its source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wellled_nlp.report import papers, words
from wellled_nlp.report.contents import Link, values
from wellled_nlp.report.papers import Paper
from wellled_nlp.table import Analysis

# A table quotes no more of a sentence than this; the evidence holds it whole.
_LETTERS = 600


@dataclass(frozen=True)
class Passage:
    """One sentence. row: its number in the evidence, from 0; page: None where the format has no pages."""

    text: str
    row: int
    paper: Paper
    page: int | None

    @property
    def link(self) -> Link:
        """A cell that shows the page's number and opens the paper there."""
        return self.paper.at(self.page)

    @property
    def quoted(self) -> Link:
        """A cell with the words, which lead to the sentence and its labels in the evidence."""
        return Link(self.text, f"#evidence?row={self.row}")


def of(analysis: Analysis, ids: Iterable[object]) -> Mapping[str, Passage]:
    """The passages of these sentences by id; what is no sentence of the analysis is left out."""
    wanted = {str(one) for one in ids if not words.absent(one)}
    known, sentences = papers.of(analysis), analysis.facts["sentences"]
    held = sentences["sentence_id"].isin(wanted).to_numpy(dtype=bool)
    found = sentences[held]
    columns = (values(found[name]) for name in ("sentence_id", "text", "document_id", "page"))
    return {
        one: Passage(words.shortened(words.clean(text), _LETTERS), int(row), known[document], None if words.absent(page) else int(page))
        for row, one, text, document, page in zip(held.nonzero()[0], *columns, strict=True)
    }


def together(value: object, passages: Sequence[Passage], label: str) -> object:
    """A cell that leads to these sentences in the evidence, all in one view; the plain value where there are none."""
    rows = ".".join(str(one.row) for one in passages)
    return Link(value, f"#evidence?row={rows}", label) if passages else value
