import dataclasses
import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdfium2
import pytest
from PIL import Image

from tests.report import invented
from wellled_nlp import output, table
from wellled_nlp.report import board_paper, cells, docx, headline, quotations, words
from wellled_nlp.report.contents import Figure, Grid

HEADINGS = [
    "Purpose",
    "Summary of findings",
    "Findings",
    "Attention at each meeting",
    "What the share is a share of",
    "Challenge",
    "Assurance and improvement",
    "Gaps without a recorded improvement",
    "In the papers' own words",
    "What was not read",
    "Recommendation",
    "Method and limits",
]


@pytest.fixture(scope="module")
def word(written: Path) -> Any:
    return python_docx.Document(str(written / "report.docx"))


def texts(word: Any, style: str) -> list[str]:
    return [one.text for one in word.paragraphs if one.style.name.startswith(style)]


def rows(made: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in made.rows]


def contents(analysis: table.Analysis, kind: type) -> list[Any]:
    return [one for part in board_paper.of(analysis).parts for one in part.contents if isinstance(one, kind)]


def as_pdf(file: Path, folder: Path) -> pypdfium2.PdfDocument:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pypdfium2.PdfDocument(folder / f"{file.stem}.pdf")


def test_its_parts_stand_in_the_order_of_a_board_paper_under_real_headings(word: Any) -> None:
    assert texts(word, "Heading") == HEADINGS
    assert texts(word, "Title") == ["Quality and sustainability in the Board's papers"]
    assert texts(word, "Subtitle") == [invented.TRUST]


def test_the_cover_leaves_meeting_and_author_to_be_written_in(word: Any) -> None:
    assert rows(word.tables[0]) == [
        ["Meeting and item", ""],
        ["Author", ""],
        ["Executive lead", ""],
        ["Purpose", "To note and to discuss"],
        ["Action requested", "The Board is invited to note the findings and to consider the questions in section 5."],
        ["Evidence for", "Well-led key lines of enquiry, prompts W6.2 and W6.1"],
        ["Papers read", "8 papers, 23 May 2024 to 27 March 2025. Read on 2 June 2025."],
    ]


def test_the_cover_points_to_the_section_that_holds_the_questions(tarnbrook: table.Analysis) -> None:
    main = [part.heading for part in board_paper.of(tarnbrook).parts if part.level == 1]
    assert (main.index("Recommendation") + 1, main.index("What was not read") + 1, main.index("Method and limits") + 1) == (5, 4, 6)


def test_the_summary_opens_with_the_sentence_of_the_other_reports(word: Any, tarnbrook: table.Analysis) -> None:
    said = texts(word, "List Bullet")
    assert said[0] == f"Quality. {headline.sentence(tarnbrook)}"
    assert said[0] == "Quality. Quality took 20% (12 to 31) of recorded attention across six meetings; below 25% in four."
    assert [one.split(".")[0] for one in said] == [
        "Quality",
        "Sustainability and challenge",
        "Over time",
        "Assurance and improvement",
        "Breadth",
        "Gaps",
        "Signals and risks",
        "Label error",
        "Reading",
    ]


def test_every_cell_says_what_the_page_says(word: Any, tarnbrook: table.Analysis) -> None:
    grids = contents(tarnbrook, Grid)
    assert [grid.name for grid in grids] == ["lines", "meetings", "challenges", "skipped"]
    for made, grid in zip(word.tables[1:], grids, strict=True):
        assert rows(made)[0] == [column.heading for column in grid.columns]
        assert rows(made)[1:] == [
            [cells.said(value, column.kind) for value, column in zip(row, grid.columns, strict=True)] for row in grid.rows
        ]


def test_the_published_lines_stand_with_their_sources(word: Any) -> None:
    assert [row[:3] for row in rows(word.tables[1])[1:]] == [
        ["20%", "agenda items", "ICSA, Mapping the gap, 2011"],
        ["25%", "meeting time", "IHI, Boards on Board, 2008; Vaughn and others, 2006"],
        ["30%", "board time, self-reported", "Mannion and others, 2016, survey of English acute trusts"],
    ]


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn(word: Any) -> None:
    for made in word.tables[1:]:
        assert made.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for made in word.tables for row in made.rows)


