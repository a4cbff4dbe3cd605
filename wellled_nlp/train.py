"""Training: labelled sentences in, a folder of models out, each with its card; the same sentences give the same bytes.

What is learned comes from `corpora/`, lexicons and the committed thresholds alone. The figures on real sentences, which are not in the
repository, are committed as data with the hash of what they were measured on, and shown for as long as nothing that they rest on changes.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from wellled_nlp import classify, evaluate
from wellled_nlp.classify import LEXICONS, choose, labelled, rules, score, tune
from wellled_nlp.classify.card import write_card
from wellled_nlp.classify.features import Featuriser, learn_vocabulary
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.classify.model import FEATURES, HEADS, RIVALS, Head, save_head, save_vocabulary, write_json
from wellled_nlp.classify.regression import Fitted, fit_choice, fit_flags
from wellled_nlp.classify.words import ACRONYMS
from wellled_nlp.codebook import load_facet

# Steps of the solver: more of them fit our own text better and real text worse.
_STEPS = {"themes": 60, "language": 60, "stance": 60, "prompts": 40, "domain": 40, "act": 40}
# Penalty on each kind of feature; the smaller, the more it is trusted. Chosen on real sentences (docs/method.md), as is the scale a head.
_PENALTY = {"words": 4.0, "pairs": 4.0, "runs": 8.0, "shape": 16.0, "heading words": 32.0, "paper": 4.0, "rules": 1.0}
# Of cues: for the code that they are listed under, where each code is a question of its own, and for any other and where codes are rivals.
_CUE_PENALTY = {"cues": (0.1, 4.0), "heading cues": (0.25, 8.0), "previous cues": (0.5, 16.0)}
# Heads that do better where every feature is trusted alike: a domain is told by the cues of all facets.
_EVEN = {"domain": 4.0}
_SCALE = {"language": 0.5, "prompts": 0.25, "stance": 0.125, "domain": 0.5, "act": 0.25}
# A head that is measured only together with another.
_MEASURED_WITH = {"stance": "language"}
# How often a sentence of the user's own is counted in training; see docs/coding.md for what it is worth.
_OWN_TIMES = 5
# Levels tried for the threshold of the fallback act.
_LEVELS = np.arange(0.1, 0.71, 0.02)
_THRESHOLDS_HEAD = """\
# The probability from which a code is given. Chosen on real sentences that are not in this repository, never on our own text.
# Written by wellled_nlp.train.calibrate; a code that is not named here has one half. floor: from which a near miss is kept.
floor = 0.2
"""
_DATA = Path(str(resources.files("wellled_nlp") / "data"))
FIGURES = _DATA / "figures.json"
THRESHOLDS = _DATA / "thresholds.toml"


@dataclass(frozen=True)
class Local:
    """Labelled sentences of the user's own beside the corpus. answered: for each the facets that were labelled at all; about: what the
    cards say of them, no text.
    """

    rows: tuple[Labelled, ...]
    answered: tuple[frozenset[str], ...]
    about: dict[str, Any]


def train(corpora: Path, models: Path, own: Local | None = None) -> None:
    """Trains every head on the CSVs in `corpora`, and on sentences of the user's own, and writes the folder `models`.

    Raises InputError where there is nothing to train on.
    """
    shipped = labelled.read(corpora)
    # A sentence of one's own counts as often as it takes to be heard beside thousands.
    rows = [*shipped, *(own.rows * _OWN_TIMES if own else ())]
    answered = [frozenset(labelled.FACETS)] * len(shipped) + list(own.answered * _OWN_TIMES if own else ())
    contexts = [row.context for row in rows]
    vocabulary = learn_vocabulary([one.text for one in contexts] + [one.heading for one in contexts], LEXICONS)
    save_vocabulary(vocabulary, models / FEATURES)
    featuriser = Featuriser(vocabulary)
    features = featuriser.rows(contexts)
    made_from = _digest(rows)
    for facet in HEADS:
        kept = [number for number, known in enumerate(answered) if labelled.ASKED[facet] in known]
        codes, true = asked([rows[number] for number in kept], facet)
        once = np.array(kept) < len(shipped) + len(own.rows if own else ())
        support = dict(zip(codes, true[once].sum(axis=0).tolist(), strict=True))
        weights, bias = fit(facet, codes, features if len(kept) == len(rows) else features[kept], true, featuriser)
        config = {"sentences": len(shipped), "made_from": made_from, "support": support}
        if own:
            config["own"] = own.about | {"sentences": int(once.sum()) - len(shipped), "times": _OWN_TIMES}
        save_head(Head(facet, codes, weights, bias, config), models / facet)
    classify.load.cache_clear()
    _write_figures(models)


def asked(rows: Sequence[Labelled], facet: str) -> tuple[tuple[str, ...], np.ndarray]:
    """What a head is to tell of these sentences: its codes, and which of them each has; no prompt is a rival of the prompts."""
    codes, true = labelled.targets(rows, facet)
    if facet != "prompts":
        return codes, true
    return (*codes, score.NONE), np.concatenate([true, ~true.any(axis=1, keepdims=True)], axis=1)


def fit(facet: str, codes: Sequence[str], features: sparse.csr_matrix, true: np.ndarray, featuriser: Featuriser) -> Fitted:
    """Weights and biases of one head."""
    scale = np.float32(_SCALE.get(facet, 1.0))
    if facet in RIVALS:
        share = true / np.maximum(1, true.sum(axis=1, keepdims=True))
        return fit_choice(features, share, _penalties(facet, featuriser) * scale, _STEPS[facet])
    return fit_flags(features, true, _own_penalties(facet, codes, featuriser) * scale, _STEPS[facet])


def calibrate(real: Path, acts: Path, models: Path, target: Path = THRESHOLDS) -> None:
    """Chooses the thresholds of themes, language and domain on the labelled real sentences in `real`, and how readily an act that no rule
    finds is given, on those in `acts`; writes them to `target` with where they come from.
    """
    found = evaluate.outcomes(labelled.read(real), models)
    flags = [evaluate.flag(found["language"], name) for name in labelled.FLAGS]
    themes = tune.thresholds(found["themes"].true, found["themes"].probable)
    chosen = {
        "themes": dict(zip(found["themes"].codes, themes.tolist(), strict=True)),
        "language": {one.codes[0]: float(tune.thresholds(one.true, one.probable)[0]) for one in flags},
        "domain": dict(zip(found["domain"].codes, tune.rivals(found["domain"].true, found["domain"].probable).tolist(), strict=True)),
        "act": {load_facet("act").fallback: _fallback(acts, models)},
    }
    lines = [_THRESHOLDS_HEAD, "[provenance]"]
    lines += [f'file = "{real.name}"', f'sha256 = "{evaluate.digest(real)}"', f"n = {len(found['themes'].rows)}"]
    lines += [f'acts_file = "{acts.name}"', f'acts_sha256 = "{evaluate.digest(acts)}"', f'date = "{date.today().isoformat()}"']
    for facet, values in chosen.items():
        lines += ["", f"[facet.{facet}]", *(f"{code} = {value:g}" for code, value in values.items())]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    choose.load.cache_clear()


def _fallback(acts: Path, models: Path) -> float:
    """The threshold of the fallback act that gives the best macro F1: the lower, the less often an act is given without a rule."""
    rows = labelled.read(acts)
    outcome = evaluate.outcomes(rows, models)["act"]
    ruled = np.array([rules.decide(row.context.text, row.context.paper) is not None for row in rows])
    place = outcome.codes.index(load_facet("act").fallback)

    def score_at(level: float) -> float:
        limits = np.where(np.arange(len(outcome.codes)) == place, level, choose.HALF)
        given = np.where(ruled, outcome.given.argmax(axis=1), choose.one(outcome.probable, limits))
        return evaluate.macro_f1(outcome.true, choose.exactly(given, len(outcome.codes)))

    scores = np.array([score_at(level) for level in _LEVELS])
    return float(np.round(_LEVELS[scores >= scores.max() - tune.AS_GOOD].mean(), 3))


def record(real: Sequence[Path], fresh: Path, models: Path, target: Path = FIGURES) -> None:
    """Measures the models on files of labelled real sentences (a facet is measured on the last file that has it labelled best, see
    `_better`) and on one from which no threshold and no cue was taken, writes the figures to `target` and renews metrics and cards; no
    sentence is kept.
    """
    figures: dict[str, Any] = {}
    for path in real:
        for facet, entry in _entries(path, models).items():
            if facet not in figures or _better(entry, figures[facet]):
                figures[facet] = entry
    write_json(target, {"made_from": _config(models / HEADS[0])["made_from"], "facets": figures, "fresh": _entries(fresh, models)})
    _write_figures(models, target)


def _entries(path: Path, models: Path) -> dict[str, Any]:
    """For each facet labelled in the file its figures, with what they were measured on and those with thresholds of the other half."""
    measured, crossed = evaluate.evaluate(path, models), evaluate.cross_fitted(path, models)
    about = {"file": path.name, "sha256": measured["sha256"], "date": date.today().isoformat()}
    return {facet: one | about | {"cross_fitted": crossed.get(facet, {})} for facet, one in measured["facets"].items()}


def _better(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the rarest code is better supported in one measurement than in the other."""
    return min(code["support"] for code in one["per_code"].values()) > min(code["support"] for code in other["per_code"].values())


