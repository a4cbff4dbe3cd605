"""pdfplumber reads what pdfium cannot open: files without a page tree, and single pages; under the same limits, and marked."""

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.read import hostile, made
from wellled_nlp.document import Document
from wellled_nlp.errors import ReadError
from wellled_nlp.read import read
from wellled_nlp.settings import ReadSettings

HEADER = ("Ref", "Action", "Lead")
ROW = ("A1", "Bring the falls plan back to the Board with costs and dates for each ward.", "Chief Nurse")


def without_page_tree(path: Path) -> Path:
    """The file with the list of its pages unreadable: pdfium and pikepdf find no page, pdfplumber looks for the pages themselves."""
    data = path.read_bytes()
    assert b"/Kids" in data
    lost = path.with_name(f"lost-{path.name}")
    lost.write_bytes(data.replace(b"/Kids", b"/Kidz"))
    return lost


def minutes(path: Path) -> Path:
    """Two pages: a bold heading, paragraphs and a ruled table; then a line with a raised "th" and two columns of names."""

    def first(canvas: made.Canvas) -> None:
        made.put(canvas, 60, 80, "Quality report", 14, bold=True)
        made.paragraphs(canvas, 60, 110, 400, made.sentences(4, 1))
        made.grid(canvas, (60, 100, 400, 500), (400, 420, 460), (HEADER, ROW))

    def second(canvas: made.Canvas) -> None:
        made.put(canvas, 60, 80, "The next meeting is on the 26")
        made.put(canvas, 60 + canvas.stringWidth("The next meeting is on the 26", "Helvetica", 11), 76, "th", 7)
        made.put(canvas, 222, 80, "of June, in public.")
        made.paragraphs(canvas, 60, 110, 215, made.sentences(8, 2), 9)
        made.paragraphs(canvas, 320, 110, 215, made.sentences(8, 3), 9)

    return made.pdf(path, first, second)


def said(document: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(block.kind, block.text, block.cells) for page in document.pages for block in page.blocks]


def test_a_file_without_page_tree_is_read_as_the_whole_file_is_and_says_so(tmp_path: Path, settings: ReadSettings) -> None:
    whole = minutes(tmp_path / "a.pdf")
    document = read(without_page_tree(whole), settings)
    assert said(document) == said(read(whole, settings))
    assert ("row", " | ".join(ROW), ROW) in said(document)
    assert [page.how for page in document.pages] == ["text", "text"]
    for page in document.pages:
        assert {("second_reader", 1), ("repaired", 1)} <= set(page.marks)


def test_boxes_and_weight_are_those_that_pdfium_gives(tmp_path: Path, settings: ReadSettings) -> None:
    whole = minutes(tmp_path / "a.pdf")
    for ours, theirs in zip(read(without_page_tree(whole), settings).pages, read(whole, settings).pages, strict=True):
        assert (ours.width, ours.height) == (theirs.width, theirs.height)
        for a, b in zip(ours.blocks, theirs.blocks, strict=True):
            assert (a.bold, a.level, a.header) == (b.bold, b.level, b.header)
            assert a.box and b.box
            assert [a.box.x0, a.box.y0, a.box.x1, a.box.y1] == pytest.approx([b.box.x0, b.box.y0, b.box.x1, b.box.y1], abs=4)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_stand_on_the_page_as_displayed_however_it_is_turned_and_cropped(turn: int, tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.paragraphs(c, 150, 200, 300, made.sentences(3, 5)))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].CropBox = [50, 60, 560, 780]
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    ours, theirs = read(without_page_tree(file), settings).pages[0], read(file, settings).pages[0]
    assert (ours.width, ours.height) == (theirs.width, theirs.height)
    assert [block.text for block in ours.blocks] == [block.text for block in theirs.blocks]
    a, b = ours.blocks[0].box, theirs.blocks[0].box
    assert a and b
    assert [a.x0, a.y0, a.x1, a.y1] == pytest.approx([b.x0, b.y0, b.x1, b.y1], abs=4)


def test_a_single_page_that_pdfium_cannot_open_is_read_by_the_second_reader(tmp_path: Path, settings: ReadSettings) -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s /Resources " + made.FONT + b" >>"
    text = b"BT /F 11 Tf 72 700 Td (%s) Tj ET"
    file = made.raw_pdf(
        tmp_path / "a.pdf",
        made.CATALOG,
        b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        page % (4, b""),
        made.stream(text % b"The first page is sound."),
        page % (6, b"/Kids []"),  # pdfium takes it for a branch of the tree
        made.stream(text % b"The second page is odd."),
    )
    pages = read(file, settings).pages
    assert [[block.text for block in page.blocks] for page in pages] == [["The first page is sound."], ["The second page is odd."]]
    assert [dict(page.marks).get("second_reader", 0) for page in pages] == [0, 1]


def test_pages_that_are_announced_but_lost_are_counted(tmp_path: Path, settings: ReadSettings) -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + made.FONT + b" >>"
    pages = b"<< /Type /Pages /Kids [7 0 R 8 0 R 9 0 R] /Count 3 >>"
    content = made.stream(b"BT /F 11 Tf 72 700 Td (All that is left.) Tj ET")
    document = read(made.raw_pdf(tmp_path / "a.pdf", made.CATALOG, pages, page, content), settings)
    assert [[block.text for block in page.blocks] for page in document.pages] == [["All that is left."], []]
    assert document.pages[1].reason == "the file announces 3 pages, but only 1 of them can be found"


def test_the_limits_hold_for_the_second_reader(tmp_path: Path, settings: ReadSettings) -> None:
    lost = without_page_tree(minutes(tmp_path / "a.pdf"))
    pages = read(lost, dataclasses.replace(settings, page_characters=800)).pages
    assert [page.how for page in pages] == ["text", "failed"]
    assert "more than 800 (read.page_characters)" in pages[1].reason


@pytest.mark.parametrize("make", [hostile.decompression_bomb, hostile.six_million_characters, hostile.nested_forms, hostile.million_pages])
def test_a_hostile_file_that_only_pdfplumber_opens_ends_in_seconds(
    make: Callable[[Path], Path], tmp_path: Path, settings: ReadSettings
) -> None:
    strict = dataclasses.replace(settings, page_cpu_seconds=1.0, memory_megabytes=700, restarts=1)
    file = without_page_tree(make(tmp_path / "a.pdf"))
    start = time.process_time()
    with pytest.raises(ReadError) as error:
        read(file, strict)
    assert error.value.hint
    assert time.process_time() - start < 1.0


def test_a_locked_file_stays_locked_though_its_page_tree_is_lost(tmp_path: Path, settings: ReadSettings) -> None:
    with pikepdf.open(minutes(tmp_path / "a.pdf")) as pdf:
        pdf.save(
            tmp_path / "locked.pdf",
            encryption=pikepdf.Encryption(user="word", owner="other"),
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    lost = without_page_tree(tmp_path / "locked.pdf")
    with pytest.raises(ReadError, match="is locked with a password"):
        read(lost, settings)
    assert len(read(lost, settings, ["word"]).pages) == 2


def test_a_whole_file_bears_no_mark_of_repair(tmp_path: Path, settings: ReadSettings) -> None:
    for page in read(minutes(tmp_path / "a.pdf"), settings).pages:
        assert not {"repaired", "second_reader"} & {name for name, _ in page.marks}
