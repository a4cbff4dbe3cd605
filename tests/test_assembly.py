"""Tables put together a few documents at a time: the same as all at once, and no more in memory for more documents."""

import gc
import weakref
from pathlib import Path

import pandas as pd
import pytest

from tests.papers import minutes
from wellled_nlp import assembly, classify, measures, output, pipeline, settings, table, tabulate
from wellled_nlp.output import Growing
from wellled_nlp.store import Library, library, superseded


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


def in_memory() -> int:
    """How many rows of sentences there are in tables of which anything holds on."""
    gc.collect()
    return sum(len(one) for one in gc.get_objects() if isinstance(one, pd.DataFrame) and {"previous", "text"} <= set(one.columns))


@pytest.mark.parametrize("documents", [1, 5, 100])
def test_tables_are_the_same_however_many_documents_are_put_together_at_once(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: int
) -> None:
    sizes = [place.stat().st_size for place in (scan / "library" / "tables").glob("*.parquet")]
    monkeypatch.setattr(library, "_BATCH", sum(sizes) // len(sizes) * documents - min(sizes) // 2)
    assembly.write(opened(scan), table.of("codes", tabulate.codes(())), output.Place(tmp_path))
    for name in set(table.FACTS) - {"codes"}:
        held, made = (folder / "tables" / f"{name}.csv" for folder in (scan, tmp_path))
        assert made.read_bytes() == held.read_bytes(), name
        pd.testing.assert_frame_equal(output.load_facts(tmp_path, [name])[name], output.load_facts(scan, [name])[name])


def test_no_more_than_a_batch_of_documents_is_held(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_BATCH", 1)
    before, most, rows = in_memory(), 0, 0
    for batch in opened(scan).load():
        rows += len(batch["sentences"])
        most = max(most, in_memory() - before)
        del batch
    one = rows // 12
    assert rows == 12 * one
    assert most <= 2 * one


def test_a_table_grows_by_batches_to_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"/{number:02d}.pdf", number, "=1+1" if number % 2 else None) for number in range(25)]
    output.write_table(table.of("skipped", rows), tmp_path / "whole", "skipped")
    monkeypatch.setattr(output.tables, "_BATCH", 6)
    with Growing(tmp_path / "grown", "skipped", table.FACTS["skipped"]) as growing:
        for first in range(0, 25, 5):
            growing.add(table.of("skipped", rows[first : first + 5]))
        assert growing.rows == 25
    for name in ("skipped.csv", "skipped.parquet"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "grown").iterdir()) == ["skipped.csv", "skipped.parquet"]


def test_a_table_that_was_given_up_leaves_no_parquet_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Growing(tmp_path, "skipped", table.FACTS["skipped"]) as growing:
        growing.add(table.of("skipped", [("/a.pdf", 1, "why")]))
        raise RuntimeError
    assert list(tmp_path.glob("*.parquet")) == []


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
