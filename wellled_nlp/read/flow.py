"""Formats that flow, without printed lines (Word, web pages): the reading process sends blocks, here they become a Document.

In: a path and the task that the reading process has for its format. Out: a Document; blocks have pages where the file tells of page
breaks, and no boxes.
"""

from pathlib import Path
from typing import Any

from wellled_nlp.document import Block, Document, Page
from wellled_nlp.errors import ReadError
from wellled_nlp.read.worker import Worker, WorkerDied
from wellled_nlp.settings import ReadSettings

HINT = "Open it in its own program and save it again, or ask for a fresh copy."


def read_flow(task: str, path: Path, sha256: str, settings: ReadSettings) -> Document:
    """The document that the reading process finds in the file by `task`. Raises ReadError where it finds none."""
    records: list[dict[str, Any]] = []
    size = (0.0, 0.0)
    job = {"task": task, "path": str(path), "cpu_seconds": settings.document_cpu_seconds}
    try:
        with Worker(job, settings) as worker:
            for record in worker.records():
                if record["kind"] == "error":
                    raise ReadError(f"{path} {record['what']}.", str(record["hint"] or HINT), lasting=True)
                if record["kind"] == "size":
                    size = float(record["width"]), float(record["height"])
                else:
                    records += record["blocks"]
    except WorkerDied as died:
        raise ReadError(f"{path} could not be read: {died}.", HINT) from died
    return Document(str(path), sha256, task, _pages(records, size))


def _pages(records: list[dict[str, Any]], size: tuple[float, float]) -> tuple[Page, ...]:
    blocks: dict[int, list[Block]] = {1: []}
    for record in records:
        record["cells"], record["header"] = tuple(record.get("cells", ())), tuple(record.get("header", ()))
        block = Block(**record)
        blocks.setdefault(block.page, []).append(block)
    return tuple(Page(number, *size, tuple(blocks.get(number, ()))) for number in range(1, max(blocks) + 1))
