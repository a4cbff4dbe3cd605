"""Frameworks by command: listed, checked, and one of a trust's own labelled from its file alone."""

import json
import re
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from wellled_nlp.cli import main
from wellled_nlp.codebook import frameworks, load_crosswalk, load_facet

DATA = Path(__file__).parents[1] / "wellled_nlp" / "data"
OWN = """id = "kindness-2026"
name = "kindness"
title = "Our kindness promise"
publisher = "Marlow Vale NHS Trust"
link = "https://example.org/kindness"
maximum = 2
scored_by = ["crosswalk", "lexicon"]
from = "kloe-2017"
crosswalk = "kloe-to-kindness.csv"
lexicon = "kindness.csv"

[[code]]
id = "K1"
title = "We listen"
text = "Patients are heard."

[[code]]
id = "K2"
title = "We feed people well"
text = "Meals and drinks."

[[code]]
id = "K3"
title = "We sing"
text = "Choirs."
"""
LEXICON = "code,term,kind,weight,note\nK2,tea trolley*,phrase,1,\nK3,choir*,stem,1,\n"
CROSSWALK = "from,to,weight,reason\nW7.1,K1,primary,people's views\n"
MINUTES = """Marlow Vale NHS Trust
Minutes of the Board of Directors held on 27 March 2025

1. Patient experience
The Chief Nurse reported that complaints had risen and that patients' feedback from the friends and family test had been acted on.
A second tea trolley had been bought for the wards by the friends of the hospital, and patients had asked for a third.
"""


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.output


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name, text in {"own.toml": OWN, "kindness.csv": LEXICON, "kloe-to-kindness.csv": CROSSWALK, "minutes.txt": MINUTES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_trusts_own_framework_is_labelled_counted_and_named_without_code(own: Path) -> None:
    out = own / "out"
    code, said = run("scan", str(own / "minutes.txt"), "--out", str(out), "--framework", str(own / "own.toml"), "--quiet")
    assert code == 0, said
    labels = duckdb.sql(f"SELECT DISTINCT code, scorer FROM '{out}/tables/labels.parquet' WHERE facet = 'kindness' AND assigned").fetchall()
    assert sorted(labels) == [("K1", "crosswalk"), ("K2", "lexicon")]
    coverage = duckdb.sql(
        f"SELECT code, title, sentences > 0 FROM '{out}/tables/measures/coverage.parquet' WHERE facet = 'kindness' ORDER BY code"
    ).fetchall()
    assert coverage == [("K1", "We listen", True), ("K2", "We feed people well", True), ("K3", "We sing", False)]
    assert duckdb.sql(f"SELECT code, term FROM '{out}/tables/cues.parquet' WHERE facet = 'kindness'").fetchall() == [("K2", "tea trolley*")]
    assert duckdb.sql(f"SELECT code FROM '{out}/tables/codes.parquet' WHERE framework = 'kindness-2026'").fetchall() == [
        ("K1",), ("K2",), ("K3",)
    ]  # fmt: skip
    named = [one for one in json.loads((out / "analysis.json").read_text(encoding="utf-8"))["frameworks"] if one["name"] == "kindness"]
    assert [sorted(one) for one in named] == [
        ["crosswalk_sha256", "id", "lexicon_sha256", "link", "name", "publisher", "scored_by", "sha256", "title"]
    ]


def test_the_settings_name_a_framework_from_their_own_folder(own: Path) -> None:
    (own / "wellled.toml").write_text('[frameworks]\nlabelled = ["own.toml"]\n', encoding="utf-8")
    assert run("check", str(own / "wellled.toml"))[0] == 0
    out = own / "out"
    assert run("scan", str(own / "minutes.txt"), "--out", str(out), "--config", str(own / "wellled.toml"), "--quiet")[0] == 0
    facets = {row[0] for row in duckdb.sql(f"SELECT DISTINCT facet FROM '{out}/tables/labels.parquet'").fetchall()}
    assert "kindness" in facets
    assert "nqb-quality" not in facets


def test_a_fault_in_a_framework_stops_a_scan_before_any_paper_is_read(own: Path) -> None:
    (own / "kindness.csv").write_text(LEXICON + "K9,tea,phrase,1,\n", encoding="utf-8")
    code, said = run("scan", str(own / "minutes.txt"), "--out", str(own / "out"), "--framework", str(own / "own.toml"), "--quiet")
    assert (code, (own / "out").exists()) == (1, False)
    assert "kindness.csv: the code 'K9' is not one of kindness-2026" in said


def test_the_list_names_every_shipped_framework_with_publisher_and_way_of_labelling() -> None:
    code, said = run("frameworks", "--format", "json")
    assert code == 0
    listed = {one["id"]: one for one in json.loads(said)}
    assert list(listed) == [
        "kloe-2017", "language", "domain", "act", "capability-2025", "impact-2023", "nqb-quality", "qi-elements-2018", "qs-2024"
    ]  # fmt: skip
    assert listed["qs-2024"]["codes"] == 8
    assert listed["kloe-2017"]["labelled by"] == "model"
    assert all(one["publisher"] for one in listed.values())


def test_one_framework_is_printed_with_its_codes_and_additions() -> None:
    code, said = run("frameworks", "kloe-2017", "--format", "csv")
    rows = said.splitlines()
    assert code == 0
    assert rows[0] == "kind,code,title,text,parent,for"
    assert sum(row.startswith("code,") for row in rows) == 48
    assert any(row.startswith("addition,W5-cancer,") and row.endswith(",W5,acute specialist combined") for row in rows)
    assert "Environmental sustainability" in run("frameworks", "qs-2024")[1].replace("\n", " ")


def test_sound_files_are_described(own: Path) -> None:
    for name, words in {
        "own.toml": "the framework kindness-2026, Our kindness promise: 3 codes, labelled by crosswalk and lexicon.",
        "kindness.csv": "a lexicon of 2 terms for 2 codes, 0 of them traps.",
        "kloe-to-kindness.csv": "a crosswalk of 1 links, 1 primary and 0 secondary, each with its reason.",
    }.items():
        code, said = run("check", str(own / name))
        assert code == 0
        assert words in said
        assert "No fault found." in said


def test_the_example_in_the_documentation_is_sound(tmp_path: Path) -> None:
    text = (DATA.parents[1] / "docs" / "frameworks.md").read_text(encoding="utf-8")
    toml, crosswalk, lexicon = re.findall(r"```(?:toml|csv)\n(.*?)```", text, re.DOTALL)
    for name, held in {"our-promise.toml": toml, "our-promise-crosswalk.csv": crosswalk, "our-promise.csv": lexicon}.items():
        (tmp_path / name).write_text(held, encoding="utf-8")
    for name in ("our-promise.toml", "our-promise-crosswalk.csv", "our-promise.csv"):
        code, said = run("check", str(tmp_path / name))
        assert (code, "Note:" in said) == (0, False), said


def test_a_code_that_nothing_leads_to_is_pointed_out(own: Path) -> None:
    (own / "kindness.csv").write_text("code,term,kind,weight,note\nK2,tea,phrase,1,\n", encoding="utf-8")
    code, said = run("check", str(own / "own.toml"))
    assert code == 0
    assert "no term and no link leads to K3" in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("own.toml", OWN.replace('title = "We sing"\n', ""), "own.toml: the key 'title' is missing or not text."),
        ("own.toml", OWN.replace("maximum = 2", "maximun = 2"), "own.toml: unknown key 'maximun'."),
        ("own.toml", OWN.replace("[[code]]", "[[code]]\napplies_to = ['moon']", 1), "applies to the unknown ['moon']"),
        ("own.toml", OWN.replace('from = "kloe-2017"\n', ""), "scored by crosswalk, and the key 'from' is missing."),
        ("own.toml", OWN.replace('"crosswalk", "lexicon"', '"guess"'), "scored_by has the unknown 'guess'."),
        ("own.toml", OWN.replace('["crosswalk", "lexicon"]', '"model"'), "scored_by names a model"),
        ("own.toml", 'id = "x"\n[[code\n', "own.toml: not valid TOML"),
        ("kloe-to-kindness.csv", CROSSWALK + "W7.2,K1,primary,\n", "kloe-to-kindness.csv, row 3: no reason."),
        ("kloe-to-kindness.csv", CROSSWALK + "W7.2,K1,strong,yes\n", "row 3: unknown weight 'strong'."),
        ("kloe-to-kindness.csv", CROSSWALK + "W7.1,K1,secondary,yes\n", "row 3: W7.1 to K1 stands twice."),
        ("kloe-2017-to-own.csv", CROSSWALK.replace("W7.1", "W9.9"), "the code 'W9.9' is not one of kloe-2017."),
        ("kindness.csv", LEXICON + "K1,tea\n", "kindness.csv, row 4: not 5 fields."),
        ("kindness.csv", LEXICON + "K1,tea,word,1,\n", "row 4: unknown kind 'word'."),
        ("kindness.csv", LEXICON + "K2,tea trolley*,phrase,1,\n", "'tea trolley*' stands twice for K2."),
        ("kindness.csv", "code,term,weight\nK1,tea,1\n", "row 1: the column 'kind' is missing."),
    ],
)
def test_a_file_at_fault_is_named_with_its_row_or_key_and_the_exit_code_is_one(own: Path, name: str, text: str, said: str) -> None:
    (own / name).write_text(text, encoding="utf-8")
    code, printed = run("check", str(own / name))
    assert code == 1
    assert said in " ".join(printed.split())


