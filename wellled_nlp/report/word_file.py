"""A Word file being filled: headings, lists, tables whose head is repeated, pictures with alt text.

What python-docx has no call for is written as XML here and nowhere else.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from wellled_nlp.report import cells, word_styles, words
from wellled_nlp.report.contents import Column, Figure, Grid
from wellled_nlp.report.drawing import BLUE
from wellled_nlp.report.word_styles import TEXT_CM

# The picture's width in pixels: at this width its letters are as large in print as those of the tables.
_PICTURE = 780
_CELL_LETTERS = 300
# A column holds its longest word (of at most so many letters), and gets more of the width for texts of up to the widest.
_LONGEST_WORD, _WIDEST = 16, 42
_LETTER_CM = 0.17
_SMALL, _QUOTED, _REFERENCE = Pt(8.5), Pt(9), Pt(8)
# A table of up to so many rows stays on one page, with its caption and its note.
_TOGETHER = 10
_LABEL_CM = 4.0
# Cells keep their text this far from their edge; a table is moved in by as much, so that its rules begin where text begins.
_CELL_CM = 0.19
_TABLE_CM = TEXT_CM - _CELL_CM
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_RULE, _HEAD = "B8C2CC", "E8EEF4"


class WordFile:
    """An A4 document in Arial and British English, filled from top to bottom."""

    def __init__(self, title: str, made_on: str, foot: str, numbered: bool = True) -> None:
        """title: of the file's properties; made_on: the ISO date in them; foot: what stands at the foot of every page.

        numbered: whether headings have numbers.
        """
        self.file = docx.Document()
        word_styles.prepare(self.file)
        if not numbered:
            word_styles.unnumber(self.file)
        word_styles.describe(self.file, title, made_on)
        self._foot(foot)
        self.pictures = 0

    def heading(self, text: str, level: int) -> None:
        """A heading; its number comes from its style."""
        self.file.add_paragraph(words.clean(text), style=f"Heading {level}")

    def prose(self, text: str, style: str = "Normal", with_next: bool = False) -> None:
        """A paragraph. with_next: whether it stays on the page of what follows."""
        self.file.add_paragraph(words.clean(text), style=style).paragraph_format.keep_with_next = with_next or None

    def note(self, text: str) -> None:
        """Small text beneath a table, a chart or quotations; even without words it keeps what follows apart."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(2), Pt(6)
        paragraph.add_run(words.clean(text)).font.size = _SMALL

    def points(self, lines: Sequence[tuple[str, str]], lettered: bool) -> None:
        """A list; the first text of each line in bold. A lettered one stays on one page, so that it can be minuted as it stands."""
        for number, (lead, text) in enumerate(lines, 1):
            paragraph = self.file.add_paragraph(style="List Number" if lettered else "List Bullet")
            paragraph.paragraph_format.keep_with_next = lettered and number < len(lines)
            paragraph.add_run(words.clean(lead)).bold = True
            paragraph.add_run(f" {words.clean(text)}")

    def quotation(self, about: str, text: str, reference: str) -> None:
        """A sentence word for word, with what it shows before it and where it stands after it."""
        paragraph = self.file.add_paragraph(style="Quote")
        paragraph.add_run(f"{words.clean(about)}: ").bold = True
        paragraph.add_run(f"“{words.clean(text)}” ")
        paragraph.add_run(f"({words.clean(reference)})").font.size = _SMALL

    def quoted(self, text: str, reference: str, address: str) -> None:
        """A sentence word for word; where it stands follows in small letters and leads there."""
        paragraph = self.file.add_paragraph(style="Quote")
        paragraph.add_run(f"“{words.clean(text)}” ").font.size = _QUOTED
        self._linked(paragraph, words.clean(reference), address)

    def line(self, lead: str, text: str, with_next: bool = False) -> None:
        """A short paragraph in small letters, its first words in bold."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(3), with_next or None
        for part, bold in ((words.clean(lead), True), (f"{' ' if lead else ''}{words.clean(text)}", False)):
            run = paragraph.add_run(part)
            run.bold, run.font.size = bold, _QUOTED

    def subheading(self, text: str) -> None:
        """A heading of the front page, which has no number and stands in no contents."""
        self.file.add_paragraph(words.clean(text), style="Subtitle").paragraph_format.space_before = Pt(8)

    def new_page(self) -> None:
        """What follows begins on a page of its own."""
        self.file.add_page_break()

    def picture(self, figure: Figure) -> None:
        """A chart under its finding, with its note beneath and its finding again as alt text."""
        self.file.add_paragraph(words.clean(figure.title), style="Caption")
        self.pictures += 1
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(io.BytesIO(figure.drawing.png(_PICTURE)), width=Cm(TEXT_CM))
        for side in ("distL", "distR"):
            drawn._inline.set(side, "0")
        about = drawn._inline.docPr
        about.set("name", f"Chart {self.pictures}")
        about.set("descr", words.clean(f"Chart: {figure.title}. {figure.note} {figure.key}"))
        self.note(f"{figure.note} {figure.key}")

    def table(self, grid: Grid) -> None:
        """A table under its caption, with a head that is repeated on every page; the sentence for an empty one where it has no rows."""
        if not grid.rows:
            self.prose(grid.empty)
            return
        self.file.add_paragraph(words.clean(grid.caption), style="Caption")
        shown = [
            [words.shortened(cells.said(value, column.kind), _CELL_LETTERS) for value, column in _beside(grid, row)] for row in grid.rows
        ]
        heads = [column.heading for column in grid.columns]
        made = self._ruled(grid.caption, [heads, *shown], _widths(grid.columns, shown))
        for number, row in enumerate(made.rows):
            for cell, column in zip(row.cells, grid.columns, strict=True):
                _dress(cell, column, head=number == 0)
                cell.paragraphs[0].paragraph_format.keep_with_next = number == 0 or len(grid.rows) <= _TOGETHER
            _flag(row, "w:cantSplit")
        _flag(made.rows[0], "w:tblHeader")
        self.note(grid.note)

    def labelled(self, caption: str, lines: Sequence[tuple[str, str]]) -> None:
        """A table of two columns: labels, and what stands beside them or will be written there."""
        made = self._ruled(caption, lines, [_LABEL_CM, _TABLE_CM - _LABEL_CM])
        for row in made.rows:
            _shade(row.cells[0])
            for run in row.cells[0].paragraphs[0].runs:
                run.bold = True
            _flag(row, "w:cantSplit")

    def save(self, path: Path) -> None:
        """Writes the file: the same contents give the same bytes, since its parts carry no time of their own."""
        held = io.BytesIO()
        self.file.save(held)
        with zipfile.ZipFile(held) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name in parts.namelist():
                entry = zipfile.ZipInfo(name, _ZIPPED)
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, parts.read(name))

    def _ruled(self, caption: str, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
        """A table with these texts, thin rules between its rows, and columns of these widths in cm."""
        made = self.file.add_table(len(rows), len(widths))
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for rule in (_indent(), _rules()):
            made._tbl.tblPr.find(qn("w:tblLayout")).addprevious(rule)
        for tag, text in (("w:tblCaption", caption), ("w:tblDescription", caption)):
            made._tbl.tblPr.append(_element(tag, words.clean(text)))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
                paragraph.add_run(words.clean(text)).font.size = _SMALL
        return made

    def _linked(self, paragraph: Any, text: str, address: str) -> None:
        run = paragraph.add_run(text)
        run.font.size = _REFERENCE
        if address:
            relation = self.file.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), relation)
            run.font.color.rgb, run.font.underline = RGBColor.from_string(BLUE.lstrip("#")), True
            link.append(run._r)
            paragraph._p.append(link)

    def _foot(self, text: str) -> None:
        paragraph = self.file.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{words.clean(text)}\tPage ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _field(paragraph, "NUMPAGES")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """For each column its width in cm: room for its longest word or date, then a part of what is left by the length of its texts."""
    least, more = [], []
    for column, *texts in zip(columns, *rows, strict=True):
        parts = [part for text in (column.heading, *texts) for part in ([text] if column.kind == "day" else text.split())]
        word = min(_LONGEST_WORD, max((len(part) for part in parts), default=1))
        least.append(word * _LETTER_CM + 2 * _CELL_CM)
        more.append(1 + max(0, min(_WIDEST, max(len(text) for text in texts)) - word))
    left = _TABLE_CM - sum(least)
    if left < 0:
        return [_TABLE_CM * one / sum(least) for one in least]
    return [one + left * part / sum(more) for one, part in zip(least, more, strict=True)]


def _beside(grid: Grid, row: Sequence[object]) -> list[tuple[object, Column]]:
    return list(zip(row, grid.columns, strict=True))


def _dress(cell: Any, column: Column, head: bool) -> None:
    """Bold and shade for the head, bold for a cell that names its row, numbers to the right."""
    paragraph = cell.paragraphs[0]
    if column.kind in cells.NUMBERS:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for run in paragraph.runs:
        run.bold = head
    if head:
        _shade(cell)


def _shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_HEAD}"/>'))


def _flag(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(_element(tag, "true"))


def _rules() -> Any:
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in ("top", "bottom", "insideH"))
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")


def _indent() -> Any:
    return parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{Cm(_CELL_CM).twips}" w:type="dxa"/>')


def _element(tag: str, value: str) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    return made


def _field(paragraph: Any, name: str) -> None:
    """A field that the word processor fills in: the page's number, or how many there are."""
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