def _write_figures(models: Path, source: Path = FIGURES) -> None:
    """Metrics and card of each head, from the committed figures where they were measured on what the head was made from."""
    stored: dict[str, Any] = {"made_from": "", "facets": {}, "fresh": {}}
    if source.is_file():
        stored = json.loads(source.read_text(encoding="utf-8"))
    for facet in HEADS:
        config = _config(models / facet)
        current = stored["made_from"] == config["made_from"]
        measured = _MEASURED_WITH.get(facet, facet)
        figures, fresh = (stored[name].get(measured, {}) if current else {} for name in ("facets", "fresh"))
        write_json(models / facet / "metrics.json", figures | ({"fresh": fresh} if fresh else {}))
        write_card(models / facet, facet, config, figures, fresh)


def _config(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return loaded


def _penalties(facet: str, featuriser: Featuriser) -> np.ndarray:
    """The penalty of every feature."""
    if facet in _EVEN:
        return np.full(featuriser.width, _EVEN[facet], dtype=np.float32)
    alike = _PENALTY | {block: others for block, (_, others) in _CUE_PENALTY.items()}
    return np.concatenate([np.full(width, alike[block]) for block, width in featuriser.blocks.items()]).astype(np.float32)


def _own_penalties(facet: str, codes: Sequence[str], featuriser: Featuriser) -> np.ndarray:
    """The penalty of every weight, features by codes: less on a cue for the code that it is listed under."""
    parent_of = load_facet(labelled.FRAMEWORK).parent_of
    own_lexicon = "prompts" if facet == "themes" else facet
    speaks_for = [parent_of.get(code, code) if facet == "themes" else code for _, code in featuriser.lexicon.columns]
    listed = [name for name, _ in featuriser.lexicon.columns]
    own = np.array([[name == own_lexicon and cue == code for code in codes] for name, cue in zip(listed, speaks_for, strict=True)])
    blocks = [
        np.where(own, *_CUE_PENALTY[block]) if block in _CUE_PENALTY else np.full((width, len(codes)), _PENALTY[block])
        for block, width in featuriser.blocks.items()
    ]
    return np.concatenate(blocks).astype(np.float32)


def _digest(rows: Sequence[Labelled]) -> str:
    """SHA-256 over the sentences and their labels, the lexicons that count in the features, the thresholds and the recipe above."""
    digest = hashlib.sha256(repr((_STEPS, _PENALTY, _CUE_PENALTY, _EVEN, _SCALE)).encode("utf-8"))
    for row in rows:
        digest.update(repr((row.context, sorted(row.prompts), row.language, row.domain, row.act)).encode("utf-8"))
    for path in [*(_DATA / "lexicons" / f"{name}.csv" for name in (*LEXICONS, "act", rules.WORD_LISTS, ACRONYMS)), THRESHOLDS]:
        digest.update(path.read_bytes())
    return digest.hexdigest()
