"""Text of PDF pages: lines, paragraphs, hyphens, lists, headings, notes, page breaks."""

from pathlib import Path

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from tests.read import made
from wellled_nlp.document import Block, Document
from wellled_nlp.read import read
from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.ink import Ink
from wellled_nlp.read.sheet import clean
from wellled_nlp.settings import ReadSettings

LONG = "The Board received the report and asked for a further paper on the matter at its next meeting in public, to be held in May"


def blocks(document: Document, *kinds: str) -> list[Block]:
    return [block for page in document.pages for block in page.blocks if not kinds or block.kind in kinds]


def texts(document: Document, *kinds: str) -> list[str]:
    return [block.text for block in blocks(document, *kinds)]


def ink(text: str, hyphen: bool = False) -> Ink:
    return Ink(text, 0, 0, 100, 10, 10, 10, False, False, False, hyphen, 0, -1, 1)


def test_wrapped_lines_are_joined_and_paragraphs_are_kept_apart(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.paragraphs(c, 72, 100, 300, [LONG + ".", "A second paragraph of one line."]))
    assert texts(read(file, settings), "text") == [LONG + ".", "A second paragraph of one line."]


def test_paragraphs_without_space_between_are_told_by_room_at_the_end_of_the_line(tmp_path: Path, settings: ReadSettings) -> None:
    lines = ["A full line that runs to the very end of the measure of this page", "and ends short.", "Another begins here and runs on to"]

    def page(canvas: made.Canvas) -> None:
        for number, line in enumerate([*lines, "the end of the page."]):
            made.put(canvas, 72, 100 + 14 * number, line)

    assert texts(read(made.pdf(tmp_path / "a.pdf", page), settings), "text") == [
        f"{lines[0]} {lines[1]}",
        f"{lines[2]} the end of the page.",
    ]


def test_a_block_says_on_which_lines_and_where_it_stands(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.paragraphs(c, 72, 100, 300, [LONG + "."]))
    block = blocks(read(file, settings), "text")[0]
    assert [round(line.box.y1) for line in block.lines if line.box] == [102, 116]
    assert [block.text[line.start :].split()[0] for line in block.lines] == ["The", "on"]
    assert block.box is not None
    assert (round(block.box.x0), block.page, block.size, block.bold) == (72, 1, 11.0, False)


def test_a_year_or_a_range_that_a_line_end_divides_is_joined_without_a_space() -> None:
    words = Words([])
    assert words.join("the accounts of 2024-", "25 were", False) == "the accounts of 2024-25 were"
    assert words.join("the accounts of 2024/", "25 were", False) == "the accounts of 2024/25 were"
    assert words.join("ages 11–", "16 only", False) == "ages 11–16 only"
    assert words.join("patients with covid-", "19 in May", False) == "patients with covid-19 in May"
    assert words.join("the plan -", "2 wards", False) == "the plan - 2 wards"


def test_a_word_that_a_line_end_divides_is_joined_as_the_document_writes_it() -> None:
    words = Words([ink("The committee met. A non-executive director"), ink("and a well-led review")])
    assert words.join("the com", "mittee agreed", True) == "the committee agreed"
    assert words.join("a non", "executive said", True) == "a non-executive said"
    assert words.join("a well", "led trust", True) == "a well-led trust"
    assert words.join("the medi", "cines", True) == "the medicines"
    assert words.join("the non", "clinical staff", True) == "the non-clinical staff"
    assert words.join("Saint-", "Mary", False) == "Saint-Mary"
    assert words.join("it fell -", "and rose", False) == "it fell - and rose"


def test_a_hyphen_at_the_end_of_a_printed_line_disappears_from_the_word(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 100, "The Board asked for assurance that the recom-")
        made.put(canvas, 72, 114, "mendations of the review had been carried out.")

    text = texts(read(made.pdf(tmp_path / "a.pdf", page), settings), "text")
    assert text == ["The Board asked for assurance that the recommendations of the review had been carried out."]


def test_bullets_and_numbered_paragraphs_are_blocks_of_their_own(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 100, "The Committee:")
        for number, line in enumerate(["noted the falls report, which was the first since the", "change of provider;", "agreed the plan."]):
            made.put(canvas, 90, 114 + 14 * number, line)
        made.put(canvas, 76, 114, "\u2022")
        made.put(canvas, 76, 142, "\u2022")
        made.put(canvas, 72, 170, "4.1 The Chair opened the meeting.")
        made.put(canvas, 72, 184, "4.2 Apologies were received.")

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert texts(document, "list") == [
        "• noted the falls report, which was the first since the change of provider;",
        "• agreed the plan.",
        "4.1 The Chair opened the meeting.",
        "4.2 Apologies were received.",
    ]


