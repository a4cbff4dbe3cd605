"""Settings for tests that need no fine chances: fewer arrangements are drawn."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("settings") / "wellled.toml"
    path.write_text("[compare]\ndraws = 199\ndraws_most = 199\n", encoding="utf-8")
    return path
