"""Lines to paragraphs: which printed line goes on from the one before it, and which begins something new.

In: lines in reading order within one column or cell. Out: `Paragraph`s, each with its lines and its text. The evidence is the pitch of
the lines, size and weight, list marks, indents, and whether the next word would have fitted on the line that ended.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from wellled_nlp.read.hyphens import Words
from wellled_nlp.read.ink import Ink

BULLET = re.compile(r"^[•➢➤✓✔❖♦‣*>–—-](?:\s+|$)")
NUMBERED = re.compile(
    r"^(?:\(?\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\(?[a-z][.)]|\(?(?:i{1,3}|iv|v|vi{0,3}|ix|x|xi{0,3}|xiv|xv)[.)]"
    r"|\(?[A-Z][.)]|[A-Z]{1,3}\d{1,3}[.:)])\s+(?=\S)"
)
SURE_BULLETS = frozenset("•➢➤✓✔❖♦‣")
BARE_MARK = re.compile(r"^(?:[•➢➤✓✔❖♦‣*>–—-]|\(?\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\(?[a-z]{1,4}[.)])$")
ENDS = re.compile(r"[.!?:;]['\"’”)\]]*\d{0,2}$")
FULL_STOP = re.compile(r"[.!?]['\"’”)\]]*\d{0,2}$")
END = 12  # characters of a line's end in which both are looked for; to search the whole line costs ten times as much
LOOSER = 1.3  # times the usual pitch: a paragraph break
SIZES = 0.08  # relative difference in size from which lines differ
NO_SPACE = 0.18  # sizes: pieces of one line closer than this belong to one word
TAB = 1.8  # sizes: least indent that starts a paragraph


@dataclass
class Paragraph:
    """Lines that belong together. kind: text or list here; headings and notes are told later. run: what it was laid out with."""

    inks: list[Ink]
    kind: str = "text"
    text: str = ""
    starts: list[int] = field(default_factory=list)
    level: int = 0
    reason: str = ""
    run: tuple[int, int, int] = (0, 0, 0)

    @property
    def first(self) -> Ink:
        """The line that it begins with."""
        return self.inks[0]

    @property
    def last(self) -> Ink:
        """The line that it ends with."""
        return self.inks[-1]

    @cached_property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        if len(self.inks) == 1:
            return self.inks[0].size
        sizes: dict[float, int] = {}
        for ink in self.inks:
            sizes[ink.size] = sizes.get(ink.size, 0) + len(ink.text)
        return max(sizes.items(), key=lambda item: (item[1], item[0]))[0]

    @cached_property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(ink.bold for ink in self.inks)

    def write(self, words: Words) -> None:
        """Set the text and where each line starts in it; size and weight are taken anew."""
        self.__dict__.pop("size", None)
        self.__dict__.pop("bold", None)
        text, starts, hyphen = "", [], False
        for ink in self.inks:
            joined = words.join(text, ink.text, hyphen) if text else ink.text
            starts.append(len(joined) - len(ink.text))
            text, hyphen = joined, ink.hyphen
        self.text, self.starts = text + ("-" if hyphen else ""), starts


def paragraphs_of(inks: Sequence[Ink], words: Words, right: float | None = None) -> list[Paragraph]:
    """The paragraphs of lines in reading order. right: where a full line ends, by default the rightmost line."""
    lines = _on_one_line(inks)
    if not lines:
        return []
    edge = right if right is not None else max(ink.x1 for ink in lines)
    pitch = _pitch(lines)
    found = [Paragraph([lines[0]])]
    for before, ink in pairwise(lines):
        if _starts(found[-1], before, ink, pitch(ink.size), edge):
            found.append(Paragraph([ink]))
        else:
            found[-1].inks.append(ink)
    for paragraph in found:
        paragraph.write(words)
        if is_listed(paragraph.text):
            paragraph.kind = "list"
    return found


def are_alike(a: Paragraph, b: Paragraph) -> bool:
    """Whether two paragraphs are of one size and weight."""
    return abs(a.size - b.size) <= 0.6 and a.bold == b.bold


def carries_on(last: Paragraph, part: Paragraph, between: bool) -> bool:
    """Whether `part`, on the next page or in the next column, is the rest of `last`; `between`: something stands between them."""
    if last.kind not in ("text", "list") or part.kind != "text" or not are_alike(last, part) or part.first.page - last.last.page > 2:
        return False
    if last.last.hyphen:
        return part.text[:1].isalpha()
    if FULL_STOP.search(last.text) or last.text.endswith((":", ";")):
        return False
    if part.text[:1].islower():
        return True
    # A name or a figure may begin the next page, too; then the line before must be a full one, and both must be as wide.
    full = len(last.inks) > 1 and last.last.x1 >= max(ink.x1 for ink in last.inks[-4:]) - 3 * last.size
    return full and not between and abs(_width(last) - _width(part)) < 0.15 * _width(last)


def _width(paragraph: Paragraph) -> float:
    return max(ink.x1 - ink.x0 for ink in paragraph.inks)


def is_listed(text: str) -> bool:
    """Whether the text begins with a bullet or a number."""
    if text[:1].isalpha():
        mark = text[1:6]
        if "." not in mark and ")" not in mark and ":" not in mark:
            return False  # the usual case, without a search
    return bool(BULLET.match(text) or NUMBERED.match(text))


def _on_one_line(inks: Sequence[Ink]) -> list[Ink]:
    """Pieces of one printed line put together again, in their order from left to right."""
    lines: list[Ink] = []
    for ink in inks:
        if lines and _same_line(lines[-1], ink):
            a = lines[-1]
            text = f"{a.text}{'' if ink.x0 - a.x1 < NO_SPACE * ink.size else ' '}{ink.text}"
            longer = a if len(a.text) >= len(ink.text) else ink
            lines[-1] = a._replace(
                text=text,
                x0=min(a.x0, ink.x0),
                y0=min(a.y0, ink.y0),
                x1=max(a.x1, ink.x1),
                y1=max(a.y1, ink.y1),
                base=longer.base,
                size=longer.size,
                bold=a.bold and ink.bold,
                italic=a.italic and ink.italic,
                hyphen=ink.hyphen,
            )
        else:
            lines.append(ink)
    return lines


def _same_line(a: Ink, b: Ink) -> bool:
    near = abs(a.base - b.base) <= 0.35 * max(a.size, b.size) and a.page == b.page
    return near and b.x0 >= a.x1 - 0.3 * a.size and (b.joined or bool(BARE_MARK.match(a.text)) or b.x0 - a.x1 < 1.5 * a.size)


def _pitch(lines: Sequence[Ink]) -> Callable[[float], float]:
    """The usual distance of base lines for a size, from the lines themselves."""
    ratios = []
    for a, b in pairwise(lines):
        step = b.base - a.base
        if a.page == b.page and abs(a.size - b.size) <= SIZES * a.size and 0.9 * a.size < step < 2.2 * a.size:
            ratios.append(round(step / a.size, 2))
    ratios.sort()
    usual = ratios[len(ratios) // 3] if len(ratios) >= 3 else min([*ratios, 1.35])
    return lambda size: max(usual, 1.0) * size


def _starts(paragraph: Paragraph, before: Ink, ink: Ink, pitch: float, edge: float) -> bool:
    """Whether `ink` begins a paragraph after `before`, the last line of `paragraph`."""
    if ink.page != before.page:
        return True
    step = ink.base - before.base
    if step <= 0.2 * ink.size or step > LOOSER * pitch or ink.x0 > before.x1 + TAB * ink.size:
        return True
    if abs(ink.size - before.size) > SIZES * before.size:
        return True
    ended = bool(ENDS.search(before.text[-END:]))
    fits = _would_have_fitted(before, ink, edge)
    if ink.text[0] in SURE_BULLETS and BULLET.match(ink.text):
        return True
    if is_listed(ink.text) and (ended or fits or ink.x0 < before.x0 - 3.0):
        return True
    starts_new = ink.text[0].isupper() or ink.text[0].isdigit() or ink.text[0] in "‘“'\"([£•"
    if ink.bold != before.bold and (fits or ended or (starts_new and paragraph.bold)):
        return True
    if fits and (starts_new or ended):
        return True
    return _is_next_entry(before, ink) or _indent(paragraph, before, ink, ended)


def _is_next_entry(before: Ink, ink: Ink) -> bool:
    """Whether two lines are entries of a list of contents: both end with a page number, at one place, and the numbers do not fall."""
    if not (before.text[-1].isdigit() and ink.text[-1].isdigit()) or abs(before.x1 - ink.x1) >= 3.0:
        return False
    (title, _, first), (other, _, second) = before.text.rpartition(" "), ink.text.rpartition(" ")
    pages = first.isdigit() and second.isdigit() and len(first) <= 3 and len(second) <= 3
    return bool(pages and title and other) and int(first) <= int(second)


def _indent(paragraph: Paragraph, before: Ink, ink: Ink, ended: bool) -> bool:
    """Whether the left edges tell of a new paragraph: an indented first line, or a step back out of a list."""
    if not ended:
        return False
    if len(paragraph.inks) == 1:
        if is_listed(before.text):
            return ink.x0 < before.x0 - 3.0
        return ink.x0 > before.x0 + TAB * ink.size
    usual = median(line.x0 for line in paragraph.inks[1:])
    return abs(ink.x0 - usual) > TAB * ink.size


def _would_have_fitted(before: Ink, ink: Ink, edge: float) -> bool:
    """Whether the first word of `ink` had room at the end of `before`: then somebody ended that line on purpose."""
    word = ink.text.split(" ", 1)[0]
    width = (ink.x1 - ink.x0) * (len(word) + 1) / max(1, len(ink.text))
    return before.x1 + width < edge - 0.3 * ink.size
