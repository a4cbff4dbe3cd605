"""Domain knowledge as data: facets with their codes, lexicons and crosswalks, loaded from `data/` or from a user's own path.

A facet is one question asked of every sentence, its codes are the answers. `name` is the facet's column in labelled sentences and its
value in the `labels` table; `id` names the edition of the framework, so that two editions never mix.
"""

from wellled_nlp.codebook.entries import Code, Facet, Link, Sector, Term
from wellled_nlp.codebook.facets import SHIPPED, frameworks, load_facet
from wellled_nlp.codebook.files import digest
from wellled_nlp.codebook.lists import load_crosswalk, load_lexicon, sectors
from wellled_nlp.codebook.signals import Signal, StatusRule, StatusWording, load_signals, load_status_wording

__all__ = [
    "SHIPPED",
    "Code",
    "Facet",
    "Link",
    "Sector",
    "Signal",
    "StatusRule",
    "StatusWording",
    "Term",
    "digest",
    "frameworks",
    "load_crosswalk",
    "load_facet",
    "load_lexicon",
    "load_signals",
    "load_status_wording",
    "sectors",
]
