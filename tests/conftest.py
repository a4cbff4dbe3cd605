"""Settings and fixtures for all tests; nothing here is random and nothing reaches the network."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from wellled_nlp.cli import main

settings.register_profile("project", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("project")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


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
