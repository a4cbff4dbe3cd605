"""A scan of an invented trust on disk, small and quick, and people who fill in what is drawn from it."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pandas as pd

from tests.measures import world
from tests.measures.world import Said
from tests.report import invented
from wellled_nlp import measures, output, settings
from wellled_nlp.coding import codes
from wellled_nlp.coding.records import Form, Question
from wellled_nlp.table import Analysis

DOMAINS = ("quality", "finance", "operations", "workforce", "strategy", "governance", "procedural")
LANGUAGES = ("assurance", "neither", "neither", "improvement", "both")
PROMPTS = (("W5.2",), ("W5.4", "W6.2"), (), ("W8.3",), ("W3.5",), ("W5.2",))
HOSTILE = (
    '=HYPERLINK("http://elsewhere.invalid","Apologies")',
    "+44 20 7946 0000 was the number given.",
    "-5 % against plan; the \"target\" was 2, or 3; 'about' 4",
    "@chair <script>alert(1)</script> & [[link]] {{ 7*7 }}",
    "A line\nbroken in two, a tab\there, a null\x00 and half a pair \ud83d.",
    "Überblick – £4.1m, naïve café, 漢字, 🙂",
)


@dataclass(frozen=True)
class Person:
    """Somebody who fills in a form: for each question the codes by facet; facets left out stay empty."""

    name: str
    say: Callable[[Question], dict[str, tuple[str, ...]]]


def said(n: int = 240) -> list[Said]:
    """Sentences of four meetings whose labels go round in a circle."""
    held = []
    for number in range(n):
        act = ("report", "report", "noting", "challenge", "decision")[number % 5]
        language = LANGUAGES[number % len(LANGUAGES)]
        one = Said(f"2025-0{1 + number % 4}-15", 12, DOMAINS[number % len(DOMAINS)], language, act, PROMPTS[number % len(PROMPTS)])
        held.append(replace(one, item=number % 3))
    return held


def scan(folder: Path, held: list[Said] | None = None) -> Path:
    """The output folder of a scan, made from facts alone; the first sentences are hostile."""
    facts = world.facts(said() if held is None else held)
    texts = [HOSTILE[n] if n < len(HOSTILE) else f"Sentence {n} tells something." for n in range(len(facts["sentences"]))]
    facts["sentences"]["text"] = pd.array([text.encode("utf-8", "replace").decode() for text in texts], dtype="string")
    write(folder, facts)
    return folder


def write(folder: Path, facts: dict[str, pd.DataFrame]) -> None:
    """Writes what a scan with these facts would."""
    chosen = settings.load().attention
    papers = [(one, f"{one}.pdf") for one in facts["documents"]["document_id"]]
    provenance = {**invented.provenance(facts, papers), "headlines": ["", "", ""]}
    folder.mkdir(parents=True, exist_ok=True)
    with output.folder(folder) as place:
        place.write_tables(Analysis(facts, measures.measure_all(facts, chosen), provenance))


def as_the_model(folder: Path) -> Callable[[Question], dict[str, tuple[str, ...]]]:
    """Says of every question what the scan's labels say."""
    labels = output.load_facts(folder, ["labels"])["labels"]
    given = labels[labels["assigned"] & (labels["scorer"] != "person")].groupby(["sentence_id", "facet"])["code"].agg(tuple).to_dict()
    return lambda question: {name: given.get((question.sentence_id, name), ()) for name in codes.facets()}


def fill(path: Path, form: Form, person: Person) -> None:
    """Fills in a form as the program that opens such a file would leave it."""
    said = {question.sentence_id: person.say(question) for question in form.questions}
    {".xlsx": _workbook, ".csv": _sheet, ".jsonl": _lines, ".json": _tasks}[path.suffix](path, said, person.name)


def _workbook(path: Path, said: dict[str, dict[str, tuple[str, ...]]], coder: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["sentences"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for name, given in said[sheet.cell(row, place["sentence_id"]).value].items():
            facet = codes.facets()[name]
            words = [codes.shown(facet)[code] for code in given or ("none",)]
            columns = [name] if facet.maximum == 1 else [f"{name} {number}" for number in range(1, facet.maximum + 1)]
            for column, word in zip(columns, words, strict=False):
                sheet.cell(row, place[column]).value = word
    sheet.cell(2, place["coder"]).value = coder
    book.save(path)


def _sheet(path: Path, said: dict[str, dict[str, tuple[str, ...]]], coder: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row |= {name: ";".join(given) or "none" for name, given in said[row["sentence_id"]].items()} | {"coder": coder}
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _lines(path: Path, said: dict[str, dict[str, tuple[str, ...]]], coder: str) -> None:
    tasks = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for task in tasks:
        given = said[task["meta"]["id"]]
        task["accept"] = [f"{name}:{code}" for name, held in given.items() for code in held or ("none",)]
        task |= {"answer": "accept" if given else "ignore", "_annotator_id": coder}
    path.write_text("".join(json.dumps(task) + "\n" for task in tasks), encoding="utf-8")


def _tasks(path: Path, said: dict[str, dict[str, tuple[str, ...]]], coder: str) -> None:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks):
        given = said[task["data"]["sentence_id"]]
        result = [
            {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(held or ("none",))}}
            for name, held in given.items()
        ]
        task |= {"id": number, "annotations": [{"id": number, "completed_by": {"email": coder}, "result": result}]}
    path.write_text(json.dumps(tasks), encoding="utf-8")
