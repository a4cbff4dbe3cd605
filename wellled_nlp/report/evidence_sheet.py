"""The sheet of evidence: every sentence with its place, its labels and their scores, why, and two links."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from wellled_nlp.report import words
from wellled_nlp.report.contents import Column
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.report.facets import Asked
from wellled_nlp.report.papers import Paper
from wellled_nlp.report.sheets import SHEET_ROWS, TABLE_STYLE, Book, Sheet, limited, link_formula


@dataclass(frozen=True)
class _Field:
    """A column: heading, width in letters, kind, and its value for each sentence in order; a value of kind link is an address."""

    heading: str
    width: int
    kind: str
    values: Callable[[Evidence], Iterable[object]]


def fill(book: Book, name: str, held: Evidence) -> None:
    """A sheet with one row a sentence, filters, and a head that stays in sight."""
    fields = (*_BEFORE, *(field for facet in held.asked.values() for field in _of_facet(facet)), *_AFTER)
    count = min(len(held.text), SHEET_ROWS - 10)
    said = f"{words.counted(count, 'sentence')}, each with its place and its labels; scores run from 0 to 1."
    if count < len(held.text):
        said += f" A sheet holds no more: {words.number(len(held.text) - count)} further sentences stand in tables/sentences.csv."
    sheet = book.sheet(name, "Evidence", (said,))
    top = sheet.row
    rows = zip(*(field.values(held) for field in fields), strict=True)
    for at, row in enumerate(islice(rows, count), top + 1):
        _write(sheet, at, row, fields)
    columns = [Column(heading, field.kind) for heading, field in zip(_distinct([one.heading for one in fields]), fields, strict=True)]
    options = {"name": "T_evidence", "columns": book.heads(columns), **TABLE_STYLE}
    sheet.page.add_table(top, 0, top + max(count, 1), len(fields) - 1, options=options)
    for place, field in enumerate(fields):
        sheet.page.set_column(place, place, field.width)
    sheet.page.freeze_panes(top + 1, 1)
    sheet.page.repeat_rows(top)


def _write(sheet: Sheet, at: int, row: Sequence[object], fields: Sequence[_Field]) -> None:
    page, formats, lines = sheet.page, sheet.book.formats, 1
    for place, (field, value) in enumerate(zip(fields, row, strict=True)):
        if value is None or value == "":
            continue
        if field.kind == "link":
            shown = _SHOWN[field.heading]
            page.write_formula(at, place, link_formula(str(value), shown), formats["link"], shown)
        elif field.kind == "day":
            page.write_datetime(at, place, value, formats["day"])
        elif isinstance(value, str):
            page.write_string(at, place, limited(value), formats["text"])
            lines = max(lines, -(-len(value) // field.width))
        else:
            page.write_number(at, place, value, formats[field.kind])
    sheet.heighten(at, lines)


def _titles(facet: str) -> Callable[[Evidence], Iterable[object]]:
    return lambda held: (held.asked[facet].codes.get(code, code) for code, _ in held.one[facet])


def _score(facet: str) -> Callable[[Evidence], Iterable[object]]:
    return lambda held: (score if code else None for code, score in held.one[facet])


def _scores(facet: str) -> Callable[[Evidence], Iterable[object]]:
    return lambda held: ("; ".join(f"{score:.2f}" for _, score in labels) for labels in held.many[facet])


def _codes(facet: str) -> Callable[[Evidence], Iterable[object]]:
    return lambda held: ("; ".join(code for code, _ in labels) for labels in held.many[facet])


def _of_paper(value: Callable[[Paper], object]) -> Callable[[Evidence], Iterable[object]]:
    """What is the same for all sentences of a paper."""

    def values(held: Evidence) -> Iterable[object]:
        known = [value(paper) for paper in held.papers]
        return (known[number] for number in held.document)

    return values


def _cues(held: Evidence) -> Iterable[object]:
    for cues, reasons in zip(held.cues, held.reasons, strict=True):
        yield "; ".join(dict.fromkeys(f"{term} ({code})" for _, code, term in cues[:reasons]))


def _addresses(held: Evidence) -> Iterable[object]:
    for document, page in zip(held.document, held.page, strict=True):
        address = held.papers[document].address_of(page)
        yield address if link_formula(address, "") else None


_SHOWN = {"Open the paper": "Open", "See in the report": "See"}
_BEFORE = (
    _Field("Row", 8, "whole", lambda held: range(1, len(held.text) + 1)),
    _Field("Kind", 13, "text", _of_paper(lambda paper: paper.kind)),
    _Field("Meeting", 13, "day", _of_paper(lambda paper: None if paper.day == words.UNDATED else date.fromisoformat(paper.day))),
    _Field("File", 26, "text", _of_paper(lambda paper: paper.file)),
    _Field("Item", 26, "text", lambda held: (held.items[item] for item in held.item)),
    _Field("Page", 7, "whole", lambda held: held.page),
    _Field("Sentence", 80, "text", lambda held: held.text),
)
_AFTER = (
    _Field("Repeated", 10, "text", lambda held: ("yes" if one else "" for one in held.repeated)),
    _Field("Why: words of the lists", 32, "text", _cues),
    _Field("Open the paper", 12, "link", _addresses),
    _Field("See in the report", 12, "link", lambda held: (f"report.html#evidence?row={row}" for row in range(len(held.text)))),
)


def _distinct(headings: Sequence[str]) -> list[str]:
    """The headings, with a number where another column, capitals aside, has the same: a trust's facet may be called page."""
    taken = Counter[str]()
    found = []
    for heading in headings:
        taken[heading.casefold()] += 1
        count = taken[heading.casefold()]
        found.append(heading if count == 1 else f"{heading} ({count})")
    return found


def _of_facet(facet: Asked) -> tuple[_Field, ...]:
    """The column of a facet's codes, and that of their scores; parents are looked up and have no score of their own."""
    if facet.one:
        return _Field(facet.heading, 13, "text", _titles(facet.name)), _Field(f"{facet.heading}: score", 10, "score", _score(facet.name))
    codes = _Field(facet.heading, 13, "text", _codes(facet.name))
    return (codes,) if facet.parents else (codes, _Field(f"{facet.heading}: scores", 11, "text", _scores(facet.name)))
