"""Word files: headings, list numbers, tables, tracked changes, content controls, text boxes, notes, Strict files, furniture."""

import zipfile
from pathlib import Path

import pytest

from tests.read import made
from wellled_nlp.document import Block
from wellled_nlp.errors import ReadError
from wellled_nlp.read import read
from wellled_nlp.read.word_styles import number_text
from wellled_nlp.settings import ReadSettings

STYLES = (
    '<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Trust heading"/><w:basedOn w:val="H1"/></w:style></w:styles>'
)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for n, (form, text) in enumerate((("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)")))
)
BULLETS = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
NUMBERING = (
    f'<w:numbering><w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum><w:abstractNum w:abstractNumId="2">{BULLETS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def p(text: str, more: str = "") -> str:
    return f"<w:p><w:pPr>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(text: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def blocks(path: Path, settings: ReadSettings) -> list[Block]:
    return [block for page in read(path, settings).pages for block in page.blocks]


def texts(path: Path, settings: ReadSettings) -> list[str]:
    return [block.text for block in blocks(path, settings)]


def test_headings_are_told_by_style_and_by_what_a_style_is_based_on(tmp_path: Path, settings: ReadSettings) -> None:
    body = p("Quality report", '<w:pStyle w:val="H1"/>') + p("Safety", '<w:pStyle w:val="Own"/>') + p("Falls rose in March.")
    found = blocks(made.docx(tmp_path / "a.docx", body, styles=STYLES), settings)
    assert [(b.text, b.kind, b.level, b.size) for b in found] == [
        ("Quality report", "heading", 1, 16.0),
        ("Safety", "heading", 1, 16.0),
        ("Falls rose in March.", "text", 0, 10.0),
    ]


def test_list_numbers_are_those_that_word_prints(tmp_path: Path, settings: ReadSettings) -> None:
    body = (
        listed("Opening")
        + listed("Welcome", 1)
        + listed("Apologies", 1)
        + listed("of governors", 2)
        + listed("Quality")
        + listed("Falls", 1)
    )
    body += listed("Resumed", 0, 3) + listed("A point", 0, 2)
    assert texts(made.docx(tmp_path / "a.docx", body, numbering=NUMBERING), settings) == [
        "1. Opening",
        "1.1 Welcome",
        "1.2 Apologies",
        "(i) of governors",
        "2. Quality",
        "2.1 Falls",
        "7. Resumed",
        "• A point",
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "lowerRoman", "iv"),
        (14, "upperRoman", "XIV"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
    ],
)
def test_numbers_are_written_in_words_formats(value: int, form: str, text: str) -> None:
    assert number_text(value, form) == text


def test_insertions_are_kept_and_deletions_dropped(tmp_path: Path, settings: ReadSettings) -> None:
    body = (
        "<w:p><w:r><w:t>The Board </w:t></w:r><w:del><w:r><w:delText>rejected</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>approved</w:t></w:r></w:ins><w:r><w:t> the plan.</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>Moved here.</w:t></w:r></w:moveTo></w:p>"
    )
    assert texts(made.docx(tmp_path / "a.docx", body), settings) == ["The Board approved the plan.", "Moved here."]


def test_a_paragraph_whose_end_is_deleted_runs_on_into_the_next(tmp_path: Path, settings: ReadSettings) -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The Board noted </w:t></w:r></w:p>" + p("the report.")
    assert texts(made.docx(tmp_path / "a.docx", body), settings) == ["The Board noted the report."]


def test_content_controls_links_fields_and_text_boxes_are_read(tmp_path: Path, settings: ReadSettings) -> None:
    box = f"<w:drawing><wps:txbx><w:txbxContent>{p('In a box.')}</w:txbxContent></wps:txbx></w:drawing>"
    twice = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    code = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>A link.</w:t></w:r></w:hyperlink></w:p>"
        f"<w:p>{code.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>{code.format('separate')}"
        f"<w:r><w:t>7 May 2025</w:t></w:r>{code.format('end')}</w:p>"
        f"<w:p><w:r><w:t>Beside the box.</w:t>{twice}</w:r></w:p>"
    )
    assert texts(made.docx(tmp_path / "a.docx", body), settings) == [
        "In a control.",
        "A link.",
        "7 May 2025",
        "Beside the box.",
        "In a box.",
    ]


