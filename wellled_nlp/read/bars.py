"""Bars: filled boxes that stand on one line, or start from one, with different lengths. They tell a bar chart from a table's shading."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from wellled_nlp.read.page_frame import BoxTuple

_FEWEST, _LENGTHS = 4, 3  # bars of a chart, and how many different lengths they have at least


def bars_of(boxes: Sequence[BoxTuple]) -> list[BoxTuple]:
    """The box around each group of four bars and more: the same base, the same breadth, side by side, of three lengths at least."""
    if len(boxes) < _FEWEST:
        return []
    upright = _groups(((box[3], box[2] - box[0]), box[0], box[3] - box[1], box) for box in boxes)
    level = _groups(((box[0], box[3] - box[1]), box[1], box[2] - box[0], box) for box in boxes)
    return sorted(set(upright + level))


def _groups(bars: Iterable[tuple[tuple[float, float], float, float, BoxTuple]]) -> list[BoxTuple]:
    groups: dict[tuple[int, int], list[tuple[float, float, BoxTuple]]] = defaultdict(list)
    for (base, breadth), place, length, box in bars:
        groups[round(base), round(breadth)].append((place, length, box))
    found = []
    for held in groups.values():
        places, lengths = {round(place) for place, _, _ in held}, {round(length) for _, length, _ in held}
        if len(places) >= _FEWEST and len(lengths) >= _LENGTHS:
            sides = list(zip(*(box for _, _, box in held), strict=True))
            found.append((min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])))
    return found
