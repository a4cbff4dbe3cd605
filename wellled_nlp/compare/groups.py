"""Groups: which group each document belongs to, and what is dealt out and resampled to see what chance alone would do.

Meetings of one organisation are more alike than meetings of two. So organisations are compared by their meetings; groups of organisations
(a column of metadata) by their organisations; years within each organisation; types of paper within each meeting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wellled_nlp.compare import organisations
from wellled_nlp.compare.organisations import Register
from wellled_nlp.errors import InputError
from wellled_nlp.measures.facts import UNDATED
from wellled_nlp.report import words

ORGANISATION, YEAR, DOC_TYPE = "organisation", "year", "doc_type"
MEETINGS, ORGANISATIONS = "meetings", "organisations"
NO_ORGANISATION, NO_DATE, NO_TYPE = "no organisation found in it", "no meeting date found in it", "no type of paper found in it"
_KEYS = ("ods_code", "organisation", "name")


@dataclass(frozen=True)
class Grouped:
    """documents: with `organisation` and `ods_code` as they count, `meeting`, `group`, `unit` and `block`; only those with a group.

    unit: what is resampled and dealt out; block: units are dealt out within it only. left_out: (library, document_id, path, page, reason).
    names: rows of the table `names`. unit_name: the plural of what a unit is.
    """

    documents: pd.DataFrame
    unit_name: str
    names: list[tuple[object, ...]]
    left_out: list[tuple[object, ...]]


@dataclass(frozen=True)
class Metadata:
    """What a CSV file says of organisations: values by ODS code and by name, for one column."""

    column: str
    by_code: Mapping[str, str]
    by_name: Mapping[str, str]
    shown: tuple[str, ...]

    def value(self, name: str, code: str) -> str | None:
        """What the file says of this organisation; None where it has no row, "" where the cell is empty."""
        return self.by_code.get(code) if code in self.by_code else self.by_name.get(organisations.key(name))


def read_metadata(path: Path, column: str) -> Metadata:
    """One column of a CSV file joined by `ods_code` or `organisation`. Raises InputError where a column is missing or a row contradicts."""
    held = organisations.rows(path, (column,))
    by_code: dict[str, str] = {}
    by_name: dict[str, str] = {}
    if held and not set(_KEYS) & set(held[0][1]):
        raise InputError(f"{path} names no organisations: it has neither ods_code nor organisation.", "Add one of these columns.")
    for number, row in held:
        name = row.get("organisation") or row.get("name") or ""
        for known, at in ((by_code, row.get("ods_code", "").upper()), (by_name, organisations.key(name))):
            if at and known.setdefault(at, row[column]) != row[column]:
                raise InputError(f"{path}, row {number}: {at!r} has two values of {column}.", "Keep one row an organisation.")
    shown = tuple(sorted({row.get("organisation") or row.get("name") or row.get("ods_code", "") for _, row in held}))
    return Metadata(column, by_code, by_name, shown)


def group(documents: pd.DataFrame, by: str, register: Register, metadata: Metadata | None) -> Grouped:
    """Every document in its group, or with the reason why it has none."""
    printed = {name: register.resolve(name) for name in sorted(documents["organisation"].dropna().unique())}
    frame = documents.assign(
        printed=documents["organisation"],
        organisation=[printed[name].name if isinstance(name, str) else "" for name in documents["organisation"]],
        ods_code=[printed[name].code if isinstance(name, str) else "" for name in documents["organisation"]],
        meeting_date=documents["meeting_date"].fillna(UNDATED),
        doc_type=documents["doc_type"].fillna(""),
    )
    frame["organisation"] = _one_spelling(frame["organisation"])
    frame["meeting"] = frame["organisation"] + "\n" + frame["meeting_date"]
    frame["reason"] = _assign(frame, by, metadata)
    frame["group"] = frame["group"].map(words.clean)
    out = frame[frame["group"] == ""]
    left_out: list[tuple[object, ...]] = [(row.library, row.document_id, row.path, None, row.reason) for row in out.itertuples()]
    kept = frame[frame["group"] != ""].drop(columns="reason")
    kept = kept.sort_values(["group", "organisation", "meeting_date", "document_id"], kind="stable").reset_index(drop=True)
    return Grouped(kept, ORGANISATIONS if metadata else MEETINGS, _names(frame, printed), left_out)


def _one_spelling(names: pd.Series) -> pd.Series:
    """Names that differ in case or punctuation alone are one; the first in the alphabet is shown."""
    shown: dict[str, str] = {}
    for name in sorted(set(names)):
        shown.setdefault(organisations.key(name), words.clean(name))
    return names.map(lambda name: shown[organisations.key(name)])


def _assign(frame: pd.DataFrame, by: str, metadata: Metadata | None) -> list[str]:
    """Sets group, unit and block; the reason for each document without a group."""
    if metadata is not None:
        values = [metadata.value(name, code) if name else None for name, code in zip(frame["organisation"], frame["ods_code"], strict=True)]
        frame["group"] = [value or "" for value in values]
        frame["unit"], frame["block"] = frame["organisation"], ""
        return [_why(name, value, metadata) for name, value in zip(frame["organisation"], values, strict=True)]
    if by == ORGANISATION:
        frame["group"], frame["unit"], frame["block"] = frame["organisation"], frame["meeting"], ""
        return [NO_ORGANISATION] * len(frame)
    if by == YEAR:
        frame["group"] = frame["meeting_date"].str[:4].mask(frame["meeting_date"] == UNDATED, "")
        frame["unit"], frame["block"] = frame["meeting"], frame["organisation"]
        return [NO_DATE] * len(frame)
    frame["group"], frame["block"] = frame["doc_type"], frame["meeting"]
    frame["unit"] = frame["meeting"] + "\n" + frame["doc_type"]
    return [NO_TYPE] * len(frame)


def _why(name: str, value: str | None, metadata: Metadata) -> str:
    if not name:
        return NO_ORGANISATION
    if value == "":
        return f"the metadata give no {metadata.column} for {name}"
    near = organisations.nearest(name, metadata.shown)
    return f"the metadata have no row for {name}" + (f"; the nearest is {near}" if near else "")


def _names(frame: pd.DataFrame, printed: Mapping[str, organisations.Organisation]) -> list[tuple[object, ...]]:
    counts = frame.groupby("printed").size()
    rows: list[tuple[object, ...]] = []
    for name, one in printed.items():
        counted = frame.loc[frame["printed"] == name, "organisation"].iloc[0]
        rows.append((name, counted, one.code or None, one.how, one.nearest or None, int(counts[name])))
    unnamed = int(frame["printed"].isna().sum())
    return [*rows, ("", "", None, organisations.NONE, None, unnamed)] if unnamed else rows


def check(by: str, metadata: Path | None) -> None:
    """Raises InputError where the groups are asked for by a column and there is no file with it, or the other way round."""
    fixed: Sequence[str] = (ORGANISATION, YEAR, DOC_TYPE)
    if by not in fixed and metadata is None:
        raise InputError(
            f"There is nothing to group by {by!r}.", f"Use {', '.join(fixed)}, or a column of a CSV file given with --metadata."
        )
    if by in fixed and metadata is not None:
        raise InputError(
            f"--metadata is for grouping by one of its columns, not by {by}.", "Name the column with --by, or leave the file out."
        )
