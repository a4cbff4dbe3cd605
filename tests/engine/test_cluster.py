"""A Dask cluster of two processes on this machine, as a scan meets it: the same figures, workers that die, files that they do not see."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.papers import minutes
from wellled_nlp import pipeline
from wellled_nlp.cli import main
from wellled_nlp.engine import Job, Outcome, chosen
from wellled_nlp.errors import EngineError

distributed = pytest.importorskip("distributed", reason="Dask is not installed (pip install 'wellled[cluster]')")
DAYS = ("23 May 2024", "25 July 2024", "26 September 2024", "28 November 2024")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two worker processes of one thread each, which are started again when they die."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as running:
        yield running.scheduler_address


def made_of() -> dict[str, str]:
    return {"wellled": "1"}


def made_here_alone(pid: int) -> dict[str, str]:
    return {"wellled": "1" if os.getpid() == pid else "2"}


class Remembered:
    """Work that leaves a mark for each try, and may kill the worker that does it."""

    def __init__(self, folder: Path, deaths: int) -> None:
        self.folder, self.deaths = folder, deaths

    def __call__(self, job: Job) -> Outcome:
        tries = len(list(self.folder.glob(f"{job.name}.*")))
        (self.folder / f"{job.name}.{tries}").touch()
        if job.name == "deadly" and tries < self.deaths:
            os.kill(os.getpid(), signal.SIGKILL)
        return Outcome(job.path, sha256=job.name)

    def tries(self, name: str) -> int:
        return len(list(self.folder.glob(f"{name}.*")))


def jobs(folder: Path, *names: str) -> list[Job]:
    for name in names:
        (folder / f"paper {name}").touch()
    return [Job(folder / f"paper {name}", name) for name in names]


def all_of(scheduler: str, work: Remembered, wanted: list[Job]) -> dict[str, str]:
    """For each job its answer or the reason why there is none."""
    with chosen("dask", scheduler, 0, made_of) as hands:
        return {outcome.path.name: outcome.sha256 or outcome.reason for outcome in hands.each(work, wanted, lambda path: None)}


def test_a_cluster_gives_the_same_bytes_as_this_machine(cluster: str, tmp_path: Path) -> None:
    for number, day in enumerate(DAYS):
        minutes(tmp_path / "papers" / f"minutes {number}.txt", day)
    (tmp_path / "papers" / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    pipeline.scan([tmp_path / "papers"], tmp_path / "here", formats=(), jobs=1)
    done = CliRunner().invoke(
        main, ["scan", str(tmp_path / "papers"), "--out", str(tmp_path / "there"), "--engine", "dask", "--scheduler", cluster]
    )
    assert done.exit_code == 3, done.output
    for kind in ("tables", "library/tables", "library/read"):
        here, there = (
            {p.relative_to(tmp_path / who): p.read_bytes() for p in (tmp_path / who / kind).rglob("*.*")} for who in ("here", "there")
        )
        assert here == there
    assert not pipeline.scan([tmp_path / "papers"], tmp_path / "there", formats=(), jobs=1).changed


def test_a_worker_that_dies_costs_its_document_one_more_try(cluster: str, tmp_path: Path) -> None:
    work = Remembered(tmp_path, deaths=1)
    assert all_of(cluster, work, jobs(tmp_path, "deadly", "a", "b", "c")) == {
        "paper deadly": "deadly",
        "paper a": "a",
        "paper b": "b",
        "paper c": "c",
    }
    assert work.tries("deadly") == 2


def test_a_document_on_which_two_workers_die_is_given_up_and_the_others_are_done(cluster: str, tmp_path: Path) -> None:
    work = Remembered(tmp_path, deaths=9)
    found = all_of(cluster, work, jobs(tmp_path, "deadly", "a", "b", "c"))
    assert found.pop("paper deadly").startswith("the worker died twice on this file")
    assert found == {"paper a": "a", "paper b": "b", "paper c": "c"}
    assert work.tries("deadly") == 2


def test_a_file_that_the_workers_do_not_see_is_named_with_the_worker(cluster: str, tmp_path: Path) -> None:
    work = Remembered(tmp_path, deaths=0)
    found = all_of(cluster, work, [Job(tmp_path / "elsewhere.pdf", "elsewhere"), *jobs(tmp_path, "a")])
    assert found["elsewhere.pdf"].startswith("the worker tcp://127.0.0.1:")
    assert "does not see this file" in found["elsewhere.pdf"]
    assert found["paper a"] == "a"


def test_workers_of_another_make_are_refused_and_it_is_said_in_what(cluster: str) -> None:
    from functools import partial

    with (
        pytest.raises(EngineError, match=r"The worker tcp://127\.0\.0\.1:\d+ has wellled 2 \(here 1\)\."),
        chosen("dask", cluster, 0, partial(made_here_alone, os.getpid())),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_said_within_seconds(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    minutes(tmp_path / "papers" / "minutes.txt", DAYS[0])
    began = time.monotonic()
    done = CliRunner().invoke(
        main, ["scan", str(tmp_path / "papers"), "--out", str(tmp_path / "out"), "--engine", "dask", "--scheduler", address]
    )
    assert time.monotonic() - began < 15
    assert done.exit_code == 1
    assert f"The Dask scheduler {address} does not answer." in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "dask"], "The engine dask needs the address of a scheduler."),
        (["--scheduler", "tcp://127.0.0.1:1"], "A scheduler is of use only to the engine dask."),
        (["--engine", "dask", "--scheduler", "nothing://at/all"], "The Dask scheduler nothing://at/all does not answer."),
    ],
)
def test_engine_and_scheduler_have_to_go_together(options: list[str], said: str, tmp_path: Path) -> None:
    minutes(tmp_path / "papers" / "minutes.txt", DAYS[0])
    done = CliRunner().invoke(main, ["scan", str(tmp_path / "papers"), "--out", str(tmp_path / "out"), *options])
    assert said in done.output
    assert done.exit_code in (1, 2)
