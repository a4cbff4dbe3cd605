"""The page in a browser, opened from the disk as a reader would: filters, views, copies, downloads, keyboard, print."""

import csv
import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.report import invented, reader
from wellled_nlp import report, table

pytestmark = pytest.mark.browser


def test_it_opens_offline_asks_for_nothing_but_itself_and_complains_of_nothing(page: Any, written: Path) -> None:
    assert page.asked == [(written / "report.html").as_uri()]
    assert page.said == []
    assert page.title() == f"Recorded attention: {invented.TRUST}"


def test_it_shows_all_sentences_fifty_at_a_time(page: Any, tarnbrook: table.Analysis) -> None:
    total = len(tarnbrook.facts["sentences"])
    assert page.inner_text("#status") == f"All {total} sentences"
    assert page.locator("#sentences tbody tr").count() == 50
    page.click("#later")
    assert page.inner_text("#place") == f"51 to 100 of {total}"
    assert page.evaluate("location.hash") == "#evidence?from=51"


LABELS = [
    ("themes", "W8"),
    ("prompts", "W8.2"),
    ("domain", "finance"),
    ("language", "both"),
    ("act", "challenge"),
]


@pytest.mark.parametrize(("facet", "code"), LABELS)
def test_a_label_filters_to_the_sentences_that_have_it(page: Any, tarnbrook: table.Analysis, facet: str, code: str) -> None:
    assert reader.choose(page, **{facet: code}).startswith(f"{reader.labelled(tarnbrook, facet, code)} of ")


def test_the_lowest_score_is_asked_of_the_label_that_is_chosen(page: Any, tarnbrook: table.Analysis) -> None:
    reader.choose(page, domain="finance")
    assert reader.choose(page, score="80").startswith(f"{reader.labelled(tarnbrook, 'domain', 'finance', 0.8)} of ")


def test_meeting_and_paper_filter_together(page: Any, tarnbrook: table.Analysis) -> None:
    sentences = tarnbrook.facts["sentences"]
    minutes, pack = (int((sentences["document_id"] == name).sum()) for name in ("m3", "pack"))
    assert reader.choose(page, meeting="2024-11-28").startswith(f"{minutes + pack} of ")
    assert reader.choose(page, document="6").startswith(f"{pack} of ")


def test_repeated_text_can_be_left_aside(page: Any, tarnbrook: table.Analysis) -> None:
    total, repeated = len(tarnbrook.facts["sentences"]), len(tarnbrook.measures["carried"])
    assert reader.choose(page, text="repeated").startswith(f"{repeated} of ")
    assert reader.choose(page, text="new").startswith(f"{total - repeated} of ")


def test_words_must_all_occur_and_a_phrase_as_it_stands(page: Any, tarnbrook: table.Analysis) -> None:
    texts = tarnbrook.facts["sentences"]["text"].str.lower()
    assert reader.choose(page, q="COMMITTEE took").startswith(f"{(texts.str.contains('committee') & texts.str.contains('took')).sum()} of ")
    assert page.locator("#sentences mark").first.inner_text() == "Committee"
    assert reader.choose(page, q='"committee took"').startswith(f"{texts.str.contains('committee took').sum()} of ")
    assert reader.choose(page, q="no such words").startswith("0 of ")
    assert "Nothing found" in page.inner_text("#place")


def test_a_prompts_number_leads_to_its_sentences_and_the_focus_follows(page: Any, tarnbrook: table.Analysis) -> None:
    page.click("#t-prompts a[href='#evidence?prompts=W8.2']")
    page.wait_for_selector("#h-evidence:focus")
    assert page.inner_text("#status").startswith(f"{reader.labelled(tarnbrook, 'prompts', 'W8.2')} of ")
    assert page.locator("#filters [name=prompts]").input_value() == "W8.2"


def test_a_view_is_shared_by_its_address(browser: Any, written: Path, page: Any) -> None:
    reader.choose(page, themes="W8", q="handover")
    address = page.evaluate("location.href")
    assert address.endswith("#evidence?q=handover&themes=W8")
    page.click("#share")
    assert page.evaluate("navigator.clipboard.readText()") == address
    other = reader.opened(browser, address)
    assert other.inner_text("#status") == page.inner_text("#status")
    assert other.locator("#q").input_value() == "handover"
    other.context.close()


