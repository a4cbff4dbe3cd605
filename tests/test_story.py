"""The sample year tells a story that its writers planted; the report must find it."""

import tomllib
from datetime import date
from pathlib import Path

import duckdb
import pytest

GOLD = tomllib.loads((Path(__file__).parents[1] / "corpora" / "samples" / "source" / "gold.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shares(scanned: Path) -> dict[date, float]:
    found = duckdb.sql(
        f"SELECT key, share FROM '{scanned}/tables/measures/attention.parquet' "
        "WHERE basis = 'minutes' AND level = 'meeting' AND unit = 'words' AND domain = 'quality'"
    ).fetchall()
    return {date.fromisoformat(key): share for key, share in found}


def test_the_six_meetings_are_dated(shares: dict[date, float]) -> None:
    assert sorted(shares) == sorted(meeting["date"] for meeting in GOLD["meeting"])


def test_quality_is_lowest_in_winter_and_above_it_in_spring(shares: dict[date, float]) -> None:
    assert min(shares, key=lambda day: shares[day]) == date(2025, 1, 30)
    assert shares[date(2024, 11, 28)] < 0.25
    assert shares[date(2025, 5, 29)] > 0.25


def test_measured_shares_are_near_those_that_the_writers_counted(shares: dict[date, float]) -> None:
    gaps = {meeting["date"]: abs(shares[meeting["date"]] - meeting["share_quality"]) for meeting in GOLD["meeting"]}
    assert max(gaps.values()) < 0.09
    assert sum(gaps.values()) / len(gaps) < 0.05


def test_every_planted_item_is_found_in_order(scanned: Path) -> None:
    for meeting in GOLD["meeting"]:
        found = duckdb.execute(
            f"SELECT number FROM '{scanned}/tables/items.parquet' JOIN '{scanned}/tables/documents.parquet' USING (document_id) "
            "WHERE meeting_date = ? AND doc_type = 'minutes' AND number <> '' ORDER BY position",
            [meeting["date"].isoformat()],
        ).fetchall()
        assert [row[0] for row in found] == [item["number"] for item in meeting["item"]], meeting["date"]


def test_quality_is_below_a_quarter_in_winter_and_rises_with_the_programme(shares: dict[date, float]) -> None:
    winter = [share for day, share in shares.items() if date(2024, 11, 1) <= day <= date(2025, 1, 31)]
    assert max(winter) < 0.25
    assert shares[date(2025, 1, 30)] < shares[date(2025, 3, 27)] < shares[date(2025, 5, 29)]


def test_the_gaps_without_an_improvement_hold_every_one_that_was_planted_without(scanned: Path) -> None:
    tables = scanned / "tables"
    found = duckdb.sql(
        f"SELECT DISTINCT g.status, s.text FROM '{tables}/measures/gaps.parquet' g JOIN '{tables}/sentences.parquet' s "
        "ON s.sentence_id = g.sentence_id OR (g.reply = 'restated' AND s.sentence_id = g.reply_id)"
    ).fetchall()
    improved = {gap["id"]: [status == "improvement" for status, text in found if gap["start"] in text] for gap in GOLD["gap"]}
    assert {gap["id"] for gap in GOLD["gap"] if not gap["answered"]} == {"G3", "G4", "G8"}
    assert improved == {gap["id"]: [gap["answer"] == "improvement"] for gap in GOLD["gap"]}


def test_of_the_planted_gaps_only_the_last_is_one_that_nobody_speaks_of_again(scanned: Path) -> None:
    found = duckdb.sql(
        f"SELECT s.text FROM '{scanned}/tables/measures/gaps.parquet' JOIN '{scanned}/tables/sentences.parquet' s USING (sentence_id) "
        "WHERE status = 'unanswered'"
    ).fetchall()
    assert [gap["id"] for gap in GOLD["gap"] if any(gap["start"] in text for (text,) in found)] == [GOLD["gap"][-1]["id"]]
    assert sum(GOLD["gap"][-1]["start"] not in text for (text,) in found) == 1  # medical pay overspent, which was not planted
