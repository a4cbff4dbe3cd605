"""Render the invented sample papers from their Markdown-like sources.

Run ``python corpora/samples/make_samples.py``. Every ``source/*.md`` becomes a PDF beside
this file, except the minutes named in ``AS_DOCX``, which become a Word document instead.
A truncated ``damaged.pdf``, which no reader can open, is written as well.

A source has a front matter (file, kind, columns, header, footer, optionally hyphens) and
then one block a line; ``README.md`` lists the marks. The output is the same to the byte on
every run, so a change in a PDF means a change in its source or in this file.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab import platypus as rp
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

HERE = Path(__file__).resolve().parent
AS_DOCX = {"minutes-2025-05-29"}
DAMAGED_FROM = "minutes-2024-07-25"
DAMAGED_BYTES = 1500  # so little of it is left that no repair brings back a page
NOTICE = "Invented sample document for testing software. No real organisation or person."
COVER_ROWS = ("Item", "Title", "Author", "Purpose", "Recommendation")
MARKS = {"~|": "unruled", "|": "ruled", "!cover ": "cover", "!chart ": "chart", "!page": "page", "!small ": "small"}
MARKS |= {"!right ": "right", "#### ": "sub", "=== ": "item", "# ": "title", "- ": "bullet"}
NUMBERED = re.compile(r"(\d+(?:\.\d+)+)\s+(.*)")
PAGE_OF = re.compile(r"\{page of ([^}]+)\}")
SIDE, TOP, FOOT, GUTTER = 22 * mm, 26 * mm, 22 * mm, 9 * mm
WIDTH = A4[0] - 2 * SIDE
INK = colors.HexColor("#1f3a5f")
TINTS = {
    "red": colors.HexColor("#f4b6b0"),
    "amber": colors.HexColor("#fbe0a6"),
    "green": colors.HexColor("#c3e3c1"),
}

Block = tuple[str, Any]


def parse(path: Path) -> tuple[dict[str, str], list[Block]]:
    """Split a source into its front matter and its blocks, tables gathered into one block."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = {key.strip(): value.strip() for key, value in (line.split(":", 1) for line in front.splitlines() if line)}
    if NOTICE not in body:
        body += f"\n!small {NOTICE}\n"
    blocks: list[Block] = []
    gather = False
    for line in body.splitlines():
        kind, value = classify(line.strip())
        if kind in ("ruled", "unruled") and gather and blocks[-1][0] == kind:
            blocks[-1][1].append(value)
        elif kind in ("ruled", "unruled"):
            blocks.append((kind, [value]))
        elif kind != "blank":
            blocks.append((kind, value))
        gather = kind in ("ruled", "unruled")
    return meta, blocks


def cells(text: str) -> list[str]:
    """The trimmed cells of one row, with or without the outer bars."""
    return [cell.strip() for cell in text.strip().strip("|").split("|")]


def classify(line: str) -> Block:
    """Name the block that one line of source stands for."""
    for mark, kind in MARKS.items():
        if line.startswith(mark):
            rest = line.removeprefix(mark)
            return kind, cells(rest) if kind in ("unruled", "ruled", "cover", "chart") else rest.strip()
    if numbered := NUMBERED.fullmatch(line):
        return "numbered", numbered.groups()
    return ("para", line) if line else ("blank", "")


