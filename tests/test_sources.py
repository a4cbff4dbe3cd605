from pathlib import Path

import pytest

from wellled_nlp import sources
from wellled_nlp.errors import InputError


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file or folder .*nowhere"):
        sources.find([tmp_path / "nowhere"])


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty"):
        sources.find([tmp_path])


def test_a_folder_without_papers_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "sums.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match="No board papers were found"):
        sources.find([tmp_path])


def test_folders_are_searched_with_everything_in_them_and_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/two.pdf", "one.PDF", "b/~$lock.docx", ".hidden.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    assert [path.name for path in sources.find([tmp_path]).files] == ["two.pdf", "one.PDF"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(b"x")
    assert sources.find([tmp_path / "one.pdf", tmp_path]) == sources.Found((tmp_path / "one.pdf",))


def test_the_output_folder_is_not_searched_for_papers(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.pdf").write_bytes(b"x")
    (tmp_path / "one.pdf").write_bytes(b"y")
    assert sources.find([tmp_path], apart_from=tmp_path / "out").files == (tmp_path / "one.pdf",)


def test_kinds_that_may_hold_papers_are_named_and_others_are_left_alone_and_counted(tmp_path: Path) -> None:
    for name in ("one.pdf", "old.doc", "notes.py"):
        (tmp_path / name).write_bytes(name.encode())
    found = sources.find([tmp_path])
    assert [(Path(one.path).name, one.reason) for one in found.skipped] == [("old.doc", "it is an old Word file: save it as .docx or PDF")]
    assert found.left_alone == 1


def test_a_file_that_the_user_named_is_never_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_bytes(b"x")
    with pytest.raises(InputError, match="notes.py: it is not of a kind that is read"):
        sources.find([tmp_path / "notes.py"])
