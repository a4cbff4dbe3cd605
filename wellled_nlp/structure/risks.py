"""The risks that a document prints: rows of assurance frameworks and registers, pages with one risk each, scores stated in sentences.

Items in, one record a risk out: the same risk in a summary table, on a page of its own and in the text is one record, in which the table
comes before the page and the page before the text, and each fills what the one before it leaves open.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from wellled_nlp.document import Block, Item, Risk
from wellled_nlp.structure import risk_columns, risk_text, scores
from wellled_nlp.structure.risk_columns import Columns
from wellled_nlp.structure.scores import Score, matches, rules

TABLE, CARD, PROSE = "table", "card", "prose"
BAF, REGISTER = "baf", "register"
_REGISTER_KIND = "risk register"


def find_risks(items: Iterable[Item], paper_titles: Sequence[str]) -> tuple[Risk, ...]:
    """All risks in the order in which they first stand. `paper_titles`: of the papers within the file, from its first."""
    found: list[Risk] = []
    for item in items:
        place = f"{item.title} {paper_titles[item.paper - 1] if item.paper <= len(paper_titles) else ''}"
        found += _of_item(item, place)
    return _merged(found)


def _of_item(item: Item, place: str) -> Iterator[Risk]:
    ref, title = risk_text.heading_ref(f"{item.number} {item.title}".strip())
    card = _Card(item, item.first_page, ref, title, place) if ref and not risk_text.heading_ref(title)[0] else None
    header: tuple[str, ...] = ()
    for before, block in zip([None, *item.blocks], item.blocks, strict=False):
        if not block.cells:
            yield from _of_prose(item, block, place)
            continue
        if before is None or before.table != block.table:
            header = block.header
        if block.cells == block.header:
            continue
        grouped = risk_columns.under(header, block.cells) if before is not None and before.cells == block.header else ()
        if grouped:
            header = grouped
            continue
        risk = _of_row(item, block, header, place)
        started = _started(item, block, place) if risk is None else None
        if risk is not None:
            yield risk
        elif started is not None and not (card is not None and risk_text.key(card.ref) == risk_text.key(started.ref)):
            yield from _finished(card)
            card = started
        elif card is not None:
            card.add(block, header)
        else:
            yield from _of_prose(item, block, place)
    yield from _finished(card)


def _started(item: Item, block: Block, place: str) -> "_Card | None":
    """The card that a row begins: its first cell is a reference, or stands beside a label that says so."""
    first, *others = (_cell(block, at) for at in range(len(block.cells)))
    if risk_text.is_ref(first) and others:
        return _Card(item, block.page, first, others[0], place, by_heading=False)
    labelled = risk_columns.named(first) == "ref" and others and risk_text.is_ref(others[0])
    return _Card(item, block.page, others[0], "", place, by_heading=False) if labelled else None


def _finished(card: "_Card | None") -> Iterator[Risk]:
    if card is not None and card.is_risk:
        yield card.risk


def _of_row(item: Item, block: Block, header: tuple[str, ...], place: str) -> Risk | None:
    """The risk in a row of a table of risks; None for a row of another table, a section's heading or a total."""
    columns = _columns(header)
    texts = columns.texts
    refs = [at for at in (*texts.get("ref", ()), *texts.get("title", ()), 0) if _is_ref(block.cells, at, at in texts.get("ref", ()))]
    named = bool(refs) and risk_text.is_ref(block.cells[refs[0]])
    about_risks = named or item.kind == _REGISTER_KIND or any("risk" in cell.lower() for cell in header)
    if not columns.score_risks or not (texts.get("title") or named) or not about_risks:
        return None
    held = _with_change(risk_columns.read_scores(columns, block.cells), block, texts.get("change", []))
    title = next((_cell(block, at) for at in texts.get("title", ()) if at not in refs[:1] and _cell(block, at)), "")
    ref = _cell(block, refs[0]) if refs else ""
    if not held or not (ref or title):
        return None
    known = {name: _cell(block, places[0]) for name, places in texts.items() if name in ("actions", "owner")}
    bands = [_cell(block, at) for (phase, _), at in columns.numbers.items() if phase == risk_columns.CURRENT]
    return _risk(item, block.page, place, (ref, title, TABLE), held, level=scores.band(" ".join(bands)), **known)


def _with_change(held: dict[str, Score], block: Block, places: Sequence[int]) -> dict[str, Score]:
    """The scores with the previous one where a column of changes says it: "Up from 16"."""
    for at in places:
        before = re.search(r"\bfrom\b(.*)", _cell(block, at), re.IGNORECASE)
        score = scores.first(before[1]) if before else None
        if score and held:
            return {risk_columns.PREVIOUS: score, **held}
    return held