def make_styles(kind: str) -> dict[str, ParagraphStyle]:
    """The paragraph styles, in a size that suits the kind of document."""
    size = {"minutes": 10.5, "pack": 11.0, "quality-account": 10.7}[kind]
    body = ParagraphStyle("para", fontName="Helvetica", fontSize=size, leading=size * 1.36, spaceAfter=size * 0.68)
    bold = ParagraphStyle("bold", body, fontName="Helvetica-Bold")
    return {
        "para": body,
        "title": ParagraphStyle("title", bold, fontSize=19, leading=23, spaceAfter=9, textColor=INK),
        "item": ParagraphStyle("item", bold, fontSize=size + 3, leading=size + 7, spaceBefore=9, textColor=INK),
        "sub": ParagraphStyle("sub", bold, fontSize=size + 0.5, spaceBefore=4, spaceAfter=3),
        "numbered": ParagraphStyle("numbered", body, leftIndent=13 * mm, bulletIndent=0),
        "bullet": ParagraphStyle("bullet", body, leftIndent=6 * mm, bulletIndent=2 * mm, spaceAfter=size * 0.34),
        "small": ParagraphStyle("small", body, fontSize=7.5, leading=9.5),
        "right": ParagraphStyle("right", body, alignment=TA_RIGHT),
        "cell": ParagraphStyle("cell", body, fontSize=size - 1.7, leading=size + 0.6, spaceAfter=0),
        "head": ParagraphStyle("head", bold, fontSize=size - 1.7, leading=size + 0.6, spaceAfter=0),
        "caption": ParagraphStyle("caption", body, fontName="Helvetica-Oblique", fontSize=8.5, leading=11),
    }


def axis(low: float, high: float) -> tuple[float, float, float]:
    """A round step, and the ends of an axis that holds both figures in five steps or so."""
    power = 10 ** math.floor(math.log10((high - low) / 4))
    step = next(power * k for k in (1, 2, 2.5, 5, 10) if high - low <= power * k * 5)
    return step, step * math.floor(low / step), step * math.ceil(high / step)


