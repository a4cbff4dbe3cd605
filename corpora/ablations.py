"""What each part of the model is worth: the model as it stands less one part, measured on real sentences.

`make ablations`. Needs the real sentences (../shared), which are not part of the project; takes a quarter of an hour. Thresholds are
chosen on the other half of the real sentences, halves by id, so that a variant is not judged by another's.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from wellled_nlp import evaluate, train
from wellled_nlp.classify import LEXICONS, choose, labelled, score, tune
from wellled_nlp.classify.features import Context, Featuriser, learn_vocabulary
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.classify.model import HEADS, Head, Model

HERE = Path(__file__).resolve().parent
REAL = HERE.parents[1] / "shared" / "dev_sentences.csv"
CUES = ("cues", "heading cues", "previous cues")
TEXT = ("words", "pairs", "runs", "heading words")
Change = Callable[[Context], Context]
Probable = dict[str, np.ndarray]


def main() -> int:
    """Prints a Markdown table; 1 where the real sentences are not at hand."""
    if not REAL.is_file():
        print(f"The real sentences are not on this machine ({REAL}).")
        return 1
    rows, real = labelled.read(HERE / "labelled"), labelled.read(REAL)
    print(
        "| variant | themes mAP | themes macro / micro F1 | assurance / improvement AP | and F1 | domain macro F1 | prompts top-3 recall |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|")
    whole = fitted(rows)
    contexts = [row.context for row in real]
    joined, alone = score.probabilities(contexts, whole), whole.probabilities(contexts)
    report("full", real, joined)
    report("no lexicon", real, scored(real, fitted(rows, without=CUES)))
    report("no heading", *changed(rows, real, lambda one: one._replace(heading="")))
    report("no previous sentence", *changed(rows, real, lambda one: one._replace(previous="")))
    report("no context at all", *changed(rows, real, lambda one: one._replace(heading="", previous="")))
    report("no character 4-grams", real, scored(real, fitted(rows, without=("runs",))))
    report("no word pairs", real, scored(real, fitted(rows, without=("pairs",))))
    report("cues and shape only", real, scored(real, fitted(rows, without=TEXT)))
    report("themes: their own head alone", real, joined | {"themes": alone["themes"]})
    report("themes: the prompts' head alone", real, joined | {"themes": alone["prompts"][:, :-1] @ score.belongs_to()})
    report("language: the flags alone", real, joined | {"language": score.split(*alone["language"].T)})
    report("language: the rivals alone", real, joined | {"language": alone["stance"]})
    order = np.random.default_rng(1).permutation(len(rows))
    for name, part in (("half the corpus", 2), ("a quarter", 4), ("an eighth", 8)):
        report(name, real, scored(real, fitted([rows[at] for at in order[: len(rows) // part]])))
    return 0


def fitted(rows: Sequence[Labelled], without: Sequence[str] = ()) -> Model:
    """The model of these sentences, with these blocks of features left out (their columns are empty, so their weights are nought)."""
    contexts = [row.context for row in rows]
    vocabulary = learn_vocabulary([one.text for one in contexts] + [one.heading for one in contexts], LEXICONS)
    featuriser = Featuriser(vocabulary)
    kept = np.concatenate([np.full(width, block not in without, dtype=np.float32) for block, width in featuriser.blocks.items()])
    features = featuriser.rows(contexts).multiply(kept).tocsr()
    features.eliminate_zeros()
    heads = {}
    for facet in HEADS:
        codes, true = train.asked(rows, facet)
        weights, bias = train.fit(facet, codes, features, true, featuriser)
        heads[facet] = Head(facet, codes, weights.astype(np.float32), bias.astype(np.float32), {})
    return Model(vocabulary, heads)


def changed(rows: Sequence[Labelled], real: Sequence[Labelled], change: Change) -> tuple[Sequence[Labelled], Probable]:
    """The real sentences with their probabilities where both they and those learned from are changed."""
    model = fitted([replace(row, context=change(row.context)) for row in rows])
    return real, score.probabilities([change(row.context) for row in real], model)


def scored(real: Sequence[Labelled], model: Model) -> Probable:
    """The probabilities of the real sentences."""
    return score.probabilities([row.context for row in real], model)


def report(name: str, real: Sequence[Labelled], probable: Probable) -> None:
    """Prints one row of the table."""
    half = evaluate.halves(real)
    themes = labelled.targets(real, "themes")[1]
    given = tune.cross_fitted(themes, probable["themes"], half)
    flags, shares = labelled.targets(real, "language")[1], score.flags_of(probable["language"])
    places = range(len(labelled.FLAGS))
    crossed = [_f1(flags[:, at], tune.cross_fitted(flags[:, [at]], shares[:, [at]], half)[:, 0]) for at in places]
    domains, domain = labelled.targets(real, "domain")
    chosen = choose.exactly(choose.one(probable["domain"], np.full(len(domains), choose.HALF)), len(domains))
    prompts = labelled.targets(real, "prompts")[1]
    asked = prompts.any(axis=1)
    nearest = np.argsort(-probable["prompts"], axis=1, kind="stable")[:, :3]
    cells = (
        f"{average_precision_score(themes, probable['themes']):.3f}",
        f"{evaluate.macro_f1(themes, given):.3f} / {_f1(themes, given):.3f}",
        " / ".join(f"{average_precision_score(flags[:, at], shares[:, at]):.3f}" for at in places),
        " / ".join(f"{one:.3f}" for one in crossed),
        f"{evaluate.macro_f1(domain, chosen):.3f}",
        f"{np.take_along_axis(prompts, nearest, axis=1).sum() / prompts[asked].sum():.3f}",
    )
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _f1(true: np.ndarray, given: np.ndarray) -> float:
    return float(2 * (true & given).sum() / max(1, true.sum() + given.sum()))


if __name__ == "__main__":
    sys.exit(main())
