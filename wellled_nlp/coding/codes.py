"""The codes that people may give, as the facet files have them: which facets are asked, which answers there are, which words say "none"."""

from collections.abc import Mapping, Sequence
from functools import cache

from wellled_nlp.classify.labelled import FRAMEWORK
from wellled_nlp.codebook import Code, Facet, load_facet

# A facet that allows no code at all needs a word for that answer, or a sentence without a code looks like one nobody has coded.
NONE = "none"
SEPARATOR = ";"


@cache
def facets() -> dict[str, Facet]:
    """The facets that are asked, by name, in the order of the codebook's file format."""
    loaded = [load_facet(name) for name in (FRAMEWORK, "language", "domain", "act")]
    return {facet.name: facet for facet in loaded}


def answers(facet: Facet) -> tuple[str, ...]:
    """Every answer to the facet: its codes, and `none` where a sentence may have no code."""
    return facet.code_ids if facet.maximum == 1 else (NONE, *facet.code_ids)


def shown(facet: Facet) -> dict[str, str]:
    """For each answer the words that a list shows: the code, with its title where that says more."""
    words = {code.id: named(code) if code.title.casefold() != code.id.casefold() else code.id for code in facet.codes}
    return {answer: words.get(answer, answer) for answer in answers(facet)}


def named(code: Code) -> str:
    """The code with its title, "W5.2 Performance now and ahead"; the title alone where it says the same, "Assurance"."""
    return f"{code.id} {code.title}" if code.title.casefold() != code.id.casefold() else code.title


def joined(codes: Sequence[str]) -> str:
    """The codes of one facet as one cell holds them."""
    return SEPARATOR.join(codes) or NONE


def parted(cell: str) -> tuple[str, ...]:
    """The codes that stand in a cell; empty for `none`."""
    return tuple(code for code in cell.split(SEPARATOR) if code and code != NONE)


def with_parents(given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The same codes by facet, and beside each facet that has one the codes of its parent facet that follow from them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, codes in given.items():
        facet = facets()[name]
        found[name] = tuple(code for code in facet.code_ids if code in codes)
        if facet.parent_name:
            above = {facet.parent_of[code] for code in codes}
            found[facet.parent_name] = tuple(parent.id for parent in facet.parents if parent.id in above)
    return found


def names() -> tuple[str, ...]:
    """The facets asked and, after the facet that it follows from, each parent facet."""
    return tuple(name for facet in facets().values() for name in (facet.name, facet.parent_name) if name)


def ids(name: str) -> tuple[str, ...]:
    """The codes of a facet or parent facet, in the order of its file."""
    if name in facets():
        return facets()[name].code_ids
    return next(tuple(parent.id for parent in facet.parents) for facet in facets().values() if facet.parent_name == name)


def maximum(name: str) -> int:
    """How many codes of a facet or parent facet one sentence may have; 1 means exactly one."""
    return next(facet.maximum for facet in facets().values() if name in (facet.name, facet.parent_name))
