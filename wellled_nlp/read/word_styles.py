"""Styles and list numbers of a Word file: what a paragraph is by its style, and the number that Word would print before it.

In: styles.xml and numbering.xml. Out: `Styles` (heading level, weight, size, list of a style) and `Numbering`, which counts as Word does:
a counter for each level, deeper levels beginning again, "%1.%2" filled in with the format of each level.
"""

from dataclasses import dataclass
from typing import Any

from wellled_nlp.read.package import W

CHAIN = 20  # styles based on styles; more is a loop
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix")) + (
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits. level: of a heading, or 0. list_id and list_level: numbering that it brings."""

    name: str = ""
    level: int = 0
    bold: bool = False
    size: float = 11.0
    list_id: str = ""
    list_level: int = 0


class Styles:
    """The paragraph styles of a document by their id."""

    def __init__(self, root: Any) -> None:
        self._elements = {} if root is None else {e.get(W + "styleId"): e for e in root.iter(W + "style")}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz") if root is not None else None
        self._size = _half_points(default) or 10.0
        self._found: dict[str, Style] = {}
        self._default = next((k for k, e in self._elements.items() if e.get(W + "default") == "1" and e.get(W + "type") == "paragraph"), "")

    def get(self, style_id: str | None) -> Style:
        """The style; the document's default one where none or an unknown one is named."""
        key = style_id if style_id is not None and style_id in self._elements else str(self._default)
        if key not in self._found:
            self._found[key] = self._resolve(key)
        return self._found[key]

    def _resolve(self, key: str) -> Style:
        name = ""
        level = list_level = -1
        bold: bool | None = None
        size, list_id = 0.0, ""
        for _ in range(CHAIN):
            element = self._elements.get(key)
            if element is None:
                break
            own = str(_value(element.find(W + "name")) or "")
            name = name or own
            level = level if level >= 0 else _heading_level(own, element)
            bold = bold if bold is not None else is_on(element.find(f"{W}rPr/{W}b"))
            size = size or _half_points(element.find(f"{W}rPr/{W}sz"))
            number = element.find(f"{W}pPr/{W}numPr")
            if number is not None:
                list_id = list_id or str(_value(number.find(W + "numId")) or "")
                depth = _value(number.find(W + "ilvl"))
                list_level = list_level if list_level >= 0 or depth is None else int(depth)
            key = str(_value(element.find(W + "basedOn")) or "")
        return Style(name, max(level, 0), bool(bold), size or self._size, list_id, max(list_level, 0))


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int = -1
    suffix: str = " "
    style: str = ""


class Numbering:
    """Counts list paragraphs in the order in which they are asked for."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._by_style: dict[str, tuple[str, int]] = {}
        if root is not None:
            self._load(root)

    def of_style(self, style_id: str) -> tuple[str, int] | None:
        """The list and level that a paragraph style is tied to in the numbering part."""
        return self._by_style.get(style_id)

    def label(self, list_id: str, depth: int) -> str:
        """The number or bullet of the next paragraph of that list at that depth; empty where the list is unknown."""
        if list_id not in self._lists or list_id == "0":
            return ""
        abstract, levels, starts = self._lists[list_id]
        level = levels.get(depth)
        if level is None or level.form == "none" and not level.text:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if depth in starts and (list_id, depth) not in self._begun:
            counts.pop(depth, None)
        self._begun.add((list_id, depth))
        for above in range(depth):  # an entry at a deeper level begins the levels above it, if nothing has yet
            counts.setdefault(above, starts.get(above, levels[above].start if above in levels else 1))
        counts[depth] = counts[depth] + 1 if depth in counts else starts.get(depth, level.start)
        for deeper in [d for d in counts if d > depth]:
            restart = levels[deeper].restart if deeper in levels else -1
            if restart != 0:
                del counts[deeper]
        if level.form == "bullet":
            return "•"
        return self._fill(level, depth, levels, starts, counts)

    def _fill(self, level: _Level, depth: int, levels: dict[int, _Level], starts: dict[int, int], counts: dict[int, int]) -> str:
        text = level.text
        for d in range(depth + 1):
            shown = levels.get(d, _Level())
            value = counts.get(d, starts.get(d, shown.start))
            text = text.replace(f"%{d + 1}", number_text(value, "decimal" if level.legal and d < depth else shown.form))
        return text.strip()

    def _load(self, root: Any) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        owners: dict[str, str] = {}
        for element in root.findall(W + "abstractNum"):
            key = element.get(W + "abstractNumId")
            abstracts[key] = {int(e.get(W + "ilvl") or 0): _level(e) for e in element.findall(W + "lvl")}
            link, owner = _value(element.find(W + "numStyleLink")), _value(element.find(W + "styleLink"))
            if link:
                links[key] = str(link)
            if owner:
                owners[str(owner)] = key
        for element in root.findall(W + "num"):
            abstract = str(_value(element.find(W + "abstractNumId")) or "")
            abstract = owners.get(links.get(abstract, ""), abstract)
            levels, starts = dict(abstracts.get(abstract, {})), {}
            for override in element.findall(W + "lvlOverride"):
                depth = int(override.get(W + "ilvl") or 0)
                own, start = override.find(W + "lvl"), _value(override.find(W + "startOverride"))
                if own is not None:
                    levels[depth] = _level(own)
                if start is not None:
                    starts[depth] = int(start)
            list_id = element.get(W + "numId")
            self._lists[list_id] = (abstract, levels, starts)
            for depth, level in levels.items():
                if level.style:
                    self._by_style.setdefault(level.style, (list_id, depth))


def number_text(value: int, form: str) -> str:
    """The number in one of Word's formats."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        text, rest = "", min(max(value, 0), 4999)
        for worth, sign in ROMAN:
            text, rest = text + sign * (rest // worth), rest % worth
        return text.upper() if form == "upperRoman" else text
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "ordinal":
        tail = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{tail}"
    return "" if form in ("none", "bullet") else str(value)


def is_on(element: Any) -> bool | None:
    """A toggle such as w:b: True, False, or None where it is not given."""
    return None if element is None else str(element.get(W + "val", "1")).lower() not in ("0", "false", "off", "none")


def _level(element: Any) -> _Level:
    def value(name: str) -> str | None:
        return _value(element.find(W + name))

    restart = value("lvlRestart")
    return _Level(
        start=int(value("start") or 1),
        form=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        legal=bool(is_on(element.find(W + "isLgl"))),
        restart=int(restart) if restart is not None else -1,
        style=value("pStyle") or "",
    )


def _value(element: Any) -> str | None:
    return None if element is None else element.get(W + "val")


def _half_points(element: Any) -> float:
    try:
        return float(_value(element) or 0) / 2
    except ValueError:
        return 0.0


def _heading_level(name: str, element: Any) -> int:
    lower = name.lower()
    if lower == "title":
        return 1
    if lower.startswith("heading ") and lower[8:9].isdigit():
        return min(6, int(lower[8:9]))
    outline = _value(element.find(f"{W}pPr/{W}outlineLvl"))
    return min(6, int(outline) + 1) if outline is not None and outline.isdigit() and int(outline) < 9 else -1
