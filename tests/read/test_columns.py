"""Reading order on pages with more than one column."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.read import made
from wellled_nlp.document import Document
from wellled_nlp.read import read
from wellled_nlp.settings import ReadSettings


def words_of(document: Document) -> list[str]:
    return [word for page in document.pages for block in page.blocks if block.kind != "furniture" for word in block.text.split()]


def order(found: list[str], true: list[str]) -> float:
    """Similarity of word order, twice the matching words over all words, as in the research on extraction."""
    return SequenceMatcher(None, found, true, autojunk=False).ratio()


def two_columns(seed: int, row_major: bool, title: bool) -> tuple[list[str], object]:
    """The words of a two-column page in reading order, and a function that draws it."""
    lines = [made.wrapped(" ".join(made.sentences(22, seed + side)), 215, "Helvetica", 9) for side in (0, 1)]
    lines = [column[:50] for column in lines]
    head = made.sentences(1, seed + 7)[0]

    def page(canvas: made.Canvas) -> None:
        if title:
            made.put(canvas, 60, 80, head, 10)
        pieces = [(x, 110 + 12 * n, line) for x, column in ((60, lines[0]), (320, lines[1])) for n, line in enumerate(column)]
        for x, y, line in sorted(pieces, key=lambda p: (p[1], p[0])) if row_major else pieces:
            made.put(canvas, x, y, line, 9)

    true = (head.split() if title else []) + " ".join(lines[0] + lines[1]).split()
    return true, page


@pytest.mark.parametrize("row_major", [False, True], ids=["column by column", "line by line across"])
def test_two_columns_read_one_after_the_other_whatever_the_order_of_drawing(
    row_major: bool, tmp_path: Path, settings: ReadSettings
) -> None:
    true, pages = [], []
    for seed in range(10):
        words, page = two_columns(10 * seed, row_major, title=seed % 2 == 0)
        true += words
        pages.append(page)
    document = read(made.pdf(tmp_path / "a.pdf", *pages), settings)  # type: ignore[arg-type]
    assert order(words_of(document), true) >= 0.98


def test_a_heading_over_both_columns_parts_what_is_above_from_what_is_below(tmp_path: Path, settings: ReadSettings) -> None:
    blocks = [made.wrapped(" ".join(made.sentences(14, seed)), 215, "Helvetica", 9)[:12] for seed in range(4)]
    middle = "A heading that runs across both of the columns of this page, from one side to the other"

    def page(canvas: made.Canvas) -> None:
        for n in range(12):
            for x, top, block in ((60, 100, 0), (320, 100, 1), (60, 300, 2), (320, 300, 3)):
                made.put(canvas, x, top + 12 * n, blocks[block][n], 9)
        made.put(canvas, 60, 280, middle, 11, bold=True)

    true = " ".join([*blocks[0], *blocks[1], middle, *blocks[2], *blocks[3]]).split()
    assert order(words_of(read(made.pdf(tmp_path / "a.pdf", page), settings)), true) >= 0.98


def test_a_landscape_spread_of_two_pages_reads_left_page_first(tmp_path: Path, settings: ReadSettings) -> None:
    sides = [made.sentences(14, seed) for seed in (1, 2)]

    def page(canvas: made.Canvas) -> None:
        made.paragraphs(canvas, 660, 100, 450, sides[1])
        made.paragraphs(canvas, 70, 100, 450, sides[0])

    found = words_of(read(made.pdf(tmp_path / "a.pdf", page, size=(1190, 842)), settings))
    assert order(found, " ".join(sides[0] + sides[1]).split()) >= 0.98


def test_a_title_and_a_foot_that_were_drawn_in_the_wrong_order_are_put_right(tmp_path: Path, settings: ReadSettings) -> None:
    body = made.sentences(5, 3)

    def page(canvas: made.Canvas) -> None:
        made.put(canvas, 72, 780, "Last words of the page, below all.")
        made.paragraphs(canvas, 72, 150, 450, body)
        made.put(canvas, 72, 90, "The title", 16, bold=True)

    found = [block.text for block in read(made.pdf(tmp_path / "a.pdf", page), settings).pages[0].blocks]
    assert found == ["The title", *body, "Last words of the page, below all."]


def test_a_sentence_goes_on_from_the_foot_of_one_column_to_the_head_of_the_next(tmp_path: Path, settings: ReadSettings) -> None:
    def page(canvas: made.Canvas) -> None:
        y = made.paragraphs(canvas, 60, 100, 215, made.sentences(8, 1), 9)
        made.put(canvas, 60, y, "The Board agreed that the falls plan, which had", 9)
        made.put(canvas, 320, 100, "not been costed, would come back in July.", 9)
        made.paragraphs(canvas, 320, 118, 215, made.sentences(8, 2), 9)

    texts = [block.text for block in read(made.pdf(tmp_path / "a.pdf", page), settings).pages[0].blocks]
    assert "The Board agreed that the falls plan, which had not been costed, would come back in July." in texts
