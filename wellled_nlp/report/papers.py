"""The papers as a report names them and leads to them: one short label a document, and a link that opens it at a page."""

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

import pandas as pd

from wellled_nlp.report import words
from wellled_nlp.report.contents import Link
from wellled_nlp.table import Analysis


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

    def at(self, page: object) -> Link:
        """A cell that shows the page's number and opens the paper there."""
        if words.absent(page):
            return Link(words.NOTHING, "")
        return Link(page, self.address_of(page), f"page {page} of {self.label}")

    def address_of(self, page: object) -> str:
        """Where a click goes: the paper at this page, or the paper where its format has no pages."""
        return f"{self.address}#page={page}" if self.address and self.paged else self.address


def of(analysis: Analysis) -> dict[str, Paper]:
    """Every document by its id, in the order of the table. Labels are distinct: "Minutes, 26 Sep 2024", with the file's name where needed."""
    documents = analysis.facts["documents"]
    links = analysis.provenance.get("links", {})
    labels = [_label(row) for row in documents.itertuples()]
    taken = Counter(labels)
    found = {}
    for row, label in zip(documents.itertuples(), labels, strict=True):
        file = file_name(row.path)
        found[str(row.document_id)] = Paper(
            document_id=str(row.document_id),
            label=label if taken[label] == 1 else f"{label} ({file})",
            file=file,
            kind=kind_of(row.doc_type),
            day=words.UNDATED if words.absent(row.meeting_date) else str(row.meeting_date),
            address=_address(str(links.get(row.document_id, ""))),
            paged=row.format == "pdf",
        )
    return found


def kind_of(doc_type: object) -> str:
    """ "board_pack" or "board pack" as "Board pack"."""
    return words.capital(words.clean(doc_type).replace("_", " ")) or "Paper"


def file_name(path: object) -> str:
    """The last part of a path, of this system's kind or Windows'."""
    return words.clean(PurePath(str(path).replace("\\", "/")).name)


def _label(row: "pd.core.frame.Series") -> str:  # type: ignore[name-defined,type-arg,unused-ignore]
    when = words.short_day(row.meeting_date) if not words.absent(row.meeting_date) else file_name(row.path)
    return f"{kind_of(row.doc_type)}, {when}"


def _address(link: str) -> str:
    """Percent-encoded, so that no character of a file's name (# ? : %) means anything to a browser."""
    return link if not link or link.startswith("file://") else quote(link, safe="/")
