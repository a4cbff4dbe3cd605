"""What a reader of the page and the workbook gets."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.compare import worlds
from tests.report import axe
from wellled_nlp.compare import Comparison, Request, compare

HOSTILE = '<script>alert("x")</script> =HYPERLINK("http://evil.example") \u202eTrust'
ELSEWHERE = ("Coldbeck", "Dunmere", "Eastfold", "Fernhill")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, quick: Path) -> tuple[Comparison, Path]:
    """Six trusts, of which one has a name that means harm and one a low share of quality."""
    folder = tmp_path_factory.mktemp("six")
    names = [HOSTILE, *(f"{name} NHS Trust" for name in ELSEWHERE)]
    trusts = [worlds.Trust(name, 8) for name in names] + [worlds.Trust("Brackenmoor NHS Trust", 9, quality=0.04)]
    made = worlds.library(folder / "library", trusts, 2)
    return compare(Request((made,), "organisation", folder / "out", config=quick)), folder / "out"


class Reader(HTMLParser):
    """Headings, tables without caption, charts without words, and elements that ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tables, self.captions, self.charts, self.unnamed, self.scripts = 0, 0, 0, 0, 0
        self.asked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.scripts += tag == "script"
        if held.get("role") == "img":
            self.charts += 1
            self.unnamed += not (held.get("aria-label") or "").startswith("Chart: ")
        self.asked += [value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")]


def test_the_page_is_whole_accessible_and_asks_for_nothing(written: tuple[Comparison, Path]) -> None:
    page = Reader((written[1] / "compare.html").read_text(encoding="utf-8"))
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert page.tables == page.captions > 20
    assert (page.charts > 10, page.unnamed, page.scripts, page.asked) == (True, 0, 0, [])


def test_a_name_that_means_harm_is_shown_and_does_nothing(written: tuple[Comparison, Path]) -> None:
    text = (written[1] / "compare.html").read_text(encoding="utf-8")
    assert "<script" not in text and "\u202e" not in text
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; =HYPERLINK(" in text


def test_no_group_is_ranked(written: tuple[Comparison, Path]) -> None:
    found, _ = written
    assert found.groups == sorted(found.groups)
    for _, rows in found.tables["shares"].groupby(["measure", "code"]):
        assert rows["group"].tolist() == found.groups


def test_six_groups_have_funnels_and_the_planted_one_lies_outside(written: tuple[Comparison, Path]) -> None:
    found, folder = written
    quality = found.tables["funnel"].query("code == 'quality'").set_index("group")["position"]
    assert quality["Brackenmoor NHS Trust"] != "inside"
    assert set(quality.drop("Brackenmoor NHS Trust")) == {"inside"}
    assert "Quality: Brackenmoor NHS Trust lies outside the limits" in (folder / "compare.html").read_text(encoding="utf-8")


def test_the_workbook_opens_with_a_sheet_a_section_and_no_formula(written: tuple[Comparison, Path]) -> None:
    book = openpyxl.load_workbook(written[1] / "compare.xlsx")
    assert book.sheetnames[:3] == ["What stands out", "Recorded attention by domain", "Assurance and improvement"]
    assert book.sheetnames[-2:] == ["Method and limits", "Provenance"]
    assert [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert len(book["Recorded attention by domain"]._charts) >= 1


def test_the_same_comparison_gives_the_same_bytes(written: tuple[Comparison, Path], quick: Path, tmp_path: Path) -> None:
    _, folder = written
    compare(Request((folder.parent / "library",), "organisation", folder, config=quick))
    for name in ("compare.html", "compare.xlsx", "reproduce.json"):
        before = (folder / name).read_bytes()
        compare(Request((folder.parent / "library",), "organisation", folder, config=quick))
        assert (folder / name).read_bytes() == before


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_no_width_makes_the_page_scroll_sideways(browser: Any, written: tuple[Comparison, Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((written[1] / "compare.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


@pytest.mark.browser
def test_axe_finds_no_fault_in_a_comparison(browser: Any, written: tuple[Comparison, Path]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((written[1] / "compare.html").as_uri())
    assert axe.faults(page) == []
    page.close()
