"""The reading process seen from the caller: start it, take its records one by one, end it whatever happens.

Files of board papers come from anywhere, and a parser in C that meets a hostile one may abort, swell or spin; none of that can be caught
in the same process. So the caller never parses: it starts `wellled_nlp.read.child` with a job, reads length-prefixed JSON records from
its pipe (JSON, because a record from a process that a file has taken over must not be able to run anything), and stops it at a deadline.
"""

import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from wellled_nlp.settings import ReadSettings

LONGEST_RECORD = 256 * 2**20  # bytes; a drawn page of 25 megapixels is the largest honest record
WALL_FOR_CPU = 10.0  # wall seconds that one CPU second may take on a busy machine before the reader counts as hung
LEAST_WAIT = 20.0  # seconds; starting up and opening a file of 300 MB on a slow disk

Record = dict[str, Any]


class WorkerDied(Exception):
    """The reading process ended before it was done; the message says why, in words for the user."""


class Worker:
    """One reading process with one job; a context manager that leaves nothing running behind."""

    def __init__(self, job: Record, settings: ReadSettings) -> None:
        self._settings = settings
        self._wait = max(LEAST_WAIT, WALL_FOR_CPU * max(settings.page_cpu_seconds, job.get("cpu_seconds", 0.0)))
        self._deadline = time.monotonic() + self._wait
        self._late = False
        self._done = threading.Event()
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[2]), *(p for p in sys.path if p)])
        # -P: never take a module from the folder that the user happens to stand in.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "wellled_nlp.read.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        threading.Thread(target=self._watch, daemon=True).start()
        self._send({**job, "settings": asdict(settings)})

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    def records(self) -> Iterator[Record]:
        """Each record as it arrives, until the job is done. Raises WorkerDied when the process ends early or stands still.

        A record with the key "blob" brings that many bytes, which replace the number.
        """
        pipe = self._process.stdout
        assert pipe is not None
        while True:
            record = self._take(pipe)
            self._deadline = time.monotonic() + self._wait
            if record.get("kind") == "end":
                return
            yield record

    def _take(self, pipe: IO[bytes]) -> Record:
        (length,) = struct.unpack(">I", self._exactly(pipe, 4))
        if length > LONGEST_RECORD:
            raise WorkerDied("its reader sent a record that is too long")
        try:
            record = json.loads(self._exactly(pipe, length))
        except ValueError as error:
            raise WorkerDied("its reader sent something that is not a record") from error
        if not isinstance(record, dict):
            raise WorkerDied("its reader sent something that is not a record")
        if "blob" in record:
            size = int(record["blob"])
            if not 0 <= size <= LONGEST_RECORD:
                raise WorkerDied("its reader sent a record that is too long")
            record["blob"] = self._exactly(pipe, size)
        return record

    def _exactly(self, pipe: IO[bytes], length: int) -> bytes:
        data = pipe.read(length)
        if len(data) < length:
            raise WorkerDied(self._why())
        return data

    def _why(self) -> str:
        """Why the process ended, from how it ended."""
        try:
            code = self._process.wait(timeout=LEAST_WAIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        limits = self._settings
        if self._late:
            return f"it gave no answer for {self._wait:.0f} seconds"
        if code == -getattr(signal, "SIGPROF", 27):
            return f"it took more than {limits.page_cpu_seconds:g} seconds of processor time"
        if code == -getattr(signal, "SIGXCPU", 24):
            return "the document took more processor time than it may"
        if code < 0 or code == 3:
            return f"its reader broke down: the file is damaged, or needs more than {limits.memory_megabytes} MB of memory"
        return f"its reader ended with code {code}"

    def _send(self, job: Record) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.close()

    def _watch(self) -> None:
        while not self._done.wait(0.25):
            if time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()
                return
            if self._process.returncode is not None:
                return
