"""Floors for reading and structure on real papers, held to gold files that were made by eye from the rendered pages.

The papers stand outside the project and none of their words is in it: gold files hold hashes, and what is printed for a miss comes
from the document at hand. A document that cannot be read at all counts with all its misses.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from tests.gate.wording import GRAM, grams, hashed, words
from wellled_nlp import sentences
from wellled_nlp.document import Structured
from wellled_nlp.read import read
from wellled_nlp.settings import load
from wellled_nlp.structure import structure

GOLD = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "gold").glob("*.toml"))}
FLOORS = {"items": 0.95, "actions": 0.90, "must": 0.98}


@dataclass
class Score:
    """What was found of what the gold file asks for, and a line for each miss."""

    found: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def papers(real: Path) -> dict[str, Structured]:
    limits = load().read
    return {path.stem: structure(read(path, limits)) for path in sorted(real.glob("*/*.pdf")) if path.stem in GOLD}


@pytest.fixture(scope="module")
def scores(papers: dict[str, Structured]) -> dict[str, Score]:
    return {name: _score(papers[name], gold) for name, gold in GOLD.items()}


@pytest.mark.parametrize("part", FLOORS)
def test_enough_is_found_over_all_papers(part: str, scores: dict[str, Score]) -> None:
    found, asked = (sum(getattr(score, side)[part] for score in scores.values()) for side in ("found", "asked"))
    assert found / asked >= FLOORS[part], "\n".join(f"{name}: {miss}" for name, score in scores.items() for miss in score.misses)


@pytest.mark.parametrize("name", GOLD)
def test_no_furniture_margin_or_struck_out_words_stand_in_a_sentence(name: str, scores: dict[str, Score]) -> None:
    assert scores[name].forbidden == []


@pytest.mark.parametrize("name", GOLD)
def test_date_type_pages_and_organisation_are_as_printed(name: str, papers: dict[str, Structured]) -> None:
    paper, gold = papers[name], GOLD[name]
    assert (paper.meeting_date, paper.doc_type, len(paper.document.pages)) == (gold["date"], gold["doc_type"], gold["pages"])
    assert any("date" in doubt or "file name" in doubt for doubt in paper.doubts) == gold["doubt"]
    if "organisation" in gold:
        assert hashed(words(paper.organisation)) == gold["organisation"], paper.organisation


def _score(paper: Structured, gold: dict[str, Any]) -> Score:
    score = Score()
    _items(score, paper, gold["items"])
    _actions(score, paper, gold["actions"])
    said = [grams(sentence.text) for sentence in sentences.split(paper)]
    phrases = [all(gram in sentence for gram in phrase) for phrase in gold["must"] for sentence in [_fullest(said, phrase)]]
    score.found["must"], score.asked["must"] = sum(phrases), len(phrases)
    score.misses += [_nearest_sentence(said, phrase) for phrase, held in zip(gold["must"], phrases, strict=True) if not held]
    score.forbidden = [_nearest_sentence(said, phrase) for phrase in gold["must_not"] if set(phrase) <= _fullest(said, phrase).keys()]
    return score


def _items(score: Score, paper: Structured, asked: list[list[str]]) -> None:
    """In order: the longest run of gold items that stands in the paper's items, with number and title."""
    had = [(item.number, hashed(words(item.title))) for item in paper.items]
    gold = [(number, title) for number, title in asked]
    blocks = SequenceMatcher(None, gold, had, autojunk=False).get_matching_blocks()
    held = {block.a + step for block in blocks for step in range(block.size)}
    score.found["items"], score.asked["items"] = len(held), len(gold)
    shown = [f"{item.number} {item.title}" for item in paper.items]
    score.misses += [f"item {place + 1} (number {gold[place][0]!r}) among {shown}" for place in range(len(gold)) if place not in held]


def _actions(score: Score, paper: Structured, asked: list[list[Any]]) -> None:
    had = [(action.page, action.owner, hashed(words(action.text)[:GRAM])) for action in paper.actions]
    gold = [tuple(action) for action in asked]
    score.found["actions"], score.asked["actions"] = sum(action in had for action in gold), len(gold)
    for page, owner, _ in (action for action in gold if action not in had):
        near = [f"{a.page} {a.owner}: {a.text[:80]}" for a in paper.actions if a.page == page or a.owner == owner]
        score.misses.append(f"action of {owner} on page {page}; near it {near}")


def _fullest(said: list[dict[str, str]], phrase: list[str]) -> dict[str, str]:
    return max(said, key=lambda sentence: sum(gram in sentence for gram in phrase))


def _nearest_sentence(said: list[dict[str, str]], phrase: list[str]) -> str:
    sentence = _fullest(said, phrase)
    shared = [sentence[gram] for gram in phrase if gram in sentence]
    return f"phrase of {len(phrase) + GRAM - 1} words: {len(shared)} of {len(phrase)} runs in one sentence, {shared}"


def figures() -> Iterator[str]:
    """One line a document: what was found of what was asked. Printed by `python -m tests.gate.test_reading`."""
    folder = Path(__file__).parents[3] / "shared" / "real"
    for path in sorted(folder.glob("*/*.pdf")):
        if path.stem in GOLD:
            score = _score(structure(read(path, load().read)), GOLD[path.stem])
            parts = ", ".join(f"{part} {score.found[part]}/{score.asked[part]}" for part in FLOORS)
            yield "\n   ".join([f"{path.stem}: {parts}, forbidden {len(score.forbidden)}", *score.misses, *score.forbidden])


if __name__ == "__main__":
    for line in figures():
        print(line)  # noqa: T201