def test_headings_are_told_by_size_and_by_weight_and_larger_ones_have_lower_levels(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 100, "Board of Directors", 18, bold=True)
        made.put(canvas, 72, 140, "7. Quality report", 13, bold=True)
        y = made.paragraphs(canvas, 72, 170, 400, [LONG + "."])
        made.put(canvas, 72, y, "Matters arising", 11, bold=True)
        made.paragraphs(canvas, 72, y + 20, 400, [LONG + "."])

    found = blocks(read(made.pdf(tmp_path / "a.pdf", page), settings), "heading")
    assert [(block.text, block.level) for block in found] == [("Board of Directors", 1), ("7. Quality report", 2), ("Matters arising", 3)]


def test_the_outline_of_the_file_makes_a_plain_line_a_heading(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        canvas.bookmarkPage("here")
        canvas.addOutlineEntry("Learning from deaths", "here", level=0)
        made.put(canvas, 72, 100, "Learning from deaths")
        made.paragraphs(canvas, 72, 130, 400, [LONG + "."])

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert [(entry.title, entry.page, entry.depth) for entry in document.outline] == [("Learning from deaths", 1, 1)]
    assert texts(document, "heading") == ["Learning from deaths"]


def test_a_sentence_that_a_page_break_divides_is_joined_and_keeps_both_places(tmp_path: Path, settings: ReadSettings) -> None:
    first, second = "The Board agreed to return to the falls plan, which had not yet", "been costed, in July."
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.put(c, 72, 700, first), lambda c: made.put(c, 72, 90, second))
    block = blocks(read(file, settings), "text")[0]
    assert block.text == f"{first} {second}"
    assert [(line.page, line.start) for line in block.lines] == [(1, 0), (2, len(first) + 1)]


def test_a_footnote_does_not_get_between_the_halves_of_a_sentence(tmp_path: Path, settings: ReadSettings) -> None:
    def first(canvas: made.Canvas) -> None:
        made.paragraphs(canvas, 72, 100, 400, [LONG + "."] * 4)
        made.put(canvas, 72, 650, "The Board agreed to return to the falls plan, which had not yet")
        made.put(canvas, 72, 720, "1 Falls with harm are counted from April.", 8)

    file = made.pdf(tmp_path / "a.pdf", first, lambda c: made.paragraphs(c, 72, 90, 400, ["been costed, in July.", LONG + "."]))
    document = read(file, settings)
    assert texts(document, "note") == ["1 Falls with harm are counted from April."]
    assert "The Board agreed to return to the falls plan, which had not yet been costed, in July." in texts(document, "text")


def test_a_page_that_is_turned_reads_like_one_that_is_not(tmp_path: Path, settings: ReadSettings) -> None:
    def turned(canvas: made.Canvas) -> None:
        canvas.setPageRotation(90)  # reportlab then writes a landscape page that is displayed upright
        canvas.rotate(90)
        canvas.translate(0, -made.WIDTH)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, made.WIDTH - 100, "A line on a turned page.")

    page = read(made.pdf(tmp_path / "a.pdf", turned), settings).pages[0]
    assert (round(page.width), round(page.height)) == (595, 842)
    assert [block.text for block in page.blocks] == ["A line on a turned page."]
    box = page.blocks[0].box
    assert box is not None
    assert (round(box.x0), round(box.y1)) == (72, 102)


def test_a_crop_box_moves_the_boxes_and_what_lies_outside_it_is_not_text(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 100, 200, "Inside the crop box.")
        made.put(canvas, 100, 30, "Printer's mark outside it.")

    file = made.pdf(tmp_path / "a.pdf", page)
    with pikepdf.open(file) as pdf:
        pdf.pages[0].CropBox = [50, 42, 545, 742]
        pdf.save(tmp_path / "cropped.pdf")
    cropped = read(tmp_path / "cropped.pdf", settings).pages[0]
    assert (cropped.width, cropped.height) == (495.0, 700.0)
    assert [block.text for block in cropped.blocks] == ["Inside the crop box."]
    box = cropped.blocks[0].box
    assert box is not None
    assert (round(box.x0), round(box.y1)) == (51, 102)
    assert ("outside", 1) in cropped.marks


def test_text_set_sideways_on_an_upright_page_is_read_and_its_box_is_where_it_is_displayed(tmp_path: Path, settings: ReadSettings) -> None:
    def sideways(canvas: made.Canvas) -> None:
        canvas.rotate(90)
        made.paragraphs(canvas, 100, made.HEIGHT + 100, 500, [LONG + "."])

    page = read(made.pdf(tmp_path / "a.pdf", sideways), settings).pages[0]
    assert [block.text for block in page.blocks] == [LONG + "."]
    box = page.blocks[0].box
    assert box is not None
    assert 80 < box.x0 < 100 and 240 < box.y0 < box.y1 < 745, "its lines run up the page near the left edge"


def test_the_same_file_gives_the_same_document(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", *(lambda c, n=n: made.paragraphs(c, 72, 100, 400, made.sentences(12, n)) for n in range(5)))
    assert read(file, settings) == read(file, settings)


@given(st.text(max_size=200))
def test_cleaned_text_has_single_spaces_and_no_control_characters(text: str) -> None:
    found = clean(text)
    assert found == found.strip() and "  " not in found
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in found)
