"""The profile's page in a browser: the rules of accessibility, no requests, no faults, and no scrolling aside."""

from pathlib import Path
from typing import Any

import pytest

from tests.report import axe
from wellled_nlp import profile

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(scanned: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("profile") / "out"
    profile.write(profile.Request((scanned,), out, sector="acute", formats=("html",)))
    return (out / "profile.html").as_uri()


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_breaks_no_rule_of_accessibility_and_fits_the_screen(browser: Any, address: str, width: int) -> None:
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert asked == [address]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe.faults(page) == []
    context.close()
