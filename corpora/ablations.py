"""What each part of the model is worth: the model as it stands less one part, measured on real sentences.

`make ablations`. Needs the real sentences (../shared), which are not part of the project; takes an hour. Thresholds are chosen on the
other half of the real sentences, halves by id, so that a variant is not judged by another's.
"""

import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from wellled_nlp import train
from wellled_nlp.classify import LEXICONS, choose, labelled, score, tune
from wellled_nlp.classify.features import Context, Featuriser, learn_vocabulary
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.classify.model import HEADS, Head, Model
from wellled_nlp.codebook import load_facet

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
    report("themes: the prompts' head alone", real, joined | {"themes": pooled(alone["prompts"])})
    report("language: the flags alone", real, joined | {"language": split(alone["language"])})
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
    model = fitted([_with(row, change(row.context)) for row in rows])
    return real, score.probabilities([change(row.context) for row in real], model)


def scored(real: Sequence[Labelled], model: Model) -> Probable:
    """The probabilities of the real sentences."""
    return score.probabilities([row.context for row in real], model)


def pooled(prompts: np.ndarray) -> np.ndarray:
    """The themes' probabilities as sums over their prompts; the last column is `none`."""
    facet = load_facet(labelled.FRAMEWORK)
    under = [[facet.parent_of[code] == theme.id for code in facet.code_ids] for theme in facet.parents]
    return prompts[:, :-1] @ np.array(under, dtype=np.float32).T


def split(flags: np.ndarray) -> np.ndarray:
    """The four codes of language from the two flags, taken as independent."""
    assurance, improvement = flags.T
    each = {"assurance": assurance * (1 - improvement), "improvement": improvement * (1 - assurance), "both": assurance * improvement}
    each["neither"] = (1 - assurance) * (1 - improvement)
    return np.stack([each[code] for code in score.codes_of()["language"]], axis=1)


def report(name: str, real: Sequence[Labelled], probable: Probable) -> None:
    """Prints one row of the table."""
    half = np.array([int(hashlib.sha256(row.id.encode("utf-8")).hexdigest(), 16) % 2 for row in real])
    codes, themes = labelled.targets(real, "themes")
    given = tune.cross_fitted(themes, probable["themes"], half)
    each = [_f1(themes[:, place], given[:, place]) for place in range(len(codes))]
    language = score.codes_of()["language"]
    shares = {
        flag: probable["language"][:, language.index(flag)] + probable["language"][:, language.index("both")] for flag in labelled.FLAGS
    }
    flags = {flag: np.array([row.language in (flag, "both") for row in real]) for flag in labelled.FLAGS}
    crossed = [_f1(flags[flag], tune.cross_fitted(flags[flag][:, None], shares[flag][:, None], half)[:, 0]) for flag in labelled.FLAGS]
    domains, domain = labelled.targets(real, "domain")
    chosen = choose.exactly(choose.one(probable["domain"], np.full(len(domains), choose.HALF)), len(domains))
    prompts = labelled.targets(real, "prompts")[1]
    asked = prompts.any(axis=1)
    nearest = np.argsort(-probable["prompts"], axis=1, kind="stable")[:, :3]
    cells = (
        f"{average_precision_score(themes, probable['themes']):.3f}",
        f"{np.mean(each):.3f} / {_f1(themes, given):.3f}",
        " / ".join(f"{average_precision_score(flags[flag], shares[flag]):.3f}" for flag in labelled.FLAGS),
        " / ".join(f"{one:.3f}" for one in crossed),
        f"{np.mean([_f1(domain[:, place], chosen[:, place]) for place in range(len(domains)) if domain[:, place].any()]):.3f}",
        f"{np.take_along_axis(prompts, nearest, axis=1).sum() / prompts[asked].sum():.3f}",
    )
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _with(row: Labelled, context: Context) -> Labelled:
    return Labelled(row.id, row.source, context, row.prompts, row.language, row.domain, row.act)


def _f1(true: np.ndarray, given: np.ndarray) -> float:
    return float(2 * (true & given).sum() / max(1, true.sum() + given.sum()))


if __name__ == "__main__":
    sys.exit(main())
