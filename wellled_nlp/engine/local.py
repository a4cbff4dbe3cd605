"""Documents side by side on this machine's cores.

Few papers are read before a second process has started, so they stay in this one; many are dealt out to processes of their own, because
labelling is Python and keeps one core busy.
"""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import cache

from wellled_nlp.engine.job import Begun, Do, Job, Outcome
from wellled_nlp.errors import EngineError

# Bytes of papers for which another process is worth the second or two that it takes to start and load: some hundred pages.
WORTH_A_PROCESS = 200_000
_PAUSE = 1.0  # seconds between two looks at the parent


class Local:
    """The engine of this machine: up to `jobs` processes (0: as many as there are cores)."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs or os.cpu_count() or 1

    def __enter__(self) -> "Local":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def each(self, do: Do, jobs: Sequence[Job], begun: Begun) -> Iterator[Outcome]:
        """One outcome a job, as they come; `begun` is told of each paper when it is dealt out.

        Raises EngineError where a process was ended from outside.
        """
        workers = min(self._jobs, len(jobs), 1 + sum(map(_size, jobs)) // WORTH_A_PROCESS)
        dealt = (_told(job, begun).fetched() for job in jobs)
        if workers <= 1:
            yield from map(do, dealt)
            return
        from joblib import Parallel, delayed  # takes as long to load as a scan with nothing new takes altogether

        try:
            run = Parallel(n_jobs=workers, return_as="generator_unordered", batch_size=1)
            yield from run(delayed(_as_child)(do, job, os.getpid()) for job in dealt)
        except BrokenProcessPool as error:
            raise EngineError(
                "One of the processes that read was ended by the system, most likely for lack of memory.",
                "What was read until then is kept. Close other programs, or scan again with --jobs 1.",
            ) from error


def _as_child(do: Do, job: Job, parent: int) -> Outcome:
    _end_with(parent)
    return do(job)


@cache
def _end_with(parent: int) -> None:
    """Ends this process soon after its parent, which may have been killed; otherwise it would wait for work for minutes."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PAUSE)
        os._exit(1)

    if os.name != "nt":  # where a process keeps the number of a parent that is gone
        threading.Thread(target=watch, daemon=True).start()


def _told(job: Job, begun: Begun) -> Job:
    begun(job.path)
    return job


def _size(job: Job) -> int:
    try:
        return (job.stored or job.path).stat().st_size
    except OSError:
        return 0
