"""Filled-in forms taken in: every row checked against the scan and the sample that it was drawn in, then kept; all of a form or nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wellled_nlp.coding import corrections, draw, forms, keep
from wellled_nlp.coding.corrections import Import
from wellled_nlp.coding.forms.check import refuse
from wellled_nlp.coding.records import Answer, same_text, text_hash
from wellled_nlp.errors import InputError

_DIGITS = 16


@dataclass(frozen=True)
class Taken:
    """What an import did. known: it was there before and nothing was added; stale: rows whose sentence has changed or gone since."""

    held: Import
    known: bool
    stale: int


def take_in(directory: Path, path: Path, at: datetime, coder: str = "") -> list[Taken]:
    """Keeps the answers of a filled-in form beside the scan in `directory`, one import a coder.

    coder: who filled it in, where the form does not say. Raises InputError naming every row that was changed, and for a form without coder.
    """
    answers = forms.read(path)
    scan = draw.load(directory)
    texts = dict(zip(scan.sentences["sentence_id"], scan.sentences["text"], strict=True))
    designs = {name: _design(directory, name) for name in {one.sample for one in answers} - {""}}
    refuse(path, [f"row {one.row}: {fault}" for one in answers if (fault := _fault(one, texts, designs))])
    taken = []
    for (who, sample), rows in sorted(_by_coder(path, answers, coder).items()):
        held = [_row(one, texts, designs.get(sample)) for one in rows]
        said = {"coder": who, "sample": sample, "rows": held}
        name = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:_DIGITS]
        target = corrections.path_of(directory, name)
        known = target.is_file()
        if not known:
            head = {"coder": who, "at": at.isoformat(timespec="seconds"), "source": path.name, "sample": sample}
            lines = [head | draw.versions(scan.provenance), *held]
            keep.write(target, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        one_import = corrections.load_one(target)
        taken.append(Taken(one_import, known, sum(corrections.is_stale(row, texts) for row in one_import.rows)))
    return taken


def _design(directory: Path, name: str) -> Mapping[str, Any]:
    """What is known of a sample: its strata, and (hash, stratum) of its sentences by id."""
    path = directory / draw.SAMPLES / f"{Path(name).name}.json"
    try:
        design = json.loads(path.read_text(encoding="utf-8"))
        return {"strata": design["strata"], "sentences": {one: (digest, stratum) for one, digest, stratum in design["sentences"]}}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"The sample {name!r} was not drawn from the scan in {directory}: {path.name} is not in {path.parent}.",
            "Name the folder that the sample was drawn from; library/samples belongs to it.",
        ) from error


def _fault(one: Answer, texts: Mapping[str, str], designs: Mapping[str, Mapping[str, Any]]) -> str:
    """What is wrong with a row, and what to do; "" where nothing is."""
    drawn = designs[one.sample]["sentences"].get(one.sentence_id) if one.sample else None
    if one.sample and drawn is None:
        return f"the sentence_id {one.sentence_id!r} is not in the sample; copy it back from the form as it was sent"
    if drawn and one.hash != drawn[0]:
        return f"the hash {one.hash!r} is not that of {one.sentence_id}; copy it back from the form as it was sent"
    if not drawn and one.sentence_id not in texts:
        return f"there is no sentence {one.sentence_id!r} in this scan; take the ids from its table of sentences"
    known = texts.get(one.sentence_id)
    if known is not None and (not drawn or text_hash(known) == drawn[0]) and not same_text(one.text, known):
        return f"the text is not that of {one.sentence_id}; the row was moved or edited: copy the text back, or delete the row"
    return ""


def _by_coder(path: Path, answers: Sequence[Answer], coder: str) -> dict[tuple[str, str], list[Answer]]:
    """The rows by coder and sample. The one name in a form stands for all its rows."""
    named = {one.coder for one in answers} - {""}
    sole = coder or (next(iter(named)) if len(named) == 1 else "")
    found: dict[tuple[str, str], list[Answer]] = {}
    for one in answers:
        who = one.coder or sole
        if not who:
            raise InputError(f"{path}, row {one.row}: nobody is named as coder.", "Name them with --coder, or in the column `coder`.")
        found.setdefault((who, one.sample), []).append(one)
    return found


def _row(one: Answer, texts: Mapping[str, str], design: Mapping[str, Any] | None) -> dict[str, Any]:
    digest, stratum = design["sentences"][one.sentence_id] if design else (text_hash(texts[one.sentence_id]), "")
    about = design["strata"][stratum] if design else {"size": 0, "weight": 0.0}
    said = {"sentence_id": one.sentence_id, "hash": digest, "labels": {name: list(given) for name, given in one.given.items()}}
    return said | {"stratum": stratum, "size": about["size"], "weight": about["weight"], "note": one.note}
