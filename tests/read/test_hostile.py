"""Files that are meant to harm cost seconds and a reason; the caller, its memory and the rest of the batch are untouched."""

import dataclasses
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.read import hostile, made
from wellled_nlp.document import Document
from wellled_nlp.errors import ReadError
from wellled_nlp.read import read
from wellled_nlp.settings import ReadSettings


@pytest.fixture
def strict(settings: ReadSettings) -> ReadSettings:
    """Limits low enough for a quick test: 1 CPU second a page, 700 MB."""
    return dataclasses.replace(settings, page_cpu_seconds=1.0, memory_megabytes=700, restarts=1)


@pytest.mark.parametrize(
    ("make", "suffix", "says"),
    [
        (hostile.decompression_bomb, ".pdf", "(broke down: the file is damaged, or needs more than 700 MB|took more than 1 seconds)"),
        (hostile.six_million_characters, ".pdf", "(took more than 1 seconds of processor time|needs more than 700 MB)"),
        (hostile.nested_forms, ".pdf", "(took more than 1 seconds of processor time|needs more than 700 MB)"),
        (hostile.looping_pages, ".pdf", "damaged"),
        (hostile.giant_page, ".pdf", "its size makes no sense"),
        (hostile.zip_bomb, ".docx", "unpacks to 500 MB in 1 parts, more than the 200 MB that are allowed"),
        (hostile.lying_zip, ".docx", "is damaged"),
        (hostile.entity_bomb, ".docx", "declares XML entities"),
        (hostile.deep_word, ".docx", "is damaged"),
    ],
)
def test_a_hostile_file_ends_with_a_reason_in_seconds(
    make: Callable[[Path], Path], suffix: str, says: str, tmp_path: Path, strict: ReadSettings
) -> None:
    file = make(tmp_path / f"bad{suffix}")
    start, before = time.process_time(), _peak()
    with pytest.raises(ReadError, match=says) as error:
        read(file, strict)
    assert error.value.hint
    assert time.process_time() - start < 1.0, "the caller itself hardly works"
    assert _peak() - before < 100, "nor does its memory grow, in MB"
    _assert_no_children()


@pytest.mark.parametrize(
    ("make", "suffix", "text"),
    [
        (hostile.two_billion_pages, ".pdf", "The one page."),
        (hostile.vector_art, ".pdf", "Text beside the art."),
    ],
)
def test_what_can_be_read_of_an_odd_file_is_read(
    make: Callable[[Path], Path], suffix: str, text: str, tmp_path: Path, settings: ReadSettings
) -> None:
    assert _texts(read(make(tmp_path / f"odd{suffix}"), settings)) == [text]


def test_pages_past_the_limit_are_counted_in_one_failed_page(tmp_path: Path, settings: ReadSettings) -> None:
    document = read(hostile.million_pages(tmp_path / "a.pdf"), dataclasses.replace(settings, pages=30))
    assert [page.how for page in document.pages] == ["text"] * 30 + ["failed"]
    assert document.pages[30].reason == "pages 31 to 1,000,000 are past the limit of 30 pages (read.pages)"


def test_pages_strewn_with_letters_do_not_keep_the_caller_busy(tmp_path: Path, settings: ReadSettings) -> None:
    file = hostile.confetti(tmp_path / "a.pdf")
    start = time.process_time()
    assert len(read(file, settings).pages) == 6
    assert time.process_time() - start < 5


def test_a_document_of_endless_text_stops_at_its_limit(tmp_path: Path, settings: ReadSettings) -> None:
    file = made.pdf(tmp_path / "a.pdf", *(lambda c, n=n: made.paragraphs(c, 72, 100, 400, made.sentences(20, n)) for n in range(6)))
    document = read(file, dataclasses.replace(settings, document_characters=6000))
    assert [page.how for page in document.pages] == ["text"] * 2 + ["failed"] * 4
    assert document.pages[3].reason == "past the limit of 6,000 characters (read.document_characters)"


