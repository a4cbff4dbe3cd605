"""What is built is what works: the wheel holds the data and the models, and scans from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIXED = {"wellled_nlp", "models", "corpora", "tests", "cli.py", "pyproject.toml", "Makefile"}
BESIDE = {"README.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE", "CITATION.cff", "constraints.txt", "docs", ".ci", ".gitignore"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
        cwd=out,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_module_data_file_and_model_and_no_launcher(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("wellled-")}
    tracked = subprocess.run(["git", "ls-files", "wellled_nlp", "models"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    expected = {name if name.startswith("wellled_nlp/") else f"wellled_nlp/{name}" for name in tracked.stdout.split("\n") if name}
    assert expected <= names
    assert {name for name in names if not name.startswith("wellled_nlp/")} == set()


def test_an_installed_wellled_scans_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)], check=True, capture_output=True
    )
    script = "import wellled_nlp, sys; from wellled_nlp.cli import main; print(wellled_nlp.__file__); main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "scan", str(ROOT / "corpora" / "samples" / "minutes-2024-07-25.pdf"), "--out", "report"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
    assert (elsewhere / "report" / "report.html").is_file()


def test_the_top_level_is_as_it_was_laid_out() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    assert {name.split("/")[0] for name in tracked.stdout.split("\n") if name} <= FIXED | BESIDE
