"""The parts of Word's XML that reading walks over: names, what is not the document's text, alternatives, and the rows and cells of a table.

In: elements. Out: elements, through whatever content controls and insertions wrap them.
"""

from collections.abc import Iterator
from typing import Any

from wellled_nlp.read.package import W
from wellled_nlp.read.word_styles import is_on

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Elements whose text is not the document's: deletions, moved-away text, field codes, properties.
DROPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "annotationRef", "fldData", "ffData")} | {
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
}
SOFT = {W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-", W + "cr": "\n"}


def choice(element: Any) -> Any:
    """The first alternative of a piece that Word wrote twice, for newer and older readers."""
    for name in ("Choice", "Fallback"):
        found = element.find(MC + name)
        if found is not None:
            return found
    return element


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table that are not deleted."""
    for child in table:
        if child.tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in DROPPED and isinstance(child.tag, str):
            yield from rows_of(child)


def cells_of(row: Any) -> Iterator[tuple[Any, int]]:
    """The cells of a row, each with the columns that it spans."""
    for child in row:
        if child.tag == W + "tc":
            span = child.find(f"{W}tcPr/{W}gridSpan")
            yield child, min(100, int(span.get(W + "val") or 1)) if span is not None else 1
        elif child.tag not in DROPPED and isinstance(child.tag, str):
            yield from cells_of(child)


def is_header(row: Any, texts: list[str], bold: bool) -> bool:
    """Whether the first row of a table heads its columns: it is marked so, or bold, short and mostly filled."""
    marked = row.find(f"{W}trPr/{W}tblHeader")
    short = all(len(text) <= 60 for text in texts)
    return bool(is_on(marked)) or (bold and short and sum(1 for text in texts if text) > len(texts) / 2)
