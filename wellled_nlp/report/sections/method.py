"""Method and limits, and where the figures come from: versions, frameworks, models, settings."""

from collections.abc import Iterator, Mapping
from typing import Any

from wellled_nlp.report import headline, words
from wellled_nlp.report.contents import TITLE, Column, Grid, Section, records
from wellled_nlp.report.sections import summary
from wellled_nlp.table import Analysis

_FOLD_FROM = 12
_RECORD = (
    "Minutes are a record, not the meeting: what was said and not written down is not here, and a long minute is not a long debate. "
    "These are shares of recorded attention, never of time."
)
_NO_RATING = (
    "Documentary evidence only; not a rating. The published lines were stated for different denominators by different people; "
    "none is a rule of the regulator."
)
_LABELS = (
    "Each sentence is given one domain, one language and one act, and up to two prompts, by a trained model with word lists. "
    "The model makes mistakes: read the sentences before relying on a figure."
)
_NOT_SHOWN = (
    "Whether the board had the information that it needed is a part of prompt W6.2 too. Papers show little of it: the sentences that speak "
    "of it are counted, and none found says nothing."
)


def section(analysis: Analysis) -> Section:
    """How the figures were made and what they cannot say."""
    chosen = headline.settings(analysis)
    group = words.listed([headline.titles(analysis, "domain")[domain].lower() for domain in headline.group(analysis, "sustainability")])
    meant = (
        f"A share needs at least {words.number(chosen['words_minimum'])} words. Sustainability here means lasting, affordable services "
        f"({group}), not climate; environmental sustainability is counted apart."
    )
    lead = (summary.denominator(analysis), _RECORD, _NO_RATING, _LABELS, meant, _NOT_SHOWN)
    return Section("method", "Method and limits", lead, grids=(_accuracy(analysis),))


def provenance(analysis: Analysis) -> Section:
    """What was used: enough to make the same figures again."""
    held = analysis.provenance
    rows = [
        ("Scanned on", words.day(held["scanned_on"])),
        *((f"Version of {name}", str(value)) for name, value in held["versions"].items()),
        *((f"Framework: {one['name']}", f"{one['title']} ({one['id']}), SHA-256 {one['sha256']}") for one in held["frameworks"]),
        *((f"Model: {one['facet']}", f"SHA-256 {one['sha256']}{_own(one)}") for one in held["models"]),
    ]
    grid = Grid("provenance", "Versions, frameworks and models", (Column("What", TITLE), Column("Value")), tuple(rows))
    columns = (Column("Setting", TITLE), Column("Value"))
    settings = Grid("settings", "Settings", columns, tuple(_flat(held["settings"])), folded="All settings")
    return Section("provenance", "Provenance", (made_with(analysis),), grids=(grid, settings))


def _own(model: Mapping[str, Any]) -> str:
    """What a local model learned from besides the shipped sentences."""
    own = model.get("own")
    return f"; local: {words.counted(own['sentences'], 'sentence')} labelled by {words.listed(own['coders'])} besides" if own else ""


def made_with(analysis: Analysis) -> str:
    """By what and when the report was made."""
    held = analysis.provenance
    return f"Produced with wellled {held['versions'].get('wellled', '')} on {words.day(held['scanned_on'])}, on this machine alone."


def codebook(analysis: Analysis) -> Grid:
    """Every code of every facet with its title and meaning."""
    known = {one["id"]: one for one in analysis.provenance["frameworks"]}
    rows = [
        (row["facet"], row["code"], row["title"], row["text"], known[row["framework"]]["title"], known[row["framework"]]["publisher"])
        for row in records(analysis.facts["codes"])
    ]
    columns = (Column("Facet"), Column("Code"), Column("Title", TITLE), Column("Meaning"), Column("Framework"), Column("Publisher"))
    return Grid("codebook", "Codebook", columns, tuple(rows))


def _accuracy(analysis: Analysis) -> Grid:
    """What the models' own cards say of them."""
    rows = tuple((one["facet"], name, value) for one in analysis.provenance["models"] for name, value in _flat(one.get("metrics") or {}))
    columns = (Column("Facet", TITLE), Column("Measure"), Column("Value"))
    empty = "No figures of accuracy on real papers are recorded with these models."
    return Grid(
        "accuracy", "How often the labels are right", columns, rows, empty=empty, folded="All figures" if len(rows) > _FOLD_FROM else ""
    )


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Nested values as ("attention.presets.1.share", "0.2")."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
            yield from _flat({str(number): one for number, one in enumerate(value, 1)}, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", words.listed([str(one) for one in value]) if isinstance(value, (list, tuple)) else str(value)
