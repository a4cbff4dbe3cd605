"""One invented analysis for all tests of reports."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report import invented, reader
from wellled_nlp import report, table


@pytest.fixture(scope="session")
def tarnbrook() -> table.Analysis:
    return invented.analysis(repeat=4)


@pytest.fixture(scope="session")
def hostile() -> table.Analysis:
    """The same papers with sentences, an organisation, gaps, challenges and actions that mean harm."""
    made = invented.analysis(
        repeat=4,
        extra=[invented.HOSTILE, "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"],
        organisation="<img src=x onerror=alert(1)> Trust",
    )
    return invented.with_hostile_measures(made)


@pytest.fixture(scope="session")
def written(tarnbrook: table.Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of the invented trust in every format, and one of its papers."""
    folder = tmp_path_factory.mktemp("scan") / "report"
    folder.mkdir()
    report.write(tarnbrook, folder, list(report.WRITERS))
    return folder


@pytest.fixture
def page(browser: Any, written: Path) -> Iterator[Any]:
    """The report of the invented trust, open."""
    made = reader.opened(browser, (written / "report.html").as_uri())
    yield made
    made.context.close()
