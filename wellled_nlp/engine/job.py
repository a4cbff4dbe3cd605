"""What a worker is asked to do and what it answers: plain values that may travel between processes and machines.

A stored reading and the tables travel as the very bytes that the library keeps, so whoever asked has only to put them in place.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Job:
    """One document: to be read and labelled, or to be labelled again from what was read.

    path: where the file stands; name: the file's name as the user knows it; stored: the reading to be labelled again, None where the file
    is to be read; reading: its bytes, once they are fetched.
    """

    path: Path
    name: str
    stored: Path | None = None
    reading: bytes = b""

    def fetched(self) -> "Job":
        """The same job with the bytes of the stored reading, for a worker that does not see the library; none where they are gone."""
        if self.stored is None:
            return self
        with contextlib.suppress(OSError):
            return dataclasses.replace(self, reading=self.stored.read_bytes())
        return self


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a job: the parts to be kept, or the reason why there are none.

    sha256: of the content that was read; version: of the reading; reading: its bytes, empty where it was stored already; tables: the bytes
    of its part; lasting: whether the reason lies in the content, so that trying again is of no use.
    """

    path: Path
    sha256: str = ""
    version: str = ""
    reading: bytes = b""
    tables: bytes = b""
    reason: str = ""
    lasting: bool = False


Do = Callable[[Job], Outcome]
Begun = Callable[[Path], None]
# What a machine works with, by names that a person knows, for the comparison of two machines.
MadeOf = Callable[[], Mapping[str, str]]