class Chart(rp.Flowable):
    """A bar, line or statistical process control chart drawn from plain figures."""

    def __init__(self, shape: str, title: str, values: list[float], labels: list[str]) -> None:
        super().__init__()
        self.shape, self.title, self.values, self.labels = shape, title, values, labels
        self.bounds: list[tuple[str, float]] = []
        if shape == "spc":
            mean = sum(values) / len(values)
            spread = 2.66 * sum(abs(a - b) for a, b in pairwise(values)) / (len(values) - 1)
            self.bounds = [("Mean", mean), ("Upper limit", mean + spread), ("Lower limit", max(0.0, mean - spread))]
        levels = [*values, *(level for _, level in self.bounds)]
        floor = 0.0 if shape == "bar" or min(levels) < max(levels) / 2 else min(levels) * 0.95
        self.step, self.low, self.high = axis(floor, max(levels) * 1.04)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and keep a fixed shape."""
        self.width, self.height = width, min(width * 0.46, 66 * mm)
        self.right = width - (58 if self.bounds else 6)
        return self.width, self.height

    def x(self, index: int) -> float:
        """Where the figure at an index stands from left to right."""
        return 30 + (self.right - 30) * (index + 0.5) / len(self.values)

    def y(self, value: float) -> float:
        """How high a value lies."""
        return 16 + (self.height - 36) * (value - self.low) / (self.high - self.low)

    def draw(self) -> None:
        """Draw the axes, the figures and, on a control chart, the mean and limits."""
        self.draw_axes()
        self.canv.setFillColor(INK)
        self.canv.setStrokeColor(INK)
        if self.shape == "bar":
            self.draw_bars()
        else:
            self.draw_line()
        for name, level in self.bounds:
            self.canv.setDash([] if name == "Mean" else [4, 3])
            self.canv.line(30, self.y(level), self.right, self.y(level))
            self.canv.drawString(self.right + 3, self.y(level) - 2, f"{name} {level:.3g}")

    def draw_axes(self) -> None:
        """Draw the title, the grid with its figures, and the labels."""
        canv = self.canv
        canv.setFont("Helvetica-Bold", 9)
        canv.drawString(0, self.height - 9, self.title)
        canv.setFont("Helvetica", 6.5)
        canv.setStrokeColor(colors.lightgrey)
        for tick in range(round(self.low / self.step), round(self.high / self.step) + 1):
            level = self.y(tick * self.step)
            canv.line(30, level, self.right, level)
            canv.drawRightString(27, level - 2, f"{tick * self.step:g}")
        for index, label in enumerate(self.labels):
            canv.drawCentredString(self.x(index), 6, label)

    def draw_bars(self) -> None:
        """Draw one bar for each figure, with the figure above it."""
        half = (self.right - 30) / len(self.values) * 0.33
        for index, value in enumerate(self.values):
            self.canv.rect(self.x(index) - half, self.y(self.low), 2 * half, self.y(value) - self.y(self.low), stroke=0, fill=1)
            self.canv.drawCentredString(self.x(index), self.y(value) + 2, f"{value:g}")

    def draw_line(self) -> None:
        """Join the figures with a line and mark each of them."""
        points = [(self.x(index), self.y(value)) for index, value in enumerate(self.values)]
        self.canv.setLineWidth(1.2)
        self.canv.lines([(*a, *b) for a, b in pairwise(points)])
        self.canv.setLineWidth(0.6)
        for x, y in points:
            self.canv.circle(x, y, 1.8, stroke=0, fill=1)


def unbroken(cell: str) -> list[str]:
    """The parts of a cell that should each stay on one line: its words, or a short cell whole."""
    return [cell] if len(cell) < 12 else cell.split()


def column_widths(rows: list[list[str]], width: float, size: float) -> list[float]:
    """Share the width so that no word is cut and long cells get more of the rest."""
    least, wish = [], []
    for column in zip(*rows, strict=True):
        least.append(max(stringWidth(word, "Helvetica-Bold", size) for cell in column for word in unbroken(cell)) + 9)
        wish.append(max(stringWidth(cell, "Helvetica-Bold", size) for cell in column) + 10)
    if sum(wish) <= width:
        return [part * width / sum(wish) for part in wish]
    spare = width - sum(least)
    if spare < 0:
        return [part * width / sum(least) for part in least]
    pull = [math.sqrt(want - need) + 1 for want, need in zip(wish, least, strict=True)]
    return [need + spare * part / sum(pull) for need, part in zip(least, pull, strict=True)]


class Maker:
    """Turns the blocks of one source into the flowables of its PDF."""

    def __init__(self, meta: dict[str, str], pages: dict[str, int]) -> None:
        self.kind, self.columns = meta["kind"], int(meta.get("columns", "1"))
        self.styles = make_styles(self.kind)
        self.pages = pages
        self.hyphens = {word.strip().replace("-", ""): word.strip() for word in meta.get("hyphens", "").split(",") if word.strip()}
        self.width = WIDTH if self.columns == 1 else (WIDTH - GUTTER) / 2
        self.started = False

    def markup(self, text: str) -> str:
        """Escape a text, fill in page references and set bold."""
        text = PAGE_OF.sub(lambda found: str(self.pages.get(found[1], "")), text)
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))

    def hyphenated(self, text: str) -> str:
        """A text in which the long words named in the front matter may break at a line's end."""
        for plain, broken in self.hyphens.items():
            text = re.sub(rf"\b{plain}\b", broken.replace("-", "\u00ad"), text)
        return text

    def flow(self, kind: str, value: Any) -> list[rp.Flowable]:
        """The flowables of one block."""
        if kind in ("title", "item"):
            return self.heading(kind, value)
        if kind in ("ruled", "unruled"):
            return [self.table(value, kind == "ruled"), rp.Spacer(1, 9)]
        if kind == "cover":
            return self.cover(value)
        if kind == "chart":
            return [self.chart(*value)]
        if kind == "page":
            return [rp.PageBreak()]
        if kind == "numbered":
            return [rp.Paragraph(self.markup(value[1]), self.styles[kind], bulletText=value[0])]
        text = self.markup(value)
        if kind in ("para", "bullet"):
            text = self.hyphenated(text)
        paragraph = rp.Paragraph(text, self.styles[kind], bulletText="\u2022" if kind == "bullet" else None)
        return [rp.CondPageBreak(24 * mm), paragraph] if kind == "sub" else [paragraph]

    def heading(self, kind: str, text: str) -> list[rp.Flowable]:
        """A heading; in two columns a title gets a new page and a band across it."""
        paragraph = rp.Paragraph(self.markup(text), self.styles[kind])
        if self.kind == "pack" and (kind == "item" or not self.started):
            paragraph.outline = (1 if kind == "item" and self.started else 0, text)
        first, self.started = not self.started, True
        if kind == "item" or self.columns == 1:
            return [rp.CondPageBreak(30 * mm), paragraph]
        turn = [] if first else [rp.NextPageTemplate("band"), rp.PageBreak()]
        return [*turn, paragraph, rp.NextPageTemplate("plain"), rp.FrameBreak()]

    def table(self, rows: list[list[str]], ruled: bool) -> rp.Table:
        """A table whose first row repeats after every page break; RAG words are tinted."""
        wide = max(len(row) for row in rows)
        rows = [row + [""] * (wide - len(row)) for row in rows]
        made = [
            [rp.Paragraph(self.markup(cell), self.styles["cell" if index else "head"]) for cell in row] for index, row in enumerate(rows)
        ]
        look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2)]
        look += [("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
        if ruled:
            look += [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                if ruled and cell.lower() in TINTS:
                    look.append(("BACKGROUND", (across, down), (across, down), TINTS[cell.lower()]))
        widths = column_widths(rows, self.width, self.styles["cell"].fontSize)
        return rp.Table(made, colWidths=widths, repeatRows=1, style=look, hAlign="LEFT")

    def cover(self, fields: list[str]) -> list[rp.Flowable]:
        """The cover sheet of a paper, on a new page, with a bookmark and a page reference."""
        rows = [
            [rp.Paragraph(name, self.styles["head"]), rp.Paragraph(self.markup(text), self.styles["cell"])]
            for name, text in zip(COVER_ROWS, fields, strict=True)
        ]
        look = [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
            ("BACKGROUND", (0, 0), (0, -1), colors.whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        sheet = rp.Table(rows, colWidths=[33 * mm, self.width - 33 * mm], style=look)
        sheet.outline = (0, f"{fields[0].removeprefix('Item ')} {fields[1]}")
        sheet.reference = fields[0]
        self.started = True
        return [rp.PageBreak(), sheet, rp.Spacer(1, 12)]

    def chart(self, shape: str, title: str, caption: str, figures: str, labels: str = "") -> rp.Flowable:
        """A chart kept together with its caption."""
        values = [float(figure) for figure in figures.split(",")]
        names = [label.strip() for label in labels.split(",")] if labels else [str(n + 1) for n in range(len(values))]
        drawing = Chart(shape, title, values, names)
        return rp.KeepTogether([drawing, rp.Paragraph(self.markup(caption), self.styles["caption"])])


class Document(rp.BaseDocTemplate):
    """A4 pages with running header and footer; notes the page of every cover sheet."""

    def __init__(self, target: io.BytesIO, meta: dict[str, str], total: int) -> None:
        trust = meta["header"].split("|")[0].strip()
        super().__init__(target, pagesize=A4, invariant=1, title=meta["file"], author=trust)
        self.meta, self.total = meta, total
        self.references: dict[str, int] = {}
        self.addPageTemplates(self.templates(int(meta.get("columns", "1"))))

    def templates(self, columns: int) -> list[rp.PageTemplate]:
        """The kinds of page: one column, or two with and without a title band."""
        tall = A4[1] - TOP - FOOT
        if columns == 1:
            return [rp.PageTemplate("plain", [self.frame(SIDE, tall, WIDTH)], onPage=self.furniture)]
        each, band = (WIDTH - GUTTER) / 2, 15 * mm
        pair = [SIDE, SIDE + each + GUTTER]
        across = self.frame(SIDE, band, WIDTH, FOOT + tall - band)
        return [
            rp.PageTemplate("band", [across, *(self.frame(x, tall - band, each) for x in pair)], onPage=self.furniture),
            rp.PageTemplate("plain", [self.frame(x, tall, each) for x in pair], onPage=self.furniture),
        ]

    @staticmethod
    def frame(x: float, tall: float, wide: float, y: float = FOOT) -> rp.Frame:
        """A frame without padding."""
        return rp.Frame(x, y, wide, tall, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def furniture(self, canv: Any, _doc: Any) -> None:
        """Draw the running header and footer of one page."""
        canv.setFont("Helvetica", 8)
        canv.setStrokeColor(colors.grey)
        for text, y, rule in (
            (self.meta["header"], A4[1] - 14 * mm, -2.2 * mm),
            (self.meta["footer"], 11 * mm, 4 * mm),
        ):
            text = text.replace("{page}", str(canv.getPageNumber())).replace("{pages}", str(self.total))
            left, _, right = text.partition("|")
            canv.drawString(SIDE, y, left.strip())
            canv.drawRightString(A4[0] - SIDE, y, right.strip())
            canv.line(SIDE, y + rule, A4[0] - SIDE, y + rule)

    def afterFlowable(self, flowable: rp.Flowable) -> None:
        """Bookmark headings and remember the pages of cover sheets (called by reportlab)."""
        if outline := getattr(flowable, "outline", None):
            level, text = outline
            key = f"mark{self.seq.next('mark')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level, closed=level == 0)
        if reference := getattr(flowable, "reference", None):
            self.references[reference] = self.page


def pdf(meta: dict[str, str], blocks: list[Block]) -> bytes:
    """Lay the document out twice: the first time to learn its page numbers."""
    total, pages, made = 0, dict[str, int](), b""
    for _ in range(2):
        target = io.BytesIO()
        document, maker = Document(target, meta, total), Maker(meta, pages)
        document.build([flowable for kind, value in blocks for flowable in maker.flow(kind, value)])
        total, pages, made = document.page, document.references, target.getvalue()
    return made


def word(meta: dict[str, str], blocks: list[Block]) -> bytes:
    """The same blocks as a Word document with real heading styles and tables."""
    document = docx.Document()
    document.core_properties.author = meta["header"].split("|")[0].strip()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].text = meta["header"].replace(" | ", "\t\t")
    foot = section.footer.paragraphs[0]
    foot.text = meta["footer"].partition("|")[0].strip() + "\t\tPage "
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    for kind, value in blocks:
        if kind in ("ruled", "unruled"):
            word_table(document, value, "Table Grid" if kind == "ruled" else "Normal Table")
        elif kind == "page":
            document.add_page_break()
        else:
            word_paragraph(document, kind, "\t".join(value) if kind == "numbered" else value)
    return same_zip(document)


def word_paragraph(document: Any, kind: str, text: str) -> None:
    """Add one paragraph in the style of its kind; numbers are typed, with a hanging indent."""
    styles = {"title": "Title", "item": "Heading 1", "sub": "Heading 2", "bullet": "List Bullet"}
    paragraph = document.add_paragraph(style=styles.get(kind, "Normal"))
    for index, part in enumerate(text.split("**")):
        run = paragraph.add_run(part)
        run.bold = True if index % 2 else None
        run.font.size = Pt(7.5) if kind == "small" else None
    if kind == "numbered":
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(13), Mm(-13)
    if kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def word_table(document: Any, rows: list[list[str]], style: str) -> None:
    """Add one table, its first row bold and marked as the header to repeat."""
    table = document.add_table(len(rows), max(len(row) for row in rows), style)
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            table.cell(down, across).paragraphs[0].add_run(text).bold = down == 0
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def same_zip(document: Any) -> bytes:
    """Save a Word document with fixed times, so that equal content gives equal bytes."""
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main() -> None:
    """Render every source."""
    for path in sorted((HERE / "source").glob("*.md")):
        meta, blocks = parse(path)
        made = word(meta, blocks) if meta["file"] in AS_DOCX else pdf(meta, blocks)
        name = meta["file"] + (".docx" if meta["file"] in AS_DOCX else ".pdf")
        (HERE / name).write_bytes(made)
        if meta["file"] == DAMAGED_FROM:
            (HERE / "damaged.pdf").write_bytes(made[:DAMAGED_BYTES])


if __name__ == "__main__":
    main()