def test_three_charts_say_their_finding_in_caption_and_alt_text(word: Any, tarnbrook: table.Analysis) -> None:
    figures = contents(tarnbrook, Figure)
    assert [figure.name for figure in figures] == ["w62", "trend", "balance"]
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert described == [f"Chart: {figure.title}. {figure.note} {figure.key}" for figure in figures]
    assert all(figure.title in texts(word, "Caption") for figure in figures)


def test_charts_are_drawn_at_twice_their_width_with_ink_where_their_words_are(written: Path) -> None:
    with zipfile.ZipFile(written / "report.docx") as parts:
        pictures = [Image.open(io.BytesIO(parts.read(name))).convert("L") for name in parts.namelist() if name.endswith(".png")]
    assert len(pictures) == 3
    for picture in pictures:
        assert 1400 < picture.width < 1640
        assert sum(value < 100 for value in picture.crop((0, 0, picture.width // 4, picture.height)).tobytes()) > 100


def test_three_quotations_stand_word_for_word_with_paper_item_page_and_file(word: Any, tarnbrook: table.Analysis) -> None:
    assert texts(word, "Quote") == [
        "A challenge on quality: “Mr Okonjo asked what evidence there was that the lessons from the never event had reached theatres at "
        "Selby.” (Minutes, 23 May 2024, 1 Quality and safety report, page 1, Minutes 2024-05-23.pdf)",
        "A challenge on sustainability (finance): “Ms Farrar challenged whether savings of £14m could be found without touching nursing "
        "posts.” (Minutes, 23 May 2024, 2 Finance report, page 2, Minutes 2024-05-23.pdf)",
        "Improving quality: “The ward teams on Alder and Birch are testing a new bedside handover, changing one thing at a time.” "
        "(Minutes, 23 May 2024, 1 Quality and safety report, page 1, Minutes 2024-05-23.pdf)",
    ]
    held = set(tarnbrook.facts["sentences"]["text"])
    assert all(one.text in held for one in quotations.best(tarnbrook))


def test_no_challenge_is_quoted_that_the_report_does_not_count(tarnbrook: table.Analysis) -> None:
    none = dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "challenge": tarnbrook.measures["challenge"].iloc[:0]})
    assert [one.about for one in quotations.best(none)] == ["Improving quality"]


def test_quotations_come_from_different_meetings_where_there_is_a_choice(tarnbrook: table.Analysis) -> None:
    fresh = dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "carried": tarnbrook.measures["carried"].iloc[:0]})
    days = [re.search(r"Minutes, (\d+ \w+ \d+)", one.reference) for one in quotations.best(fresh)]
    assert len({day[1] for day in days if day}) == 3


def test_without_a_sentence_that_stands_alone_it_says_so(tarnbrook: table.Analysis, tmp_path: Path) -> None:
    sentences = tarnbrook.facts["sentences"].assign(text="Noted.")
    docx.write(dataclasses.replace(tarnbrook, facts={**tarnbrook.facts, "sentences": sentences}), tmp_path / "r.docx")
    found = python_docx.Document(str(tmp_path / "r.docx"))
    assert texts(found, "Quote") == []
    assert "No sentence stands alone well enough to be quoted." in texts(found, "Normal")


def test_the_recommendation_invites_and_concludes_nothing(word: Any) -> None:
    lines = texts(word, "List Number")
    assert lines[0] == (
        "note that quality took 20% (12 to 31) of recorded attention in the minutes of six meetings, "
        "which is documentary evidence and not a rating;"
    )
    assert [line.split()[0] for line in lines] == ["note", "note", "consider", "consider", "consider"]
    whole = " ".join(lines)
    assert not re.search(r"\b(must|should|fails?|breach|approve|compliant|inadequate|poor|good)\b", whole)


def test_too_little_text_gives_a_paper_that_says_so_in_place_of_a_share(tarnbrook: table.Analysis, tmp_path: Path) -> None:
    empty = tarnbrook.measures["attention"].assign(share=None, low=None, high=None, verdict="too little text")
    docx.write(dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "attention": empty}), tmp_path / "r.docx")
    found = python_docx.Document(str(tmp_path / "r.docx"))
    assert texts(found, "Heading") == HEADINGS
    said = "These papers hold too little text to say what share of recorded attention quality took."
    assert texts(found, "List Bullet")[0] == f"Quality. {said}"
    assert texts(found, "List Number")[0].startswith("note that the papers hold too little text, which is")
    assert len(found.inline_shapes) == 1


