"""A library as its users meet it: papers come, change, move and go; scans are killed, run side by side, and copied together."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from tests.papers import SAID, minutes
from wellled_nlp import pipeline, provenance
from wellled_nlp.errors import OutputError
from wellled_nlp.store import lock

# `make bench` kills fifty times.
KILLS = int(os.environ.get("WELLLED_KILLS", "10"))
AGO = 1_700_000_000
DAYS = ("23 May 2024", "25 July 2024", "26 September 2024", "28 November 2024")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Minutes of four meetings, each with a sentence of its own."""
    for number, day in enumerate(DAYS):
        paper = minutes(
            tmp_path / "papers" / f"minutes {number}.txt", day, (*SAID, f"The Board heard of matter {number} for the first time.")
        )
        os.utime(paper, (AGO, AGO))  # a file that has just been written is hashed again, for it may change within its clock's tick
    return tmp_path / "papers"


def scan(out: Path, *paths: Path, **options: object) -> pipeline.Scanned:
    return pipeline.scan(paths, out, formats=(), jobs=1, **options)  # type: ignore[arg-type]


def tables(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted((out / "tables").rglob("*.*"))}


def column(out: Path, name: str, table: str = "documents") -> list[object]:
    return [row[0] for row in duckdb.execute(f"SELECT {name} FROM read_parquet(?)", [str(out / "tables" / f"{table}.parquet")]).fetchall()]


def names(out: Path) -> list[str]:
    return [Path(str(path)).name for path in column(out, "path")]


def stored(out: Path, kind: str) -> dict[str, int]:
    """What stands in a folder of the library, with the time when each file was put there."""
    return {path.name: path.stat().st_mtime_ns for path in sorted((out / "library" / kind).iterdir())}


