"""Intake: what a library lacks is read and labelled, and kept document by document as soon as it is there.

So no more than the documents in hand are in memory, and a run that is killed has lost no more than those.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from wellled_nlp import table
from wellled_nlp.engine import Job, Outcome
from wellled_nlp.errors import EngineError
from wellled_nlp.store import KIND, Held, Library

WorkThrough = Callable[[Sequence[Job]], Iterator[Outcome]]
# A stored file that is not sound is made again, once or twice; a disk that spoils each of them is not to be waited for.
_ROUNDS = 3


def settle(library: Library, work_through: WorkThrough) -> None:
    """Reads and labels until every document of the library that can be read has its tables.

    work_through: one outcome a job, in any order.
    """
    tried: set[tuple[str, Path]] = set()
    for _ in range(_ROUNDS):
        wanted = [one for one in library.to_read() if (one.sha256, one.path) not in tried]
        tried |= {(one.sha256, one.path) for one in wanted}
        to_read = {one.path: one for one in wanted}
        for outcome in work_through([Job(path, Path(one.given).name) for path, one in to_read.items()]):
            _keep_read(library, to_read[outcome.path], outcome)
        to_label = {one.path: one for one in library.to_label()}
        for outcome in work_through([Job(path, Path(one.given).name, library.reading_of(one)) for path, one in to_label.items()]):
            _keep_labelled(library, to_label[outcome.path], outcome)
        if not to_read and not to_label:
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


def _keep_read(library: Library, one: Held, outcome: Outcome) -> None:
    if not outcome.reading:
        library.keep_failure(one, outcome.reason, outcome.lasting)
        return
    library.keep_reading(one, outcome.sha256, outcome.version, outcome.reading)
    if outcome.sha256 == one.sha256:  # else it changed on the way, and is labelled as the content that it is now
        library.keep_tables(one, outcome.tables)


def _keep_labelled(library: Library, one: Held, outcome: Outcome) -> None:
    if outcome.sha256 == one.sha256:
        library.keep_tables(one, outcome.tables)
    elif outcome.sha256 or outcome.lasting:
        library.refuse_reading(one, outcome.reason or "is of another content")
    else:
        raise EngineError(f"{one.given} could not be labelled again: {outcome.reason}.", "What was read is kept. Scan again.")
