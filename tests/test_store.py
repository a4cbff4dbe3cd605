"""What the store keeps comes out as it went in, or is refused; and what is asked of its tables answers or says why not."""

import contextlib
import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.build import block, document, heading, row
from wellled_nlp import query, read, search, settings
from wellled_nlp.cli import main
from wellled_nlp.document import Document
from wellled_nlp.errors import InputError
from wellled_nlp.store import catalogue, reading, sightings, versions
from wellled_nlp.store.sightings import Sighting

TEXT = st.text(min_size=1, max_size=40)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("name", ["minutes-2024-07-25.pdf", "minutes-2025-05-29.docx", "pack-2025-01-30.pdf"])
def test_a_reading_comes_out_as_it_went_in(samples: Path, name: str) -> None:
    held = read.read(samples / name, settings.load().read)
    assert reading.unpack(reading.pack(held, "v1", "2026-01-31"), held.path) == held


@given(TEXT, TEXT, st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_number_survives(title: str, text: str, size: float) -> None:
    held = document(heading(title, size=size), block(text), row(text, title, header=(title, text)))
    assert reading.unpack(reading.pack(held, "v1", "2026-01-31"), held.path) == held


def test_who_made_a_reading_is_known_without_its_pages() -> None:
    held = reading.pack(document(block("Said.")), "v1", "2026-01-31")
    assert reading.head_of(held) == reading.Head("ab" * 32, "v1", "2026-01-31")


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_reading_with_a_changed_byte_is_refused_or_the_same(place: int, flip: int) -> None:
    held = bytearray(reading.pack(document(block("Said.")), "v1", "2026-01-31"))
    held[place % len(held)] ^= flip
    with contextlib.suppress(reading.Torn):
        assert reading.unpack(bytes(held), "papers/minutes.pdf") == document(block("Said."))


def _sighting(path: str, sha256: str, at: int, state: str = "seen") -> Sighting:
    return Sighting(path, path, sha256, 1, 1, at, state)


def test_records_of_two_libraries_are_one_whatever_their_order(tmp_path: Path) -> None:
    first = [_sighting("/a", "1" * 64, 1), _sighting("/b", "2" * 64, 2)]
    second = [_sighting("/a", "1" * 64, 5, "dropped"), _sighting("/a", "3" * 64, 5)]
    for name, order in (("one", (first, second)), ("other", (second, first, second))):
        for records in order:
            sightings.add(tmp_path / name, records)
    assert sightings.load(tmp_path / "one") == sightings.load(tmp_path / "other")
    assert [held.sha256[0] for held in catalogue.of(sightings.load(tmp_path / "one"))] == ["3", "2"]
    sightings.join(tmp_path / "other", least=1)
    assert len(list((tmp_path / "other").iterdir())) == 1
    assert sightings.load(tmp_path / "one") == sightings.load(tmp_path / "other")


def test_lines_that_are_no_records_are_passed_over(tmp_path: Path) -> None:
    sightings.add(tmp_path, [_sighting("/a", "1" * 64, 1)])
    (tmp_path / "foreign.jsonl").write_bytes(b'{"path": 1}\n[]\n\xff\xfe\nnot json\n{"path": "/x", "given": "x"}\n')
    assert list(sightings.load(tmp_path)) == [("/a", "1" * 64)]


def test_reading_and_labelling_have_versions_of_their_own(tmp_path: Path) -> None:
    chosen = settings.load()
    config = tmp_path / "wellled.toml"
    models = Path(__file__).parents[1] / "models"
    plain = versions.of(chosen, models)

    def changed(text: str) -> versions.Versions:
        config.write_text(text, encoding="utf-8")
        return versions.of(settings.load(config), models)

    fewer, other = changed("[read]\npages = 10\n"), changed("[attention]\nlead = 0.3\n")
    assert fewer.reading(".pdf") != plain.reading(".pdf") != plain.reading(".docx")
    assert (other.reading(".pdf"), other.labelling) == (plain.reading(".pdf"), plain.labelling)
    assert other.whole != plain.whole
    without = changed("[read]\nocr = false\n")
    assert (without.reading(".pdf"), without.recognising == plain.recognising) == (plain.reading(".pdf"), False)
    assert changed("[read]\nocr_jobs = 7\n").recognising == plain.recognising
    assert versions.of(chosen, models, "another framework").labelling != plain.labelling


def test_the_library_lists_every_file(scanned: Path) -> None:
    rows = json.loads(run("library", scanned, "--format", "json").output)
    assert [Path(one["path"]).name for one in rows][:2] == ["damaged.pdf", "minutes-2024-07-25.pdf"]
    assert (rows[0]["counted"], rows[0]["why_not"][:37]) == ("no", "the file is damaged beyond repair. Op")
    told = {name: rows[1][name] for name in ("doc_type", "meeting_date", "pages", "counted", "file", "stale")}
    assert told == {"doc_type": "minutes", "meeting_date": "2024-07-25", "pages": 10, "counted": "yes", "file": "there", "stale": "no"}
    lines = list(csv.reader(run("library", scanned, "--format", "csv").output.splitlines()))
    assert lines[0] == [
        "path",
        "organisation",
        "meeting_date",
        "doc_type",
        "pages",
        "counted",
        "why_not",
        "file",
        "read_on",
        "version",
        "stale",
    ]


def test_a_query_answers_from_facts_and_measures(scanned: Path) -> None:
    done = run("query", scanned, "SELECT doc_type, count(*) AS n FROM documents GROUP BY 1 ORDER BY 1", "--format", "csv")
    assert done.output == "doc_type,n\nboard pack,1\nminutes,6\nquality account,1\n"
    assert json.loads(run("query", scanned, "SELECT count(*) > 0 AS some FROM attention", "--format", "json").output) == [{"some": True}]


def test_a_query_says_that_there_is_more_and_writes_files_without_formulas(scanned: Path, tmp_path: Path) -> None:
    assert query.run(scanned, "SELECT * FROM range(5)", 3)[0].shape == (3, 1)
    done = run("query", scanned, "SELECT '=1+1' AS sum, NULL AS none, 2.5 AS number", "--out", tmp_path / "answer.csv")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "answer.csv").read_text(encoding="utf-8-sig") == "sum,none,number\n'=1+1,,2.5\n"
    assert "Only the first 2 rows" in run("query", scanned, "SELECT * FROM range(5)", "--limit", "2").output


