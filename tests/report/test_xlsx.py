import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from wellled_nlp import table
from wellled_nlp.report import sections, sheets, xlsx
from wellled_nlp.report.contents import Absent, Estimate, Grid, Link, Rate, Section
from wellled_nlp.report.sections import (
    acts,
    agenda,
    attention,
    balance,
    challenge,
    frameworks,
    gaps,
    logs,
    method,
    paper_charts,
    planning,
    reading,
    summary,
    themes,
    uncertainty,
    w62,
)

SHEETS = {
    "Summary": summary.section,
    "W6.2": w62.section,
    "By meeting": attention.by_meeting,
    "By domain": attention.by_domain,
    "Uncertainty": uncertainty.section,
    "Balance": balance.section,
    "Gaps": gaps.section,
    "Challenge": challenge.section,
    "Agenda": agenda.section,
    "Charts in papers": paper_charts.section,
    "Themes": themes.by_theme,
    "Prompts": themes.by_prompt,
    "Frameworks": frameworks.section,
    "Acts": acts.section,
    "Action logs": logs.section,
    "Actions and decisions": acts.actions,
    "Signals and risks": planning.section,
    "Read and not read": reading.section,
    "Doubts": reading.doubts,
    "Method": method.section,
    "Provenance": method.provenance,
}


@pytest.fixture(scope="module")
def book(written: Path) -> Any:
    return openpyxl.load_workbook(written / "report.xlsx")


def cells(book: Any, sheet: str, name: str) -> list[list[object]]:
    """The cells of the named table, without its headings."""
    held = book[sheet].tables["T_" + re.sub(r"\W", "_", name)]
    return [[cell.value for cell in row] for row in book[sheet][held.ref]][1:]


def expected(value: object) -> object:
    if isinstance(value, Link):
        value = value.value
    if isinstance(value, Rate):
        value = value.value
    if isinstance(value, Estimate):
        value = value.share
    if isinstance(value, Absent):
        value = value.text
    if value is None or value is pd.NA or value == "":
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
    return value


def same(found: object, want: object) -> bool:
    """Equal, numbers to the 16 digits that the format keeps."""
    return found == (pytest.approx(want, rel=1e-14, abs=0) if isinstance(want, float) else want)


def grids(section: Section) -> list[Grid]:
    return [*(figure.grid for figure in section.figures), *section.grids]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_cell_of_a_section_is_that_of_the_tables(book: Any, tarnbrook: table.Analysis, sheet: str) -> None:
    for grid in grids(SHEETS[sheet](tarnbrook)):
        if grid.rows:
            found = cells(book, sheet, grid.name)
            assert len(found) == len(grid.rows)
            for row, want in zip(found, grid.rows, strict=True):
                assert all(same(cell, expected(value)) for cell, value in zip(row, want, strict=True)), (row, want)


def test_every_section_of_the_page_has_its_sheet(book: Any) -> None:
    assert set(SHEETS.values()) == {*sections.SECTIONS, *sections.CLOSING}
    assert book.sheetnames[0] == "Cover" and {*SHEETS, "Attention", "Evidence", "Codebook"} <= set(book.sheetnames)


def test_the_attention_sheet_holds_the_whole_measure(book: Any, tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["attention"]
    found = cells(book, "Attention", "attention")
    assert len(found) == len(frame)
    for row, want in zip(found, frame.itertuples(index=False), strict=True):
        assert all(same(cell, None if pd.isna(value) else value) for cell, value in zip(row, want, strict=True)), (row, want)


def test_the_evidence_holds_every_sentence_with_its_place_and_labels(book: Any, tarnbrook: table.Analysis) -> None:
    rows = cells(book, "Evidence", "evidence")
    sentences, labels = tarnbrook.facts["sentences"], tarnbrook.facts["labels"]
    assert [row[6] for row in rows] == sentences["text"].tolist()
    assert [row[5] for row in rows] == sentences["page"].tolist()
    domains = labels[(labels["facet"] == "domain") & labels["assigned"]]
    assert [str(row[12]).lower() for row in rows] == domains["code"].tolist()
    assert [row[13] for row in rows] == domains["score"].tolist()
    both = next(row for row in rows if str(row[6]).startswith("Learning from the 11 deaths"))
    assert both[7:9] == ["W8", "W8.3; W8.4"]


def test_the_evidence_leads_to_the_paper_and_to_the_row_in_the_report(book: Any) -> None:
    row = cells(book, "Evidence", "evidence")[4]
    assert row[18] == '=HYPERLINK("../papers/Minutes%202024-05-23.pdf#page=1","Open")'
    assert row[19] == '=HYPERLINK("report.html#evidence?row=4","See")'


def test_long_tables_have_filters_and_a_frozen_head(book: Any) -> None:
    sheet = book["Evidence"]
    assert sheet.tables["T_evidence"].autoFilter is not None
    assert sheet.freeze_panes == "B5"
    assert [cell.value for cell in sheet[4]][:7] == ["Row", "Kind", "Meeting", "File", "Item", "Page", "Sentence"]


def test_text_from_papers_is_never_a_formula(hostile: table.Analysis, tmp_path: Path) -> None:
    xlsx.write(hostile, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    rows = cells(book, "Evidence", "evidence")
    texts = [row[6] for row in rows]
    assert {"=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"} <= set(texts)
    assert next(one for one in texts if str(one).startswith("<script>")).endswith("مرحبا")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as parts:
        formulas = [
            one
            for name in parts.namelist()
            if name.startswith("xl/worksheets/sheet")
            for one in re.findall(r"<f>([^<]*)</f>", parts.read(name).decode())
        ]
    assert formulas and all(
        re.fullmatch(r'HYPERLINK\("(\.\./papers/|report\.html#)[^"]*","(Open|See)"\)', one.replace("&quot;", '"')) for one in formulas
    )


def test_a_cell_never_holds_more_than_excel_allows() -> None:
    assert len(sheets.limited("x" * 40_000)) == 32_767 and sheets.limited("x" * 40_000).endswith(" … cut")


def test_every_chart_says_its_finding_in_its_alt_text(written: Path, tarnbrook: table.Analysis) -> None:
    with zipfile.ZipFile(written / "report.xlsx") as parts:
        drawings = "".join(parts.read(name).decode() for name in parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    described = re.findall(r'descr="([^"]*)"', drawings)
    figures = [figure for section in SHEETS.values() for figure in section(tarnbrook).figures]
    assert len(described) == len(figures) >= 11
    assert all(any(figure.title.replace("'", "&apos;") in one or figure.title in one for one in described) for figure in figures)


def test_the_same_analysis_gives_the_same_bytes_whatever_the_day(tarnbrook: table.Analysis, written: Path, tmp_path: Path) -> None:
    xlsx.write(tarnbrook, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (written / "report.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "again.xlsx").properties.created == datetime(2025, 6, 2)


def test_nothing_is_merged_or_hidden(book: Any) -> None:
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert all(sheet.sheet_state == "visible" for sheet in book)


@pytest.mark.slow
def test_libreoffice_opens_the_workbook_and_reads_the_same_figures(written: Path, tmp_path: Path, tarnbrook: table.Analysis) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(written / "report.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    subprocess.run(
        [*command[:4], "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "report.ods")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    again = openpyxl.load_workbook(tmp_path / "report.xlsx")
    want = [row[1] for row in grids(attention.by_meeting(tarnbrook))[0].rows]
    column = [cell.value for cell in again["By meeting"]["B"]]
    assert [value for value in column if isinstance(value, float)][: len(want)] == pytest.approx(want)
