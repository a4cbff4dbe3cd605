"""Documents side by side on this machine's cores: each is read and structured on its own, and one that fails is an answer, not an end.

Reading happens in child processes (see `read`), so threads are enough here: they wait for pipes while the cores do the work.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, delayed

from wellled_nlp import read, sentences, structure
from wellled_nlp.document import Sentence, Structured
from wellled_nlp.errors import ReadError
from wellled_nlp.settings import ReadSettings


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its structure and sentences, or the reason why it could not be read."""

    path: Path
    structured: Structured | None = None
    sentences: tuple[Sentence, ...] = ()
    reason: str = ""


def work_through(
    paths: Sequence[Path], settings: ReadSettings, passwords: Sequence[str], jobs: int, begun: Callable[[Path], None]
) -> Iterator[Outcome]:
    """One outcome a path, in the order of the paths whatever `jobs` is (0: as many as there are cores).

    `begun` is told of each file at its start.
    """
    workers = min(jobs or os.cpu_count() or 1, max(len(paths), 1))
    run = Parallel(n_jobs=workers, prefer="threads", return_as="generator")
    yield from run(delayed(read_document)(path, settings, passwords, begun) for path in paths)


def read_document(path: Path, settings: ReadSettings, passwords: Sequence[str], begun: Callable[[Path], None] | None = None) -> Outcome:
    """One file through reading, structure and sentences."""
    if begun is not None:
        begun(path)
    try:
        structured = structure.structure(read.read(path, settings, passwords))
        return Outcome(path, structured, sentences.split(structured))
    except ReadError as error:
        return Outcome(path, reason=str(error).replace(str(path), "the file"))
    except Exception as error:  # a fault of ours on one paper must not cost the others theirs; it is named like any other reason
        logging.getLogger(__name__).exception("%s", path)
        return Outcome(path, reason=f"wellled itself failed on this file ({type(error).__name__}: {error}). Please report this fault.")
