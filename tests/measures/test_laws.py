"""Laws that hold of any papers: what a file is split into, the order of files and what was not read change no share."""

from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table
from wellled_nlp.measures import measure_all
from wellled_nlp.measures.charts_in_papers import KINDS, TOLD

SAID = st.builds(
    Said,
    meeting=st.sampled_from(("2024-07-25", "2024-09-26", None)),
    words=st.integers(1, 40),
    domain=st.sampled_from(("quality", "finance", "procedural")),
    item=st.integers(0, 3),
)
LISTED = st.lists(SAID, min_size=1, max_size=15)


def totals(tables: dict[str, pd.DataFrame]) -> list[tuple[object, ...]]:
    found = measured("attention", tables, attention())
    held = found[(found["basis"] == "minutes") & (found["level"] == "all") & found["unit"].isin(["words", "sentences"])]
    return list(held[["unit", "domain", "amount", "total", "left_out", "share"]].itertuples(index=False, name=None))


@given(said=LISTED)
def test_splitting_a_document_changes_no_total(said: list[Said]) -> None:
    whole = facts(said)
    first = whole["documents"].iloc[[0]]
    split = {name: frame.copy() for name, frame in whole.items()}
    split["documents"] = pd.concat([whole["documents"], first.assign(document_id="other", path="other.pdf")], ignore_index=True)
    moved = (split["sentences"]["document_id"] == first["document_id"].iloc[0]) & (split["sentences"]["position"] % 2 == 0)
    split["sentences"].loc[moved, "document_id"] = "other"
    assert totals(split) == totals(whole)


@given(said=LISTED)
def test_the_order_of_files_changes_nothing(said: list[Said]) -> None:
    tables = facts(said)
    turned = {**tables, "documents": tables["documents"].iloc[::-1].reset_index(drop=True)}
    ours, theirs = measure_all(tables, attention()), measure_all(turned, attention())
    for name in ("attention", "coverage", "themes", "balance", "acts", "trend", "carried", "gaps", "challenge", "agenda", "w62"):
        pd.testing.assert_frame_equal(ours[name], theirs[name])


@given(said=st.lists(st.builds(replace, SAID, page=st.integers(1, 3)), min_size=1, max_size=15), page=st.integers(1, 3))
def test_a_page_that_was_not_read_raises_no_amount_and_is_counted(said: list[Said], page: int) -> None:
    tables = facts(said)
    lost = (tables["sentences"]["document_id"] == "d0") & (tables["sentences"]["page"] == page)
    failed = (tables["documents"]["document_id"] == "d0").astype("Int64")
    counted = tables["documents"].assign(pages=3, pages_read=3 - failed, pages_failed=failed)
    unread = {**tables, "documents": counted, "sentences": tables["sentences"][~lost].reset_index(drop=True)}
    unread["skipped"] = table.of("skipped", [("d0.pdf", page, "it is damaged")])
    before, after = amounts(tables), amounts(unread)
    assert all(amount <= before[key] + 1e-9 for key, amount in after.items())
    whole = {(row[0], row[1]): row[3] + row[4] for row in totals(unread)}
    assert all(words == unread["sentences"]["words"].sum() for (unit, _), words in whole.items() if unit == "words")
    assert (counted["pages"] == counted["pages_read"] + counted["pages_failed"]).all()
    assert counted["pages_failed"].sum() == len(unread["skipped"])


def amounts(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, ...], float]:
    """Of every basis and level the amount of each domain; without units of whole items, and new text."""
    found = measured("attention", tables, attention())
    held = found[found["unit"].isin(["words", "sentences", "pages"]) & (found["basis"] != "minutes, new text")]
    return {(r.basis, r.level, r.key, r.unit, r.domain): float(r.amount) for r in held.itertuples()}


def test_the_list_of_those_present_is_no_talk() -> None:
    tables = facts([Said("2024-07-25", 5, "governance"), Said("2024-07-25", 5, "quality")])
    tables["sentences"]["text"] = pd.array(
        ["Chair of the Audit Committee | Hector Roy | HR", "Hector Roy said that falls were rising."], dtype="string"
    )
    before = totals(tables)
    tables["attendance"] = table.of("attendance", [("d0", "Hector Roy", "Chair of the Audit Committee", "HR", "present")])
    after = {row[1]: row[3:5] for row in totals(tables) if row[0] == "words"}
    assert {row[1]: row[3:5] for row in before if row[0] == "words"}["quality"] == (10.0, 0.0)
    assert after["quality"] == (5.0, 5.0)


@given(found=st.lists(st.sampled_from(KINDS), max_size=20))
def test_shares_of_charts_are_of_those_that_were_told_and_sum_to_one(found: list[str]) -> None:
    tables = facts([replace(Said("2024-07-25", 5, "quality"))])
    tables["charts"] = table.of("charts", [("d0", 1, kind, "", None, None, None, None) for kind in found])
    rows = measured("charts_in_papers", tables, attention())
    whole = rows[rows["level"] == "all"].set_index("kind")
    assert whole["charts"].to_dict() == {kind: found.count(kind) for kind in KINDS}
    told = sum(kind in TOLD for kind in found)
    assert set(whole["told"]) == {told}
    assert whole["share"].isna().all() if not told else abs(whole["share"].sum() - 1) < 1e-9
