"""The facets that the sentences were labelled with, shipped or a trust's own: the table `codes` in, names and titles out.

A framework whose codes stand under parents gives two facets, that of its parents first; no facet is known here by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wellled_nlp.report import words
from wellled_nlp.report.contents import records
from wellled_nlp.table import Analysis


@dataclass(frozen=True)
class Asked:
    """One facet. name: as in `labels`; framework: the id of its edition; title, publisher: of that edition.

    codes: the title of each code in the framework's order; parent_of: the parent of each code that has one.
    one: whether a sentence has exactly one of the codes; parents: whether the codes are parents, looked up and not given by themselves.
    fallback: the code that is given where nothing else is, or "".
    added: whether no model was trained for it, so that its labels came by crosswalk and words.
    """

    name: str
    framework: str
    title: str
    publisher: str
    codes: Mapping[str, str]
    parent_of: Mapping[str, str]
    one: bool
    parents: bool
    fallback: str
    added: bool

    @property
    def heading(self) -> str:
        """The name over a column or a filter: "Our promise" for our-promise."""
        return words.capital(words.clean(self.name.replace("-", " ")))

    def shown(self, code: str) -> str:
        """The code as people read it: "W4 Governance", or the title alone where it holds the code as a word or is the one answer."""
        title = words.clean(self.codes.get(code, ""))
        told = self.one or (code.islower() and code in title.lower().split(" "))
        return words.clean(code) if not title else title if told else f"{words.clean(code)} {title}"


def of(analysis: Analysis) -> tuple[Asked, ...]:
    """Every facet in the order of the table."""
    editions = {one["id"]: one for one in analysis.provenance["frameworks"]}
    trained = {one["facet"] for one in analysis.provenance["models"]}
    rows = [row for row in records(analysis.facts["codes"]) if row["facet"]]
    held = {(row["framework"], row["facet"]): [one for one in rows if one["facet"] == row["facet"]] for row in rows}
    return tuple(
        Asked(
            name=name,
            framework=framework,
            title=words.clean(editions[framework]["title"]) if framework in editions else name,
            publisher=words.clean(editions[framework]["publisher"]) if framework in editions else "",
            codes={row["code"]: words.clean(row["title"]) for row in codes},
            parent_of={row["code"]: row["parent"] for row in codes if row["parent"]},
            one=codes[0]["maximum"] == 1,
            parents=codes[0]["maximum"] is None,
            fallback=next((row["code"] for row in codes if row["fallback"]), ""),
            added=not trained & {facet for edition, facet in held if edition == framework},
        )
        for (framework, name), codes in held.items()
    )


def leading(asked: Iterable[Asked]) -> str:
    """The name of the facet that a score without a chosen label is asked of: the first of which a sentence can have several."""
    return next((one.name for one in asked if not one.one and not one.parents), "")


def themes(asked: Iterable[Asked]) -> Asked | None:
    """The first facet of parents: the themes that reports colour and bookmark by."""
    return next((one for one in asked if one.parents), None)
