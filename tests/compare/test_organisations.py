from pathlib import Path

import pytest

from wellled_nlp.compare import groups, organisations
from wellled_nlp.errors import InputError

TABLE = """name,ods_code,predecessor_of
Aldermoor NHS Trust,ZX1,ZX9
Brackenmoor & District NHS FT,ZX2,zx9
Fellside NHS Foundation Trust,ZX9,
The Fellside Trust,ZX9,
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_papers_of_a_predecessor_count_under_the_successors_name_and_code(tmp_path: Path) -> None:
    register = organisations.read(written(tmp_path / "o.csv", TABLE))
    found = register.resolve("Aldermoor NHS Trust")
    assert (found.name, found.code, found.how) == ("Fellside NHS Foundation Trust", "ZX9", organisations.MERGED)


@pytest.mark.parametrize(
    "printed", ["BRACKENMOOR AND DISTRICT NHS FT", "Brackenmoor & District  NHS FT.", "The Brackenmoor and District NHS FT"]
)
def test_case_punctuation_and_the_kind_of_and_make_no_other_name(tmp_path: Path, printed: str) -> None:
    assert organisations.read(written(tmp_path / "o.csv", TABLE)).resolve(printed).code == "ZX9"


def test_an_unknown_name_stays_and_is_told_the_nearest(tmp_path: Path) -> None:
    found = organisations.read(written(tmp_path / "o.csv", TABLE)).resolve("Felside NHS Foundation Trust")
    assert (found.name, found.code, found.how) == ("Felside NHS Foundation Trust", "", organisations.UNKNOWN)
    assert found.nearest == "Fellside NHS Foundation Trust"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,ods_code\nA,ZX1\nA,ZX2\n", "row 3: 'A' has the codes ZX1 and ZX2"),
        ("name,ods_code\nA,\n", "row 2: a name or an ODS code is missing"),
        ("name\nA\n", "no column 'ods_code'; it has name"),
        ("name,ods_code,successor\nA,ZX1,ZX3\n", "ZX1 became ZX3, which has no row"),
        ("name,ods_code,successor\nA,ZX1,ZX2\nB,ZX2,ZX1\n", "ZX1 became ZX2 became ZX1, in a circle"),
        ("name,ods_code,successor\nA,ZX1,ZX2\nA2,ZX1,ZX3\nB,ZX2,\nC,ZX3,\n", "row 3: ZX1 became ZX2 and ZX3"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        organisations.read(written(tmp_path / "o.csv", text))


def test_metadata_join_by_code_and_else_by_name(tmp_path: Path) -> None:
    held = groups.read_metadata(
        written(tmp_path / "m.csv", "ods_code,organisation,sector\nZX9,,acute\n,Cullerdale NHS Trust,ambulance\n"), "sector"
    )
    assert held.value("whatever", "ZX9") == "acute"
    assert held.value("CULLERDALE NHS TRUST", "") == "ambulance"
    assert held.value("Dunmere NHS Trust", "") is None


def test_metadata_with_two_values_for_one_organisation_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 3: 'ZX9' has two values of sector"):
        groups.read_metadata(written(tmp_path / "m.csv", "ods_code,sector\nZX9,acute\nZX9,community\n"), "sector")
