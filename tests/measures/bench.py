"""What measuring costs: `python -m tests.measures.bench [SCAN_DIR]` writes seconds for each measure over 60,000 sentences, and peak memory.

The facts of a scan (without SCAN_DIR: of the sample year) are repeated, each time a year earlier and with a third of the longer words
exchanged, so that most sentences are new and some are carried from paper to paper. Seconds are the
processor's, which others at work on the machine lengthen little; memory is that of the whole process.
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from wellled_nlp import measures, output, settings, table
from wellled_nlp.measures.facts import labelled

SENTENCES = 60_000
MOST_SECONDS, MOST_MEGABYTES = 5.0, 500
_WORD = re.compile(r"\b[a-z]{7,}\b")
_EXCHANGED = 1 / 3
_IDS = ("document_id", "item_id", "sentence_id", "action_id", "decision_id")


def many(facts: Mapping[str, pd.DataFrame], sentences: int = SENTENCES) -> dict[str, pd.DataFrame]:
    """The facts repeated until there are at least so many sentences; ids stay unique, and each copy's meetings are a year earlier."""
    copies = -(-sentences // len(facts["sentences"]))
    words = sorted({word for text in facts["sentences"]["text"] for word in _WORD.findall(text)})
    held = [_copy(facts, number, words) for number in range(copies)]
    return {name: pd.concat([one[name] for one in held], ignore_index=True).astype(columns) for name, columns in table.FACTS.items()}


def _copy(facts: Mapping[str, pd.DataFrame], number: int, words: list[str]) -> dict[str, pd.DataFrame]:
    random = np.random.default_rng(number)
    copied = {name: frame.copy() for name, frame in facts.items()}
    for frame in copied.values():
        for column in set(_IDS) & set(frame.columns):
            frame[column] = f"{number}-" + frame[column]
    copied["documents"]["meeting_date"] = [
        day if pd.isna(day) else f"{int(day[:4]) - number}{day[4:]}" for day in facts["documents"]["meeting_date"]
    ]
    if number:
        copied["sentences"]["text"] = [
            _WORD.sub(lambda word: words[random.integers(len(words))] if random.random() < _EXCHANGED else word.group(), text)
            for text in facts["sentences"]["text"]
        ]
    return copied


def main(scan: Path | None) -> int:
    with tempfile.TemporaryDirectory() as made:
        if scan is None:
            scan = Path(made) / "scan"
            samples = Path(__file__).parents[2] / "corpora" / "samples"
            # In a process of its own, so that the memory of reading and labelling is not counted with that of measuring.
            subprocess.run([sys.executable, "-m", "wellled_nlp", "scan", str(samples), "--out", str(scan), "--quiet"], check=False)
        facts = many(output.load(scan).facts)
    chosen = settings.load().attention
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{len(facts['sentences']):,} sentences, {len(facts['labels']):,} labels; {before:,.0f} MB with the facts alone\n")
    begun = time.process_time()
    tables = labelled(facts)
    whole = time.process_time() - begun
    for name, measure in measures.MEASURES.items():
        begun = time.process_time()
        tables[name] = measure(tables, chosen)
        took = time.process_time() - begun
        whole += took
        sys.stdout.write(f"{name:16} {took:6.2f} s {len(tables[name]):9,} rows\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{'all':16} {whole:6.2f} s of {MOST_SECONDS} · {memory:,.0f} MB of {MOST_MEGABYTES}\n")
    return int(whole > MOST_SECONDS or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
