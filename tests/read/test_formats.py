"""Which files are read, web pages and plain text, and what is said of the others."""

from pathlib import Path

import pytest

from wellled_nlp.errors import ReadError
from wellled_nlp.read import READERS, is_readable, read, why_unread
from wellled_nlp.settings import ReadSettings

PAGE = """<!DOCTYPE html><html><head><title>Minutes</title><script>var hidden = 1;</script></head><body>
<nav><ul><li>Home</li></ul></nav>
<h1>Minutes</h1><h2>3. Quality &amp; safety</h2>
<p>The Chief Nurse <b>reported</b> that
   falls had risen.<br>The Board asked why.</p>
<ol start="4"><li>First</li><li><p>Second</p></li></ol>
<table><tr><th>Action</th><th>Lead</th></tr><tr><td>Falls plan</td><td>CN</td></tr></table>
<footer>Example Trust</footer></body></html>"""


def found(path: Path, settings: ReadSettings) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for page in read(path, settings).pages for block in page.blocks]


def test_a_web_page_gives_headings_paragraphs_lists_rows_and_its_menus_as_furniture(tmp_path: Path, settings: ReadSettings) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    assert found(file, settings) == [
        ("furniture", "Home"),
        ("heading", "Minutes"),
        ("heading", "3. Quality & safety"),
        ("text", "The Chief Nurse reported that falls had risen."),
        ("text", "The Board asked why."),
        ("list", "4. First"),
        ("list", "5. Second"),
        ("row", "Action | Lead"),
        ("row", "Falls plan | CN"),
        ("furniture", "Example Trust"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_usual_encodings(encoding: str, tmp_path: Path, settings: ReadSettings) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("QUALITY\n\nThe Board’s view was\nthat £5m was needed.\n\n1. Falls\n2. Complaints\n\fOverleaf.\n".encode(encoding))
    assert found(file, settings) == [
        ("heading", "QUALITY"),
        ("text", "The Board’s view was that £5m was needed."),
        ("list", "1. Falls"),
        ("list", "2. Complaints"),
        ("text", "Overleaf."),
    ]
    assert len(read(file, settings).pages) == 2


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_kind_in_the_registry_is_readable_in_either_case(suffix: str) -> None:
    assert is_readable(Path(f"Papers{suffix.upper()}")) and why_unread(Path(f"papers{suffix}")) == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("minutes.doc", "an old Word file: save it as .docx or PDF"),
        ("slides.pptx", "a slide show: save it as PDF"),
        ("risks.xlsx", "a spreadsheet: save the pages that were before the board as PDF"),
        ("mail.msg", "a mail message: save the papers attached to it on their own"),
        ("scan.jpg", "a picture: if it is a scanned paper, save it as PDF"),
        ("papers.zip", "an archive: unpack it first"),
        ("papers.xyz", "not of a kind that is read (read are .pdf, .docx, .html, .htm, .txt)"),
    ],
)
def test_other_kinds_are_named_with_what_to_do(name: str, says: str) -> None:
    assert why_unread(Path(name)) == says


def test_reading_another_kind_is_an_error_with_a_hint(tmp_path: Path, settings: ReadSettings) -> None:
    with pytest.raises(ReadError) as error:
        read(tmp_path / "minutes.doc", settings)
    assert error.value.message.endswith("minutes.doc is an old Word file.") and error.value.hint == "Save it as .docx or PDF."


def test_empty_missing_and_mistaken_files_are_named(tmp_path: Path, settings: ReadSettings) -> None:
    cases = {"empty.pdf": b"", "page.pdf": b"<!DOCTYPE html><html></html>", "office.pdf": b"PK\x03\x04", "noise.pdf": b"\x00\x01\x02" * 50}
    says = {
        "empty.pdf": "is empty (0 bytes).",
        "page.pdf": "is no PDF: it is a web page that was saved under that name.",
        "office.pdf": "is no PDF: it is a zip archive or an Office file under that name.",
        "noise.pdf": "is not a PDF, whatever its name says.",
        "missing.pdf": "cannot be opened: No such file or directory.",
    }
    for name, expected in says.items():
        if name in cases:
            (tmp_path / name).write_bytes(cases[name])
        with pytest.raises(ReadError) as error:
            read(tmp_path / name, settings)
        assert error.value.message == f"{tmp_path / name} {expected}" and error.value.hint


def test_a_binary_file_named_as_text_is_turned_away(tmp_path: Path, settings: ReadSettings) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(ReadError, match="is not plain text"):
        read(file, settings)