def test_tables_are_rows_with_cells_header_and_merged_cells_said_once(tmp_path: Path, settings: ReadSettings) -> None:
    start, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = "<w:tbl>" + row(cell("Action"), cell("Lead"), cell("Due"), more="<w:tblHeader/>")
    table += row(cell("Falls plan", start), cell("CN"), cell("May")) + row(cell("Falls plan", goes_on), cell("MD"), cell("June"))
    table += row(cell("Closed", wide), cell("July")) + "</w:tbl>"
    found = blocks(made.docx(tmp_path / "a.docx", table), settings)
    assert [b.cells for b in found] == [("Action", "Lead", "Due"), ("Falls plan", "CN", "May"), ("", "MD", "June"), ("Closed", "", "July")]
    assert {b.header for b in found} == {("Action", "Lead", "Due")} and {b.table for b in found} == {1}


def test_a_cell_of_several_paragraphs_keeps_them_apart(tmp_path: Path, settings: ReadSettings) -> None:
    table = f"<w:tbl>{row(cell('3.'), '<w:tc>' + p('Quality') + p('Falls rose.') + '</w:tc>')}</w:tbl>"
    assert blocks(made.docx(tmp_path / "a.docx", table), settings)[0].cells == ("3.", "Quality\nFalls rose.")


def test_a_table_of_one_column_is_layout_and_its_text_is_text(tmp_path: Path, settings: ReadSettings) -> None:
    found = blocks(made.docx(tmp_path / "a.docx", f"<w:tbl>{row(cell('A framed remark.'))}</w:tbl>"), settings)
    assert [(b.kind, b.text) for b in found] == [("text", "A framed remark.")]


def test_footnotes_heads_feet_and_page_breaks(tmp_path: Path, settings: ReadSettings) -> None:
    body = '<w:p><w:r><w:t>Falls rose.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    body += "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Overleaf.</w:t></w:r></w:p>"
    notes = f'<w:footnotes><w:footnote w:id="2">{p("From April.")}</w:footnote></w:footnotes>'
    file = made.docx(tmp_path / "a.docx", body, footnotes=notes, header1=f"<w:hdr>{p('Example Trust')}</w:hdr>")
    assert [(b.text, b.kind, b.page, b.reason) for b in blocks(file, settings)] == [
        ("Falls rose.", "text", 1, ""),
        ("From April.", "note", 1, ""),
        ("Example Trust", "furniture", 1, "running head"),
        ("Overleaf.", "text", 2, ""),
    ]


def test_manual_line_breaks_part_statements_but_not_sentences(tmp_path: Path, settings: ReadSettings) -> None:
    body = "<w:p><w:r><w:t>Present:</w:t><w:br/><w:t>A Chair</w:t><w:br/><w:t>of the Board</w:t></w:r></w:p>"
    assert texts(made.docx(tmp_path / "a.docx", body), settings) == ["Present:", "A Chair of the Board"]


def test_strict_files_are_read(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.docx(tmp_path / "a.docx", p("Quality", '<w:pStyle w:val="H1"/>'), styles=STYLES)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in parts.items():
            data = data.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            data = data.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
            new.writestr(name, data)
    assert [(b.text, b.kind, b.level) for b in blocks(file, settings)] == [("Quality", "heading", 1)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 cut short", "is damaged, or is not a Word file"),
        (b"\xd0\xcf\x11\xe0 and so on", "is locked with a password, or is an old Word file"),
        (b"plain words", "is damaged, or is not a Word file"),
    ],
)
def test_what_is_no_word_file_is_named_as_such(content: bytes, says: str, tmp_path: Path, settings: ReadSettings) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=says):
        read(file, settings)
