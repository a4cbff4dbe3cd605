"""The trained model: weights from a folder, sentences in, probabilities out; numpy and scipy alone, nothing that runs code on load."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax

from wellled_nlp.classify.features import Context, Featuriser, Vocabulary
from wellled_nlp.errors import ModelError

FEATURES = "features"
HEADS = ("themes", "prompts", "language", "stance", "domain", "act")
# Heads whose codes are rivals for one unit of probability; the others ask a yes-or-no question a code.
RIVALS = ("prompts", "stance", "domain", "act")
_CHUNK = 4096
_SCALE_STEPS, _BIAS_PLACES = 1024, 4
_ARRAYS = ("pairs", "runs", "word_idf", "pair_idf", "run_idf")


@dataclass(frozen=True)
class Head:
    """The weights of one facet: `weights` has one row a feature and one column a code, `bias` one number a code."""

    facet: str
    codes: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    config: dict[str, Any]


@dataclass(frozen=True)
class Model:
    """The heads of all facets over one vocabulary."""

    vocabulary: Vocabulary
    heads: dict[str, Head]

    @cached_property
    def featuriser(self) -> Featuriser:
        """The featuriser over the model's vocabulary."""
        return Featuriser(self.vocabulary)

    def probabilities(self, contexts: Sequence[Context]) -> dict[str, np.ndarray]:
        """For each head an array of probabilities, one row a context, one column a code of the head."""
        scores = np.empty((len(contexts), len(self._bias)), dtype=np.float32)
        for start in range(0, len(contexts), _CHUNK):
            chunk = contexts[start : start + _CHUNK]
            scores[start : start + len(chunk)] = self.featuriser.rows(chunk) @ self._weights + self._bias
        ends = np.cumsum([len(head.codes) for head in self.heads.values()])
        parts = zip(self.heads, np.split(scores, ends[:-1], axis=1), strict=True)
        found = {name: softmax(part, axis=1) if name in RIVALS else 1.0 / (1.0 + np.exp(-part)) for name, part in parts}
        # Single precision adds rivals up to a little over one.
        return {name: np.minimum(one, 1.0) for name, one in found.items()}

    @cached_property
    def _weights(self) -> np.ndarray:
        return np.concatenate([head.weights for head in self.heads.values()], axis=1)

    @cached_property
    def _bias(self) -> np.ndarray:
        return np.concatenate([head.bias for head in self.heads.values()])


def load(models: Path) -> Model:
    """The model in this folder. Raises ModelError where it is missing, damaged or made with other lexicons."""
    model = Model(_load_vocabulary(models / FEATURES), {facet: _load_head(models / facet) for facet in HEADS})
    width = model.featuriser.width
    for head in model.heads.values():
        if len(head.weights) != width:
            raise ModelError(f"{models / head.facet}: made for {len(head.weights)} features, not {width}.", "Run `make models`.")
    return model


def save_vocabulary(vocabulary: Vocabulary, folder: Path) -> None:
    """Writes the vocabulary as arrays and a JSON that says which lexicons it counts."""
    folder.mkdir(parents=True, exist_ok=True)
    text = np.frombuffer("\n".join(vocabulary.words).encode("utf-8"), dtype=np.uint8)
    np.savez(folder / "weights.npz", words=text, **{name: getattr(vocabulary, name) for name in _ARRAYS})
    write_json(folder / "config.json", {"lexicons": list(vocabulary.facets), "words": len(vocabulary.words)})


def save_head(head: Head, folder: Path) -> None:
    """Writes the weights as 8-bit whole numbers with one scale a row, and the configuration as JSON.

    Scales and biases are rounded far above the noise by which processors and numbers of threads differ, so that the bytes do not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part, power = np.frexp(np.maximum(np.abs(head.weights).max(axis=1, keepdims=True), 1e-6) / 127)
    scale = np.ldexp(np.ceil(part * _SCALE_STEPS) / _SCALE_STEPS, power)
    small = np.rint(head.weights / scale).astype(np.int8)
    bias = np.round(head.bias, _BIAS_PLACES).astype(np.float32)
    np.savez(folder / "weights.npz", weights=small, scale=scale.astype(np.float32), bias=bias)
    write_json(folder / "config.json", {"facet": head.facet, "codes": list(head.codes)} | head.config)


def write_json(path: Path, values: dict[str, Any]) -> None:
    """JSON with sorted keys and a final newline, so that the same values are the same bytes."""
    path.write_text(json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _load_vocabulary(folder: Path) -> Vocabulary:
    arrays, config = _read(folder)
    known = tuple(arrays["words"].tobytes().decode("utf-8").split("\n"))
    return Vocabulary(words=known, facets=tuple(config["lexicons"]), **{name: arrays[name] for name in _ARRAYS})


def _load_head(folder: Path) -> Head:
    arrays, config = _read(folder)
    weights = np.multiply(arrays["weights"], arrays["scale"], dtype=np.float32)
    return Head(config.pop("facet"), tuple(config.pop("codes")), weights, arrays["bias"], config)


def _read(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    try:
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return arrays, json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The model in {folder} cannot be read: {error}.", "Run `make models`, or install wellled again.") from error