def test_a_second_scan_reads_nothing_and_writes_nothing(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert scan(out, papers).changed
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert not scan(out, papers).changed
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_a_library_that_grows_paper_by_paper_is_that_of_one_scan(papers: Path, tmp_path: Path) -> None:
    files = sorted(papers.iterdir())
    for file in (files[2], files[0], files[3], files[1]):
        scan(tmp_path / "grown", file)
    scan(tmp_path / "whole", papers)
    assert tables(tmp_path / "grown") == tables(tmp_path / "whole")
    assert names(tmp_path / "grown") == [f"minutes {number}.txt" for number in range(4)]


def test_one_more_paper_costs_only_itself(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    before = stored(tmp_path / "out", "read") | stored(tmp_path / "out", "tables")
    minutes(papers / "minutes 4.txt", "30 January 2025")
    scan(tmp_path / "out", papers)
    after = stored(tmp_path / "out", "read") | stored(tmp_path / "out", "tables")
    assert len(after) == len(before) + 2
    assert before.items() <= after.items()


def test_filling_the_library_alone_leaves_what_is_written_until_the_next_scan(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scan(out, papers)
    before = tables(out)
    minutes(papers / "minutes 4.txt", "30 January 2025")
    (papers / "bad.pdf").write_bytes(b"%PDF-1.7 no more")
    kept = pipeline.scan([papers], out, formats=(), jobs=1, library_only=True)
    assert (kept.in_library, kept.provenance, len(kept.skipped)) == (5, None, 1)
    assert tables(out) == before
    assert len(stored(out, "tables")) == 5
    listed = pipeline.list_library(out).set_index("path")["why_not"]
    assert [why for path, why in listed.items() if path.endswith("minutes 4.txt")] == ["it has been read since the tables were made"]
    assert scan(out, papers).provenance["counts"]["documents"] == 5
    scan(tmp_path / "whole", papers)
    assert tables(out) == tables(tmp_path / "whole")


def test_a_missing_report_is_written_from_what_is_there(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    before = stored(tmp_path / "out", "tables")
    assert pipeline.scan([papers], tmp_path / "out", formats=["xlsx"], jobs=1).changed
    assert (tmp_path / "out" / "report.xlsx").is_file()
    assert stored(tmp_path / "out", "tables") == before


def test_a_report_of_an_earlier_state_is_written_again(papers: Path, tmp_path: Path) -> None:
    pipeline.scan([papers], tmp_path / "out", formats=["xlsx"], jobs=1)
    earlier = (tmp_path / "out" / "report.xlsx").read_bytes()
    minutes(papers / "minutes 4.txt", "30 January 2025")
    scan(tmp_path / "out", papers)
    assert (tmp_path / "out" / "report.xlsx").read_bytes() == earlier
    pipeline.scan([papers], tmp_path / "out", formats=["xlsx"], jobs=1)
    assert (tmp_path / "out" / "report.xlsx").read_bytes() != earlier


def test_a_moved_and_a_renamed_paper_are_known_again(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    before = stored(tmp_path / "out", "read")
    (papers / "spring").mkdir()
    (papers / "minutes 0.txt").rename(papers / "spring" / "minutes 0.txt")
    (papers / "minutes 1.txt").rename(papers / "summer.txt")
    done = scan(tmp_path / "out", papers)
    assert stored(tmp_path / "out", "read") == before
    assert done.provenance["counts"]["documents"] == 4
    scan(tmp_path / "fresh", papers)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_date_that_only_the_file_name_knew_goes_with_the_name(tmp_path: Path) -> None:
    paper = minutes(tmp_path / "papers" / "board minutes 2024-05-23.txt", "a Thursday")
    scan(tmp_path / "out", tmp_path / "papers")
    assert column(tmp_path / "out", "meeting_date") == ["2024-05-23"]
    paper.rename(paper.with_name("board minutes.txt"))
    scan(tmp_path / "out", tmp_path / "papers")
    assert column(tmp_path / "out", "meeting_date") == [None]


def test_a_copy_counts_once_and_is_named_whenever_it_came(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    shutil.copy(papers / "minutes 0.txt", papers / "again.txt")
    done = scan(tmp_path / "out", papers)
    assert done.provenance["counts"]["documents"] == 4
    assert done.skipped[["path", "reason"]].to_numpy().tolist() == [
        [str(papers / "minutes 0.txt"), f"the same content as {papers / 'again.txt'}, which is counted"]
    ]
    scan(tmp_path / "fresh", papers)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_changed_paper_takes_the_place_of_what_it_was(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    minutes(papers / "minutes 0.txt", DAYS[0], SAID[:6])
    scan(tmp_path / "out", papers)
    scan(tmp_path / "fresh", papers)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_paper_that_is_gone_stays_marked_until_it_is_pruned(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scan(out, papers)
    kept = out / "library" / "corrections" / "said.txt"
    (papers / "minutes 0.txt").unlink()
    done = scan(out, papers)
    assert done.provenance["counts"]["documents"] == 4
    assert done.provenance["doubts"][0] == {
        "path": str(papers / "minutes 0.txt"),
        "text": "The file is no longer where it was; it counts until a scan with --prune.",
    }
    kept.parent.mkdir()
    kept.write_text("", encoding="utf-8")
    scan(out, papers, prune=True)
    scan(tmp_path / "fresh", papers)
    assert tables(out) == tables(tmp_path / "fresh")
    assert (len(stored(out, "read")), len(stored(out, "tables")), kept.is_file()) == (3, 3, True)


def test_of_a_draft_and_its_confirmed_form_one_counts_and_both_are_listed(tmp_path: Path) -> None:
    minutes(tmp_path / "papers" / "a.txt", DAYS[0], mark="DRAFT")
    minutes(tmp_path / "papers" / "b.txt", DAYS[0], (*SAID[:8], "The Chair closed the meeting at noon."), mark="CONFIRMED")
    done = scan(tmp_path / "out", tmp_path / "papers")
    assert column(tmp_path / "out", "counted") == [False, True]
    assert column(tmp_path / "out", "why_not_counted") == ["b.txt is the confirmed form of these minutes, and is counted", None]
    assert (done.provenance["counts"]["documents"], done.provenance["counts"]["documents_not_counted"]) == (1, 1)
    confirmed = str(column(tmp_path / "out", "document_id")[1])
    assert set(column(tmp_path / "out", "document_id", "sentences")) == {confirmed}
    assert {str(one).split("-")[0] for one in column(tmp_path / "out", "sentence_id", "labels")} == {confirmed}
    assert {
        "path": str(tmp_path / "papers" / "a.txt"),
        "text": "Not counted: b.txt is the confirmed form of these minutes, and is counted.",
    } in (done.provenance["doubts"])


def test_two_committees_that_met_on_one_day_both_count(tmp_path: Path) -> None:
    minutes(tmp_path / "papers" / "a.txt", DAYS[0], SAID[:5] + tuple(f"The audit committee saw report number {n}." for n in range(9)))
    minutes(tmp_path / "papers" / "b.txt", DAYS[0], SAID[5:] + tuple(f"The people committee spoke of matter {n}." for n in range(9)))
    scan(tmp_path / "out", tmp_path / "papers")
    assert column(tmp_path / "out", "counted") == [True, True]


def test_a_changed_model_labels_again_without_reading(papers: Path, tmp_path: Path) -> None:
    shutil.copytree(provenance.models_folder(), tmp_path / "models")
    scan(tmp_path / "out", papers, models=tmp_path / "models")
    read, labelled = stored(tmp_path / "out", "read"), stored(tmp_path / "out", "tables")
    config = tmp_path / "models" / "domain" / "config.json"
    config.write_text(config.read_text(encoding="utf-8").rstrip() + "\n\n", encoding="utf-8")
    assert scan(tmp_path / "out", papers, models=tmp_path / "models").changed
    assert stored(tmp_path / "out", "read") == read
    assert len(set(stored(tmp_path / "out", "tables")) - set(labelled)) == 4


@pytest.mark.parametrize("kind", ["read", "tables"])
@pytest.mark.parametrize("how", ["cut off", "emptied", "foreign", "another's"])
def test_a_stored_file_that_is_not_sound_is_never_trusted(papers: Path, tmp_path: Path, kind: str, how: str) -> None:
    out = tmp_path / "out"
    scan(out, papers)
    expected = tables(out)
    first, second = sorted((out / "library" / kind).iterdir())[:2]
    held = first.read_bytes()
    spoilt = {"cut off": held[: len(held) // 2], "emptied": b"", "foreign": b"PAR1" + b"x" * 50 + b"PAR1", "another's": second.read_bytes()}
    first.write_bytes(spoilt[how])
    if kind == "read":  # it is looked at when labels are made again
        shutil.rmtree(out / "library" / "tables")
    minutes(papers / "minutes 4.txt", "30 January 2025")
    scan(out, papers)
    (papers / "minutes 4.txt").unlink()
    done = scan(out, papers, prune=True)
    assert tables(out) == expected
    assert done.notes == ()


def test_what_was_not_sound_is_said(papers: Path, tmp_path: Path) -> None:
    scan(tmp_path / "out", papers)
    shutil.rmtree(tmp_path / "out" / "library" / "tables")
    next((tmp_path / "out" / "library" / "read").iterdir()).write_bytes(b"torn")
    (note,) = scan(tmp_path / "out", papers).notes
    assert note.startswith("The stored reading of ")
    assert note.endswith(" is damaged or cut off; it was made again.")


def test_two_libraries_copied_together_are_one(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    for number in (2, 3):
        (papers / f"minutes {number}.txt").rename(tmp_path / "others" / f"minutes {number}.txt")
    scan(tmp_path / "one", papers)
    scan(tmp_path / "two", tmp_path / "others")
    shutil.copytree(tmp_path / "two", tmp_path / "one", dirs_exist_ok=True)
    read = stored(tmp_path / "one", "read")
    scan(tmp_path / "one", papers)
    assert stored(tmp_path / "one", "read") == read
    scan(tmp_path / "fresh", papers, tmp_path / "others")
    assert tables(tmp_path / "one") == tables(tmp_path / "fresh")


def test_papers_that_could_not_be_read_are_named_in_every_later_scan(papers: Path, samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "damaged.pdf", papers)
    scan(tmp_path / "out", papers)
    minutes(tmp_path / "june" / "minutes.txt", "30 June 2025")
    done = scan(tmp_path / "out", tmp_path / "june")
    assert [Path(path).name for path in done.skipped["path"]] == ["damaged.pdf"]


def test_a_report_waits_for_another_scan_and_not_for_ever(papers: Path, tmp_path: Path) -> None:
    file = tmp_path / "library" / "lock"
    with lock.held(file), pytest.raises(OutputError, match="Another wellled has been writing"), lock.held(file, patience=0.3):
        pass
    with lock.held(file, patience=0.0):
        pass


SCRIPT = """
import sys
from pathlib import Path
from wellled_nlp import pipeline
out, *papers = map(Path, sys.argv[1:])
pipeline.scan(papers, out, formats=(), jobs=1)
"""


def start(out: Path, papers: Sequence[Path]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(out), *map(str, papers)], start_new_session=True, stderr=subprocess.PIPE)


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
def test_scans_that_are_killed_lose_nothing_and_end_as_an_undisturbed_one(papers: Path, tmp_path: Path) -> None:
    draw = random.Random(20241122)
    began = time.monotonic()
    process = start(tmp_path / "whole", [papers])
    assert process.wait() == 0, process.communicate()
    usual = time.monotonic() - began
    out, killed = tmp_path / "out", 0
    kept: set[Path] = set()
    while killed < KILLS:
        process = start(out, [papers])
        time.sleep(draw.uniform(0.2, 1.0) * usual)
        ended = process.poll() is not None  # such a scan was not killed, and does not count
        kill(process)
        killed += not ended
        parts = {path for kind in ("read", "tables") for path in (out / "library" / kind).glob("[0-9a-f]*")}
        assert kept <= parts, "a part was lost"
        kept = parts
        if ended:
            assert tables(out) == tables(tmp_path / "whole")
            shutil.rmtree(out)
            kept = set()
    scan(out, papers)
    assert tables(out) == tables(tmp_path / "whole")
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


def test_two_scans_at_once_end_with_the_papers_of_both(papers: Path, tmp_path: Path) -> None:
    files = sorted(papers.iterdir())
    running = [start(tmp_path / "out", files[:3]), start(tmp_path / "out", files[1:])]
    for process in running:
        _, complaint = process.communicate(timeout=300)
        assert process.returncode == 0, complaint.decode()
    scan(tmp_path / "fresh", papers)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")
