"""What is in a library, one row a file: for people who want to know what the figures rest on."""

from collections.abc import Mapping

import pandas as pd

from wellled_nlp import table
from wellled_nlp.store.catalogue import Held
from wellled_nlp.store.library import Library
from wellled_nlp.store.reading import Head

COLUMNS = dict.fromkeys(
    ("path", "organisation", "meeting_date", "doc_type", "pages", "counted", "why_not", "file", "read_on", "version", "stale"), table.TEXT
) | {"pages": table.WHOLE}


def listing(library: Library, documents: pd.DataFrame) -> pd.DataFrame:
    """One row a file that was ever seen and not dropped since, in the order of their paths.

    documents: the table of that name. file: there, or gone; counted, stale: yes or no (stale: made by other versions than would be used
    now, so the next scan makes it again); version: of reading.
    """
    told = {str(row["sha256"]): row for row in documents.to_dict("records")}
    heads = library.heads()
    rows: list[tuple[object, ...]] = []
    for one in library.documents:
        known = told.get(one.sha256)
        head = heads.get(one.sha256)
        is_read = known is not None and head is not None
        rows.append(
            (
                one.given,
                *(_value(known, name) for name in ("organisation", "meeting_date", "doc_type", "pages")),
                "yes" if is_read and known and known["counted"] else "no",
                _value(known, "why_not_counted") if is_read else _why_unread(one, head),
                "there" if one.present else "gone",
                head.read_on if head else None,
                head.version if head else None,
                ("yes" if library.is_stale(one) else "no") if is_read else None,
            )
        )
        rows += [(copy, None, None, None, None, "no", f"the same content as {one.given}", "there", None, None, None) for copy in one.copies]
    return table.build(COLUMNS, sorted(rows, key=lambda row: str(row[0])))


def _value(known: Mapping[str, object] | None, name: str) -> object:
    value = None if known is None else known[name]
    return None if pd.isna(value) else value


def _why_unread(one: Held, head: Head | None) -> str:
    if head is not None:
        return "it has been read since the tables were made"
    return one.reason or "it has not been read yet"
