"""What the data files hold: facets with their codes, terms of lexicons, links of crosswalks, sectors."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Code:
    """One answer. `parent` is a code of the facet's parent facet ("" where there is none); `applies_to` names sectors, empty for all."""

    id: str
    title: str
    text: str
    parent: str = ""
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    """A question asked of every sentence.

    maximum: how many codes one sentence may have; 1 means exactly one, and `fallback` is the code given where nothing is known.
    parents: the codes of the parent facet, which is called `parent_name` and looked up, never predicted.
    sha256: of the file that it was loaded from, for provenance.
    published, valid_from, valid_to: ISO dates, "" where unknown or still in force; edition says what else to know of it.
    scored_by: names of SCORERS, empty where sentences are not labelled with it. source: the id of the facet that `crosswalk` leads from;
    crosswalk, lexicon: ids of shipped files or paths of own ones, "" where there is none. threshold: the score from which a code is given.
    additions: what the framework asks besides of some sectors; they are read by people and not labelled.
    """

    id: str
    name: str
    title: str
    publisher: str
    link: str
    codes: tuple[Code, ...]
    maximum: int
    fallback: str
    parent_name: str
    parents: tuple[Code, ...]
    sha256: str
    published: str = ""
    valid_from: str = ""
    valid_to: str = ""
    edition: str = ""
    scored_by: tuple[str, ...] = ()
    source: str = ""
    crosswalk: str = ""
    lexicon: str = ""
    threshold: float = 0.5
    additions: tuple[Code, ...] = ()

    @property
    def code_ids(self) -> tuple[str, ...]:
        """The ids of the codes in the order of the file."""
        return tuple(code.id for code in self.codes)

    @property
    def parent_of(self) -> dict[str, str]:
        """For each code that has one, the id of its parent."""
        return {code.id: code.parent for code in self.codes if code.parent}


class Term(NamedTuple):
    """One entry of a lexicon. kind: phrase (as written), stem (the last word may have any ending) or regex."""

    code: str
    term: str
    kind: str
    weight: float
    note: str


@dataclass(frozen=True)
class Link:
    """One row of a crosswalk. strength: primary (what has the one has the other) or secondary (only with words that speak for it)."""

    from_code: str
    to_code: str
    strength: str
    reason: str


@dataclass(frozen=True)
class Sector:
    """A kind of organisation that a code may apply to."""

    id: str
    title: str
    text: str
