"""Published figures beside which a report sets a measured one: `data/comparators.toml` in, a range with its source out."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wellled_nlp.report import words


@dataclass(frozen=True)
class Comparator:
    """low and high: the range as shares; counted: what it is a share of; source: who published it, and when."""

    low: float
    high: float
    counted: str
    source: str

    @property
    def said(self) -> str:
        """ "4 to 13% (clinical items …; ICSA, Mapping the gap, 2011)"."""
        share = words.percent(self.low) if self.low == self.high else f"{words.interval(self.low, self.high)}%"
        return f"{share} ({self.counted}; {self.source})"


@cache
def of(name: str) -> Comparator:
    """The comparator of this name. Raises KeyError where the data have none."""
    source = resources.files("wellled_nlp") / "data" / "comparators.toml"
    held = {one["id"]: one for one in tomllib.loads(source.read_text(encoding="utf-8"))["comparator"]}[name]
    return Comparator(held["low"], held["high"], held["counted"], held["source"])
