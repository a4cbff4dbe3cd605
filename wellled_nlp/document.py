"""What travels first, from reading to sentences: frozen records that later stages only look at.

A `Document` is what the file says (pages of blocks); a `Structured` is what it means (items that cross pages); a `Sentence` is
the unit that is labelled. Lengths are in PDF points (1/72 inch), with the origin at the top left of the page as it is displayed.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in points from the top left; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block: where in the block's text it starts (character offset), on which page and where it stands."""

    start: int
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list entry, table row, footnote or piece of page furniture.

    kind: text | heading | list | row | note | furniture.
    lines: the printed lines in reading order (empty where the format has no pages, as in Word); a paragraph that crosses a page
    break has lines on both pages and `page` is the first.
    cells and header: for a row, its own cell texts and those of its table's header row (carried over page breaks); `text` of a
    row is the cells that are not empty joined with " | ".
    table: number of the table within the document, from 1; the same number over page breaks.
    level: of a heading, 1 (largest) to 6, or 0 where unknown.
    reason: of furniture, why it was set aside (running head, running foot, page number, watermark, signature).
    """

    text: str
    page: int
    kind: str = "text"
    lines: tuple[Line, ...] = ()
    size: float = 0.0
    bold: bool = False
    level: int = 0
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    table: int = 0
    reason: str = ""

    @property
    def box(self) -> Box | None:
        """The box of the lines on the block's first page, or None where the format has no pages."""
        return box_of(self.lines, self.page)


@dataclass(frozen=True, slots=True)
class Figure:
    """Something drawn on a page that may be a chart. kind: drawing (lines and curves) | bars | picture (nothing in it can be read)."""

    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page and how it was read: `text`, `ocr` or `failed` (then `reason` says why, and there are no blocks).

    confidence: mean word confidence of OCR, 0 to 100; 100 for a text layer. marks: counts of drawn things that later measures
    use, as pairs of name and number (for example ("image", 2)).
    """

    number: int
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
    how: str = "text"
    reason: str = ""
    confidence: float = 100.0
    marks: tuple[tuple[str, int], ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the file: its title, the page it points to (from 1) and its depth (from 1)."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says. `path` is as the user gave it; `sha256` is of the file's bytes, and names the document."""

    path: str
    sha256: str
    format: str
    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...] = ()

    @property
    def document_id(self) -> str:
        """The first twelve hexadecimal digits of the file's hash: the same content has the same id anywhere."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item or section: number as printed, title, the blocks under it in reading order (its heading first, if it has one).

    kind: the type of the paper that the item stands in (minutes, agenda, board paper, action log, risk register, …).
    clock_start: "HH:MM" where an agenda gives one; clock_minutes: length in minutes where two clock times or a duration give it.
    paper: number of the paper within the document, from 1 (a single paper is 1 throughout).
    """

    item_id: str
    position: int
    number: str
    title: str
    kind: str
    blocks: tuple[Block, ...]
    first_page: int
    last_page: int
    clock_start: str | None = None
    clock_minutes: float | None = None
    paper: int = 1


@dataclass(frozen=True, slots=True)
class Action:
    """A task given to somebody: from an action log (with `ref` and `status`) or from a marker in the minutes."""

    item_id: str
    page: int
    text: str
    owner: str = ""
    due: str = ""
    status: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk as one document prints it, from a table, from a page of its own (a card), or from a sentence.

    kind: baf (board assurance framework) | register. ref and title as printed, "" where there is none. likelihood and impact 1 to 5, scores
    1 to 25, None where they are not printed. level: the word or colour of its band. actions: what is being done about it, as printed.
    source: table | card | prose.
    """

    item_id: str
    page: int
    kind: str
    ref: str
    title: str
    source: str
    likelihood: int | None = None
    impact: int | None = None
    score: int | None = None
    initial_score: int | None = None
    previous_score: int | None = None
    target_score: int | None = None
    level: str = ""
    actions: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart or a table of RAG ratings.

    kind: spc | run | line | bar | pie | picture | rag table | other. why: the words or drawing that say so.

    box: absent where only its caption was found.
    """

    page: int
    kind: str
    why: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody named in the attendance list. status: present | in attendance | apologies."""

    name: str
    role: str
    initials: str
    status: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper within a pack (a file that holds one paper has one)."""

    number: int
    label: str
    title: str
    doc_type: str
    first_page: int
    last_page: int


@dataclass(frozen=True, slots=True)
class Structured:
    """What one document means. Every block of the document is in exactly one item or in `furniture`.

    doc_type: minutes | agenda | board pack | board paper | quality account | annual report | other.
    doubts: sentences about evidence that disagreed or was missing (for example a date in the file name that the text denies).
    """

    document: Document
    doc_type: str
    organisation: str
    meeting_date: date | None
    items: tuple[Item, ...]
    furniture: tuple[Block, ...] = ()
    papers: tuple[Paper, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    charts: tuple[Chart, ...] = ()
    attendance: tuple[Attendee, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is labelled: text with its heading, the sentence before it, its item, page and box.

    kind: kind of the block it comes from (text, heading, list, row, note). paper_kind: the kind of its item.
    """

    sentence_id: str
    document_id: str
    item_id: str
    position: int
    page: int
    box: Box | None
    heading: str
    previous: str
    text: str
    kind: str = "text"
    paper_kind: str = "other"


def box_of(lines: tuple[Line, ...], page: int) -> Box | None:
    """The union of the boxes of those lines that stand on `page`; None where there is none."""
    found: Box | None = None
    for line in lines:
        if line.page == page and line.box is not None:
            found = line.box if found is None else found.union(line.box)
    return found


def count_words(text: str) -> int:
    """Words as a word processor counts them: runs of characters between white space."""
    return len(text.split())
