"""Tallies: one row a document, facet and code with its words and sentences; all that a comparison needs of any number of sentences.

DuckDB reads one library at a time from its Parquet files, so that hundreds of libraries take the memory of the largest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from wellled_nlp import output
from wellled_nlp.compare.libraries import Library
from wellled_nlp.errors import InputError

LEFT_OUT = "left out"  # the code, of no facet, of what is not substantive
TWICE = "the same file stands in another library too, and is counted once"
NOT_COUNTED = "not counted in its library"

# Documents of one library. `counted` is false for papers that are superseded there or duplicates; libraries of old do not have the column.
_DOCUMENTS = """
SELECT document_id, sha256, path, organisation, doc_type, meeting_date, pages, pages_failed, {counted} AS counted, {why} AS why
FROM read_parquet($documents)
"""
# Substantive sentences only: those whose domain is not among the left-out ones. Every document has its row of totals, with code NULL.
_COUNTS = """
WITH domains AS (
    SELECT sentence_id, any_value(code) AS domain FROM read_parquet($labels) WHERE assigned AND facet = 'domain' GROUP BY sentence_id
), kept AS (
    SELECT sentence_id, document_id, words FROM read_parquet($sentences) JOIN domains USING (sentence_id)
    WHERE NOT list_contains($left_out, domain)
)
SELECT document_id, facet, code, sum(words)::BIGINT AS words, count(*)::BIGINT AS sentences
FROM kept JOIN read_parquet($labels) USING (sentence_id) WHERE assigned AND list_contains($facets, facet) GROUP BY ALL
UNION ALL SELECT document_id, NULL, NULL, sum(words)::BIGINT, count(*)::BIGINT FROM kept GROUP BY document_id
UNION ALL SELECT document_id, NULL, $other, sum(words)::BIGINT, count(*)::BIGINT
FROM read_parquet($sentences) ANTI JOIN kept USING (sentence_id) GROUP BY document_id
"""


@dataclass(frozen=True)
class Tallied:
    """documents: one row each, once whatever the number of libraries it stands in. counts: (document_id, facet, code, words, sentences).

    set_aside: (library, document_id, path, page, reason) of what is not counted; whole files and pages that were not read among them.
    """

    documents: pd.DataFrame
    counts: pd.DataFrame
    set_aside: list[tuple[object, ...]]


def of(libraries: Sequence[Library], facets: Sequence[str], left_out: Sequence[str]) -> Tallied:
    """What stands in the libraries together. Raises InputError naming the library whose tables cannot be read."""
    documents, counts, aside = [], [], []
    for library in libraries:
        try:
            with output.connect() as connection:
                documents.append(_documents(connection, library))
                counts.append(_counts(connection, library, facets, left_out))
                aside += list(_skipped(connection, library))
        except duckdb.Error as error:
            raise InputError(f"The tables of {library.name} cannot be read: {error}.", "Scan these papers again.") from error
    every = pd.concat(documents, ignore_index=True).sort_values(["sha256", "organisation", "meeting_date", "path", "library"])
    aside += [
        (r.library, r.document_id, r.path, None, r.why if isinstance(r.why, str) else NOT_COUNTED)
        for r in every[~every["counted"]].itertuples()
    ]
    counted = every[every["counted"]]
    twice = counted["sha256"].duplicated()
    aside += [(r.library, r.document_id, r.path, None, TWICE) for r in counted[twice].itertuples()]
    once = counted[~twice]
    held = pd.concat(counts, ignore_index=True).merge(once[["document_id", "library"]], on=["document_id", "library"])
    return Tallied(once.reset_index(drop=True), held.drop(columns="library"), aside)


def _documents(connection: duckdb.DuckDBPyConnection, library: Library) -> pd.DataFrame:
    source = str(library.table("documents"))
    columns = [row[0] for row in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [source]).fetchall()]
    counted, why = "coalesce(counted, true)", "why_not_counted"
    query = _DOCUMENTS.format(counted=counted if "counted" in columns else "true", why=why if why in columns else "NULL")
    found = connection.execute(query, {"documents": source}).df()
    return found.assign(
        library=library.name, **{name: found[name].astype("string") for name in ("organisation", "meeting_date", "doc_type")}
    )


def _counts(connection: duckdb.DuckDBPyConnection, library: Library, facets: Sequence[str], left_out: Sequence[str]) -> pd.DataFrame:
    places = {name: str(library.table(name)) for name in ("sentences", "labels")}
    found = connection.execute(_COUNTS, {**places, "facets": list(facets), "left_out": list(left_out), "other": LEFT_OUT}).df()
    return found.assign(library=library.name)


def _skipped(connection: duckdb.DuckDBPyConnection, library: Library) -> Iterator[tuple[object, ...]]:
    rows = connection.execute("SELECT path, page, reason FROM read_parquet(?)", [str(library.table("skipped"))]).fetchall()
    for path, page, reason in rows:
        yield library.name, None, path, page, f"not read: {reason}"
