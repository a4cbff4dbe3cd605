"""PDF and Word files for the tests of reading, drawn with reportlab or written byte by byte; nothing in them is anybody's wording."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "la", "me", "no", "pu", "ra", "si", "to", "vu", "wa", "ye", "zo") + (
    ("ben", "car", "dol", "fin", "gar", "hul", "jam", "kes", "lor", "mun", "pol", "ris", "tam", "vor")
)


def words(number: int, seed: int) -> list[str]:
    """Invented words, the same for the same seed; none of them is a hyphenated pair of others by design."""
    draw = random.Random(seed)
    return ["".join(draw.choice(SYLLABLES) for _ in range(draw.randint(1, 4))) for _ in range(number)]


def sentences(number: int, seed: int) -> list[str]:
    """Invented sentences of eight to twenty words, each ending with a full stop."""
    draw = random.Random(seed)
    found = []
    for count in range(number):
        text = " ".join(words(draw.randint(8, 20), seed * 1000 + count))
        found.append(text[0].upper() + text[1:] + ".")
    return found


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    """The text in lines no wider than `width` points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def pdf(path: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Path:
    """A PDF with one page for each function that draws one."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def put(canvas: Canvas, x: float, y: float, text: str, size: float = 11, bold: bool = False) -> None:
    """A line of text with its base `y` points below the top of the page."""
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawString(x, canvas._pagesize[1] - y, text)


def paragraphs(canvas: Canvas, x: float, y: float, width: float, texts: Sequence[str], size: float = 11) -> float:
    """Paragraphs from `y` downwards; where the next one would begin."""
    for text in texts:
        for line in wrapped(text, width, "Helvetica", size):
            put(canvas, x, y, line, size)
            y += 1.25 * size
        y += 0.8 * size
    return y


def grid(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]], size: float = 9) -> None:
    """A ruled table: column edges, row edges (from the top), and the texts of its cells."""
    height = canvas._pagesize[1]
    for y in ys:
        canvas.line(xs[0], height - y, xs[-1], height - y)
    for x in xs:
        canvas.line(x, height - ys[0], x, height - ys[-1])
    for top, row in zip(ys, cells, strict=False):
        for left, right, text in zip(xs, xs[1:], row, strict=False):
            y = top + 1.3 * size
            for paragraph in text.split("\n"):
                for line in wrapped(paragraph, right - left - 8, "Helvetica", size):
                    put(canvas, left + 4, y, line, size)
                    y += 1.2 * size
                y += 0.5 * size


def raw_pdf(path: Path, *objects: bytes, trailer: bytes = b"/Root 1 0 R") -> Path:
    """A PDF of these objects, numbered from 1, with a sound cross-reference table."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    path.write_bytes(out.getvalue())
    return path


def stream(data: bytes, more: bytes = b"", flate: bool = True) -> bytes:
    """A stream object, deflated."""
    packed = zlib.compress(data, 9) if flate else data
    return b"<< /Length %d %s %s >>\nstream\n" % (len(packed), b"/Filter /FlateDecode" if flate else b"", more) + packed + b"\nendstream"


FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def one_page(path: Path, content: bytes, resources: bytes = FONT, *objects: bytes) -> Path:
    """A PDF with one page of the content stream object `content`."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + resources + b" >>"
    return raw_pdf(path, CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *objects)


def docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this XML in its body; parts by name (styles, numbering, footnotes, header1 …) with underscores for dots."""
    kinds = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header1": "header", "footer1": "footer"}
    space = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = "".join(f'<Relationship Id="r{n}" Type="{office}/{kinds[name]}" Target="{name}.xml"/>' for n, name in enumerate(parts))
    root = f'<Relationship Id="r" Type="{office}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{root}</Relationships>')
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        file.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", text.replace(">", f" {space}>", 1))
    return path
