"""Tables put together from volumes: the same whichever documents stand together in one, and one paper more binds one of them anew."""

import csv
import gc
import shutil
import tempfile
import weakref
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from tests.papers import minutes
from wellled_nlp import assembly, classify, measures, output, pipeline, settings, table, tabulate
from wellled_nlp.store import Library, superseded, volumes


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assembly")
    for month in range(1, 13):
        minutes(folder / "papers" / f"minutes {month:02d}.txt", f"{month + 1} {'May' if month % 2 else 'July'} {2010 + month}")
    pipeline.scan([folder / "papers"], folder / "out", formats=(), jobs=1)
    return folder / "out"


def opened(scan: Path) -> Library:
    chosen = settings.load()
    work = pipeline.Work(chosen, None, classify.frameworks(chosen.frameworks.labelled), ())
    return Library(scan, work.versions())


def written(scan: Path, target: Path) -> dict[str, bytes]:
    """The CSV files that are put together from the library beside this scan."""
    assembly.write(opened(scan), table.of("codes", tabulate.codes(())), output.Place(target))
    return {path.stem: path.read_bytes() for path in (target / "tables").glob("*.csv") if path.stem != "codes"}


def volumes_of(scan: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (scan / "library" / "volumes").iterdir()}


@pytest.fixture
def copy(scan: Path, tmp_path: Path) -> Path:
    """A scan of its own, whose papers are those of the other."""
    return Path(shutil.copytree(scan, tmp_path / "copy"))


@pytest.mark.parametrize("one_in", [1, 3, 2**32])
def test_tables_are_the_same_however_many_documents_are_bound_in_a_volume(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_in: int
) -> None:
    monkeypatch.setattr(volumes, "_ONE_IN", one_in)
    shutil.rmtree(copy / "library" / "volumes")
    made = written(copy, tmp_path)
    assert made == {name: (copy / "tables" / f"{name}.csv").read_bytes() for name in made}
    assert len(made) == len(table.FACTS) - 1
    for name in set(table.FACTS) - {"codes"}:
        pd.testing.assert_frame_equal(output.load_facts(tmp_path, [name])[name], output.load_facts(copy, [name])[name])


def test_a_volume_ends_where_it_holds_enough(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "_LARGEST", 1)
    written(copy, tmp_path)
    assert len(volumes_of(copy)) == 12


@pytest.mark.parametrize("day", ["1 January 2000", "5 May 2016", "1 December 2050"])
def test_one_more_paper_has_one_volume_bound_and_leaves_the_others(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(volumes, "_ONE_IN", 1)
    written(copy, tmp_path / "before")
    before = volumes_of(copy)
    minutes(tmp_path / "more" / f"minutes {day}.txt", day)
    pipeline.scan([tmp_path / "more"], copy, formats=(), jobs=1)
    after = volumes_of(copy)
    assert len(before) == 12
    assert len(after) == 13
    assert before.items() <= after.items()


def test_volumes_of_an_earlier_state_go(copy: Path, tmp_path: Path) -> None:
    before = volumes_of(copy)
    minutes(tmp_path / "more" / "minutes.txt", "5 May 2016")
    pipeline.scan([tmp_path / "more"], copy, formats=(), jobs=1)
    assert len(volumes_of(copy)) == len(before)
    assert volumes_of(copy) != before


@pytest.mark.parametrize("spoilt", [b"", b"PAR1", b"PAR1" + b"x" * 50 + b"PAR1"])
def test_a_volume_that_is_not_sound_is_bound_again(scan: Path, copy: Path, spoilt: bytes) -> None:
    before = {path.name: path.read_bytes() for path in (copy / "tables").glob("*.csv")}
    for path in (copy / "library" / "volumes").iterdir():
        path.write_bytes(spoilt)
    (copy / "analysis.json").unlink()
    pipeline.scan([scan.parent / "papers"], copy, formats=(), jobs=1)
    assert {path.name: path.read_bytes() for path in (copy / "tables").glob("*.csv")} == before


def test_rows_that_lead_to_a_document_that_does_not_count_are_left_out_of_every_table(scanned: Path) -> None:
    held = volumes.Volumes(sorted((scanned / "library" / "volumes").iterdir()))
    facts = {name: held.read(name) for name in table.FACTS if name != "codes"}
    for aside in ([], facts["documents"]["document_id"][:1], facts["documents"]["document_id"][1:4], facts["documents"]["document_id"]):
        expected = superseded.without(facts, set(aside))
        for name in facts:
            found = output.select(held.without(name, set(aside)), table.FACTS[name])
            pd.testing.assert_frame_equal(found, expected[name], obj=name)


CELLS = st.one_of(
    st.none(), st.text(st.characters(codec="utf-8"), max_size=8), st.sampled_from(["=1+1", "-", "@x", "\t", '"', "a,b", "\n", "\r\n"])
)


@given(st.lists(st.tuples(CELLS, st.none() | st.integers(-9, 9), st.none() | st.floats(allow_nan=False), st.none() | st.booleans())))
@settings_of_hypothesis(deadline=None, max_examples=50)
def test_a_table_on_disk_is_the_same_as_parquet_and_without_formulas_as_csv(rows: list[tuple[object, ...]]) -> None:
    frame = table.build({"text": table.TEXT, "n": table.WHOLE, "share": table.NUMBER, "yes": table.FLAG}, rows)
    with tempfile.TemporaryDirectory() as folder:
        output.write_table(frame, Path(folder), "t")
        pd.testing.assert_frame_equal(output.tables.read(Path(folder) / "t.parquet", frame.dtypes.astype(str).to_dict()), frame)
        with (Path(folder) / "t.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *read = list(csv.reader(file))
    assert head == ["text", "n", "share", "yes"]
    assert len(read) == len(rows)
    for (text, n, share, yes), row in zip(rows, read, strict=True):
        clean = "" if text is None else str(text).replace("\x00", "")
        assert row[0] == ("'" if clean[:1] in {"=", "+", "-", "@", "\t", "\r"} and clean else "") + clean
        assert row[1] == ("" if n is None else str(n))
        assert (None if row[2] == "" else float(row[2])) == share
        assert row[3] == ("" if yes is None else str(yes))


def test_measures_need_only_the_columns_that_they_ask_for(scanned: Path) -> None:
    chosen = settings.load().attention
    lean = superseded.counted(output.load_facts(scanned, measures.columns()))
    assert "text" in lean["sentences"] and "previous" not in lean["sentences"] and "cues" not in lean
    for name, found in measures.each(lean, chosen):
        pd.testing.assert_frame_equal(found, output.load(scanned).measures[name], obj=name)


def test_a_measures_table_is_let_go_unless_another_takes_it(scanned: Path) -> None:
    made = measures.each(superseded.counted(output.load_facts(scanned, measures.columns())), settings.load().attention)
    for name, found in made:
        held = weakref.ref(found)
        del found
        gc.collect()
        assert (held() is not None) == (name in measures.TAKEN), name


def test_tables_of_rows_are_the_same_in_one_batch_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"c{number % 3}", None if number % 4 else number, 0.5 * number, number % 2 == 0) for number in range(20)]
    columns = {"code": table.TEXT, "n": table.WHOLE, "share": table.NUMBER, "yes": table.FLAG}
    whole = table.build(columns, rows)
    monkeypatch.setattr(table, "_BATCH", 3)
    pd.testing.assert_frame_equal(table.build(columns, iter(rows)), whole)
    assert table.check(table.build(columns, []), columns, "none").empty
