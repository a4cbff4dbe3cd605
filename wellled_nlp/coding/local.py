"""Corrections as training sentences: what people said of the sentences of their own scans, in the shape that training takes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wellled_nlp import output
from wellled_nlp.classify import labelled
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.coding import codes, corrections, overlay
from wellled_nlp.errors import InputError
from wellled_nlp.train import Local


def read(directories: Sequence[Path]) -> Local:
    """The answers that count in these scans' corrections, in the order of folders and sentences. Raises InputError where there are none."""
    rows: dict[str, tuple[Labelled, frozenset[str]]] = {}
    coders: set[str] = set()
    names: set[str] = set()
    stale = 0
    for directory in directories:
        imports = corrections.load(directory)
        facts = output.load_facts(directory, ("sentences", "items"))
        frame = facts["sentences"].merge(facts["items"][["item_id", "kind"]], on="item_id")
        held = {row.sentence_id: row for row in frame.itertuples()}
        said, old = overlay.counted(imports, {one: row.text for one, row in held.items()})
        stale += old
        for sentence_id in sorted({one for one, _ in said}):
            given = {name: said[sentence_id, name].given for name in codes.facets() if (sentence_id, name) in said}
            rows[sentence_id] = _row(held[sentence_id], given), frozenset(given)
        coders |= {one.held.coder for one in said.values()}
        names |= {one.held.name for one in said.values()}
    if not rows:
        raise InputError("There are no corrections to learn from.", "Take a filled-in sample in first: wellled correct DIR FILE.")
    about = {"sentences": len(rows), "coders": sorted(coders), "imports": sorted(names), "stale": stale}
    return Local(tuple(row for row, _ in rows.values()), tuple(answered for _, answered in rows.values()), about)


def _row(held: Any, given: dict[str, tuple[str, ...]]) -> Labelled:
    context = labelled.context(held.text, held.heading, held.previous, held.kind)
    one = {name: next(iter(given.get(name, ())), "") for name in labelled.FACETS if name != "prompts"}
    return Labelled(held.sentence_id, "corrections", context, frozenset(given.get("prompts", ())), **one)
