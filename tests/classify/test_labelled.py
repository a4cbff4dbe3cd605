"""Labelled sentences as the codebook writes them."""

from pathlib import Path

import pytest

from wellled_nlp.classify import labelled
from wellled_nlp.errors import InputError

HEADER = "id,source,kind,heading,previous,text,prompts,language,domain,act\n"


def write(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_row_is_read_with_its_context_and_codes(tmp_path: Path) -> None:
    (row,) = labelled.read(write(tmp_path / "a.csv", 'x1,s,board_paper,Falls,Before,"Falls, again.",W5.2;W8.3,both,quality,report'))
    assert row.context == ("Falls, again.", "Falls", "Before", "board paper")
    assert row.prompts == {"W5.2", "W8.3"}
    assert (row.language, row.domain, row.act) == ("both", "quality", "report")


def test_themes_are_looked_up_and_both_is_two_flags(tmp_path: Path) -> None:
    rows = labelled.read(
        write(tmp_path / "a.csv", "1,s,minutes,,,A.,W5.2;W5.4,both,quality,report", "2,s,minutes,,,B.,,neither,quality,report")
    )
    codes, themes = labelled.targets(rows, "themes")
    assert [codes[place] for place in themes[0].nonzero()[0]] == ["W5"]
    assert not themes[1].any()
    assert labelled.targets(rows, "language")[1].tolist() == [[True, True], [False, False]]


def test_files_of_a_folder_come_in_order_of_name(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", "2,s,minutes,,,B.,,,,")
    write(tmp_path / "a.csv", "1,s,minutes,,,A.,,,,")
    assert [row.id for row in labelled.read(tmp_path)] == ["1", "2"]


def test_an_unknown_code_is_named_with_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "1,s,minutes,,,A.,,neither,quality,report", "2,s,minutes,,,B.,W9.1,neither,quality,report")
    with pytest.raises(InputError, match=r"row 3: unknown prompts code W9\.1"):
        labelled.read(path)


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,sentence\n1,A.\n", encoding="utf-8")
    with pytest.raises(InputError, match="'text' is missing"):
        labelled.read(path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled sentences"):
        labelled.read(tmp_path)
