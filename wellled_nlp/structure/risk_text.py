"""Risks in sentences and in the rows of a card: references, scores that a sentence states, actions that it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wellled_nlp.structure import scores
from wellled_nlp.structure.scores import Score, matches, rules

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(\d])")
_TITLE_WORDS = 12
_AFTER_SCORE = r"(?=\s*(?:[.,](?!\d)|[;:)(]|and\b|from\b|with\b|in\b|$))"
_NUMBERING = re.compile(r"^\d+(?:\.\d+)+\s+")


@dataclass(frozen=True)
class Said:
    """What a sentence says of one risk: reference as printed, a title or "", scores or None, and the sentence where it names actions."""

    ref: str
    title: str
    now: Score | None
    before: Score | None
    actions: str


def key(ref: str) -> str:
    """The same for "BAF 3", "BAF3" and "BAF risk 3", and for "Risk 3114" and "3114"."""
    bare = re.sub(r"\b(?:strategic|principal|corporate|register|operational|risk|no\.?|number|ref\.?)\b", " ", ref, flags=re.IGNORECASE)
    return re.sub(r"[^0-9A-Z]", "", bare.upper())


def heading_ref(heading: str) -> tuple[str, str]:
    """The reference that a heading begins with, and the rest of it as title: "BAF 3: Failing estate"; ("", heading) without one."""
    flat = " ".join(heading.split())
    match = re.match(rf"((?:{rules()['reference']['named']}))\b\s*[:.–-]?\s*", flat)
    return (match[1], flat[match.end() :]) if match else ("", flat)


def is_ref(cell: str) -> bool:
    """Whether a cell holds a reference with its prefix and nothing else."""
    return re.fullmatch(rules()["reference"]["named"], " ".join(cell.split())) is not None


def phases(text: str) -> dict[str, Score]:
    """Scores by phase where a text names the phases: "Initial 20. Current 4 x 4 = 16. Target 12 by March 2026."."""
    marks = sorted(
        (match.start(), match.end(), name)
        for name, patterns in rules()["phase"].items()
        for pattern in patterns
        for match in re.finditer(pattern, text, re.IGNORECASE)
    )
    found: dict[str, Score] = {}
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    for (_, begin, name), end in zip(marks, ends, strict=bool(marks)):
        held = scores.first(text[begin:end])
        if held is not None:
            found.setdefault(name, held)
    return found


def said_in(text: str) -> Iterator[Said]:
    """What the sentences of a paragraph say of risks that they name by reference. A sentence that proposes a score states none."""
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        refs = list(_named().finditer(sentence))
        proposed = matches(sentence, rules()["prose"]["proposed"])
        one_risk = len({key(ref.group()) for ref in refs}) == 1
        actions = _NUMBERING.sub("", sentence) if one_risk and matches(sentence, rules()["prose"]["actions"]) else ""
        for ref, following in zip(refs, [*(one.start() for one in refs[1:]), len(sentence)], strict=False):
            after = sentence[ref.end() : following]
            now, before, at = (None, None, len(after)) if proposed else _scores(after)
            yield Said(ref.group(), _title(after[:at]), now, before, actions)


@cache
def _named() -> re.Pattern[str]:
    reference = rules()["reference"]
    return re.compile(rf"\b(?:{reference['named']}|(?i:{reference['numbered']}))\b")


def _scores(after: str) -> tuple[Score | None, Score | None, int]:
    """The score stated after a reference, the one before it, and where in the text the statement begins."""
    prose = rules()["prose"]
    number = rf"\s+(?P<score>\d{{1,2}})\b{_AFTER_SCORE}"
    moved = re.search(rf"{prose['moved']}\s+(?P<now>[^.;]+)", after, re.IGNORECASE)
    if moved:
        return scores.first(moved["now"]), scores.first(moved["before"] or ""), moved.start()
    product = scores.PRODUCT.search(after)
    stands = re.search(prose["stands"] + number, after, re.IGNORECASE)
    if stands and int(stands["score"]) in scores.SCORES and not (product and product.start() < stands.start()):
        beside = product and int(product[1]) * int(product[2]) == int(stands["score"])
        return (scores.read(product.group()) if product and beside else Score(score=int(stands["score"]))), None, stands.start()
    if product:
        return scores.read(after), None, product.start()
    return None, None, len(after)


def _title(before_score: str) -> str:
    """The words between a reference and its score, where they are a name: "workforce supply", "(failing estate)"."""
    bracketed = re.match(r"\s*[(,–:-]\s*([^),:;]{3,90})[),:]", before_score)
    words = (bracketed[1] if bracketed else before_score).strip(" ,;:()–-")
    words = re.sub(r"\s+(?:at|is|was|score[ds]?|rated|remain\w*|stay\w*|had|being)(?: at| of)?$", "", words)
    flat = words.split()
    return words if 0 < len(flat) <= _TITLE_WORDS and not matches(words, rules()["prose"]["not_title"]) else ""
