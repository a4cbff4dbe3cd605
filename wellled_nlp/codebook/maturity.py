"""Maturity: dimensions of the governance of improvement, and the questions that published descriptors let papers decide."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from wellled_nlp.codebook import files
from wellled_nlp.errors import CodebookError

CANT_TELL = "can't tell from papers"
_FILE = "maturity"


@dataclass(frozen=True)
class Level:
    """One level with what its descriptor says, and the bounds (least, most) of each figure that it asks for."""

    level: str
    says: str
    bounds: dict[str, tuple[float, float]]

    def holds(self, values: dict[str, float | None]) -> bool:
        """Whether every figure that it asks for is known and within its bounds."""
        found = [(values.get(name), bounds) for name, bounds in self.bounds.items()]
        return all(value is not None and least <= value <= most for value, (least, most) in found)


@dataclass(frozen=True)
class Question:
    """A rating question with the figures that it takes and its levels, tried in order."""

    id: str
    title: str
    figures: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Dimension:
    """A dimension with its descriptor; `questions` is empty where papers cannot decide it."""

    id: str
    title: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Figure:
    """A figure's title, the words that say it with {value} and {n}, its unit (share or place) and the signals that it counts, if any."""

    title: str
    says: str
    unit: str
    signals: tuple[str, ...]


@dataclass(frozen=True)
class Maturity:
    """The dimensions in their order, what each figure says, and when an item is on improvement. source and link: of the descriptors."""

    dimensions: tuple[Dimension, ...]
    figures: dict[str, Figure]
    meetings_minimum: int
    item_sentences: int
    item_share: float
    source: str
    link: str


@cache
def load_maturity() -> Maturity:
    """The shipped `maturity.toml`. Raises CodebookError naming the entry at fault."""
    values = files.toml(files.find("", _FILE, ".toml").read_bytes(), _FILE)
    figures = {
        name: Figure(one["title"], one["says"], one["unit"], tuple(one.get("signals", ()))) for name, one in values["figure"].items()
    }
    dimensions = tuple(
        Dimension(one["id"], one["title"], one["text"], tuple(_question(q, one["id"], figures) for q in one.get("question", ())))
        for one in values["dimension"]
    )
    return Maturity(
        dimensions,
        figures,
        values["meetings_minimum"],
        values["item_sentences"],
        values["item_share"],
        values["source"],
        values["link"],
    )


def _question(entry: dict[str, Any], dimension: str, figures: dict[str, Figure]) -> Question:
    unknown = [name for name in entry["figures"] if name not in figures]
    if unknown:
        raise CodebookError(f"{_FILE}, dimension {dimension}: unknown figure {unknown[0]!r}.", f"Known: {', '.join(figures)}.")
    return Question(entry["id"], entry["title"], tuple(entry["figures"]), tuple(_level(one, entry["figures"]) for one in entry["level"]))


def _level(entry: dict[str, Any], figures: list[str]) -> Level:
    bounds = {name: (one.get("at_least", float("-inf")), one.get("at_most", float("inf"))) for name in figures if (one := entry.get(name))}
    return Level(entry["level"], entry["says"], bounds)
