"""The commands as a user meets them: what they print, and the exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wellled_nlp.cli import main

ROOT = Path(__file__).parents[1]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_help_lists_the_commands() -> None:
    done = run("--help")
    assert done.exit_code == 0
    assert all(f"  {name} " in done.output for name in ("scan", "show", "explain", "evaluate", "train"))


def test_a_scan_without_a_folder_for_the_report_is_a_usage_error() -> None:
    assert run("scan", "papers").exit_code == 2


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda folder: folder / "nowhere", 2, "There is no file or folder"),
        (lambda folder: folder, 2, "is empty"),
        (lambda folder: _written(folder / "sums.xlsx", b"PK"), 2, "No board papers were found"),
        (lambda folder: _written(folder / "cut.pdf", b"%PDF-1.7\n1 0 obj"), 1, "cut.pdf"),
        (lambda folder: _written(folder / "empty.pdf", b""), 1, "empty.pdf"),
        (lambda folder: _written(folder / "letter.docx", b"not a zip"), 1, "letter.docx"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_is_written(make: object, code: int, said: str, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    done = run("scan", make(papers), "--out", tmp_path / "out")  # type: ignore[operator]
    assert done.exit_code == code, done.output
    assert said in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_one_bad_file_never_stops_a_batch_and_is_named(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "minutes-2024-07-25.pdf", tmp_path)
    shutil.copy(samples / "damaged.pdf", tmp_path)
    done = run("scan", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "Documents read      1" in done.output
    assert "damaged.pdf" in done.output


def test_a_good_scan_ends_with_nought_and_a_second_one_finds_nothing_new(samples: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = run("scan", samples / "minutes-2024-07-25.pdf", "--out", tmp_path / "out", "--quiet")
        assert done.exit_code == 0, done.output
    assert "Nothing new" in done.output
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert sorted(names) == ["analysis.json", "library", "report.html", "report.xlsx", "tables"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes anywhere; run as another user to see this")
def test_a_folder_that_cannot_be_written_is_said_before_anything_is_read(samples: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run("scan", samples, "--out", tmp_path / "out")
    assert (done.exit_code, "cannot be written" in done.output) == (1, True)


def test_an_unknown_setting_names_file_line_and_key(samples: Path, tmp_path: Path) -> None:
    config = _written(tmp_path / "wellled.toml", b"[attention]\nled = 0.3\n")
    done = run("scan", samples, "--out", tmp_path / "out", "--config", config)
    assert done.exit_code == 2
    assert "wellled.toml, line 2: unknown setting 'attention.led'" in done.output


def test_show_prints_what_was_read(samples: Path) -> None:
    done = run("show", samples / "minutes-2024-07-25.pdf")
    assert done.exit_code == 0, done.output
    for said in (
        "minutes",
        "Wrenfold and Marsh Valley NHS Foundation Trust",
        "25 July 2024",
        "60/24",
        "Integrated performance report",
        "Furniture set aside",
    ):
        assert said in done.output


def test_the_launcher_at_the_top_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, ROOT / "cli.py", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("wellled, version ")


def test_whatever_the_jobs_the_tables_are_the_same_to_the_byte(samples: Path, tmp_path: Path, scanned: Path) -> None:
    assert run("scan", samples, "--out", tmp_path / "one", "--jobs", "1").exit_code == 3
    for path in sorted((scanned / "tables").rglob("*.*")):
        assert (tmp_path / "one" / path.relative_to(scanned)).read_bytes() == path.read_bytes(), path.name


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_evaluate_prints_every_facet_with_its_intervals_and_writes_what_was_asked_for(tmp_path: Path) -> None:
    labelled = ROOT / "tests" / "gate" / "sentences.csv"
    done = run("evaluate", labelled, "--json", tmp_path / "figures.json", "--predictions", tmp_path / "given.csv")
    assert done.exit_code == 0, done.output
    assert all(word in done.output for word in ("themes", "assurance F1", "improvement F1", "top3 recall", " to "))
    assert set(json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["facets"]) == {
        "prompts",
        "themes",
        "language",
        "domain",
        "act",
    }
    assert (tmp_path / "given.csv").is_file()


def test_explain_shows_labels_cues_and_words() -> None:
    done = run("explain", "The Committee received limited assurance on complaints.", "--heading", "Quality report")
    assert done.exit_code == 0, done.output
    assert all(word in done.output for word in ("assurance", "Cues:", "limited assurance", "Words that weighed most:"))
