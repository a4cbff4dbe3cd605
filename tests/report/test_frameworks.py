"""A framework of a trust's own, given by path, in the tables, the workbook and the browser: no Python names it."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tests.report import axe, reader
from wellled_nlp import output, table
from wellled_nlp.cli import main
from wellled_nlp.report import facets
from wellled_nlp.report.contents import Link
from wellled_nlp.report.sections import frameworks

OWN = """
id = "our-promise-2026"
name = "our-promise"
title = "Our promise to patients"
publisher = "Marlow Vale NHS Trust"
maximum = 2
parent_name = "our-promise-part"
scored_by = ["crosswalk", "lexicon"]
from = "kloe-2017"
crosswalk = "links.csv"
lexicon = "words.csv"
parent = [{ id = "A", title = "Hearing" }, { id = "B", title = "Caring" }]
code = [
  { id = "P1", title = "We listen", parent = "A" },
  { id = "P2", title = "We keep people safe", parent = "B" },
  { id = "P3", title = "We grow fruit", parent = "B" },
]
"""


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of one sample paper with the framework."""
    made = tmp_path_factory.mktemp("own")
    (made / "own.toml").write_text(OWN, encoding="utf-8")
    (made / "links.csv").write_text("from,to,weight,reason\nW7.1,P1,primary,views gathered\nW8.3,P2,primary,learning\n", encoding="utf-8")
    (made / "words.csv").write_text("code,term,kind,weight,note\nP2,falls,phrase,1,\nP3,orchard*,phrase,1,\n", encoding="utf-8")
    asked = ["scan", str(samples / "minutes-2024-07-25.pdf"), "--out", str(made / "out"), "--framework", str(made / "own.toml")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    return made / "out"


@pytest.fixture(scope="module")
def analysis(folder: Path) -> table.Analysis:
    return output.load(folder)


def count(analysis: table.Analysis, facet: str, code: str) -> int:
    labels = analysis.facts["labels"]
    return int(((labels["facet"] == facet) & (labels["code"] == code) & labels["assigned"]).sum())


def test_its_facets_are_known_from_the_table_of_codes(analysis: table.Analysis) -> None:
    asked = {one.name: one for one in facets.of(analysis)}
    assert list(asked) == ["themes", "prompts", "language", "domain", "act", "nqb-quality", "our-promise-part", "our-promise"]
    assert [one.name for one in asked.values() if one.added] == ["nqb-quality", "our-promise-part", "our-promise"]
    assert (asked["our-promise"].heading, asked["our-promise"].shown("P1")) == ("Our promise", "P1 We listen")
    assert asked["nqb-quality"].shown("planning") == "Quality planning"


def test_the_section_shows_its_codes_under_their_parents_and_the_parents_by_meeting(analysis: table.Analysis) -> None:
    made = frameworks.section(analysis)
    assert "Our promise to patients: evidence for 2 of 3 codes." in made.lead[0]
    codes, heat = made.grids[-2:]
    assert [row[:2] for row in codes.rows] == [
        ("A Hearing", "P1 We listen"),
        ("B Caring", "P2 We keep people safe"),
        ("B Caring", "P3 We grow fruit"),
    ]
    assert isinstance(codes.rows[1][2], Link) and codes.rows[1][2].address == "#evidence?our-promise=P2"
    assert codes.rows[2][2] == 0
    assert heat.heat and [row[0] for row in heat.rows] == ["A Hearing", "B Caring"]
    assert [column.heading for column in heat.columns] == ["Group", "25 Jul 2024"]


def test_the_workbook_has_its_columns_and_its_codes(folder: Path, analysis: table.Analysis) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    heads = [column.name for column in book["Evidence"].tables["T_evidence"].tableColumns]
    assert heads[-7:-4] == ["Our promise part", "Our promise", "Our promise: scores"]
    place = heads.index("Our promise") + 1
    cells = [book["Evidence"].cell(row, place).value for row in range(1, book["Evidence"].max_row + 1)]
    assert sum("P2" in str(cell) for cell in cells if cell) == count(analysis, "our-promise", "P2") > 0
    assert any(cell.value == "We grow fruit" for row in book["Codebook"].iter_rows() for cell in row)


@pytest.mark.browser
def test_a_reader_filters_by_it_shares_the_view_and_downloads_it(
    browser: Any, folder: Path, analysis: table.Analysis, tmp_path: Path
) -> None:
    page = reader.opened(browser, (folder / "report.html").as_uri())
    page.click("#t-framework-2 a[href='#evidence?our-promise=P2']")
    page.wait_for_selector("#h-evidence:focus")
    wanted = count(analysis, "our-promise", "P2")
    assert page.inner_text("#status").startswith(f"{wanted} of ")
    assert "P2 We keep people safe" in page.inner_text("#sentences tbody")
    assert reader.choose(page, q="falls") and page.evaluate("location.hash") == "#evidence?q=falls&our-promise=P2"
    page.locator("#sentences tbody summary").first.click()
    assert "“falls” speaks for our-promise: P2" in page.inner_text("#sentences tbody")
    reader.choose(page, q="")
    with page.expect_download() as waiting:
        page.click("#download")
    waiting.value.save_as(tmp_path / "evidence.csv")
    rows = list(csv.DictReader((tmp_path / "evidence.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == wanted and all("P2" in row["our-promise"] for row in rows)
    assert reader.choose(page, **{"our-promise": "(none)"}).split(" of ")[0] != "0"
    assert page.said == [] and axe.faults(page) == []
    page.context.close()
