"""Scans: read by Tesseract with word boxes and confidence, cached, switched off, or named where Tesseract is missing."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader

from tests.read import made
from wellled_nlp.errors import ReadError
from wellled_nlp.read import ocr, read
from wellled_nlp.settings import ReadSettings

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed on this machine")
SENTENCES = ["The Board received the quality report and noted that falls had risen again.", "It asked for a plan with dates by July."]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of text, then the picture of a page of text."""
    folder = tmp_path_factory.mktemp("scan")
    text = made.pdf(folder / "text.pdf", lambda c: made.paragraphs(c, 72, 100, 450, SENTENCES, 12))
    document = pypdfium2.PdfDocument(text)
    picture = ImageReader(document[0].render(scale=150 / 72).to_pil())
    return made.pdf(folder / "scan.pdf", lambda c: made.put(c, 72, 100, "A page with a text layer."), _pictured(picture))


def _pictured(picture: ImageReader) -> Callable[[made.Canvas], None]:
    return lambda canvas: canvas.drawImage(picture, 0, 0, made.WIDTH, made.HEIGHT)


@needs_tesseract
def test_a_scanned_page_is_read_with_boxes_and_confidence(scan: Path, settings: ReadSettings) -> None:
    page = read(scan, dataclasses.replace(settings, ocr=True)).pages[1]
    assert (page.how, page.confidence > 85) == ("ocr", True)
    assert [block.text for block in page.blocks] == SENTENCES
    box = page.blocks[0].box
    assert box is not None
    assert abs(box.x0 - 72) < 2 and abs(box.y0 - 91) < 4, "within a few points of where the line was printed"


@needs_tesseract
def test_a_scan_that_lies_on_its_side_is_turned_and_its_boxes_are_where_it_is_displayed(tmp_path: Path, settings: ReadSettings) -> None:
    text = made.pdf(tmp_path / "text.pdf", lambda c: made.paragraphs(c, 72, 100, 450, SENTENCES * 4, 12))
    picture = pypdfium2.PdfDocument(text)[0].render(scale=150 / 72).to_pil().rotate(90, expand=True)
    size = (made.HEIGHT, made.WIDTH)
    file = made.pdf(tmp_path / "side.pdf", lambda c: c.drawImage(ImageReader(picture), 0, 0, *size), size=size)
    page = read(file, dataclasses.replace(settings, ocr=True)).pages[0]
    assert " ".join(block.text for block in page.blocks) == " ".join(SENTENCES * 4)
    assert (round(page.width), round(page.height)) == (842, 595)
    first = page.blocks[0].lines[0].box
    assert first is not None
    assert first.y1 - first.y0 > 350 and first.x1 - first.x0 < 20 and 85 < first.x0 < 105, (
        "the first line runs up the left side of the page"
    )


def test_an_image_is_turned_clockwise() -> None:
    image = b"P5\n3 2\n255\nabcdef"
    assert ocr.turned(image, 90) == b"P5\n2 3\n255\ndaebfc"
    assert ocr.turned(image, 180) == b"P5\n3 2\n255\nfedcba"
    assert ocr.turned(image, 270) == b"P5\n2 3\n255\ncfbead"


@needs_tesseract
def test_a_page_that_was_read_before_comes_from_the_cache(
    scan: Path, settings: ReadSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = dataclasses.replace(settings, ocr=True, ocr_cache=str(tmp_path / "cache"))
    first = read(scan, cached)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    monkeypatch.setattr(ocr, "recognise", None)
    assert read(scan, cached) == first


def test_with_ocr_switched_off_the_page_is_named_and_the_others_are_read(scan: Path, settings: ReadSettings) -> None:
    pages = read(scan, settings).pages
    assert [page.how for page in pages] == ["text", "failed"]
    assert pages[1].reason == "it is a scan without a text layer, and reading scans was switched off (--no-ocr)"


def test_without_tesseract_the_page_is_named_and_a_document_of_scans_says_how_to_install_it(
    scan: Path, settings: ReadSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.tesseract.cache_clear()
    on = dataclasses.replace(settings, ocr=True)
    assert read(scan, on).pages[1].reason == "it is a scan without a text layer, and Tesseract is not installed"
    import pikepdf

    with pikepdf.open(scan) as pdf:
        del pdf.pages[0]
        pdf.save(tmp_path / "only.pdf")
    with pytest.raises(ReadError) as error:
        read(tmp_path / "only.pdf", on)
    assert "sudo apt install tesseract-ocr" in error.value.hint
    ocr.tesseract.cache_clear()


def test_words_become_lines_with_their_size_and_base() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "5\t1\t1\t1\t1\t1\t300\t300\t100\t40\t96\tFalls",
        "5\t1\t1\t1\t1\t2\t410\t300\t80\t40\t94\thad",
        "5\t1\t1\t1\t2\t1\t300\t400\t80\t30\t12\t~~",
    ]
    read_page = ocr.lines_of("\n".join([head, *rows]), 300 / 72, 3)
    assert [(ink.text, ink.x0, ink.page, round(ink.size)) for ink in read_page.inks] == [("Falls had", 72.0, 3, 13)]
    assert (read_page.confidence, read_page.noise) == (95.2, 1)
