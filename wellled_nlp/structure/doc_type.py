"""What kind of paper it is, told from its first lines, running heads and first pages by the patterns of `data/doc_types.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

OTHER, PACK, BOARD_PAPER = "other", "board pack", "board paper"
# Types that stand for whole files too; the others are kinds of paper, and a file of one is a board paper.
WHOLE_FILES = ("minutes", "agenda", "quality account", "annual report", BOARD_PAPER)


@dataclass(frozen=True)
class _Rules:
    threshold: float
    agenda_words: int
    title: dict[str, tuple[tuple[re.Pattern[str], float], ...]]
    body: dict[str, tuple[tuple[re.Pattern[str], float], ...]]


def of_paper(title: str, body: str, words: int = 0) -> str:
    """The kind of one paper from its title lines (with running heads), the text of its first pages and its number of words.

    "other" where nothing is clear.
    """
    rules = _rules()
    scores = {
        kind: sum(w for p, w in rules.title[kind] if p.search(title)) + sum(w for p, w in rules.body[kind] if p.search(body))
        for kind in rules.title
    }
    if words > rules.agenda_words:
        called_agenda = sum(w for p, w in rules.title["agenda"] if p.search(title))
        scores["minutes"] += called_agenda if scores["minutes"] else 0.0
        del scores["agenda"]
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= rules.threshold else OTHER


def of_file(kind: str) -> str:
    """The type of a file that holds one paper of this kind."""
    return kind if kind in WHOLE_FILES or kind == OTHER else BOARD_PAPER


@cache
def _rules() -> _Rules:
    values = tomllib.loads((resources.files("wellled_nlp") / "data" / "doc_types.toml").read_text(encoding="utf-8"))
    threshold, agenda_words = values.pop("threshold"), values.pop("agenda_words")

    def patterns(part: str) -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
        return {
            kind: tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), float(weight)) for pattern, weight in entry[part])
            for kind, entry in values.items()
        }

    return _Rules(float(threshold), int(agenda_words), patterns("title"), patterns("body"))
