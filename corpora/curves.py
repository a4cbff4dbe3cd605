"""What more sentences, and each voice, are worth: the model as it stands, trained on parts of the corpus, measured on real sentences.

`make curves`. Needs the real sentences (../shared), which are not part of the project; takes some twenty minutes. Draws are nested and
seeded; thresholds stay as committed, so that only the corpus differs.
"""

import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from wellled_nlp import evaluate, train

HERE = Path(__file__).resolve().parent
REAL = HERE.parents[1] / "shared"
SIZES = (1000, 2500, 5000)
FIGURES = ("themes macro", "themes micro", "assurance", "improvement", "domain", "act")
Row = dict[str, str]


def main() -> int:
    """Prints a Markdown table; 1 where the real sentences are not at hand."""
    if not (REAL / "dev_sentences.csv").is_file():
        print("The real sentences are not on this machine (../shared/dev_sentences.csv).")
        return 1
    voices = {path.stem: _read(path) for path in sorted((HERE / "labelled").glob("*.csv"))}
    everything = [row for rows in voices.values() for row in rows]
    order = np.random.default_rng(1).permutation(len(everything))
    print(f"| trained on | sentences | {' | '.join(FIGURES)} |\n|---|--:|{'--:|' * len(FIGURES)}")
    for size in SIZES:
        _report(f"{size:,} drawn", [everything[at] for at in order[:size]])
    _report("all", everything)
    for left_out in voices:
        _report(f"without {left_out}", [row for voice, rows in voices.items() if voice != left_out for row in rows])
    return 0


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _report(name: str, rows: Sequence[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus, models = Path(folder) / "labelled", Path(folder) / "models"
        corpus.mkdir()
        with (corpus / "part.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        train.train(corpus, models)
        whole = evaluate.evaluate(REAL / "dev_sentences.csv", models, draws=2)["facets"]
        acts = evaluate.evaluate(REAL / "dev_acts.csv", models, draws=2)["facets"]
    figures = [
        whole["themes"]["macro_f1"],
        whole["themes"]["micro_f1"],
        whole["language"]["flags"]["assurance"],
        whole["language"]["flags"]["improvement"],
        whole["domain"]["macro_f1"],
        acts["act"]["macro_f1"],
    ]
    print(f"| {name} | {len(rows):,} | {' | '.join(f'{figure:.3f}' for figure in figures)} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
