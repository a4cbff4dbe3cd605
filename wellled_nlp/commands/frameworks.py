"""Commands about frameworks: which are shipped, what their codes are, and whether a file of one's own is sound."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellled_nlp.errors import SettingsError, WellledError

if TYPE_CHECKING:
    from wellled_nlp.codebook import Facet

_FORMATS = click.Choice(("table", "csv", "json"))
# Left out of the table, which has room for short values.
_LONG = ("edition", "link", "published")


@click.command()
@click.argument("id_or_file", required=False, metavar="[ID|FILE]")
@click.option("--format", "form", type=_FORMATS, default="table", help="How to print it (default: table).")
def frameworks(id_or_file: str | None, form: str) -> None:
    """List the frameworks that sentences can be labelled with, or the codes of one."""
    from wellled_nlp import codebook

    rows = _codes(codebook.load_facet(id_or_file)) if id_or_file else [_framework(facet) for facet in codebook.frameworks()]
    click.echo(_printed(rows, form))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def check(file: Path) -> None:
    """Check a file of your own: a framework, crosswalk, lexicon, labelled sentences or wellled.toml."""
    from wellled_nlp import check as checking

    try:
        said = checking.check(file)
    except SettingsError as error:
        # Elsewhere a fault in the settings is a wrong option, with an exit code of its own; here it is what was asked for.
        raise WellledError(error.message, error.hint) from error
    click.echo("\n".join((*said, "No fault found.")))


def _framework(facet: "Facet") -> dict[str, object]:
    return {
        "id": facet.id,
        "title": facet.title,
        "publisher": facet.publisher,
        "published": facet.published,
        "in force from": facet.valid_from,
        "until": facet.valid_to,
        "codes": len(facet.codes),
        "labelled by": " and ".join(facet.scored_by),
        "edition": facet.edition,
        "link": facet.link,
    }


def _codes(facet: "Facet") -> list[dict[str, object]]:
    kinds = (("parent", facet.parents), ("code", facet.codes), ("addition", facet.additions))
    return [
        {"kind": kind, "code": code.id, "title": code.title, "text": code.text, "parent": code.parent, "for": " ".join(code.applies_to)}
        for kind, codes in kinds
        for code in codes
    ]


def _printed(rows: list[dict[str, object]], form: str) -> str:
    if form == "json":
        return json.dumps(rows, indent=1, ensure_ascii=False)
    if form == "csv":
        stream = StringIO()
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue().rstrip("\n")
    from wellled_nlp import terminal

    return terminal.listed([{name: value for name, value in row.items() if name not in _LONG} for row in rows])


COMMANDS = (frameworks, check)
