"""Method and limits, and where the figures come from: versions, frameworks, models, settings."""

from collections.abc import Iterator, Mapping
from typing import Any

from wellled_nlp.report import headline, words
from wellled_nlp.report.contents import TITLE, Column, Grid, Section
from wellled_nlp.report.sections import summary
from wellled_nlp.table import Analysis


def section(analysis: Analysis) -> Section:
    """How the figures were made and what they cannot say."""
    line, unit = headline.lead(analysis)
    chosen = headline.settings(analysis)
    lead = (
        summary.denominator(analysis),
        "Minutes are a record, not the meeting: what was said and not written down is not here, and a long minute is not a long debate. These are shares of recorded attention, never of time.",
        "Documentary evidence only; not a rating. The published lines were stated for different denominators by different people; none is a rule of the regulator.",
        "Each sentence is given one domain, one language and one act, and up to two prompts, by a trained model with word lists. The model makes mistakes: read the sentences before relying on a figure.",
        f"A share needs at least {words.number(chosen['words_minimum'])} words. Sustainability here means lasting, affordable services ({words.listed(list(chosen['sustainability']))}), not climate; "
        "environmental sustainability is counted apart.",
        "Whether the board had the information that it needed is the third part of prompt W6.2; papers alone cannot show it, so this report gives no figure for it.",
    )
    return Section("method", "Method and limits", lead, grids=(_accuracy(analysis),))


def provenance(analysis: Analysis) -> Section:
    """What was used: enough to make the same figures again."""
    held = analysis.provenance
    version = held["versions"].get("wellled", "")
    rows: list[tuple[object, ...]] = [("Scanned on", words.day(held["scanned_on"]))]
    rows += [(f"Version of {name}", str(value)) for name, value in held["versions"].items()]
    rows += [(f"Framework: {one['name']}", f"{one['title']} ({one['id']}), SHA-256 {one['sha256']}") for one in held["frameworks"]]
    rows += [(f"Model: {one['facet']}", f"SHA-256 {one['sha256']}") for one in held["models"]]
    grid = Grid("provenance", "Versions, frameworks and models", (Column("What", TITLE), Column("Value")), tuple(rows))
    settings = Grid(
        "settings", "Settings", (Column("Setting", TITLE), Column("Value")), tuple(_flat(held["settings"])), folded="All settings"
    )
    return Section(
        "provenance",
        "Provenance",
        (f"Produced with wellled {version} on {words.day(held['scanned_on'])}, on this machine alone.",),
        grids=(grid, settings),
    )


def codebook(analysis: Analysis) -> Grid:
    """Every code of every facet with its title and meaning."""
    rows: list[tuple[object, ...]] = []
    for name in [one["name"] for one in analysis.provenance["frameworks"]]:
        facet = headline.facet(analysis, name)
        rows += [(facet.parent_name, code.id, code.title, code.text, facet.title, facet.publisher) for code in facet.parents]
        rows += [(facet.name, code.id, code.title, code.text, facet.title, facet.publisher) for code in facet.codes]
    columns = (Column("Facet"), Column("Code"), Column("Title", TITLE), Column("Meaning"), Column("Framework"), Column("Publisher"))
    return Grid("codebook", "Codebook", columns, tuple(rows))


def _accuracy(analysis: Analysis) -> Grid:
    rows = tuple((one["facet"], name, value) for one in analysis.provenance["models"] for name, value in _flat(one.get("metrics") or {}))
    empty = "No figures of accuracy on real papers are recorded with these models."
    return Grid(
        "accuracy",
        "How often the labels are right",
        (Column("Facet", TITLE), Column("Measure"), Column("Value")),
        rows,
        empty=empty,
        folded="All figures" if len(rows) > 12 else "",
    )


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
            for number, one in enumerate(value, 1):
                yield from _flat(one, f"{prefix}{key}.{number}.")
        else:
            yield f"{prefix}{key}", words.listed([str(one) for one in value]) if isinstance(value, (list, tuple)) else str(value)
