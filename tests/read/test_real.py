"""Real documents, which stand outside the project: numbers, dates and counts that were checked by eye on the rendered pages."""

import dataclasses
import shutil
from collections import Counter
from pathlib import Path

import pytest

from wellled_nlp.document import Block, Document
from wellled_nlp.errors import ReadError
from wellled_nlp.read import read
from wellled_nlp.settings import ReadSettings

# For each set of minutes: the item numbers as printed, in order, and who acts, as printed beside each item that has an action.
MINUTES = {
    "2015-01-22": ("1 2 3 4 5 8 7 8 9 10 11 12", ["AW", "H", "KV/RH", "ALL", "SK\nRH"]),
    "2015-03-26": ("1 2 3 4 5 6 7 8 9 10 10 11", ["AW", "PP/NS\nNS", "ALL", "NS"]),
    "2015-06-02": ("1 2 3 4 5 6 7 8 9 11", ["DH\nDH", "NS\nAW", "ALL"]),
    "2015-07-30": ("1 2 3 4 5 6 7 8 9 10 11 12", ["DH\nPP", "AW"]),
    "2015-09-24": ("1 2 3 4 5 6 7 8 9 10 11 12 13", ["DH", "NS\nNS"]),
    "2015-11-26": ("1 2 3 4 5 6 7 8 9 10", ["JP\nDH", "JP"]),
    "2016-01-28": ("1 2 3 4 5 6 7 8 9 10 11 12", ["SS\nAW", "DH", "SS"]),
    "2016-03-31": ("1 2 3 4 5 6 7 8 9 10", ["KV", "JP"]),
    "2016-05-26": ("1 2 3 4 5 6 7 8 9", ["KV\nTB/AW", "DH", "PB", "AW\nST"]),
    "2016-07-27": ("1 2 3 4 5 6 7 8 9 10 11 12", ["NS"]),
    "2016-10-27": ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", ["NS", "NS"]),
    "2016-12-15": ("1 2 3 4 5 6 7 8 9 10 11 12 13", ["NS"]),
}


def rows(document: Document) -> list[Block]:
    return [block for page in document.pages for block in page.blocks if block.kind == "row"]


@pytest.mark.parametrize("date", MINUTES)
def test_minutes_kept_in_a_table_give_one_row_an_item(date: str, real: Path, settings: ReadSettings) -> None:
    numbers, initials = MINUTES[date]
    document = read(real / "minutes_year" / f"board-meeting-minutes-{date}.pdf", settings)
    items = [block for block in rows(document) if block.table == 2]
    assert [block.cells[0].rstrip(".") for block in items] == numbers.split()
    assert [block.cells[2] for block in items if block.cells[2]] == initials
    assert {block.header for block in items} == {("", "", "Action")}
    assert {page.how for page in document.pages} == {"text"}


def test_every_page_of_the_minutes_has_its_feet_and_number_set_aside(real: Path, settings: ReadSettings) -> None:
    for path in sorted((real / "minutes_year").glob("*.pdf")):
        for page in read(path, settings).pages:
            reasons = Counter(block.reason for block in page.blocks if block.kind == "furniture")
            assert reasons == {"running foot": 3, "page number": 1}, (path.name, page.number)


def test_a_landscape_risk_register_is_one_table_with_its_header_on_every_page(real: Path, settings: ReadSettings) -> None:
    document = read(real / "packs" / "risk-register-2025-01-22.pdf", settings)
    register = [block for block in rows(document) if block.table == 1]
    assert {len(block.cells) for block in register} == {8} and len({block.header for block in register}) == 1
    again = [block for page in document.pages for block in page.blocks if block.reason == "repeated table header"]
    assert Counter(block.page for block in again) == dict.fromkeys(range(2, 12), 2)
    assert sum(1 for block in register if block.cells[0]) == 45


def test_spreads_read_left_page_first_and_give_up_no_page(real: Path, settings: ReadSettings) -> None:
    document = read(real / "layout" / "two-column-spreads.pdf", settings)
    for number in (5, 6, 10, 11, 12, 24):  # spreads with running text on both sides, or beside a panel
        page = document.pages[number - 1]
        sides = [
            block.box.x0 > page.width / 2 for block in page.blocks if block.kind in ("text", "list") and block.size == 12 and block.box
        ]
        assert sides == sorted(sides), number
    assert sum(1 for page in document.pages if page.how == "text") >= 54


def test_struck_out_amendments_are_not_in_the_text_of_the_minutes(real: Path, settings: ReadSettings) -> None:
    document = read(real / "packs" / "minutes-2025-01-09.pdf", settings)
    struck = Counter(block.page for page in document.pages for block in page.blocks if block.reason == "struck out")
    assert sorted(struck) == [6, 7, 8, 9]


def test_a_performance_report_keeps_its_tables_and_the_words_between_them(real: Path, settings: ReadSettings) -> None:
    document = read(real / "packs" / "performance-report-2025-03-04.pdf", settings)
    assert [len(page.blocks) > 1 for page in document.pages] == [True] * 71
    calls = [block for block in document.pages[11].blocks if block.kind == "row"]
    assert (len(calls), {len(block.cells) for block in calls}) == (16, {7})
    assert all(len(block.text) > 3 for block in rows(document) if block.page in (67, 68, 69)), "words with a ground colour are no cells"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed on this machine")
def test_two_pages_of_a_scan_are_read_with_confidence(real: Path, settings: ReadSettings, tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(real / "scanned" / "accounts-2013.pdf") as pdf:
        del pdf.pages[5:]
        del pdf.pages[:3]
        pdf.save(tmp_path / "two.pdf")
    document = read(tmp_path / "two.pdf", dataclasses.replace(settings, ocr=True))
    assert [page.how for page in document.pages] == ["ocr", "ocr"]
    assert all(page.confidence > 85 for page in document.pages)
    assert [sum(len(block.text.split()) for block in page.blocks) > 150 for page in document.pages] == [False, True]


def test_every_damaged_or_locked_file_is_read_or_named(real: Path, settings: ReadSettings) -> None:
    outcomes = Counter[str]()
    for path in sorted((real / "broken").iterdir()):
        try:
            outcomes["read"] += bool(read(path, settings).pages)
        except ReadError as error:
            assert error.hint and str(path) in error.message
            outcomes[error.message.replace(str(path), "").strip(" .:")[:24]] += 1
    assert outcomes == {
        "read": 8,
        "is locked with a password"[:24]: 10,
        "is damaged beyond repair": 1,
        "is empty (0 bytes)": 1,
        "has no pages": 1,
        "No page of  could be rea": 1,
    }


def test_a_file_whose_fonts_pdfium_cannot_spell_is_read_by_pdfplumber(real: Path, settings: ReadSettings) -> None:
    document = read(real / "broken" / "encrypted-pdfminersix-issue-625-identity-cmap.pdf", settings)
    assert [page.how for page in document.pages] == ["text", "text"]
    assert all(("second_reader", 1) in page.marks for page in document.pages)
    assert "Data wystawienia: 2021-04-26" in " ".join(block.text for block in document.pages[0].blocks)


@pytest.mark.parametrize(("name", "tables", "headings"), [("icb-constitution-2025-10", 4, 79), ("user-group-minutes-2014-05-13", 2, 12)])
def test_word_files_give_headings_and_tables(name: str, tables: int, headings: int, real: Path, settings: ReadSettings) -> None:
    blocks = [block for page in read(real / "word" / f"{name}.docx", settings).pages for block in page.blocks]
    assert max(block.table for block in blocks) == tables
    assert sum(1 for block in blocks if block.kind == "heading") == headings
