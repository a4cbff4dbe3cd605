"""Documents on the workers of a Dask cluster that is there already: the same jobs, sent as futures, with the outcomes back here.

Every thread of a worker has one document at a time, pinned to it: so it is known which documents were in hand when a worker died. Those
are tried once more; Dask's own retries blame whatever was waiting there and try three times. Workers write nothing: what they made comes
back as bytes, and the library has one writer. They have to be of the same make as this machine, for else its parts would not fit together.
"""

import logging
import queue
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from typing import Any, cast

from wellled_nlp.engine.job import Begun, Do, Job, MadeOf, Outcome
from wellled_nlp.errors import EngineError, InputError, WellledError

CONNECT = 5.0  # seconds in which a scheduler answers, if it ever will
GATHER = 60.0  # seconds for the parts of one document to come over the network
FRESH_WORKERS = 60.0  # seconds in which a cluster starts other workers where all have died
_TICK = 1.0  # seconds between two looks at the cluster where nothing comes from it
_MOST_DEATHS = 2
_DIED = "the worker died twice on this file, so it was given up. It may need more memory than the worker has: read it on its own machine"
_INSTALL = (
    "Install the same wellled with `pip install -c constraints.txt 'wellled[cluster]'` on every machine of the cluster, and scan again."
)

try:
    import distributed
except ImportError as missing:
    raise InputError("The engine dask needs Dask.", "Install it: pip install 'wellled[cluster]'.") from missing


@dataclass(frozen=True)
class _Hand:
    """A job in the hands of a worker. deaths: workers that died on it before."""

    future: Any
    job: Job
    worker: str
    deaths: int


class Cluster:
    """The engine of a scheduler's workers; as a context it holds the connection.

    Entering raises EngineError where the scheduler does not answer, has no workers, or has workers of another make.
    """

    def __init__(self, scheduler: str, made_of: MadeOf) -> None:
        self._scheduler, self._made_of = scheduler, made_of

    def __enter__(self) -> "Cluster":
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of lost connections by traceback; we by a sentence
        try:
            self._client = distributed.Client(self._scheduler, timeout=CONNECT, set_as_default=False, name="wellled")
        except (OSError, ValueError) as error:
            raise EngineError(
                f"The Dask scheduler {self._scheduler} does not answer.", "Check the address, and that `dask scheduler` runs there."
            ) from error
        try:
            if not _threads(self._client):
                raise EngineError(f"The Dask scheduler {self._scheduler} has no workers.", f"Start some: dask worker {self._scheduler}")
            _check(self._client, list(_threads(self._client)), self._made_of)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close(timeout=CONNECT)

    def each(self, do: Do, jobs: Sequence[Job], begun: Begun) -> Iterator[Outcome]:
        """One outcome a job, as they come. Raises EngineError where the cluster is lost or has no workers any more."""
        yield from _Round(self._client, do, begun, self._made_of).outcomes(jobs)


