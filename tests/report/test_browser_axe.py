"""The rules of accessibility on the report, with friendly and hostile papers."""

from pathlib import Path
from typing import Any

import pytest

from tests.report import axe, reader
from wellled_nlp import report, table

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_fault_under_wcag_2_2_aa(browser: Any, written: Path, width: int) -> None:
    page = reader.opened(browser, (written / "report.html").as_uri(), viewport={"width": width, "height": 800})
    assert axe.faults(page) == []
    page.context.close()


def test_axe_finds_no_fault_in_hostile_papers(browser: Any, hostile: table.Analysis, tmp_path: Path) -> None:
    report.write(hostile, tmp_path, ["html"])
    page = reader.opened(browser, (tmp_path / "report.html").as_uri())
    assert axe.faults(page) == []
    page.context.close()
