"""What many parts of a report ask of an analysis, worked out once: kept as long as the analysis is there, and forgotten with it."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from wellled_nlp.table import Analysis

_Found = TypeVar("_Found")


def once(work: Callable[[Analysis], _Found]) -> Callable[[Analysis], _Found]:
    """The same function, which works once for each analysis. What it returns is shared: to be read only, and without the analysis in it."""
    held: dict[int, _Found] = {}

    @wraps(work)
    def asked(analysis: Analysis) -> _Found:
        name = id(analysis)  # tables have no hash, so neither has an analysis
        if name not in held:
            held[name] = work(analysis)
            weakref.finalize(analysis, held.pop, name).atexit = False
        return held[name]

    return asked
