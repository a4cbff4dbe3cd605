"""This machine's engine: few papers stay in this process, many are dealt out, and the bytes are the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.papers import minutes
from wellled_nlp import pipeline
from wellled_nlp.engine import Job, Outcome, chosen
from wellled_nlp.engine.local import WORTH_A_PROCESS
from wellled_nlp.errors import EngineError

ROOT = Path(__file__).parents[2]


def where(job: Job) -> Outcome:
    return Outcome(job.path, sha256=str(os.getpid()))


def deadly(job: Job) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job.path)


def papers(folder: Path, size: int) -> list[Job]:
    for number in range(4):
        (folder / f"{number}.txt").write_bytes(b"x" * (size // 4))
    return [Job(folder / f"{number}.txt", "") for number in range(4)]


def processes(jobs: int, wanted: list[Job]) -> set[str]:
    with chosen("local", "", jobs, dict) as hands:
        return {outcome.sha256 for outcome in hands.each(where, wanted, lambda path: None)}


def test_few_pages_start_no_other_process(tmp_path: Path) -> None:
    assert processes(2, papers(tmp_path, WORTH_A_PROCESS // 2)) == {str(os.getpid())}


def test_many_pages_are_dealt_out_to_other_processes(tmp_path: Path) -> None:
    assert str(os.getpid()) not in processes(2, papers(tmp_path, 3 * WORTH_A_PROCESS))


def test_one_job_stays_in_this_process_whatever_there_is_to_read(tmp_path: Path) -> None:
    assert processes(1, papers(tmp_path, 3 * WORTH_A_PROCESS)) == {str(os.getpid())}


def slow(job: Job) -> Outcome:
    (job.path.parent / f"{os.getpid()}.pid").touch()
    time.sleep(60)
    return Outcome(job.path)


SCRIPT = """
import sys
from pathlib import Path
from tests.engine import test_local
list(test_local.chosen("local", "", 2, dict).each(test_local.slow, test_local.papers(Path(sys.argv[1]), 2_000_000), print))
"""


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not true() and time.monotonic() < deadline:
        time.sleep(0.2)
    return true()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_processes_end_with_a_scan_that_is_killed(tmp_path: Path) -> None:
    scan = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT, stdout=subprocess.DEVNULL)
    assert until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    scan.kill()
    scan.wait()
    left = [int(path.stem) for path in tmp_path.glob("*.pid")]
    assert until(lambda: not any(map(runs, left)))


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
def test_a_process_that_the_system_ends_is_said_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="scan again with --jobs 1"), chosen("local", "", 2, dict) as hands:
        list(hands.each(deadly, papers(tmp_path, 3 * WORTH_A_PROCESS), lambda path: None))


def test_two_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    for number in range(4):
        paper = minutes(tmp_path / "papers" / f"minutes {number}.txt", f"{number + 1} May 2024")
        paper.write_text(paper.read_text(encoding="utf-8") + "\n" * WORTH_A_PROCESS, encoding="utf-8")
    for jobs in (1, 2):
        pipeline.scan([tmp_path / "papers"], tmp_path / str(jobs), formats=(), jobs=jobs)
    one, two = ({p.relative_to(tmp_path / jobs): p.read_bytes() for p in (tmp_path / jobs / "tables").rglob("*.*")} for jobs in ("1", "2"))
    assert one == two