def test_a_bad_page_costs_itself_only(tmp_path: Path, strict: ReadSettings) -> None:
    good = made.pdf(tmp_path / "good.pdf", *(lambda c, n=n: made.put(c, 72, 400, f"Page {n} is good.") for n in (1, 2, 3)))
    bad = hostile.nested_forms(tmp_path / "bad.pdf")
    with pikepdf.open(good) as pack, pikepdf.open(bad) as other:
        pack.pages.insert(1, other.pages[0])
        pack.save(tmp_path / "pack.pdf")
    document = read(tmp_path / "pack.pdf", strict)
    assert [page.how for page in document.pages] == ["text", "failed", "text", "text"]
    assert "took more than 1 seconds of processor time" in document.pages[1].reason
    assert _texts(document) == ["Page 1 is good.", "Page 2 is good.", "Page 3 is good."]


def test_an_entity_does_not_bring_in_another_file(tmp_path: Path, settings: ReadSettings) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush", encoding="utf-8")
    with pytest.raises(ReadError, match="declares XML entities"):
        read(hostile.external_entity(tmp_path / "a.docx", secret), settings)


def test_a_web_page_nested_without_end_does_not_end_the_reader(tmp_path: Path, settings: ReadSettings) -> None:
    assert read(hostile.deep_html(tmp_path / "a.html"), settings).format == "html"


def test_a_truncated_file_is_repaired_and_says_so(tmp_path: Path, settings: ReadSettings) -> None:
    whole = made.pdf(tmp_path / "whole.pdf", *(lambda c, n=n: made.paragraphs(c, 72, 100, 400, made.sentences(20, n)) for n in range(20)))
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole.read_bytes()[: int(0.7 * whole.stat().st_size)])
    pages = read(cut, settings).pages
    assert [page.how for page in pages] == ["text"] * 13 + ["failed"] * 7
    assert pages[-1].reason == "nothing of it is left in the damaged file"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"junk before the header\n" * 60 + whole.read_bytes().replace(b"startxref", b"startxxxx"))
    document = read(broken, settings)
    assert len(document.pages) == 20 and _texts(document) == _texts(read(whole, settings))


def test_a_file_locked_with_a_password_opens_with_it_and_is_named_without(tmp_path: Path, settings: ReadSettings) -> None:
    open_file = made.pdf(tmp_path / "open.pdf", lambda c: made.put(c, 72, 100, "Held in private."))
    with pikepdf.open(open_file) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="pässword", owner="other"))
        pdf.save(tmp_path / "free.pdf", encryption=pikepdf.Encryption(user="", owner="other"))
    with pytest.raises(ReadError, match="is locked with a password") as error:
        read(tmp_path / "locked.pdf", settings, ["wrong"])
    assert "--password" in error.value.hint
    assert _texts(read(tmp_path / "locked.pdf", settings, ["wrong", "pässword"])) == ["Held in private."]
    assert _texts(read(tmp_path / "free.pdf", settings)) == ["Held in private."]


def test_a_reader_that_stands_still_is_ended(tmp_path: Path, settings: ReadSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellled_nlp.read.worker.LEAST_WAIT", 0.5)
    monkeypatch.setattr("wellled_nlp.read.worker.WALL_FOR_CPU", 0.0)
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    from wellled_nlp.read.worker import Worker, WorkerDied

    start = time.monotonic()
    with pytest.raises(WorkerDied, match="gave no answer"), Worker({"task": "pdf", "path": str(pipe), "start": 1}, settings) as worker:
        list(worker.records())
    assert time.monotonic() - start < 5
    _assert_no_children()


def _texts(document: Document) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks if block.kind != "furniture"]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _assert_no_children() -> None:
    """No reading process is left, alive or as a zombie."""
    ids = [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]
    commands = [Path(f"/proc/{child}/stat").read_text() + Path(f"/proc/{child}/cmdline").read_text() for child in ids]
    assert not [command for command in commands if "read.child" in command or ") Z " in command]