@pytest.mark.parametrize(
    "sql",
    [
        "COPY documents TO 'stolen.csv'",
        "DROP VIEW documents",
        "CREATE TABLE more AS SELECT 1",
        "ATTACH 'other.db'",
        "INSTALL fts",
        "SET enable_external_access = true",
        "SELECT 1; DROP VIEW documents",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('pyproject.toml')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM 'pyproject.toml'",
        "SELECT * FROM places",
        "SELEC",
        "",
    ],
)
def test_a_query_reads_the_tables_and_nothing_else(scanned: Path, sql: str) -> None:
    with pytest.raises(InputError):
        query.run(scanned, sql, 10)


def test_a_search_finds_sentences_with_paper_page_and_link(scanned: Path, samples: Path) -> None:
    found = search.find(scanned, "complaint response", 5)
    first = found.iloc[0]
    assert "complaint" in first["text"].lower()
    assert first["link"] == f"{(samples / first['paper']).resolve().as_uri()}" + (
        f"#page={first['page']}" if first["paper"].endswith("pdf") else ""
    )
    assert run("search", scanned, "complaints", "--limit", "1").exit_code == 0


@pytest.mark.parametrize(
    "words", ["board's follow-up", "text:board OR (falls AND ward*)", '"the board"', "board;--", "quality* NEAR/2", "{board}"]
)
def test_words_with_marks_are_words(scanned: Path, words: str) -> None:
    search.find(scanned, words, 3)


@pytest.mark.parametrize("words", ["", "AND", '"the board', "(board", "board OR", '""', "***", "\x00"])
def test_a_search_that_makes_no_sense_is_said(scanned: Path, words: str) -> None:
    with pytest.raises(InputError, match=r"makes no sense|no words|does not close"):
        search.find(scanned, words, 3)


def test_the_index_is_made_again_when_the_scan_has_changed(scanned: Path) -> None:
    index = scanned / "library" / "search.sqlite"
    search.find(scanned, "board", 1)
    made = index.stat().st_mtime_ns
    search.find(scanned, "quality", 1)
    assert index.stat().st_mtime_ns == made
    index.write_bytes(b"torn")
    assert len(search.find(scanned, "board", 1)) == 1


@pytest.mark.parametrize("command", ["library", "query", "search"])
def test_a_folder_without_a_scan_is_said(tmp_path: Path, command: str) -> None:
    done = run(command, tmp_path, *(["SELECT 1"] if command != "library" else []))
    assert (done.exit_code, "There is no whole scan" in done.output) == (2, True)


def test_a_document_of_another_kind_of_page_is_refused() -> None:
    held = reading.pack(Document("a.pdf", "ab" * 32, "pdf", ()), "v1", "2026-01-31")
    assert reading.unpack(held, "b.pdf") == Document("b.pdf", "ab" * 32, "pdf", ())
    with pytest.raises(reading.Torn):
        reading.unpack(b"", "b.pdf")