class _Card:
    """A page with one risk: its heading or first row holds the reference, its rows a label and what stands beside it.

    by_heading: whether the reference stands in a heading, and so is more than a mention.
    """

    def __init__(self, item: Item, page: int, ref: str, title: str, place: str, by_heading: bool = True) -> None:
        self.item, self.page, self.ref, self.title, self.place, self.by_heading = item, page, ref, title, place, by_heading
        self.matrix = risk_columns.Matrix()
        self.held: dict[str, Score] = {}
        self.texts: dict[str, str] = {}

    def add(self, block: Block, header: tuple[str, ...]) -> None:
        """Takes what a row says of the risk; what was said first stays."""
        if self.matrix.takes(block.cells):
            self._scores(self.matrix.found)
            return
        columns = _columns(header)
        if columns.numbers and not columns.texts:
            self._scores(risk_columns.read_scores(columns, block.cells))
        for label, value in zip(block.cells, block.cells[1:], strict=False):
            name = risk_columns.named(" ".join(label.split()))
            if isinstance(name, tuple):
                one = scores.read(value)
                self._scores(risk_text.phases(value) or ({name[0]: one} if one and name[1] == risk_columns.SCORE else {}))
            elif name == "title" and not self.title:
                self.title = " ".join(value.split())
            elif name in ("actions", "owner") and value.strip():
                self.texts.setdefault(name, " ".join(value.split()))

    def _scores(self, found: dict[str, Score]) -> None:
        for phase, score in found.items():
            if phase not in self.held or self.held[phase].score is None:
                self.held[phase] = score

    @property
    def is_risk(self) -> bool:
        """Whether it has scores, or stands under a reference that only risks have."""
        only_risks = rules()["reference"]["assurance_framework"] + rules()["reference"]["register"]
        return bool(self.held) or (self.by_heading and bool(self.title) and matches(self.ref, only_risks))

    @property
    def risk(self) -> Risk:
        """The record."""
        return _risk(self.item, self.page, self.place, (self.ref, self.title, CARD), self.held, **self.texts)


def _of_prose(item: Item, block: Block, place: str) -> Iterator[Risk]:
    for paragraph in block.text.split("\n") if block.cells else [block.text]:
        for said in risk_text.said_in(paragraph):
            if said.now or said.actions:
                held = {risk_columns.CURRENT: said.now, risk_columns.PREVIOUS: said.before}
                found = {phase: score for phase, score in held.items() if score is not None}
                yield _risk(item, block.page, place, (said.ref, said.title, PROSE), found, actions=said.actions)


def _risk(item: Item, page: int, place: str, known: tuple[str, str, str], held: dict[str, Score], **texts: str) -> Risk:
    ref, title, source = known
    now = held.get(risk_columns.CURRENT, Score())
    others = {f"{phase}_score": held[phase].score for phase in ("initial", risk_columns.PREVIOUS, "target") if phase in held}
    kind = _kind(ref, place)
    return Risk(item.item_id, page, kind, ref, title, source, now.likelihood, now.impact, now.score, **others, **texts)  # type: ignore[arg-type]


def _kind(ref: str, place: str) -> str:
    reference = rules()["reference"]
    if matches(ref, reference["register"]):
        return REGISTER
    framework = matches(ref, reference["assurance_framework"][:1]) or matches(place, reference["assurance_framework"][1:])
    return BAF if framework and not (ref.isdigit() and len(ref) > 2) else REGISTER


def _merged(found: Sequence[Risk]) -> tuple[Risk, ...]:
    """One record a risk, in the order of the records that count most. Risks without a reference are never thought the same.

    A sentence counts only where it states a score that no table or card gives, or fills what they leave open.
    """
    together: dict[str, list[tuple[int, Risk]]] = {}
    for place, risk in enumerate(found):
        together.setdefault(risk_text.key(risk.ref) or str(place), []).append((place, risk))
    rank = (TABLE, CARD, PROSE)
    merged = []
    for same in together.values():
        ordered = sorted(same, key=lambda one: (one[1].score is None, rank.index(one[1].source), one[0]))
        place, best = ordered[0]
        if best.source != PROSE or best.score is not None:
            merged.append((place, _filled([risk for _, risk in ordered])))
    return tuple(risk for _, risk in sorted(merged, key=lambda one: one[0]))


def _filled(ordered: Sequence[Risk]) -> Risk:
    """The first record, with what it leaves open from the later ones; the factors only from one with the same score."""
    best = ordered[0]
    for other in ordered[1:]:
        for field in dataclasses.fields(Risk):
            name, value = field.name, getattr(other, field.name)
            if name in ("likelihood", "impact") and other.score != best.score:
                continue
            if getattr(best, name) in (None, "") and value not in (None, ""):
                best = dataclasses.replace(best, **{name: value})
    return best


@cache
def _columns(header: tuple[str, ...]) -> Columns:
    return risk_columns.of_header(header)


def _is_ref(cells: Sequence[str], at: int, in_column: bool) -> bool:
    if at >= len(cells):
        return False
    flat = " ".join(cells[at].split())
    plain = in_column and re.fullmatch(rules()["reference"]["plain"], flat, re.IGNORECASE) is not None
    return plain or risk_text.is_ref(flat)


def _cell(block: Block, at: int) -> str:
    return " ".join(block.cells[at].split()) if at < len(block.cells) else ""