def test_a_settings_file_at_fault_is_named_with_its_line(own: Path) -> None:
    (own / "wellled.toml").write_text("[attention]\nleed = 0.3\n", encoding="utf-8")
    code, said = run("check", str(own / "wellled.toml"))
    assert code == 1
    assert "wellled.toml, line 2: unknown setting 'attention.leed'" in " ".join(said.split())


def test_a_file_of_no_known_kind_is_said(own: Path) -> None:
    assert run("check", str(own / "minutes.txt"))[0] == 2
    assert run("check", str(own / "absent.toml"))[0] == 2


@pytest.mark.parametrize("path", sorted((DATA / "crosswalks").glob("*.csv")), ids=lambda path: path.stem)
def test_every_crosswalk_joins_two_frameworks_by_codes_that_they_have(path: Path) -> None:
    start, _, end = path.stem.partition("-to-")
    links = load_crosswalk(path.stem)
    assert {link.from_code for link in links} <= set(load_facet(start).code_ids)
    assert {link.to_code for link in links} <= set(load_facet(end).code_ids)
    assert all(len(link.reason) > 5 for link in links)


@pytest.mark.parametrize("facet", [facet for facet in frameworks() if facet.crosswalk], ids=lambda facet: facet.id)
def test_a_framework_is_shipped_sound_with_its_dates_and_link(facet: object) -> None:
    loaded = load_facet(facet.id)  # type: ignore[attr-defined]
    assert (loaded.published, loaded.edition) > ("2000", "")
    assert loaded.link.startswith("https://")
    code, said = run("check", str(DATA / "facets" / f"{loaded.id}.toml"))
    assert code == 0
    assert "Note:" not in said


def test_every_prompt_has_a_home_among_the_quality_statements() -> None:
    linked = {link.from_code for link in load_crosswalk("kloe-2017-to-qs-2024") if link.strength == "primary"}
    assert linked == set(load_facet("kloe-2017").code_ids) - {"ES"}


def test_the_two_way_view_is_a_roll_up_of_the_four_parts() -> None:
    links = load_crosswalk("nqb-quality-to-language")
    assert [link.from_code for link in links] == list(load_facet("nqb-quality").code_ids)
    assert {link.to_code for link in links} < set(load_facet("language").code_ids)
