"""What repeats is set aside: running heads and feet, page numbers, watermarks, signature lines; and no heading with it."""

from collections.abc import Callable
from pathlib import Path

from tests.read import made
from wellled_nlp.document import Document
from wellled_nlp.read import read
from wellled_nlp.settings import ReadSettings


def furniture(document: Document, page: int) -> list[tuple[str, str]]:
    return sorted((block.text, block.reason) for block in document.pages[page - 1].blocks if block.kind == "furniture")


def body(document: Document) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks if block.kind != "furniture"]


def paper(number: int, heading: str, foot: str = "Page {}") -> Callable[[made.Canvas], None]:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 40, "Example Trust: public board papers", 9)
        made.put(canvas, 72, 90, heading, 14, bold=True)
        made.paragraphs(canvas, 72, 120, 450, made.sentences(10, number))
        made.put(canvas, 290, 815, foot.format(number), 9)

    return page


def test_running_heads_and_page_numbers_are_set_aside_on_every_page(tmp_path: Path, settings: ReadSettings) -> None:
    document = read(made.pdf(tmp_path / "a.pdf", *(paper(n, f"Paper {'ABCDE'[n]}") for n in range(5))), settings)
    for number in range(1, 6):
        assert furniture(document, number) == [
            ("Example Trust: public board papers", "running head"),
            (f"Page {number - 1}", "page number"),
        ]


def test_the_number_of_a_paragraph_at_the_foot_of_the_page_is_no_running_foot(tmp_path: Path, settings: ReadSettings) -> None:
    def numbered(n: int) -> Callable[[made.Canvas], None]:
        def page(canvas: made.Canvas) -> None:
            made.paragraphs(canvas, 72, 120, 450, made.sentences(10, n))
            made.put(canvas, 72, 760, f"{n}.1")
            made.put(canvas, 110, 760, f"{made.words(1, n)[0].title()} was noted by the Board.")

        return page

    document = read(made.pdf(tmp_path / "a.pdf", *(numbered(n) for n in range(1, 6))), settings)
    assert [furniture(document, number) for number in range(1, 6)] == [[]] * 5
    assert [text.split()[0] for text in body(document) if "noted" in text] == ["1.1", "2.1", "3.1", "4.1", "5.1"]


def test_the_names_along_the_axis_of_a_bar_chart_are_its_labels(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.paragraphs(canvas, 72, 120, 450, made.sentences(10, 1))
        for number, height in enumerate((40, 70, 55, 90)):
            canvas.rect(100 + 60 * number, 842 - 600, 30, height, fill=1)
            made.put(canvas, 102 + 60 * number, 612, f"BAF{number}", 8)

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert furniture(document, 1) == [(f"BAF{number}", "figure label") for number in range(4)]


def test_numbered_headings_at_the_top_of_far_apart_pages_are_not_running_heads(tmp_path: Path, settings: ReadSettings) -> None:
    pages = [paper(n, f"{n // 10}. Action log" if n % 10 == 0 else made.sentences(1, 900 + n)[0][:20]) for n in range(40)]
    document = read(made.pdf(tmp_path / "a.pdf", *pages), settings)
    assert [text for text in body(document) if "Action log" in text] == ["0. Action log", "1. Action log", "2. Action log", "3. Action log"]


def test_the_heads_of_single_papers_in_a_pack_are_found_though_most_pages_have_another(tmp_path: Path, settings: ReadSettings) -> None:
    def headed(n: int) -> Callable[[made.Canvas], None]:
        def page(canvas: made.Canvas) -> None:
            made.put(canvas, 72, 40, f"Item {n // 6}: {made.words(3, n // 6)[0]}", 9)
            made.paragraphs(canvas, 72, 120, 450, made.sentences(10, n))

        return page

    document = read(made.pdf(tmp_path / "a.pdf", *(headed(n) for n in range(30))), settings)
    assert all(len(furniture(document, number)) == 1 for number in range(1, 31))


def test_a_watermark_across_the_page_is_never_inside_a_sentence(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        canvas.saveState()
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 90)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()
        made.paragraphs(canvas, 72, 100, 450, made.sentences(20, 1))

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert furniture(document, 1) == [("DRAFT", "watermark")]
    assert not any("DRAFT" in text for text in body(document))


def test_a_line_to_sign_on_is_furniture(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", lambda c: made.put(c, 72, 600, "Signed: ...................................... Date: ............"))
    assert [reason for _, reason in furniture(read(file, settings), 1)] == ["signature"]


def test_the_scale_of_a_chart_is_set_aside_and_its_caption_is_kept(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.paragraphs(canvas, 72, 100, 450, made.sentences(8, 1))
        for number in range(6):
            made.put(canvas, 80, 500 - 20 * number, str(20 * number), 7)
            made.put(canvas, 110 + 40 * number, 515, f"{'JFMAMJ'[number]}an 24".replace("an", "") if number else "Jan 24", 7)
        made.put(canvas, 80, 540, "Figure 1. Falls with harm.", 9)

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert {reason for _, reason in furniture(document, 1)} == {"figure label"}
    assert body(document)[-1] == "Figure 1. Falls with harm."


def test_struck_out_text_is_set_aside(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 100, "The plan was agreed.")
        made.put(canvas, 72, 120, "The plan was rejected.")
        canvas.line(72, made.HEIGHT - 117, 185, made.HEIGHT - 117)

    document = read(made.pdf(tmp_path / "a.pdf", page), settings)
    assert furniture(document, 1) == [("The plan was rejected.", "struck out")]
    assert body(document) == ["The plan was agreed."]
