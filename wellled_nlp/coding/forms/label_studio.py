"""Forms as Label Studio tasks (JSON) with the labelling configuration (XML) beside them; its JSON export back in.

A task is `data` with the sentence; where labels are shown they are `predictions`. The export holds `annotations`, one a coder: their
number or e-mail address names the coder; those that were cancelled are left out.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from wellled_nlp.coding import codes, keep
from wellled_nlp.coding.forms.check import Raw
from wellled_nlp.coding.records import Form, Question, writable
from wellled_nlp.errors import InputError

_TEXT = "text"


def write(form: Form, path: Path) -> None:
    """Writes the tasks, and beside them, under the same name ending in .xml, the configuration to paste into the project's settings."""
    tasks = [_task(question, form.sample) for question in form.questions]
    keep.write(path, json.dumps(tasks, indent=1, ensure_ascii=False) + "\n")
    keep.write(path.with_suffix(".xml"), configuration())


def configuration() -> bytes:
    """The labelling interface: the sentence in its place, and a choice a facet."""
    view = etree.Element("View")
    etree.SubElement(view, "Header", value="$heading", size="5")
    etree.SubElement(view, "Text", name="previous", value="$previous")
    etree.SubElement(view, "Text", name=_TEXT, value="$text")
    for name, facet in codes.facets().items():
        etree.SubElement(view, "Header", value=facet.title, size="5")
        one = facet.maximum == 1
        held = etree.SubElement(
            view, "Choices", name=name, toName=_TEXT, choice="single" if one else "multiple", showInline="true" if one else "false"
        )
        for answer, words in codes.shown(facet).items():
            # `alias` is what the export holds; the words may change without a change of meaning.
            etree.SubElement(held, "Choice", value=words, alias=answer)
    return bytes(etree.tostring(view, pretty_print=True, encoding="utf-8"))


def read(path: Path) -> list[Raw]:
    """One row an annotation, numbered by task. Raises InputError."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(tasks, list):
            raise ValueError("not a list of tasks")
        return [row for number, task in enumerate(tasks, 1) for row in _rows(number, task)]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise InputError(f"{path} is not a Label Studio export: {error!r}.", "Export the project as JSON (not JSON-MIN).") from error


def _task(question: Question, sample: str) -> dict[str, Any]:
    data = {"sentence_id": question.sentence_id, "hash": question.hash, "sample": sample, "document": question.document}
    data |= {"page": question.page}  # type: ignore[dict-item]
    data |= {name: writable(getattr(question, name)) for name in ("heading", "previous", "text")}
    task: dict[str, Any] = {"data": data}
    if question.labels:
        task["predictions"] = [{"model_version": "wellled", "result": [_result(name, held) for name, held in question.labels.items()]}]
    return task


def _result(name: str, held: tuple[str, ...]) -> dict[str, Any]:
    return {"from_name": name, "to_name": _TEXT, "type": "choices", "value": {"choices": list(held or (codes.NONE,))}}


def _rows(number: int, task: dict[str, Any]) -> Iterator[Raw]:
    data = task["data"]
    sentence_id, digest, sample, text = (str(data.get(name, "")) for name in ("sentence_id", "hash", "sample", "text"))
    for one in task.get("annotations") or []:
        if one.get("was_cancelled"):
            continue
        cells: dict[str, list[str]] = {}
        for result in one.get("result") or []:
            if result.get("type") == "choices":
                cells.setdefault(str(result["from_name"]), []).extend(map(str, result["value"]["choices"]))
        yield Raw(number, sentence_id, digest, sample, text, cells, _coder(one.get("completed_by")))


def _coder(who: Any) -> str:
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return "" if who is None else str(who)
