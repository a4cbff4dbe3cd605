"""Documents side by side on this machine's cores: each is read on its own, and one that fails is an answer, not an end.

Reading happens in child processes (see `read`), so threads are enough here: they wait for pipes while the cores do the work. Another
engine has to offer the same: paths in, one outcome a path out. An outcome is plain records; `store.reading` packs its document into the
bytes that the library keeps, so those may travel instead.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wellled_nlp import read
from wellled_nlp.document import Document
from wellled_nlp.errors import ReadError
from wellled_nlp.settings import ReadSettings


@dataclass(frozen=True)
class Outcome:
    """What became of one file: what it says, or the reason why it could not be read.

    lasting: whether the reason lies in the content, so that trying again is of no use.
    """

    path: Path
    document: Document | None = None
    reason: str = ""
    lasting: bool = False


def work_through(
    paths: Sequence[Path], settings: ReadSettings, passwords: Sequence[str], jobs: int, begun: Callable[[Path], None]
) -> Iterator[Outcome]:
    """One outcome a path, in the order of the paths whatever `jobs` is (0: as many as there are cores).

    `begun` is told of each file at its start.
    """
    if not paths:
        return
    from joblib import Parallel, delayed  # takes as long to load as a scan with nothing new takes altogether

    workers = min(jobs or os.cpu_count() or 1, len(paths))
    run = Parallel(n_jobs=workers, prefer="threads", return_as="generator")
    yield from run(delayed(read_document)(path, settings, passwords, begun) for path in paths)


def read_document(path: Path, settings: ReadSettings, passwords: Sequence[str], begun: Callable[[Path], None] | None = None) -> Outcome:
    """One file through reading."""
    if begun is not None:
        begun(path)
    try:
        return Outcome(path, read.read(path, settings, passwords))
    except ReadError as error:
        return Outcome(path, reason=str(error).replace(str(path), "the file"), lasting=error.lasting)
    except Exception as error:  # a fault of ours on one paper must not cost the others theirs; it is named like any other reason
        logging.getLogger(__name__).exception("%s", path)
        return Outcome(path, reason=f"wellled itself failed on this file ({type(error).__name__}: {error}). Please report this fault.")
