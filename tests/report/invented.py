"""An invented trust's papers as an Analysis: six meetings, a board pack and a quality account, in sentences of our own.

The labels are written down with the sentences, so that tests know what a report has to say; the measures are the real ones.
"""

import csv
import dataclasses
import itertools
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from wellled_nlp import measures, settings, table, tabulate
from wellled_nlp.codebook import load_facet

TRUST = "Tarnbrook and Selby Moor NHS Foundation Trust"
DAYS = ("2024-05-23", "2024-07-25", "2024-09-26", "2024-11-28", "2025-01-30", "2025-03-27")
HOSTILE = '<script>alert("x")</script> =HYPERLINK("http://evil.example") \u202egnp.exe\u202c \x00\x07 ' + "w" * 10_000 + " مرحبا"

# text, domain, prompts, language, act
BANK = [tuple(row.values()) for row in csv.DictReader((Path(__file__).parent / "bank.csv").read_text(encoding="utf-8").splitlines())]
# How often each domain's sentences are said at each meeting: quality gives way to winter and money, and comes back in spring.
WEIGHTS = {
    "quality": (5, 4, 3, 2, 2, 6),
    "finance": (3, 4, 5, 6, 6, 4),
    "operations": (3, 3, 4, 7, 8, 4),
    "workforce": (4, 4, 4, 3, 3, 4),
    "strategy": (3, 3, 3, 3, 2, 3),
    "governance": (3, 3, 4, 3, 3, 3),
    "procedural": (2, 2, 2, 2, 2, 2),
}
ITEMS = {
    "quality": "Quality and safety report",
    "finance": "Finance report",
    "operations": "Operational performance",
    "workforce": "People report",
    "strategy": "Strategy and partnerships",
    "governance": "Board assurance framework",
    "procedural": "Welcome and apologies",
}
CUES = {"challenge": "asked", "decision": "approved", "action": "ACTION:", "noting": "noted"}


def analysis(repeat: int = 1, extra: Sequence[str] = (), organisation: str = TRUST, days: Sequence[str] = DAYS) -> table.Analysis:
    """The invented trust. repeat multiplies the text of every meeting; extra sentences stand at the end of the last document."""
    documents = [(f"m{n}", f"papers/Minutes {day}.pdf", "minutes", day, 10) for n, day in enumerate(days)]
    documents += [
        ("pack", "papers/Pack #3 November.pdf", "board pack", "2024-11-28", 58),
        ("account", "papers/quality account.pdf", "quality account", None, 24),
    ]
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in table.FACTS}
    for number, (document, path, kind, day, pages) in enumerate(documents):
        _add(rows, document, kind, number, pages, repeat, extra if document == "account" else ())
        words = sum(int(str(row[12])) for row in rows["sentences"] if row[1] == document)
        read = pages - (2 if document == "pack" else 0)
        how = 6 if document == "pack" else 0
        rows["documents"].append(
            (document, f"/srv/{path}", f"{number:064x}", "pdf", organisation, kind, day, pages, read, how, pages - read, words, True, None)
        )
    rows["skipped"] += [
        ("/srv/papers/damaged.pdf", None, "The file ends in the middle of its third page."),
        ("/srv/papers/Pack #3 November.pdf", 17, "The page is a picture without text, and OCR found none."),
        ("/srv/papers/Pack #3 November.pdf", 18, "The page took longer than 5 seconds."),
    ]
    rows["codes"] = list(tabulate.codes(()))
    facts = {name: table.build(columns, rows[name]) for name, columns in table.FACTS.items()}
    chosen = settings.load()
    return table.Analysis(facts, measures.measure_all(facts, chosen.attention), provenance(facts, [(d, p) for d, p, *_ in documents]))


def with_hostile_measures(made: table.Analysis) -> table.Analysis:
    """The sentences that mean harm as a gap without a reply, as a gap with one, as a challenge and as an action that is left open."""
    sentences = made.facts["sentences"]
    evil, formula = (sentences.loc[sentences["text"] == text, "sentence_id"].iloc[0] for text in (HOSTILE, "=1+1"))
    item, day = "account-i6", "2025-03-27"
    gap = (day, "quality", 0)
    rows = {
        "gaps": [(evil, *gap, "unanswered", None, None, None, None), (formula, *gap, "action only", "action only", evil, day, 0.4)],
        "challenge": [(evil, "account", item, day, 1, "quality", "W8", "untyped", False, False, False)],
        "action_history": [("m0-a000", "=1+1", HOSTILE, "@SUM(A1)", day, "m0-a000", "+1", HOSTILE, "overdue", "first", 1, True)],
    }
    return dataclasses.replace(made, measures={**made.measures, **{name: table.of(name, held) for name, held in rows.items()}})


