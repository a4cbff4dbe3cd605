from pathlib import Path

import pytest

from wellled_nlp import report, table
from wellled_nlp.errors import InputError, OutputError


def test_each_format_gives_one_file_of_its_name_and_nothing_half_written(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == ["annotated", "report.docx", "report.html", "report.xlsx"]


def test_an_unknown_format_is_refused_before_anything_is_written(tarnbrook: table.Analysis, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no report format 'odt'") as caught:
        report.write(tarnbrook, tmp_path, ["html", "odt"])
    assert caught.value.hint == "Formats: html, xlsx, docx, pdf."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_that_names_the_file(tarnbrook: table.Analysis, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="report.html cannot be written"):
        report.write(tarnbrook, tmp_path / "gone", ["html"])
