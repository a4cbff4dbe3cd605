"""Assembly: the parts of a library put together as its tables of facts, a few documents at a time.

In memory are the documents in hand and what concerns all of them together: which count, which files were not read, what people corrected.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pandas as pd

from wellled_nlp import intake, table
from wellled_nlp.coding import corrections, overlay
from wellled_nlp.output import Place
from wellled_nlp.store import DOUBTS, Library, superseded

_WHOLE = ("documents", "codes", "skipped", "corrections")  # tables that are not sums over documents, or come in an order of their own


@dataclass(frozen=True)
class Assembled:
    """What stands in the place now: the tables `documents` and `skipped`, how many rows each table has, what the machine was in doubt about
    (path, text).
    """

    documents: pd.DataFrame
    skipped: pd.DataFrame
    rows: Mapping[str, int]
    doubts: list[dict[str, str]]


def write(library: Library, codes: pd.DataFrame, place: Place, learned: Collection[str] = ()) -> Assembled:
    """Writes the tables of facts of all that the library holds, corrections laid over them, without what does not count.

    codes: the table of that name. learned: the corrections that the models learned from. Raises LookupError where a stored part is not
    sound, as `Library.load` does.
    """
    imports = corrections.load(library.out, learned)
    documents = superseded.judge(_joined(library, ("documents",))["documents"], lambda of: _joined(library, ("sentences", "furniture"), of))
    set_aside = set(documents.loc[~documents["counted"], "document_id"])
    doubts: list[dict[str, str]] = []
    apart: dict[str, list[pd.DataFrame]] = {"skipped": [], "corrections": []}
    with ExitStack() as stack:
        growing = {name: stack.enter_context(place.fact(name)) for name in table.FACTS}
        for batch in library.load():
            doubts += batch.pop(DOUBTS).to_dict("records")
            facts = superseded.without(overlay.lay(batch, imports), set_aside)
            for name, frame in facts.items():
                if name in apart:
                    apart[name].append(frame)
                elif name not in _WHOLE:
                    growing[name].add(frame)
        skipped = intake.unread(library, _concat("skipped", apart["skipped"]))
        said = _concat("corrections", apart["corrections"]).sort_values("sentence_id", kind="stable", ignore_index=True)
        for name, frame in zip(_WHOLE, (documents, codes, skipped, said), strict=True):
            growing[name].add(frame)
    return Assembled(documents, skipped, {name: one.rows for name, one in growing.items()}, doubts)


def _joined(library: Library, names: Collection[str], of: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
    batches = list(library.load(names, of))
    return {name: _concat(name, (batch[name] for batch in batches)) for name in names}


def _concat(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([table.of(name, []), *frames], ignore_index=True)