def test_one_row_can_be_led_to_from_the_workbook(browser: Any, written: Path) -> None:
    page = reader.opened(browser, f"{(written / 'report.html').as_uri()}#evidence?row=4")
    assert page.locator("#sentences tbody tr").count() == 1
    assert "Learning from the 11 deaths" in page.inner_text("#sentences tbody")
    page.context.close()


def test_an_indicator_leads_to_its_examples_all_in_one_view(page: Any, tarnbrook: table.Analysis) -> None:
    evidence = tarnbrook.measures["w62"].query("indicator == 'quality-words'")["evidence"].iloc[0].split()
    page.locator("#t-w62-indicators a").first.click()
    page.wait_for_selector("#h-evidence:focus")
    assert page.inner_text("#status").startswith(f"{len(evidence)} of ")
    assert page.evaluate("location.hash").startswith("#evidence?row=")


def test_a_sentence_says_why_it_has_its_labels(page: Any) -> None:
    reader.choose(page, act="challenge")
    row = page.locator("#sentences tbody tr").first
    row.locator("summary").click()
    assert "“asked” speaks for act: challenge" in row.inner_text()
    assert "Before it: " in row.inner_text()


def test_a_quotation_is_copied_with_its_reference(page: Any) -> None:
    page.locator("#sentences button").first.click()
    page.wait_for_selector("#sentences button:text-is('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“Falls with harm fell to 4.1 per 1,000 bed days, within the limits that the committee had set.” "
        "(Minutes, 23 May 2024, 1 Quality and safety report, page 1, Minutes 2024-05-23.pdf)"
    )


def test_the_rows_found_are_downloaded_as_csv(page: Any, tarnbrook: table.Analysis, tmp_path: Path) -> None:
    reader.choose(page, prompts="W8.3")
    with page.expect_download() as waiting:
        page.click("#download")
    waiting.value.save_as(tmp_path / "evidence.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "evidence.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == reader.labelled(tarnbrook, "prompts", "W8.3")
    assert {row["domain"] for row in rows} == {"quality"}
    both = next(row for row in rows if row["sentence"].startswith("Learning"))
    assert (both["prompts"], both["themes"], both["kind"], both["meeting"], both["page"]) == (
        "W8.3; W8.4",
        "W8",
        "Minutes",
        "2024-05-23",
        "1",
    )


def test_hostile_text_is_shown_and_does_nothing(browser: Any, hostile: table.Analysis, tmp_path: Path) -> None:
    report.write(hostile, tmp_path, ["html"])
    page = reader.opened(browser, (tmp_path / "report.html").as_uri(), viewport={"width": 390, "height": 800})
    reader.choose(page, q="<script>alert")
    assert page.inner_text("#sentences .quote").startswith('<script>alert("x")</script> =HYPERLINK("http://evil.example") gnp.exe www')
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with page.expect_download() as waiting:
        page.evaluate("document.getElementById('filters').reset()")
        reader.choose(page, document="7")
        page.click("#download")
    waiting.value.save_as(tmp_path / "evidence.csv")
    cells = [row["sentence"] for row in csv.DictReader(io.StringIO((tmp_path / "evidence.csv").read_text(encoding="utf-8-sig")))]
    assert {"'=1+1", "'+cmd|' /C calc'!A0", "'-2", "'@SUM(A1)"} <= set(cells)
    assert page.said == [] and len(page.asked) == 1
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(browser: Any, written: Path, width: int) -> None:
    page = reader.opened(browser, (written / "report.html").as_uri(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_the_keyboard_reaches_everything_that_can_be_used(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
        if "later" in reached:
            break
    controls = {"q", "f-meeting", "f-document", "f-score", "share", "download", "later"}
    assert controls | {f"f-facet-{number}" for number in range(1, 6)} <= reached


def test_it_prints_as_a_paper_with_its_findings_and_without_its_controls(page: Any, tmp_path: Path) -> None:
    page.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    assert [round(size) for size in document[0].get_size()] == [595, 842]
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert "Quality took 20% (12 to 31) of recorded attention" in " ".join(text.split())
    assert "Copy quotation" not in text and "Lowest score" not in text
    assert len(document) <= 22


def test_an_old_browser_is_told_where_the_sentences_are(browser: Any, written: Path) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto((written / "report.html").as_uri())
    assert "the workbook holds the same sentences" in page.inner_text("#status")
    context.close()
