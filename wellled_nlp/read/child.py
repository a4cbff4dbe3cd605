"""The reading process itself: take a job, keep within its limits, write one record for each page.

Started as `python -m wellled_nlp.read.child` by `worker`, with the job as a line of JSON on standard input. Limits are the kernel's where
it has them: address space, CPU seconds of the document, and a timer of CPU seconds for each page that ends the process from outside
Python, so that a loop within a C library cannot outlast it.
"""

import contextlib
import gc
import json
import os
import signal
import struct
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from wellled_nlp.settings import ReadSettings


class Channel:
    """The pipe to the caller, and the clock of the page in hand."""

    def __init__(self, pipe: BinaryIO, settings: "ReadSettings") -> None:
        self._pipe = pipe
        self.settings = settings

    def send(self, record: dict[str, Any], blob: bytes | None = None) -> None:
        """Write one record, and the bytes that go with it."""
        if blob is not None:
            record["blob"] = len(blob)
        data = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
        self._pipe.write(struct.pack(">I", len(data)) + data)
        if blob is not None:
            self._pipe.write(blob)
        self._pipe.flush()

    def start_clock(self, seconds: float) -> None:
        """End this process when it has used `seconds` of CPU from now; 0 stops the clock."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, seconds)

    def allow(self, seconds: float) -> None:
        """The CPU seconds that the whole document may take from now."""
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource

            usage = resource.getrusage(resource.RUSAGE_SELF)
            soft = int(usage.ru_utime + usage.ru_stime + seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 5))


def main() -> None:
    """Do the one job on standard input; exit code 3 says that memory ran out."""
    job = json.loads(sys.stdin.buffer.readline())
    # The caller has checked the settings; importing their module here would cost each document a tenth of its start.
    settings = cast("ReadSettings", SimpleNamespace(**job.pop("settings")))
    # Whatever a C library prints must not get between the records.
    pipe = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    _limit_memory(settings.memory_megabytes)
    for name in ("SIGPROF", "SIGXCPU"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    gc.disable()  # a short life without reference cycles: looking for them costs a twentieth
    channel = Channel(pipe, settings)
    channel.allow(settings.document_cpu_seconds)
    try:
        _do(job, channel)
        channel.send({"kind": "end"})
        pipe.flush()
    except MemoryError:
        os._exit(3)
    except BrokenPipeError:
        os._exit(0)
    os._exit(0)


def _do(job: dict[str, Any], channel: Channel) -> None:
    task = job["task"]
    if task in ("pdf", "draw"):
        from wellled_nlp.read import pdf_pages

        (pdf_pages.send_pages if task == "pdf" else pdf_pages.send_drawings)(job, channel)
    elif task == "second_reader":
        from wellled_nlp.read import second_reader

        second_reader.send_pages(job, channel)
    elif task == "word":
        from wellled_nlp.read import word

        word.send_blocks(job, channel)
    elif task == "html":
        from wellled_nlp.read import html

        html.send_blocks(job, channel)


def _limit_memory(megabytes: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
