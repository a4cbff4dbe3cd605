"""Quantities: what is set side by side, read from `data/comparisons.toml`: an amount over a denominator, in words or sentences."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from wellled_nlp.codebook import Code, load_facet
from wellled_nlp.settings import AttentionSettings


@dataclass(frozen=True)
class Quantity:
    """One figure of every group.

    framework: the edition that the code is of. facet: whose labels count, as the table `labels` names it; parts: those of its codes that
    count for the amount. unit: words or sentences, of the amount and of its denominator. per: 1 for a share, 100 for a number in every
    hundred. drawn: whether the page always draws it. alone: whether a sentence has exactly one code of the facet.
    """

    measure: str
    measure_title: str
    code: str
    title: str
    framework: str
    facet: str
    parts: tuple[str, ...]
    unit: str
    per: int
    drawn: bool
    alone: bool

    @property
    def key(self) -> tuple[str, str]:
        """What names the quantity in every table."""
        return self.measure, self.code


def load(settings: AttentionSettings) -> tuple[Quantity, ...]:
    """The quantities in the order of the file; domains that the settings leave out of shares are none."""
    source = resources.files("wellled_nlp") / "data" / "comparisons.toml"
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["quantity"]
    return tuple(quantity for entry in entries for quantity in _quantities(entry, settings))


def facets(quantities: tuple[Quantity, ...]) -> tuple[str, ...]:
    """The facets whose labels are counted, by their names in the table `labels`."""
    return tuple(sorted({quantity.facet for quantity in quantities}))


def _quantities(entry: Mapping[str, Any], settings: AttentionSettings) -> Iterator[Quantity]:
    facet = load_facet(entry["facet"])
    parents = bool(entry.get("parents"))
    name, codes = (facet.parent_name, facet.parents) if parents else (facet.name, facet.codes)
    of = (facet.id, name, facet.maximum == 1 and not parents)
    if "code" in entry:
        yield _quantity(entry, of, (entry["code"], entry["name"]), tuple(entry["parts"]), bool(entry.get("chart")))
        return
    for code in codes:
        if code.id not in settings.left_out:
            drawn = bool(entry.get("chart")) or code.id in settings.quality
            yield _quantity(entry, of, (code.id, _titled(code, parents)), (code.id,), drawn)


def _titled(code: Code, numbered: bool) -> str:
    return f"{code.id} {code.title}" if numbered else code.title


def _quantity(entry: Mapping[str, Any], of: tuple[str, str, bool], named: tuple[str, str], parts: tuple[str, ...], drawn: bool) -> Quantity:
    return Quantity(
        measure=entry["measure"],
        measure_title=entry["title"],
        code=named[0],
        title=named[1],
        framework=of[0],
        facet=of[1],
        parts=parts,
        unit=entry["unit"],
        per=int(entry["per"]),
        drawn=drawn,
        alone=of[2],
    )
