"""Links of the evidence in a browser: which paper opens, at which page, and that the sentence is seen there."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest

from tests.report import reader

pytestmark = pytest.mark.browser
# How often the window is looked at, a second apart, before the page is taken for missing.
LOOKS = 45


def test_a_sentence_opens_its_paper_at_its_page(page: Any) -> None:
    reader.choose(page, document="6", domain="finance")
    link = page.locator("#sentences tbody a").first
    assert link.get_attribute("href") == "../papers/Pack%20%233%20November.pdf#page=9"
    assert link.get_attribute("rel") == "noopener"
    assert link.inner_text() == "page 9"


@pytest.mark.parametrize("label", ["Minutes, 27 Mar 2025", "Board pack, 30 Jan 2025", "Quality account"])
def test_an_evidence_link_opens_the_page_of_the_paper_that_holds_the_sentence(
    browser: Any, scanned: Path, samples: Path, label: str
) -> None:
    """With real papers: click, see which file opens at which page, and find the sentence printed on that page."""
    page = reader.opened(browser, (scanned / "report.html").as_uri())
    paper = page.evaluate(
        "label => [...document.querySelector('#f-document').options].find(one => one.text.startsWith(label)).value", label
    )
    reader.choose(page, document=paper, q="the")
    page.click("#later")
    row = page.locator("#sentences tbody tr").nth(20)
    sentence, shown = row.locator(".quote").inner_text(), row.locator("a").first.inner_text()
    with page.context.expect_page() as waiting:
        row.locator("a").first.click()
    address = urlsplit(waiting.value.url)
    file, place = Path(unquote(address.path)), int(address.fragment.removeprefix("page="))
    assert (address.scheme, file.parent, file.suffix, shown) == ("file", samples, ".pdf", f"page {place}")
    printed = pypdfium2.PdfDocument(file)[place - 1].get_textpage().get_text_range()
    assert letters(sentence)[:40] in letters(printed)
    page.context.close()


@pytest.mark.slow
def test_the_browser_shows_the_page_that_a_link_leads_to(browser: Any, scanned: Path) -> None:
    """By eye: the words that tesseract reads from the browser's window after the click are those of the sentence."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not on this machine")
    page = reader.opened(browser, (scanned / "report.html").as_uri(), viewport={"width": 1000, "height": 1400}, device_scale_factor=2)
    paper = page.evaluate("[...document.querySelector('#f-document').options].find(one => one.text.startsWith('Minutes, 25 Jul')).value")
    reader.choose(page, document=paper, act="challenge")
    row = page.locator("#sentences tbody tr").first
    sentence = row.locator(".quote").inner_text()
    with page.context.expect_page() as waiting:
        row.locator("a").first.click()
    wanted = set(re.findall(r"[a-z]{4,}", sentence.lower()))
    for _ in range(LOOKS):  # the viewer draws its page some time after the window has opened
        waiting.value.wait_for_timeout(1000)
        picture = waiting.value.screenshot()
        read = subprocess.run(["tesseract", "-", "-", "--psm", "11"], input=picture, capture_output=True, check=True).stdout.decode()
        if len(wanted & set(re.findall(r"[a-z]{4,}", read.lower()))) >= 0.8 * len(wanted):
            break
    else:
        raise AssertionError((sentence, read))
    page.context.close()


def letters(text: str) -> str:
    """The letters and digits alone: line breaks and hyphens of the printed page do not count."""
    return re.sub(r"\W", "", text)
