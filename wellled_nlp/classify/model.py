"""The trained model: weights from a folder, sentences in, probabilities out; numpy and scipy alone, nothing that runs code on load."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from wellled_nlp.classify.features import Context, Featuriser, Vocabulary
from wellled_nlp.errors import ModelError

FEATURES = "features"
HEADS = ("themes", "prompts", "language", "domain", "act")
_CHUNK = 4096


@dataclass(frozen=True)
class Head:
    """The weights of one facet: `weights` has one column a code, `bias` one number a code; `config` is what training wrote down."""

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
        """For each head an array of probabilities, one row a context (text, heading, previous), one column a code."""
        names = list(self.heads)
        weights = np.concatenate([self.heads[name].weights for name in names], axis=1)
        bias = np.concatenate([self.heads[name].bias for name in names])
        scores = np.empty((len(contexts), len(bias)), dtype=np.float32)
        for start in range(0, len(contexts), _CHUNK):
            chunk = contexts[start : start + _CHUNK]
            scores[start : start + len(chunk)] = self.featuriser.rows(chunk) @ weights + bias
        ends = np.cumsum([len(self.heads[name].codes) for name in names])
        return {name: _squash(part, name) for name, part in zip(names, np.split(scores, ends[:-1], axis=1), strict=True)}


def _squash(scores: np.ndarray, facet: str) -> np.ndarray:
    odds = 1.0 / (1.0 + np.exp(-scores))
    return odds / odds.sum(axis=1, keepdims=True) if facet in ("domain", "act") else odds


def load(models: Path) -> Model:
    """The model in this folder. Raises ModelError where it is missing, damaged or made for other lexicons."""
    vocabulary = _load_vocabulary(models / FEATURES)
    heads = {facet: _load_head(models / facet) for facet in HEADS}
    model = Model(vocabulary, heads)
    width = model.featuriser.width
    for head in heads.values():
        if len(head.weights) != width:
            raise ModelError(f"{models / head.facet}: made for {len(head.weights)} features, not {width}.", "Run `make models`.")
    return model


def save_vocabulary(vocabulary: Vocabulary, folder: Path) -> None:
    """Writes the vocabulary as arrays and a JSON that says which lexicons it counts."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(vocabulary, name) for name in ("pairs", "runs", "word_idf", "pair_idf", "run_idf")}
    text = np.frombuffer("\n".join(vocabulary.words).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(folder / "weights.npz", words=text, **arrays)
    write_json(folder / "config.json", {"lexicons": list(vocabulary.facets)})


def save_head(head: Head, folder: Path) -> None:
    """Writes the weights as 8-bit whole numbers with one scale a code, and the configuration as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(head.weights).max(axis=0), 1e-6) / 127
    small = np.rint(head.weights / scale).astype(np.int8)
    np.savez_compressed(folder / "weights.npz", weights=small, scale=scale.astype(np.float32), bias=head.bias.astype(np.float32))
    write_json(folder / "config.json", {"facet": head.facet, "codes": list(head.codes)} | head.config)


def write_json(path: Path, values: dict[str, Any]) -> None:
    """JSON with sorted keys and a final newline, so that the same values are the same bytes."""
    path.write_text(json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(folder: Path) -> str:
    """SHA-256 over the weights and configuration of one head, for provenance."""
    return hashlib.sha256((folder / "weights.npz").read_bytes() + (folder / "config.json").read_bytes()).hexdigest()


def _load_vocabulary(folder: Path) -> Vocabulary:
    arrays, config = _read(folder)
    known = tuple(arrays["words"].tobytes().decode("utf-8").split("\n"))
    parts = {name: arrays[name] for name in ("pairs", "runs", "word_idf", "pair_idf", "run_idf")}
    return Vocabulary(words=known, facets=tuple(config["lexicons"]), **parts)


def _load_head(folder: Path) -> Head:
    arrays, config = _read(folder)
    weights = arrays["weights"].astype(np.float32) * arrays["scale"]
    return Head(config.pop("facet"), tuple(config.pop("codes")), weights, arrays["bias"], config)


def _read(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    try:
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return arrays, json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The model in {folder} cannot be read: {error}.", "Run `make models`, or install wellled again.") from error
