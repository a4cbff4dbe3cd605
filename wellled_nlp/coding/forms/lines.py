"""Forms as JSON lines, one task a line, in the shape that Prodigy's choice interface uses: text, options, accept, answer.

An option's id is `facet:code`, so that one task asks all facets. `answer` "accept" counts; "reject" and "ignore" leave a task uncoded.
"""

import json
from pathlib import Path
from typing import Any

from wellled_nlp.coding import codes, keep
from wellled_nlp.coding.forms.check import Raw
from wellled_nlp.coding.records import Form, writable
from wellled_nlp.errors import InputError

_BETWEEN = ":"


def write(form: Form, path: Path) -> None:
    """Writes the form; where labels are shown, they are accepted already."""
    options = [
        {"id": f"{name}{_BETWEEN}{answer}", "text": f"{facet.title}: {words}"}
        for name, facet in codes.facets().items()
        for answer, words in codes.shown(facet).items()
    ]
    tasks: list[dict[str, Any]] = []
    for question in form.questions:
        meta = {"id": question.sentence_id, "hash": question.hash, "sample": form.sample, "doc": question.document, "page": question.page}
        meta |= {"heading": writable(question.heading), "previous": writable(question.previous)}
        accept = [f"{name}{_BETWEEN}{code}" for name, held in question.labels.items() for code in held or (codes.NONE,)]
        tasks.append({"text": writable(question.text), "meta": meta, "options": options, "accept": accept, "answer": None})
    keep.write(path, "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in tasks))


def read(path: Path) -> list[Raw]:
    """The tasks that were accepted, numbered by line. Raises InputError naming the line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").split("\n"), 1):
        if line.strip():
            try:
                found.append(_raw(number, json.loads(line)))
            except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
                raise InputError(
                    f"{path}, line {number}: not a task: {error!r}.", "A line is one JSON object with text, meta, accept."
                ) from error
    return found


def _raw(number: int, task: dict[str, Any]) -> Raw:
    meta = dict(task.get("meta") or {})
    cells: dict[str, list[str]] = {}
    for option in (task.get("accept") or []) if task.get("answer") == "accept" else []:
        facet, _, code = str(option).partition(_BETWEEN)
        if facet not in codes.facets():
            raise ValueError(f"unknown option {option!r}")
        cells.setdefault(facet, []).append(code)
    sentence_id, digest, sample = (str(meta.get(name, "")) for name in ("id", "hash", "sample"))
    coder = str(task.get("_annotator_id") or task.get("coder") or "")
    return Raw(number, sentence_id, digest, sample, str(task.get("text", "")), cells, coder, str(task.get("note") or ""))
