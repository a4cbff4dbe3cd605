"""The sheet of evidence: every sentence with its place, its labels and their scores, why, and two links."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wellled_nlp.report import words
from wellled_nlp.report.contents import Column
from wellled_nlp.report.evidence import Evidence
from wellled_nlp.report.sheets import SHEET_ROWS, TABLE_STYLE, Book, Sheet, limited, link_formula


@dataclass(frozen=True)
class _Field:
    """A column: heading, width in letters, kind, and the value of a row; a value of kind link is an address."""

    heading: str
    width: int
    kind: str
    value: Callable[[Evidence, int], object]


def fill(book: Book, name: str, held: Evidence) -> None:
    """A sheet with one row a sentence, filters, and a head that stays in sight."""
    count = min(len(held.text), SHEET_ROWS - 10)
    said = f"{words.counted(count, 'sentence')}, each with its place and its labels; scores run from 0 to 1."
    if count < len(held.text):
        said += f" A sheet holds no more: {words.number(len(held.text) - count)} further sentences stand in tables/sentences.csv."
    sheet = book.sheet(name, "Evidence", (said,))
    top = sheet.row
    for row in range(count):
        _write(sheet, top + 1 + row, row, held)
    columns = [Column(field.heading, field.kind) for field in _FIELDS]
    options = {"name": "T_evidence", "columns": book.heads(columns), **TABLE_STYLE}
    sheet.page.add_table(top, 0, top + max(count, 1), len(_FIELDS) - 1, options)
    for place, field in enumerate(_FIELDS):
        sheet.page.set_column(place, place, field.width)
    sheet.page.freeze_panes(top + 1, 1)
    sheet.page.repeat_rows(top)


def _write(sheet: Sheet, at: int, row: int, held: Evidence) -> None:
    page, formats, lines = sheet.page, sheet.book.formats, 1
    for place, field in enumerate(_FIELDS):
        value = field.value(held, row)
        if value is None or value == "":
            continue
        if field.kind == "link":
            shown = _SHOWN[field.heading]
            page.write_formula(at, place, link_formula(str(value), shown), formats["link"], shown)
        elif field.kind == "day":
            page.write_datetime(at, place, date.fromisoformat(str(value)), formats["day"])
        elif isinstance(value, str):
            page.write_string(at, place, limited(value), formats["text"])
            lines = max(lines, -(-len(value) // field.width))
        else:
            page.write_number(at, place, value, formats[field.kind])
    sheet.heighten(at, lines)


def _title(facet: str) -> Callable[[Evidence, int], object]:
    return lambda held, row: held.titles[facet].get(held.one[facet][row][0], held.one[facet][row][0])


def _score(facet: str) -> Callable[[Evidence, int], object]:
    return lambda held, row: held.one[facet][row][1] if held.one[facet][row][0] else None


def _codes(facet: str) -> Callable[[Evidence, int], object]:
    return lambda held, row: "; ".join(code for code, _ in held.many[facet][row])


def _day(held: Evidence, row: int) -> object:
    day = held.papers[held.document[row]].day
    return None if day == words.UNDATED else day  # an ISO date


def _cues(held: Evidence, row: int) -> object:
    return "; ".join(dict.fromkeys(f"{term} ({code})" for _, code, term in held.cues[row][: held.reasons[row]]))


def _paper(held: Evidence, row: int) -> object:
    address = held.papers[held.document[row]].address_of(held.page[row])
    return address if link_formula(address, "") else None


_SHOWN = {"Open the paper": "Open", "See in the report": "See"}
_FIELDS = (
    _Field("Row", 8, "whole", lambda _, row: row + 1),
    _Field("Kind", 13, "text", lambda held, row: held.papers[held.document[row]].kind),
    _Field("Meeting", 13, "day", _day),
    _Field("File", 26, "text", lambda held, row: held.papers[held.document[row]].file),
    _Field("Item", 26, "text", lambda held, row: held.items[held.item[row]]),
    _Field("Page", 7, "whole", lambda held, row: held.page[row]),
    _Field("Sentence", 80, "text", lambda held, row: held.text[row]),
    _Field("Themes", 10, "text", _codes("themes")),
    _Field("Prompts", 13, "text", _codes("prompts")),
    _Field("Prompt scores", 11, "text", lambda held, row: "; ".join(f"{score:.2f}" for _, score in held.many["prompts"][row])),
    _Field("Domain", 12, "text", _title("domain")),
    _Field("Domain score", 9, "score", _score("domain")),
    _Field("Language", 13, "text", _title("language")),
    _Field("Language score", 10, "score", _score("language")),
    _Field("Act", 11, "text", _title("act")),
    _Field("Act score", 8, "score", _score("act")),
    _Field("Repeated", 10, "text", lambda held, row: "yes" if held.repeated[row] else ""),
    _Field("Why: words of the lists", 32, "text", _cues),
    _Field("Open the paper", 12, "link", _paper),
    _Field("See in the report", 12, "link", lambda _, row: f"report.html#evidence?row={row}"),
)
