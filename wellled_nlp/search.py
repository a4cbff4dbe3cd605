"""Words to sentences: a full-text index of a scan's sentences, made when it is first asked for and again when the scan has changed.

The index is SQLite's FTS5 with English stemming (Porter, 1980). It stands beside the library as `search.sqlite` and may be deleted at any
time. A question is words that must all be there; "two words" in quotation marks are a phrase, word* a beginning, and AND, OR, NOT and
brackets mean what they say. Everything else that means something to FTS5 is taken as a word.
"""

import contextlib
import json
import re
import sqlite3
import uuid
from pathlib import Path

import pandas as pd

from wellled_nlp import output
from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.store import FOLDER

COLUMNS = ("organisation", "paper", "doc_type", "meeting_date", "page", "text", "link", "sentence_id")
_MADE = "1"  # of the index's own form: another one is made again
_TOKEN = re.compile(r'"[^"]*"?|[()]|[^\s()"]+')
_OPERATORS = ("AND", "OR", "NOT", "(", ")")
_BATCH = 20_000  # rows that are held at a time
_HINT = 'Give words that must all be there, "a phrase" in quotation marks, or word* for a beginning; AND, OR and NOT join them.'


def find(directory: Path, words: str, limit: int) -> pd.DataFrame:
    """The sentences that answer best, best first: COLUMNS, at most `limit` rows.

    link: address of the paper, at the page. Raises InputError where there is no scan or the question makes no sense.
    """
    question = _question(words)
    index = _fresh_index(directory)
    with contextlib.closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            rows = connection.execute(
                f"SELECT {', '.join(COLUMNS)} FROM sentences WHERE sentences MATCH ? ORDER BY rank, rowid LIMIT ?", [question, limit]
            ).fetchall()
        except sqlite3.OperationalError as error:
            raise InputError(f"The search {words!r} makes no sense ({error}).", _HINT) from error
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def _question(words: str) -> str:
    """The question as FTS5 has it, with every word in quotation marks, so that hyphens, apostrophes and colons are only that."""
    parts = []
    for token in _TOKEN.findall(words.replace("\x00", " ")):
        if token.startswith('"') and (len(token) < 2 or not token.endswith('"')):
            raise InputError(f"The search {words!r} opens a quotation mark and does not close it.", _HINT)
        if token in _OPERATORS or token.startswith('"'):
            parts.append(token)
        elif re.search(r"\w", token):
            parts.append(f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"')
    if not any(re.search(r"\w", part) for part in parts if part not in _OPERATORS):
        raise InputError(f"There are no words in the search {words!r}.", _HINT)
    return " ".join(parts)


def _fresh_index(directory: Path) -> Path:
    """The index of the scan as it is now; made where there is none, or that of an earlier state."""
    if not output.is_whole(directory):
        raise InputError(
            f"There is no whole scan in {directory}.", "Name the folder that was given to `wellled scan --out`, or scan again."
        )
    index, state = directory / FOLDER / "search.sqlite", _state(directory)
    if _state_of(index) != state:
        unfinished = index.with_name(f".{index.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            index.parent.mkdir(exist_ok=True)
            _build(directory, unfinished, state)
            unfinished.replace(index)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"The index {index} cannot be written: {error}.", "Make room on the disk, and search again.") from error
        finally:
            unfinished.unlink(missing_ok=True)
    return index


def _build(directory: Path, target: Path, state: str) -> None:
    links = {name: (directory / link).resolve().as_uri() for name, link in output.load_provenance(directory)["links"].items()}
    with contextlib.closing(sqlite3.connect(target)) as index, output.connect() as tables:
        index.execute("PRAGMA journal_mode = OFF")  # it is thrown away if it is not finished
        held = ", ".join(column if column == "text" else f"{column} UNINDEXED" for column in COLUMNS)
        index.execute(f"CREATE VIRTUAL TABLE sentences USING fts5({held}, tokenize = 'porter unicode61 remove_diacritics 2')")
        index.execute("CREATE TABLE state (value TEXT)")
        index.execute("INSERT INTO state VALUES (?)", [state])
        rows = tables.execute(
            "SELECT d.organisation, d.path, d.doc_type, d.meeting_date, s.page, s.text, d.document_id, d.format, s.sentence_id "
            "FROM read_parquet(?) AS s JOIN read_parquet(?) AS d USING (document_id)",
            [str(directory / "tables" / "sentences.parquet"), str(directory / "tables" / "documents.parquet")],
        )
        marks = ", ".join("?" * len(COLUMNS))
        while batch := rows.fetchmany(_BATCH):
            index.executemany(f"INSERT INTO sentences VALUES ({marks})", [_row(row, links) for row in batch])
        index.commit()


def _row(row: tuple[object, ...], links: dict[str, str]) -> tuple[object, ...]:
    organisation, path, doc_type, day, page, text, document, form, sentence_id = row
    link = links.get(str(document), "")
    at = f"#page={page}" if link and form == "pdf" else ""
    return organisation, re.split(r"[\\/]", str(path))[-1], doc_type, day, page, text, link + at, sentence_id


def _state(directory: Path) -> str:
    """What the index is made from, by size and time of its files."""
    files = [directory / "tables" / "sentences.parquet", directory / "tables" / "documents.parquet", directory / "analysis.json"]
    return json.dumps([_MADE, *([file.stat().st_size, file.stat().st_mtime_ns] for file in files), str(directory.resolve())])


def _state_of(index: Path) -> str:
    if not index.is_file():
        return ""
    try:
        with contextlib.closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return str(connection.execute("SELECT value FROM state").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return ""
