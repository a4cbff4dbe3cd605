"""Laws that hold of any papers: what a file is split into, the order of files and what was not read change no share."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.world import Said, attention, facts, measured
from wellled_nlp import table
from wellled_nlp.measures import measure_all
from wellled_nlp.measures.charts_in_papers import KINDS, TOLD
from wellled_nlp.measures.facts import SENTENCES, labelled

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


def test_other_papers_do_not_take_the_place_of_minutes_that_could_not_be_read() -> None:
    tables = facts([Said("2024-07-25", 9, "quality"), *(Said("2024-07-25", 9, "finance", doc_type="board paper") for _ in range(40))])
    people = [(f"s{n}", "domain", "finance", "finance", "AB", "2025-01-01", "a", "all", 40) for n in range(1, 41)]
    tables["corrections"] = table.of("corrections", people)
    minutes = tables["documents"].loc[tables["documents"]["doc_type"] == "minutes", "document_id"]
    unread = {**tables, "sentences": tables["sentences"][~tables["sentences"]["document_id"].isin(minutes)].reset_index(drop=True)}
    found = measure_all(unread, attention())
    assert [len(found[name]) for name in ("acts", "own_sample", "agenda", "agenda_items", "challenge", "trend")] == [0] * 6
    assert found["uncertainty"]["of_sentences"].eq(0).all() and found["w62"]["value"].isna().all()
    assert set(found["attention"]["basis"]) == {"all papers"}
    without = {**unread, "documents": unread["documents"][~unread["documents"]["document_id"].isin(minutes)].reset_index(drop=True)}
    assert len(measure_all(without, attention())["own_sample"]) == 6


@given(said=LISTED)
def test_a_page_that_could_not_be_read_moves_no_figure_of_those_that_were(said: list[Said]) -> None:
    tables = facts(said)
    more = tables["documents"].assign(pages=lambda frame: frame["pages"] + 1, pages_failed=1)
    unread = {**tables, "documents": more, "skipped": table.of("skipped", [("d0.pdf", 2, "it is damaged")])}
    ours, theirs = measure_all(tables, attention()), measure_all(unread, attention())
    for name, frame in ours.items():
        pd.testing.assert_frame_equal(frame, theirs[name])


@given(said=st.lists(st.builds(replace, SAID, page=st.integers(1, 3)), min_size=1, max_size=15), page=st.integers(1, 3))
def test_a_page_that_was_not_read_raises_no_share_of_what_alone_stood_on_it(said: list[Said], page: int) -> None:
    domain = next((s.domain for s in said if s.page == page), "")
    held = [s for s in said if s.page != page or s.domain == domain]
    before, after = shares(held), shares([s for s in held if s.page != page])
    assert all(after[key] <= before[key] + 1e-9 for key in after if key[-1] == domain)


def shares(said: list[Said]) -> dict[tuple[str, ...], float]:
    """Of every basis and level the share of each domain, by words, sentences and pages."""
    found = measured("attention", facts(said), attention())
    held = found[found["unit"].isin(["words", "sentences", "pages"]) & found["share"].notna() & (found["basis"] != "minutes, new text")]
    return {(r.basis, r.level, r.key, r.unit, r.domain): float(r.share) for r in held.itertuples()}


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


@pytest.mark.parametrize(("number", "expected"), [("", ["procedural", "quality"]), ("0", ["strategy", "quality"])])
def test_what_stands_before_the_first_numbered_item_of_minutes_is_no_talk(number: str, expected: list[str]) -> None:
    tables = facts([Said("2024-07-25", 5, "strategy", item=0), Said("2024-07-25", 5, "quality", item=1)])
    tables["items"]["number"] = pd.array([number, "1"], dtype="string")
    assert labelled(tables)[SENTENCES]["domain"].tolist() == ["strategy", "quality"]
    tables["attendance"] = table.of("attendance", [("d0", "Hector Roy", "Chair", "HR", "present")])
    assert labelled(tables)[SENTENCES]["domain"].tolist() == expected


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Mr A Carr, Mrs P T Cole, Cllr O'Dwyer and Dr N J Hill-Young", True),
        ("Apologies had come from Mr Carr, Mrs Cole, Cllr O'Dwyer, Ms Ito, Dr Hill, Mr Jay and Mrs Kerr.", True),
        ("Mr Carr, Mrs Cole and Dr Hill asked why the waits for hips had doubled.", False),
        ("Wards, theatres, clinics and stores were visited.", False),
        ("Mr A Carr, lead, Mrs Cole", False),
    ],
)
def test_a_list_of_names_anywhere_is_no_talk(text: str, listed: bool) -> None:
    tables = facts(
        [*(Said("2024-07-25", 5, "quality") for _ in range(90)), Said("2024-07-25", 9, "governance", act="challenge", text=text)]
    )
    held = labelled(tables)[SENTENCES].iloc[-1]
    assert held[["domain", "act"]].tolist() == (["procedural", "report"] if listed else ["governance", "challenge"])


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
