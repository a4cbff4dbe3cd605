"""The contract of the output folder: names, columns, conservation laws."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from wellled_nlp import output, table
from wellled_nlp.codebook import load_facet
from wellled_nlp.errors import InputError, OutputError
from wellled_nlp.pipeline import write_reports

ROOT = Path(__file__).parents[1]
TABLES = {**{name: Path("tables") / name for name in table.FACTS}, **{name: Path("tables/measures") / name for name in table.MEASURES}}
COLUMNS = {**table.FACTS, **table.MEASURES}
SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}


def read(out: Path, name: str) -> pd.DataFrame:
    return duckdb.sql(f"SELECT * FROM '{out / TABLES[name]}.parquet'").df()


def test_the_folder_holds_what_the_contract_names_and_nothing_else(scanned: Path) -> None:
    assert sorted(path.name for path in scanned.iterdir()) == ["analysis.json", "library", "report.html", "report.xlsx", "tables"]
    held = {path.name for path in (scanned / "library").iterdir()} - {"search.sqlite"}  # which a search makes
    assert sorted(held) == ["lock", "made.json", "read", "seen", "tables", "volumes"]
    expected = {f"{where}.{kind}" for where in TABLES.values() for kind in ("csv", "parquet")} | {"tables/datapackage.json"}
    assert {str(path.relative_to(scanned)) for path in (scanned / "tables").rglob("*.*")} == expected


@pytest.mark.parametrize("name", COLUMNS)
def test_every_table_has_the_columns_and_types_of_the_contract(scanned: Path, name: str) -> None:
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{scanned / TABLES[name]}.parquet'").fetchall()
    assert {row[0]: row[1] for row in described} == {column: SQL_TYPES[kind] for column, kind in COLUMNS[name].items()}
    header = (scanned / f"{TABLES[name]}.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0]
    assert header.split(",") == list(COLUMNS[name])


def test_the_documentation_names_every_table_and_column() -> None:
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for name, columns in COLUMNS.items():
        paragraph = re.search(rf"\*\*{name}\*\*.*?(?=\n\n|\Z)", text, re.DOTALL)
        assert paragraph, name
        assert [column for column in columns if f"`{column}`" not in paragraph.group()] == [], name


def test_pages_are_those_read_and_those_skipped(scanned: Path) -> None:
    documents, skipped = read(scanned, "documents"), read(scanned, "skipped")
    assert (documents["pages"] == documents["pages_read"] + documents["pages_failed"]).all()
    assert documents["pages_failed"].sum() == skipped["page"].notna().sum()


def test_every_sentence_stands_in_an_item_of_its_document_on_a_page_of_it(scanned: Path) -> None:
    sentences, items, documents = (read(scanned, name) for name in ("sentences", "items", "documents"))
    joined = sentences.merge(items[["item_id", "document_id"]], on=["item_id", "document_id"]).merge(
        documents[["document_id", "pages"]], on="document_id"
    )
    assert len(joined) == len(sentences)
    assert joined["page"].between(1, joined["pages"]).all()
    assert sentences["sentence_id"].is_unique


def test_words_of_documents_items_and_sentences_are_the_same(scanned: Path) -> None:
    total = read(scanned, "sentences")["words"].sum()
    assert total == read(scanned, "items")["words"].sum() == read(scanned, "documents")["words"].sum()


def test_every_label_names_a_sentence_and_a_code_and_choose_one_facets_have_exactly_one(scanned: Path) -> None:
    labels, sentences = read(scanned, "labels"), read(scanned, "sentences")
    assert set(labels["sentence_id"]) == set(sentences["sentence_id"])
    framework = load_facet("kloe-2017")
    known = {name: set(load_facet(name).code_ids) for name in ("language", "domain", "act", "nqb-quality")}
    known |= {"prompts": set(framework.code_ids), "themes": {parent.id for parent in framework.parents}}
    assert {facet: set(codes) - known[facet] for facet, codes in labels.groupby("facet")["code"]} == {facet: set() for facet in known}
    given = labels[labels["assigned"]]
    for facet in ("language", "domain", "act"):
        assert (given[given["facet"] == facet].groupby("sentence_id").size() == 1).all()
        assert given[given["facet"] == facet]["sentence_id"].nunique() == len(sentences)
    assert given[given["facet"] == "prompts"].groupby("sentence_id").size().max() <= 2
    assert set(given[given["facet"] == "nqb-quality"].groupby("sentence_id").size()) == {1, 2}
    assert given[given["facet"] == "nqb-quality"]["sentence_id"].nunique() == len(sentences)
    assert labels["score"].between(0, 1).all()


def test_themes_follow_from_prompts(scanned: Path) -> None:
    given = read(scanned, "labels").query("assigned")
    prompts = given[given["facet"] == "prompts"].assign(theme=lambda frame: frame["code"].str.split(".").str[0])
    themes = given[given["facet"] == "themes"]
    assert set(zip(prompts["sentence_id"], prompts["theme"], strict=True)) == set(zip(themes["sentence_id"], themes["code"], strict=True))


def test_codes_of_every_facet_are_told_with_their_titles(scanned: Path) -> None:
    codes, labels = read(scanned, "codes"), read(scanned, "labels")
    assert set(zip(labels["facet"], labels["code"], strict=True)) <= set(zip(codes["facet"], codes["code"], strict=True))
    assert not codes.duplicated(["facet", "code"]).any()
    assert list(codes["facet"].unique()) == ["themes", "prompts", "language", "domain", "act", "nqb-quality"]


def test_shares_of_attention_sum_to_one(scanned: Path) -> None:
    shares = read(scanned, "attention").dropna(subset=["share"])
    assert shares.groupby(["basis", "level", "key", "unit"])["share"].sum().round(9).eq(1).all()


def test_provenance_names_versions_frameworks_models_settings_and_links(scanned: Path) -> None:
    found = json.loads((scanned / "analysis.json").read_text(encoding="utf-8"))
    assert sorted(found) == ["counts", "doubts", "frameworks", "headlines", "links", "models", "scanned_on", "settings", "versions"]
    assert {one["name"] for one in found["frameworks"]} == {"prompts", "language", "domain", "act", "nqb-quality"}
    assert all(len(one["sha256"]) == 64 for one in (*found["frameworks"], *found["models"]))
    assert all((scanned / link).resolve().is_file() for link in found["links"].values())
    assert len(found["headlines"]) == 3


def test_the_data_package_describes_every_csv_file_as_it_stands(scanned: Path) -> None:
    package = json.loads((scanned / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [one["name"] for one in package["resources"]] == list(COLUMNS)
    types = {"string": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean"}
    for one in package["resources"]:
        held = (scanned / "tables" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(held), f"sha256:{hashlib.sha256(held).hexdigest()}")
        described = {field["name"]: field["type"] for field in one["schema"]["fields"]}
        assert list(described.items()) == [(column, types[kind]) for column, kind in COLUMNS[one["name"]].items()]


def test_the_keys_of_the_data_package_hold(scanned: Path) -> None:
    package = json.loads((scanned / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    frames = {one["name"]: pd.read_csv(scanned / "tables" / one["path"], dtype=str, encoding="utf-8-sig") for one in package["resources"]}
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    assert {name: schema["primaryKey"] for name, schema in schemas.items() if "primaryKey" in schema} == {
        "documents": ["document_id"],
        "items": ["item_id"],
        "sentences": ["sentence_id"],
        "actions": ["action_id"],
        "decisions": ["decision_id"],
    }
    for name, schema in schemas.items():
        assert not frames[name].duplicated(schema["primaryKey"]).any() if "primaryKey" in schema else True, name
        for key in schema.get("foreignKeys", []):
            (column,), (there,) = key["fields"], key["reference"]["fields"]
            assert set(frames[name][column].dropna()) <= set(frames[key["reference"]["resource"]][there]), (name, column)


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    frame = table.build({"text": table.TEXT, "n": table.WHOLE}, [("=1+1", 1), ("-5 %", 2), ("@x", 3), ("plain", None), (None, 4)])
    output.write_table(frame, tmp_path, "t")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig") == "text,n\n'=1+1,1\n'-5 %,2\n'@x,3\nplain,\n,4\n"
    assert duckdb.sql(f"SELECT text FROM '{tmp_path / 't.parquet'}'").fetchall() == [("=1+1",), ("-5 %",), ("@x",), ("plain",), (None,)]


def test_a_fault_on_the_way_leaves_the_earlier_output_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("earlier", encoding="utf-8")
    with pytest.raises(RuntimeError), output.folder(tmp_path) as place:
        (place.path / "report.html").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("report.html", "earlier")]


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"), output.ready(tmp_path / "out"):
        pass


def test_an_earlier_scan_is_loaded_as_it_was_in_memory(scanned: Path) -> None:
    found = output.load(scanned)
    for name, columns in COLUMNS.items():
        frame = {**found.facts, **found.measures}[name]
        assert table.check(frame, columns, name) is frame
        assert len(frame) == len(read(scanned, name))


def test_reports_are_written_again_without_the_papers_and_are_the_same(scanned: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(scanned, copy)
    (copy / "report.html").unlink()
    write_reports(copy, ["html"])
    assert (copy / "report.html").read_bytes() == (scanned / "report.html").read_bytes()


def test_a_folder_without_a_whole_scan_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no whole scan"):
        output.load(tmp_path)
