"""Files that are meant to harm a reader, made on the spot, each a few kilobytes at most on disk."""

import zipfile
import zlib
from pathlib import Path

from tests.read import made

DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def decompression_bomb(path: Path) -> Path:
    """A page whose content, packed twice, unpacks to 1 GB of spaces."""
    packer = zlib.compressobj(1)
    chunk = b" " * 2**22
    inner = b"".join(packer.compress(chunk) for _ in range(256)) + packer.flush()
    packed = zlib.compress(inner, 9)
    content = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return made.one_page(path, content)


def six_million_characters(path: Path) -> Path:
    """A page with six million letters."""
    return made.one_page(
        path,
        made.stream(b"BT /F 1 Tf 50 800 Td " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ) Tj " * 100_000 + b"ET"),
    )


def nested_forms(path: Path) -> Path:
    """A page that draws a form twice, which draws a form twice, and so on: 2 to the power of 27 drawings."""
    depth = 27
    forms = []
    for level in range(depth):
        last = level == depth - 1
        inside = b"BT /F 9 Tf (x) Tj ET" if last else b"/X Do /X Do"
        below = made.FONT[:-2] if last else b"<< /XObject << /X %d 0 R >>" % (6 + level)
        forms.append(made.stream(inside, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources " + below + b" >>"))
    return made.one_page(path, made.stream(b"/X Do"), b"<< /XObject << /X 5 0 R >> >>", *forms)


def million_pages(path: Path) -> Path:
    """A page tree with a million references to one page."""
    kids = b"3 0 R " * 1_000_000
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + made.FONT + b" >>"
    pages = b"<< /Type /Pages /Count 1000000 /Kids [" + kids + b"] >>"
    return made.raw_pdf(path, made.CATALOG, pages, page, made.stream(b"BT /F 10 Tf 50 700 Td (The one page.) Tj ET"))


def two_billion_pages(path: Path) -> Path:
    """One page, with a count that says two thousand million."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + made.FONT + b" >>"
    pages = b"<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>"
    return made.raw_pdf(path, made.CATALOG, pages, page, made.stream(b"BT /F 10 Tf 50 700 Td (The one page.) Tj ET"))


def looping_pages(path: Path) -> Path:
    """A page tree that is its own child."""
    return made.raw_pdf(path, made.CATALOG, b"<< /Type /Pages /Count 5 /Kids [2 0 R] >>")


def vector_art(path: Path) -> Path:
    """A page with 400,000 lines, and a sentence."""
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 500, n % 700, (n * 7) % 500, (n * 3) % 700) for n in range(400_000))
    return made.one_page(path, made.stream(lines + b"BT /F 10 Tf 50 700 Td (Text beside the art.) Tj ET"))


def confetti(path: Path) -> Path:
    """Six pages with 9,000 list numbers each, strewn about."""
    places = [((n * 7919) % 590, (n * 104729) % 840) for n in range(9000)]
    content = b"BT /F 3 Tf " + b"".join(b"1 0 0 1 %d %d Tm (%d.) Tj " % (x, y, x % 9) for x, y in places) + b"ET"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + made.FONT + b" >>"
    return made.raw_pdf(path, made.CATALOG, b"<< /Type /Pages /Count 6 /Kids [" + b"3 0 R " * 6 + b"] >>", page, made.stream(content))


def giant_page(path: Path) -> Path:
    """A scan without text on a page of five kilometres."""
    image = made.stream(b"\x00" * 100, b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8")
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14000000 14000000] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
    content = made.stream(b"14000000 0 0 14000000 0 0 cm /I Do")
    return made.raw_pdf(path, made.CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, image)


def deep_array(path: Path) -> Path:
    """A page with an array nested two hundred thousand deep."""
    return made.one_page(path, made.stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ"))


def zip_bomb(path: Path) -> Path:
    """A Word file that unpacks to 500 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w", force_zip64=True) as part:
        for _ in range(125):
            part.write(b" " * 2**22)
    return path


def lying_zip(path: Path) -> Path:
    """A Word file whose directory says that its text is ten bytes long; it unpacks to 300 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (300 * 2**20))
    data = path.read_bytes()
    size = (300 * 2**20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    return path


def entity_bomb(path: Path) -> Path:
    """A Word file whose XML says "lol" a thousand million times, by entities of entities."""
    entities = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", f"<!DOCTYPE d [{entities}]>" + DOCUMENT.format("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"))
    return path


def external_entity(path: Path, target: Path) -> Path:
    """A Word file that asks for another file's contents."""
    with zipfile.ZipFile(path, "w") as file:
        text = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{target}">]>' + DOCUMENT.format("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
        file.writestr("word/document.xml", text)
    return path


def deep_word(path: Path) -> Path:
    """A Word file with tables in tables, a hundred thousand deep."""
    depth = 100_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", DOCUMENT.format("<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth))
    return path


def deep_html(path: Path) -> Path:
    """A web page with a hundred thousand divisions in one another."""
    path.write_text("<html><body>" + "<div>" * 100_000 + "deep" + "</div>" * 100_000, encoding="utf-8")
    return path
