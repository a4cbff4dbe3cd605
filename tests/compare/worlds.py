"""Invented trusts as libraries on disk: sentences drawn with a seed, tables in the contracts, so that planted differences are known.

Every meeting has shares of its own around those of its trust, as real meetings do. A changed trust is written as a `Trust` whose shares
differ; where one domain is lower another has to be higher, and the planted pair is quality and finance.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wellled_nlp import output, table

DOMAINS = {
    "quality": 0.23,
    "finance": 0.15,
    "operations": 0.16,
    "workforce": 0.14,
    "strategy": 0.11,
    "governance": 0.13,
    "procedural": 0.08,
}
LANGUAGES = {"assurance": 0.2, "improvement": 0.12, "both": 0.02, "neither": 0.66}
THEMES = {"W1": 0.06, "W2": 0.06, "W3": 0.09, "W4": 0.1, "W5": 0.16, "W6": 0.09, "W7": 0.06, "W8": 0.08, "ES": 0.02, "": 0.28}
CHALLENGE = 0.045
# How much meetings of one trust differ: the concentration of a Dirichlet distribution; at 60 a share of 23 % has a standard deviation of 5.
CONCENTRATION = 60.0


@dataclass(frozen=True)
class Trust:
    """One invented board: its name, its meetings and what is planted in it."""

    name: str
    meetings: int = 12
    quality: float = DOMAINS["quality"]
    challenge: float = CHALLENGE
    sentences: int = 130
    first_month: int = 1
    doc_type: str = "minutes"


PLAIN = (Trust("Aldermoor NHS Trust", 12), Trust("Brackenmoor NHS Foundation Trust", 11), Trust("Cullerdale NHS Trust", 12))
# What is planted: quality lower at Brackenmoor, with finance higher for it, and three times the challenge at Cullerdale.
PLANTED = (
    PLAIN[0],
    Trust("Brackenmoor NHS Foundation Trust", 11, quality=0.09),
    Trust("Cullerdale NHS Trust", 12, challenge=0.14),
)
FOUND = {
    ("Brackenmoor NHS Foundation Trust", "attention", "quality", "lower"),
    ("Brackenmoor NHS Foundation Trust", "attention", "finance", "higher"),
    ("Cullerdale NHS Trust", "challenge", "challenge", "higher"),
}

Rows = dict[str, list[dict[str, object]]]


def library(folder: Path, trusts: Sequence[Trust], seed: int, *, part: tuple[int, int] = (0, 1), **provenance: Any) -> Path:
    """Writes the library of these trusts. part (k, n): only every n-th document from the k-th on; the sentences do not depend on it."""
    rows: Rows = {"documents": [], "sentences": [], "labels": [], "skipped": []}
    for trust in trusts:
        for number in range(trust.meetings):
            if number % part[1] == part[0]:
                _meeting(rows, trust, number, seed)
    write(folder, rows, **provenance)
    return folder


def write(folder: Path, rows: Rows, **provenance: Any) -> None:
    """The tables as Parquet, and an analysis.json with what a comparison asks of it."""
    (folder / "tables").mkdir(parents=True)
    for name, held in rows.items():
        columns = table.FACTS[name]
        frame = table.build(columns, ([row.get(column) for column in columns] for row in held))
        with output.connect() as connection:
            connection.register("frame", frame)
            kinds = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
            listed = ", ".join(f'"{column}"::{kinds[kind]} AS "{column}"' for column, kind in columns.items())
            connection.execute(f"COPY (SELECT {listed} FROM frame) TO '{folder / 'tables' / name}.parquet' (FORMAT parquet)")
    held_by = {
        "versions": {"wellled": "1.0"},
        "scanned_on": "2025-06-01",
        "frameworks": [{"name": "domain", "id": "domain", "sha256": "ab" * 32}],
        "models": [{"facet": "domain", "sha256": "cd" * 32}],
        "settings": {"attention": {"left_out": ["procedural"], "doc_types": ["minutes"]}},
    }
    (folder / "analysis.json").write_text(json.dumps(held_by | provenance), encoding="utf-8")


def _meeting(rows: Rows, trust: Trust, number: int, seed: int) -> None:
    month = trust.first_month + number - 1
    day = f"{2023 + month // 12}-{month % 12 + 1:02d}-20"
    digest = hashlib.sha256(f"{trust.name} {day} {trust.doc_type} {seed}".encode()).hexdigest()
    rng = np.random.default_rng(int(digest[:15], 16))
    words = rng.integers(6, 36, trust.sentences)
    document = {
        "path": f"{trust.name} {day}.pdf",
        "sha256": digest,
        "format": "pdf",
        "organisation": trust.name,
        "doc_type": trust.doc_type,
    }
    counts = {
        "meeting_date": day,
        "pages": 9,
        "pages_read": 9,
        "pages_ocr": 0,
        "pages_failed": 0,
        "words": int(words.sum()),
        "counted": True,
    }
    rows["documents"].append({"document_id": digest[:12], **document, **counts})
    moved = DOMAINS | {"quality": trust.quality, "finance": DOMAINS["finance"] + DOMAINS["quality"] - trust.quality}
    challenge = {"challenge": trust.challenge, "report": 1 - trust.challenge}
    drawn = {
        name: _drawn(rng, shares, trust.sentences) for name, shares in (("domain", moved), ("language", LANGUAGES), ("act", challenge))
    }
    drawn["themes"] = _drawn(rng, THEMES, trust.sentences)
    for place in range(trust.sentences):
        name = f"{digest[:12]}-s{place:04d}"
        rows["sentences"].append(
            {"sentence_id": name, "document_id": digest[:12], "page": 1, "position": place, "words": int(words[place])}
        )
        for facet, codes in drawn.items():
            if codes[place]:
                rows["labels"].append({"sentence_id": name, "facet": facet, "code": codes[place], "score": 1.0, "assigned": True})


def _drawn(rng: np.random.Generator, shares: dict[str, float], size: int) -> list[str]:
    """Codes of the sentences of one meeting, whose own shares lie around these."""
    held = rng.dirichlet(CONCENTRATION * np.array(list(shares.values())))
    return [list(shares)[place] for place in rng.choice(len(held), size=size, p=held)]
