"""Codebooks and lexicons for other tools, a module for each format: text in the tool's own format out.

To add one: a module with one function from a facet, or from the terms of a lexicon, to bytes, and a line here.
"""

from collections.abc import Callable, Sequence

from wellled_nlp.codebook import Facet, Term
from wellled_nlp.coding.exchange import codebooks, qdc, quanteda

CODEBOOKS: dict[str, Callable[[Sequence[Facet]], bytes]] = {"qdc": qdc.codebook, "toml": codebooks.as_toml, "csv": codebooks.as_csv}
LEXICONS: dict[str, Callable[[str, Sequence[Term]], bytes]] = {"quanteda": quanteda.dictionary}