class _Round:
    """Jobs dealt out to workers one a thread, and taken back."""

    def __init__(self, client: Any, do: Do, begun: Begun, made_of: MadeOf) -> None:
        self._client, self._do, self._begun, self._made_of = client, do, begun, made_of
        self._news: queue.SimpleQueue[Any] = queue.SimpleQueue()  # futures that are done, and what the scheduler tells of its workers
        self._known: dict[str, int] = {}  # workers that were checked, with their threads
        self._waiting: deque[tuple[Job, int]] = deque()
        self._hands: dict[str, _Hand] = {}

    def outcomes(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        self._waiting.extend((job, 0) for job in jobs)
        self._client.subscribe_topic("all", lambda event: self._news.put(event[1]))
        try:
            alone = 0.0
            while self._waiting or self._hands:
                self._deal()
                told = self._next()
                alone = 0.0 if self._hands or told is not None else alone + _TICK
                if alone > FRESH_WORKERS:
                    raise EngineError("All workers of the cluster are gone.", "What was read is kept. Start workers, then scan again.")
                yield from self._taken(told)
        finally:
            self._client.unsubscribe_topic("all")
            self._client.cancel([hand.future for hand in self._hands.values()])

    def _deal(self) -> None:
        """Gives every free thread a document."""
        if not self._waiting:
            return
        there = _threads(self._client)
        fresh = [worker for worker in there if worker not in self._known]
        if fresh:
            _check(self._client, fresh, self._made_of)
        self._known = there
        busy: dict[str, int] = {}
        for hand in self._hands.values():
            busy[hand.worker] = busy.get(hand.worker, 0) + 1
        free = [worker for worker, threads in there.items() for _ in range(threads - busy.get(worker, 0))]
        for worker, (job, deaths) in zip(free, list(self._waiting), strict=False):
            self._waiting.popleft()
            self._begun(job.path)
            future = self._client.submit(
                work_there, self._do, job.fetched(), workers=[worker], allow_other_workers=False, pure=False, retries=0
            )
            self._hands[future.key] = _Hand(future, replace(job, reading=b""), worker, deaths)
            future.add_done_callback(self._news.put)

    def _next(self) -> Any:
        """The next news; None where there is none for a while. Raises EngineError where the connection is gone."""
        try:
            return self._news.get(timeout=_TICK)
        except queue.Empty:
            if self._client.status != "running":
                raise _lost() from None
            return None

    def _taken(self, told: Any) -> Iterator[Outcome]:
        """What the news means for jobs in hand."""
        if isinstance(told, dict):
            if told.get("action") == "remove-worker":
                yield from self._bury(told["worker"], expected=bool(told.get("expected")))
            return
        hand = self._hands.pop(told.key, None) if told is not None else None
        if hand is None:  # of a worker that has died since
            return
        if hand.future.status in ("cancelled", "lost"):
            raise _lost()
        try:
            yield cast(Outcome, hand.future.result(timeout=GATHER))
        except (TimeoutError, distributed.scheduler.KilledWorker):  # it died with the outcome in hand
            yield from self._again(hand, blamed=True)
        except WellledError:
            raise
        except Exception as error:  # a fault of ours must not cost the other papers theirs
            logging.getLogger(__name__).exception("%s", hand.job.path)
            yield Outcome(hand.job.path, reason=f"the worker {hand.worker} failed on this file ({type(error).__name__}: {error})")

    def _bury(self, worker: str, expected: bool) -> Iterator[Outcome]:
        self._known.pop(worker, None)
        for key, hand in list(self._hands.items()):
            if hand.worker == worker:
                del self._hands[key]
                self._client.cancel([hand.future])
                yield from self._again(hand, blamed=not expected)

    def _again(self, hand: _Hand, blamed: bool) -> Iterator[Outcome]:
        """Once more, after all others, or never again. A worker that was asked to go has not died of it."""
        deaths = hand.deaths + blamed
        if deaths >= _MOST_DEATHS:
            yield Outcome(hand.job.path, reason=_DIED)
        else:
            self._waiting.append((hand.job, deaths))


def work_there(do: Do, job: Job) -> Outcome:
    """A job on a worker, which has to see the file where this machine sees it."""
    if job.stored is None and not job.path.is_file():
        where = distributed.get_worker().address
        return Outcome(
            job.path, reason=f"the worker {where} does not see this file. Workers need the papers under the same path as this machine"
        )
    return do(job)


def _threads(client: Any) -> dict[str, int]:
    """How many documents each worker takes at a time."""
    return {str(worker): int(threads) for worker, threads in client.nthreads().items()}


def make_there(made_of: MadeOf) -> dict[str, str]:
    """What a machine would work with, Dask with it."""
    return {"Dask": metadata.version("distributed"), **made_of()}


def _check(client: Any, workers: list[str], made_of: MadeOf) -> None:
    """Raises EngineError naming the first worker that is of another make than this machine, and in what."""
    ours = make_there(made_of)
    for worker, theirs in client.run(make_there, made_of, workers=workers, on_error="return").items():
        if isinstance(theirs, Mapping):
            wrong = [f"{name} {theirs.get(name, 'missing')} (here {held})" for name, held in ours.items() if theirs.get(name) != held]
        else:
            wrong = [f"no wellled that answers ({theirs})"]
        if wrong:
            raise EngineError(f"The worker {worker} has {', '.join(wrong)}.", _INSTALL)


def _lost() -> EngineError:
    return EngineError("The connection to the Dask scheduler is lost.", "What was read is kept. See to the cluster, then scan again.")
