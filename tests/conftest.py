"""Settings and fixtures for all tests; nothing here is random and nothing reaches the network."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

from wellled_nlp.cli import main

settings.register_profile("project", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("project")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.fixture(scope="session")
def real() -> Path:
    """Real documents that nobody in the project wrote; they stand outside it, and tests on them skip where they are absent."""
    folder = SHARED / "real"
    if not folder.is_dir():
        pytest.skip("the real documents are not on this machine (../shared/real)")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample papers of the invented trust."""
    return ROOT / "corpora" / "samples"


@pytest.fixture(scope="session")
def scanned(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a scan of the sample papers, made once by the command itself."""
    out = tmp_path_factory.mktemp("scan") / "report"
    done = CliRunner().invoke(main, ["scan", str(samples), "--out", str(out), "--jobs", "2"])
    assert done.exit_code == 3, done.output
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a network; skips with the reason where there is none. One a process: a second would find the first one's loop."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()
