"""What the columns of a table of risks hold, told from its headings: texts (reference, title, actions, owner) and scores by their phase.

Header cells in, places of columns out. What headings say is data (`data/risks.toml`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wellled_nlp.structure import scores
from wellled_nlp.structure.scores import Score, matches, rules

CURRENT, PREVIOUS, PERIOD = "current", "previous", "period"
SCORE, LIKELIHOOD, IMPACT = "score", "likelihood", "impact"
_LONGEST_HEADING = 60  # characters; a longer first row is text and no heading


@dataclass
class Columns:
    """Places of columns: `texts` by what they hold, the best first; `numbers` by phase and quantity; `periods` from left to right.

    impact_first: the places of those columns in which "5 x 4" has the impact before the likelihood.
    """

    texts: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    periods: list[int] = field(default_factory=list)
    impact_first: set[int] = field(default_factory=set)

    @property
    def score_risks(self) -> bool:
        """Whether something here is a score as it stands now, or over time."""
        now = {(CURRENT, SCORE), (CURRENT, LIKELIHOOD), ("initial", SCORE)}
        return bool(now & set(self.numbers)) or len(self.periods) > 1


def of_header(header: Sequence[str]) -> Columns:
    """The columns under these headings; of two that say the same of numbers the first counts."""
    columns = Columns()
    for at, cell in enumerate(header):
        heading = " ".join(cell.split())
        if not heading or len(heading) > _LONGEST_HEADING:
            continue
        name = named(heading)
        if isinstance(name, tuple):
            columns.numbers.setdefault(name, at)
            if matches(heading, rules()["order"]["impact_first"]):
                columns.impact_first.add(at)
        elif name == PERIOD:
            columns.periods.append(at)
        elif name:
            columns.texts.setdefault(name, []).append(at)
    for name, places in columns.texts.items():
        places.sort(key=lambda at: _rank(name, header[at]))
    return columns


def _rank(name: str, heading: str) -> int:
    """The place of the first pattern of this column that matches: a title comes before a description."""
    flat = " ".join(heading.split())
    return next(at for at, pattern in enumerate(rules()["column"][name]) if matches(flat, [pattern]))


def named(heading: str) -> str | tuple[str, str]:
    """What a heading or label says: a column of texts, "period", or (phase, quantity); "" for anything else."""
    said = rules()
    period = matches(heading, said["period"]["named"]) and not matches(heading, said["period"]["not_scores"])
    if period:
        return (CURRENT, SCORE) if matches(heading, said["order"]["impact_first"] + said["quantity"][SCORE][:1]) else PERIOD
    quantity = next((name for name, patterns in said["quantity"].items() if matches(heading, patterns)), "")
    if quantity and not matches(heading, said["period"]["not_scores"]):
        phase = next((name for name, patterns in said["phase"].items() if matches(heading, patterns)), CURRENT)
        return phase, quantity
    return next((name for name, patterns in said["column"].items() if matches(heading, patterns)), "")


def under(header: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """The headings of a table whose second row names quantities under phases: "Initial" over "L", "C", "Score" gives "Initial L", …

    Empty where the second row is no such row.
    """
    quantities = [cell for cell in below if cell.strip()]
    if len(quantities) < 2 or len(below) != len(header):
        return ()
    if not all(len(cell) <= _LONGEST_HEADING and isinstance(named(" ".join(cell.split())), tuple) for cell in quantities):
        return ()
    made, group = [], ""
    for upper, lower in zip(header, below, strict=True):
        group = upper if upper.strip() else group
        made.append(f"{group} {lower}".strip() if lower.strip() else upper)
    return tuple(made)


class Matrix:
    """The small table of a page with one risk: phases across and quantities down, or the other way about, fed row by row."""

    def __init__(self) -> None:
        self.heads: dict[int, tuple[str, str]] = {}
        self.numbers: dict[tuple[str, str], int] = {}

    def takes(self, cells: Sequence[str]) -> bool:
        """Takes a row of headings, or one whose first cell is a phase or quantity under such headings; whether the row was one."""
        labels = [named(" ".join(cell.split())) for cell in cells]
        heads = {at: label for at, label in enumerate(labels[1:], 1) if isinstance(label, tuple)}
        if len(heads) > 1 and len(heads) == sum(bool(cell.strip()) for cell in cells[1:]):
            self.heads = heads
            return True
        if not self.heads or not isinstance(labels[0], tuple):
            return False
        phase, quantity = labels[0]
        across = len({head for head, _ in self.heads.values()}) > 1
        taken = False
        for at, (head_phase, head_quantity) in self.heads.items():
            name = (head_phase, quantity) if across else (phase, head_quantity)
            found = scores.read(cells[at]) if at < len(cells) else None
            value = found.score if found and name[1] == SCORE else scores.level(cells[at], name[1]) if at < len(cells) else None
            if value is not None:
                self.numbers.setdefault(name, value)
                taken = True
        return taken

    @property
    def found(self) -> dict[str, Score]:
        """The score of each phase, formed from its factors where it is not printed."""
        made = {}
        for phase in dict.fromkeys(name for name, _ in self.numbers):
            likelihood, impact = self.numbers.get((phase, LIKELIHOOD)), self.numbers.get((phase, IMPACT))
            product = likelihood * impact if likelihood and impact else None
            made[phase] = Score(likelihood, impact, self.numbers.get((phase, SCORE), product))
        return made


def read_scores(columns: Columns, cells: Sequence[str]) -> dict[str, Score]:
    """For each phase of these columns the score in a row; phases without one are left out.

    Scores under headings that name times are read from right to left: the last is the current one where no column says "current",
    and the one before it the previous one.
    """
    found: dict[str, Score] = {}
    for phase in dict.fromkeys(name for name, _ in columns.numbers):
        held = _phase(columns, phase, cells)
        if held is not None:
            found[phase] = held
    over_time = [one for at in columns.periods if at < len(cells) and (one := scores.read(cells[at])) is not None]
    if over_time and CURRENT not in found:
        found[CURRENT] = over_time.pop()
    if over_time:
        found.setdefault(PREVIOUS, over_time[-1])
    return found


def _phase(columns: Columns, phase: str, cells: Sequence[str]) -> Score | None:
    def cell(quantity: str) -> str:
        at = columns.numbers.get((phase, quantity), len(cells))
        return cells[at] if at < len(cells) else ""

    whole = scores.read(cell(SCORE), columns.numbers.get((phase, SCORE)) in columns.impact_first) or Score()
    likelihood = whole.likelihood or scores.level(cell(LIKELIHOOD), LIKELIHOOD)
    impact = whole.impact or scores.level(cell(IMPACT), IMPACT)
    score = whole.score or (likelihood * impact if likelihood and impact else None)
    return Score(likelihood, impact, score) if likelihood or score else None
