"""Codebooks as CSV, a row a code, and as TOML, the format of facet files."""

from collections.abc import Sequence

import pandas as pd

from wellled_nlp import output
from wellled_nlp.codebook import Code, Facet, files
from wellled_nlp.errors import InputError

_COLUMNS = ("facet", "facet_id", "code", "title", "meaning", "parent", "maximum", "publisher")


def as_csv(facets: Sequence[Facet]) -> bytes:
    """One row a code, those of the parent facet first; UTF-8 with a byte-order mark, no cell a formula."""
    rows = []
    for facet in facets:
        rows += [_row(facet, facet.parent_name, code) for code in facet.parents]
        rows += [_row(facet, facet.name, code) for code in facet.codes]
    return output.csv_text(pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)).encode("utf-8-sig")


def as_toml(facets: Sequence[Facet]) -> bytes:
    """The file of one shipped facet as it stands, to start a codebook of your own from. Raises InputError for more than one, CodebookError
    for a facet of your own, which is such a file already.
    """
    if len(facets) != 1:
        raise InputError("A TOML file holds one facet.", f"Name it with --facet: {', '.join(facet.id for facet in facets)}.")
    return files.find("facets", facets[0].id, ".toml").read_bytes()


def _row(facet: Facet, name: str, code: Code) -> tuple[object, ...]:
    return (name, facet.id, code.id, code.title, code.text, code.parent, facet.maximum, facet.publisher)
