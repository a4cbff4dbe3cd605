"""Engines: where documents are worked on. Jobs in, one outcome a job out, in whatever order they are done; nothing is written here.

`local` is this machine, `cluster` the workers of a Dask cluster. Each reads in child processes that can be ended (see `read`), and one
document that fails is an answer, not an end.
"""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Protocol

from wellled_nlp.engine.job import Begun, Do, Job, MadeOf, Outcome
from wellled_nlp.errors import InputError

__all__ = ["NAMES", "Engine", "Job", "Outcome", "chosen"]

NAMES = ("local", "dask")


class Engine(Protocol):
    """Works through jobs; a context in which it is ready to."""

    def __enter__(self) -> "Engine": ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None: ...

    def each(self, do: Do, jobs: Sequence[Job], begun: Begun) -> Iterator[Outcome]:
        """One outcome a job, as they come."""
        ...


def chosen(name: str, scheduler: str, jobs: int, made_of: MadeOf) -> Engine:
    """The engine of this name; made_of: what workers elsewhere are compared by.

    Raises InputError where it and the scheduler's address do not go together, or where Dask is missing.
    """
    if name == "dask":
        if not scheduler:
            raise InputError("The engine dask needs the address of a scheduler.", "Add --scheduler tcp://HOST:8786.")
        from wellled_nlp.engine.cluster import Cluster

        return Cluster(scheduler, made_of)
    if name != "local":
        raise InputError(f"There is no engine {name!r}.", f"Known are {', '.join(NAMES)}.")
    if scheduler:
        raise InputError("A scheduler is of use only to the engine dask.", "Add --engine dask, or leave --scheduler out.")
    from wellled_nlp.engine.local import Local

    return Local(jobs)
