"""The papers as a report names them and leads to them: whose they are, one short label each, and a link that opens one at a page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from wellled_nlp.report import words
from wellled_nlp.report.contents import Link, records
from wellled_nlp.report.once import once
from wellled_nlp.table import Analysis

_OTHERS_NAMED = 5


@dataclass(frozen=True)
class Paper:
    """One document. address: from the report to the file, ready for a link, or ""; paged: whether a viewer can be sent to a page."""

    document_id: str
    label: str
    file: str
    kind: str
    day: str
    address: str
    paged: bool

    def at(self, page: int | None) -> Link:
        """A cell that shows the page's number and opens the paper there."""
        return Link(page, "") if page is None else Link(page, self.address_of(page), f"page {page} of {self.label}")

    def address_of(self, page: int | None) -> str:
        """Where a click goes: the paper at this page, or the paper where its format has no pages."""
        return f"{self.address}#page={page}" if self.address and self.paged and page else self.address


@once
def of(analysis: Analysis) -> Mapping[str, Paper]:
    """Every document by its id, in the order of the table.

    Labels are distinct: "Minutes, 26 Sep 2024", with the file's name where two would be the same.
    """
    rows = records(analysis.facts["documents"])
    links = analysis.provenance.get("links", {})
    labels = [
        f"{kind_of(row['doc_type'])}, {words.short_day(row['meeting_date']) if row['meeting_date'] else file_name(row['path'])}"
        for row in rows
    ]
    taken = Counter(labels)
    return {
        row["document_id"]: Paper(
            document_id=row["document_id"],
            label=label if taken[label] == 1 else f"{label} ({file_name(row['path'])})",
            file=file_name(row["path"]),
            kind=kind_of(row["doc_type"]),
            day=row["meeting_date"] or words.UNDATED,
            address=_address(str(links.get(row["document_id"], ""))),
            paged=row["format"] == "pdf",
        )
        for row, label in zip(rows, labels, strict=True)
    }


def organisation(analysis: Analysis) -> str:
    """Whose papers these are: the organisation that most of them name, or that there are many."""
    named = _organisations(analysis)
    if not named:
        return "board papers"
    first, count = named[0]
    return first if count * 2 > sum(papers for _, papers in named) else words.spelled_out(len(named), "organisation")


def line(analysis: Analysis) -> str:
    """How many papers from when to when, and what other organisations they name."""
    days = sorted(paper.day for paper in of(analysis).values() if paper.day != words.UNDATED)
    said = f"{words.counted(analysis.provenance['counts']['documents'], 'paper')}, {words.span(days)}."
    others = [name for name, _ in _organisations(analysis) if name != organisation(analysis)]
    return said + (f" Some papers name {words.listed(others[:_OTHERS_NAMED])}." if others else "")


def kind_of(doc_type: object) -> str:
    """ "board_pack" or "board pack" as "Board pack"."""
    return words.capital(words.clean(doc_type).replace("_", " ")) or "Paper"


def file_name(path: object) -> str:
    """The last part of a path, of this system's kind or Windows'."""
    return words.clean(PurePath(str(path).replace("\\", "/")).name)


def _organisations(analysis: Analysis) -> list[tuple[str, int]]:
    """The organisations named, with how many papers name them, the most named first."""
    named = [words.clean(one) for one in analysis.facts["documents"]["organisation"].dropna()]
    return sorted(Counter(one for one in named if one).items(), key=lambda pair: (-pair[1], pair[0]))


def _address(link: str) -> str:
    """Percent-encoded, so that no character of a file's name (# ? : %) means anything to a browser."""
    return link if not link or link.startswith("file://") else quote(link, safe="/")
