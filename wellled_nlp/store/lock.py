"""One process at a time: a lock that the operating system lets go of when its holder ends, however it ends."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from wellled_nlp.errors import OutputError

_PATIENCE = 900.0  # seconds; the measures and reports of a large library take minutes, and somebody waiting should be told at last
_PAUSE = 0.1  # seconds between two tries


@contextmanager
def held(file: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Holds the lock on this file. Raises OutputError where another process has it for longer than `patience` seconds.

    On a shared drive that knows no locks there is none: files are put into place whole all the same, and the last one to finish wins.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as stream:
        until = time.monotonic() + patience
        while not _take(stream):
            if time.monotonic() > until:
                raise OutputError(
                    f"Another wellled has been writing to {file.parent.parent} for {patience:.0f} seconds.",
                    "What was read is kept. Wait for the other one to end, then scan again.",
                )
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _let_go(stream)


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes]) -> bool:
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(stream: IO[bytes]) -> None:
        stream.seek(0)
        with suppress(OSError):
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a drive without locks
            return True
        return True

    def _let_go(stream: IO[bytes]) -> None:
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_UN)
