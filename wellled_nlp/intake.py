"""Intake: what a library lacks is read and labelled, one document after the other, and kept as soon as it is there.

So no more than the documents in hand are in memory, and a run that is killed has lost no more than those.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from wellled_nlp import table
from wellled_nlp.document import Document
from wellled_nlp.engine import Outcome
from wellled_nlp.store import KIND, Held, Library

Labeller = Callable[[Document], Mapping[str, pd.DataFrame]]
Reader = Callable[[Sequence[Path]], Iterator[Outcome]]
# A stored file that is not sound is made again, once or twice; a disk that spoils each of them is not to be waited for.
_ROUNDS = 3


def settle(library: Library, read: Reader, label: Labeller) -> None:
    """Reads and labels until every document of the library that can be read has its tables.

    read: outcomes in the order of the paths; label: the tables of a document, those of `table.FACTS` that belong to documents, and doubts.
    """
    tried: set[tuple[str, Path]] = set()
    for _ in range(_ROUNDS):
        wanted = [one for one in library.to_read() if (one.sha256, one.path) not in tried]
        tried |= {(one.sha256, one.path) for one in wanted}
        for one, outcome in zip(wanted, read([one.path for one in wanted]), strict=True):
            _keep(library, one, outcome, label)
        left = library.to_label()
        for one in left:
            document = library.document_of(one)
            if document is not None:
                library.keep_tables(one, label(document))
        if not wanted and not left:
            return


def unread(library: Library, pages: pd.DataFrame) -> pd.DataFrame:
    """The table `skipped`: these pages, with the files that could not be read and those that are copies of others."""
    rows = list(pages.itertuples(index=False, name=None))
    for one in library.documents:
        if library.tables_of(one) is None and (one.present or one.version != KIND):
            gone = "" if one.present else "; it is no longer there"
            rows.append((one.given, None, f"{one.reason or 'it was never read'}{gone}"))
        rows += [(copy, None, f"the same content as {one.given}, which is counted") for copy in one.copies]
    return table.of("skipped", sorted(rows, key=lambda row: (row[0], 0 if pd.isna(row[1]) else row[1], row[2])))


def doubts(library: Library, documents: pd.DataFrame) -> list[dict[str, str]]:
    """What the library itself is in doubt about: papers that are gone, and those that count as forms of others."""
    gone = [one.given for one in library.documents if not one.present and library.tables_of(one) is not None]
    left_out = documents[~documents["counted"]]
    return [
        *({"path": path, "text": "The file is no longer where it was; it counts until a scan with --prune."} for path in gone),
        *({"path": row.path, "text": f"Not counted: {row.why_not_counted}."} for row in left_out.itertuples()),
    ]


def _keep(library: Library, one: Held, outcome: Outcome, label: Labeller) -> None:
    if outcome.document is None:
        library.keep_failure(one, outcome.reason, outcome.lasting)
        return
    library.keep_reading(one, outcome.document)
    if outcome.document.sha256 == one.sha256:  # else it changed on the way, and is labelled as the content that it is now
        library.keep_tables(one, label(outcome.document))