def provenance(facts: dict[str, pd.DataFrame], papers: Sequence[tuple[str, str]]) -> dict[str, object]:
    """What the pipeline tells of a scan."""
    documents = facts["documents"]
    framework = load_facet("kloe-2017")
    return {
        "versions": {"wellled": "0.1.0", "python": "3.11.7", "pandas": "3.1.1"},
        "scanned_on": "2025-06-02",
        "frameworks": [
            {"id": f.id, "name": f.name, "title": f.title, "publisher": f.publisher, "link": f.link, "sha256": f.sha256}
            for f in map(load_facet, ("kloe-2017", "language", "domain", "act"))
        ],
        "models": [
            {"facet": name, "sha256": f"{n:064x}", "metrics": {}}
            for n, name in enumerate(("prompts", "themes", "language", "domain", "act"))
        ],
        "settings": {"attention": dataclasses.asdict(settings.load().attention)},
        "counts": {
            "documents": len(documents),
            "documents_not_counted": 0,
            "documents_failed": 1,
            "pages": int(documents["pages"].sum()),
            "pages_read": int(documents["pages_read"].sum()),
            "pages_ocr": 6,
            "pages_failed": 2,
            "sentences": len(facts["sentences"]),
            "words": int(documents["words"].sum()),
            "furniture_blocks": 164,
        },
        "links": {document: f"../{path}" for document, path in papers},
        "doubts": [
            {"path": "/srv/papers/quality account.pdf", "text": f"No meeting date was found; {framework.title} are counted all the same."}
        ],
    }


def _add(
    rows: dict[str, list[tuple[object, ...]]], document: str, kind: str, number: int, pages: int, repeat: int, extra: Sequence[str]
) -> None:
    counter = itertools.count()
    meeting = min(number, 5)
    previous = ""
    for place, (domain, title) in enumerate(ITEMS.items()):
        item = f"{document}-i{place}"
        page = 1 + place * pages // len(ITEMS)
        minutes = 10.0 * WEIGHTS[domain][meeting] if kind == "board pack" else None
        rows["items"].append((item, document, place, f"{place + 1}", title, kind, page, page + 1, "09:30" if minutes else None, minutes, 0))
        said = [one for one in BANK if one[1] == domain]
        for turn in range(WEIGHTS[domain][meeting] * repeat * (2 if kind == "board pack" else 1)):
            text, *labels = said[turn % len(said)]
            previous = _sentence(rows, document, item, page, title, previous, text, labels, next(counter))
    for text in extra:
        previous = _sentence(
            rows, document, item, page, "Annex", previous, text, ["quality", "W8.2", "improvement", "report"], next(counter)
        )
    if kind == "minutes":
        rows["actions"].append(
            (
                f"{document}-a000",
                document,
                f"{document}-i3",
                5,
                "Bring a plan for bullying on nights to the Board.",
                "Director of People",
                "2025-01-30",
                "open",
            )
        )
        rows["decisions"].append((f"{document}-d000", document, f"{document}-i1", 3, "The capital programme was approved at £22.6m."))
    rows["furniture"].append((document, 1, "running head", "Board of Directors in public"))


def _sentence(
    rows: dict[str, list[tuple[object, ...]]],
    document: str,
    item: str,
    page: int,
    heading: str,
    previous: str,
    text: str,
    labels: Sequence[str],
    count: int,
) -> str:
    domain, prompts, language, act = labels
    held = f"{document}-{count:05d}"
    rows["sentences"].append((held, document, item, page, 72.0, 100.0, 520.0, 112.0, count, heading, previous, text, len(text.split())))
    score = 0.55 + (count * 37 % 40) / 100
    codes = [code for code in prompts.split(";") if code]
    parents = load_facet("kloe-2017").parent_of
    rows["labels"] += [(held, "prompts", code, "model", score, True) for code in codes]
    rows["labels"] += [(held, "themes", theme, "model", score + 0.02, True) for theme in dict.fromkeys(parents[code] for code in codes)]
    rows["labels"] += [
        (held, "language", language, "model", score, True),
        (held, "domain", domain, "model", score, True),
        (held, "act", act, "rules", score, True),
    ]
    rows["labels"].append((held, "domain", "governance" if domain != "governance" else "strategy", "model", 0.21, False))
    if act in CUES:
        rows["cues"].append((held, "act", act, CUES[act]))
    return text