def test_of_many_meetings_the_last_eight_stand_in_the_table_and_it_says_so(tmp_path: Path) -> None:
    days = tuple(f"20{year}-{month:02d}-15" for year in (23, 24) for month in (1, 3, 5, 7, 9, 11))
    docx.write(invented.analysis(repeat=2, days=days), tmp_path / "r.docx")
    found = python_docx.Document(str(tmp_path / "r.docx"))
    assert [row[0] for row in rows(found.tables[2])[1:]] == [words.day(day) for day in days[-8:]]
    assert any(text.startswith("The last 8 of 12 meetings. report.xlsx holds them all.") for text in texts(found, "Normal"))


def test_it_is_written_in_british_english_and_in_arial_alone(written: Path) -> None:
    with zipfile.ZipFile(written / "report.docx") as parts:
        styles, settings, body = (parts.read(f"word/{name}.xml").decode() for name in ("styles", "settings", "document"))
    assert re.search(r'<w:docDefaults>.*?<w:lang w:val="en-GB"', styles, re.DOTALL)
    assert '<w:themeFontLang w:val="en-GB"' in settings
    used = {"Normal", *re.findall(r'<w:pStyle w:val="([^"]+)"', body)}
    for style in used:
        found = re.search(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.DOTALL)
        assert found and 'w:ascii="Arial"' in found[0] and "Theme=" not in found[0], style


def test_it_shows_no_identity_of_the_nhs(written: Path) -> None:
    with zipfile.ZipFile(written / "report.docx") as parts:
        whole = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert not re.search("005EB8|Frutiger|thumbnail", whole, re.IGNORECASE)


def test_the_same_analysis_gives_the_same_bytes_whatever_the_day(
    written: Path, tarnbrook: table.Analysis, tmp_path: Path, word: Any
) -> None:
    docx.write(tarnbrook, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == (written / "report.docx").read_bytes()
    with zipfile.ZipFile(written / "report.docx") as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    held = word.core_properties
    assert held.created == held.modified == datetime(2025, 6, 2, tzinfo=UTC)
    assert (held.author, held.language, held.title) == (
        "wellled",
        "en-GB",
        f"Quality and sustainability in the Board's papers: {invented.TRUST}",
    )


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper on papers whose trust, file names and reasons mean harm."""
    made = invented.analysis(
        repeat=4, extra=[invented.HOSTILE], organisation=f"<img src=x onerror=alert(1)> \u202eTrust\x00 {'w' * 10_000}"
    )
    skipped = made.facts["skipped"].copy()
    skipped.loc[0, ["path", "reason"]] = [f"a\x07{'z' * 10_000}.pdf", f"\x00\u202e =1+1 {'x' * 10_000} مرحبا \u2066"]
    path = tmp_path_factory.mktemp("harmful") / "report.docx"
    docx.write(dataclasses.replace(made, facts={**made.facts, "skipped": skipped}), path)
    return path


def test_hostile_text_is_text_and_is_cut_to_what_a_paper_can_hold(harmful: Path) -> None:
    found = python_docx.Document(str(harmful))
    assert texts(found, "Subtitle")[0].startswith("<img src=x onerror=alert(1)> Trust www")
    assert len(texts(found, "Subtitle")[0]) == 120 and texts(found, "Subtitle")[0].endswith("…")
    file, _, reason = rows(found.tables[-1])[1]
    assert file.startswith("azzz") and len(file) == 300 and reason.startswith("=1+1 xxx") and len(reason) == 300
    with zipfile.ZipFile(harmful) as parts:
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", parts.read("word/document.xml").decode())


@pytest.mark.slow
def test_hostile_text_opens_in_libreoffice(harmful: Path, tmp_path: Path) -> None:
    assert len(as_pdf(harmful, tmp_path)) <= 5


@pytest.mark.slow
def test_a_year_of_minutes_takes_four_pages_with_every_chart_and_its_foot(scanned: Path, tmp_path: Path) -> None:
    analysis = output.load(scanned)
    docx.write(analysis, tmp_path / "report.docx")
    made = as_pdf(tmp_path / "report.docx", tmp_path)
    assert len(made) == 4
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in made]
    assert [f"Page {number} of 4" in page for number, page in enumerate(pages, 1)] == [True] * 4
    assert headline.sentence(analysis) in pages[0]
    assert sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for page in made for one in page.get_objects()) == 3
