"""Assembly: the tables of facts of a whole library, copied from file to file.

In memory is only what concerns all documents together: which count, which files were not read, what people corrected.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from wellled_nlp import intake, output, table
from wellled_nlp.coding import corrections, overlay
from wellled_nlp.coding.corrections import Import
from wellled_nlp.store import DOUBTS, Laid, Library, Unreadable, superseded

_WHOLE = ("documents", "codes", "skipped", "corrections")  # tables that are not sums over documents, or come in an order of their own


@dataclass(frozen=True)
class Assembled:
    """What stands in the place now: the tables `documents` and `skipped`, how many rows each table has, what the machine was in doubt about
    (path, text).
    """

    documents: pd.DataFrame
    skipped: pd.DataFrame
    rows: dict[str, int]
    doubts: list[dict[str, str]]


def write(library: Library, codes: pd.DataFrame, place: output.Place, learned: Collection[str] = ()) -> Assembled:
    """Writes the tables of facts of all that the library holds, corrections laid over them, without what does not count.

    codes: the table of that name. learned: the corrections that the models learned from. Raises LookupError where something stored is not
    sound, as `Library.bound` does.
    """
    volumes = library.bound(_laid(corrections.load(library.out, learned)))
    try:
        documents = superseded.judge(
            volumes.read("documents"), lambda of: {name: volumes.read(name, of) for name in ("sentences", "furniture")}
        )
        set_aside = set(documents.loc[~documents["counted"], "document_id"])
        rows = {name: place.copy_fact(name, volumes.without(name, set_aside)) for name in table.FACTS if name not in _WHOLE}
        said = output.select(volumes.without("corrections", set_aside), table.FACTS["corrections"])
        skipped = intake.unread(library, volumes.read("skipped"))
        doubts = volumes.read(DOUBTS).to_dict("records")
    except Unreadable as error:
        library.unbind()
        raise LookupError("the tables have to be bound again") from error
    said = said.sort_values("sentence_id", kind="stable", ignore_index=True)
    for name, frame in zip(_WHOLE, (documents, codes, skipped, said), strict=True):
        place.write_fact(name, frame)
        rows[name] = len(frame)
    output.let_go()
    return Assembled(documents, skipped, {name: rows[name] for name in table.FACTS}, doubts)


def _laid(imports: list[Import]) -> Laid:
    """These corrections, to be laid over the documents that they speak of."""
    speaks_of = {(one.name, one.sample): {row.sentence_id.partition("-")[0] for row in one.rows} for one in imports}

    def called(documents: Collection[str]) -> str:
        return "".join(sorted(f"{key}" for key, held in speaks_of.items() if not held.isdisjoint(documents)))

    return Laid(called, lambda facts: overlay.lay(facts, imports))
