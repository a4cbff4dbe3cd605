"""Forms out and answers in, in every kind of file; what was changed on the way is refused by its row."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.coding import world
from tests.coding.world import Person
from wellled_nlp.coding import codes, draw, forms
from wellled_nlp.coding.forms import label_studio
from wellled_nlp.coding.records import Form, Question, text_hash
from wellled_nlp.errors import InputError

HOSTILE = Form(
    "5a5a5a5a5a5a",
    "2025-06-02",
    tuple(Question(f"d0-{n:05d}", text_hash(text), "=paper.pdf", 1, text, text, text) for n, text in enumerate(world.HOSTILE)),
)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.scan(tmp_path_factory.mktemp("scan"))


@pytest.mark.parametrize("ending", forms.WRITERS)
def test_what_was_filled_in_comes_back_as_it_was_given(scan: Path, tmp_path: Path, ending: str) -> None:
    form = draw.draw(scan, 50, "theme", 3)
    person, path = Person("Pia", world.as_the_model(scan)), tmp_path / f"form{ending}"
    forms.write(form, path)
    world.fill(path, form, person)
    found = {one.sentence_id: one for one in forms.read(path)}
    assert {one: dict(answer.given) for one, answer in found.items()} == {q.sentence_id: person.say(q) for q in form.questions}
    assert {one.hash for one in found.values()} == {question.hash for question in form.questions}
    assert {one.sample for one in found.values()} == {form.sample}
    assert "Pia" in {one.coder for one in found.values()}


@pytest.mark.parametrize("ending", forms.WRITERS)
def test_hostile_text_goes_there_and_back_and_is_no_formula(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"form{ending}"
    forms.write(HOSTILE, path)
    world.fill(path, HOSTILE, Person("Pia", lambda _: {"domain": ("quality",)}))
    assert [one.given for one in forms.read(path)] == [{"domain": ("quality",)}] * len(world.HOSTILE)
    if ending == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    if ending == ".csv":
        assert "'=HYPERLINK" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("ending", forms.WRITERS)
def test_the_same_form_is_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        forms.write(HOSTILE, tmp_path / f"{name}{ending}")
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()


def test_the_workbook_has_lists_locked_ids_the_codebook_and_notes(scan: Path, tmp_path: Path) -> None:
    forms.write(draw.draw(scan, 50, "theme", 3), tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    assert book.sheetnames == ["sentences", "codebook", "notes"]
    sheet, codebook = book["sentences"], book["codebook"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["F2:F51"] == lists["G2:G51"] == "codebook!$B$2:$B$50"
    assert [cell.value for cell in codebook["B"][1:3]] == ["none", "W1.1 Leaders' skills and integrity"]
    assert [cell.value for cell in codebook[1]] == ["facet", "choice", "code", "title", "meaning"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    place = {cell.value: cell.column for cell in sheet[1]}
    locked = {name: sheet.cell(2, column).protection.locked for name, column in place.items()}
    assert {name for name, yes in locked.items() if not yes} == {"prompts 1", "prompts 2", *("language", "domain", "act"), "coder", "note"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"domain": "kwality"}, "row 3: unknown domain code 'kwality'"),
        ({"prompts": "W5.2;W9.9"}, "row 3: unknown prompts code 'W9.9'"),
        ({"prompts": "none;W5.2"}, "row 3: prompts is both `none` and W5.2; keep one"),
        ({"prompts": "W5.2;W5.3;W5.4"}, "row 3: prompts has 3 codes"),
        ({"language": "both;neither"}, "row 3: language has 2 codes"),
        ({"sentence_id": "", "act": "report"}, "row 3: coded, but the sentence_id is missing"),
        ({"sentence_id": "d0-00000", "act": "report"}, "row 3: sentence d0-00000 stands in row 2 already"),
    ],
)
def test_a_faulty_row_is_named_with_what_to_do(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    rows = [{"sentence_id": "d0-00000", "hash": "h", "prompts": "", "language": "", "domain": "quality", "act": ""}]
    rows.append({"sentence_id": "d0-00001", "hash": "h", "prompts": "", "language": "", "domain": "", "act": "", **cells})
    path = tmp_path / "form.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        forms.read(path)
    assert said in caught.value.message
    assert "nothing was stored" in caught.value.hint


def test_codes_are_taken_with_their_title_in_any_case_or_alone(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("sentence_id,hash,prompts,domain\na,h,w5.2 Performance,QUALITY\nb,h,W5.2;W6.3,\nc,h,none,\n", encoding="utf-8")
    assert [dict(one.given) for one in forms.read(path)] == [
        {"prompts": ("W5.2",), "domain": ("quality",)},
        {"prompts": ("W5.2", "W6.3")},
        {"prompts": ()},
    ]


def test_a_file_in_the_codebooks_own_format_is_read_and_its_empty_prompts_mean_none(tmp_path: Path) -> None:
    path = tmp_path / "corpus.csv"
    path.write_text(
        "id,text,prompts,language,domain,act\n1,A.,W5.2,neither,quality,report\n2,B.,,neither,procedural,report\n", encoding="utf-8"
    )
    assert [one.given["prompts"] for one in forms.read(path)] == [("W5.2",), ()]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("form.xlsx", b"PK not a workbook", "cannot be read as a workbook"),
        ("form.csv", b"text,domain\nA.,quality\n", "a column is missing"),
        ("form.csv", b"sentence_id,hash,domain,domain\n1,h,quality,quality\n", "the column domain stands twice"),
        ("form.csv", b"", "a column is missing"),
        ("form.csv", b"sentence_id,hash,domain\n1,h,\n", "no row is filled in"),
        ("form.jsonl", b'{"text": "A."\n', "line 1: not a task"),
        ("form.jsonl", b"[1, 2]\n", "line 1: not a task"),
        ("form.json", b'{"a": 1}', "not a Label Studio export"),
        ("form.json", b"[" * 100_000, "not a Label Studio export"),
        ("form.doc", b"", "unknown kind of file '.doc'"),
    ],
)
def test_a_file_that_is_no_form_is_a_sentence_and_no_traceback(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        forms.read(tmp_path / name)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellled_nlp.coding.forms.workbook._UNPACKED_MEGABYTES", 1)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 2_000_000)
    with pytest.raises(InputError, match="unpacks to more than 1 MB"):
        forms.read(tmp_path / "bomb.xlsx")


def test_the_interface_of_label_studio_asks_every_facet_and_exports_codes() -> None:
    view = etree.fromstring(label_studio.configuration())
    asked = {one.get("name"): [choice.get("alias") for choice in one] for one in view.iter("Choices")}
    assert asked == {name: list(codes.answers(facet)) for name, facet in codes.facets().items()}
    assert {one.get("name"): one.get("choice") for one in view.iter("Choices")}["prompts"] == "multiple"


def test_cancelled_annotations_are_left_out(tmp_path: Path) -> None:
    result = [{"from_name": "act", "type": "choices", "value": {"choices": ["report"]}}]
    held = [{"was_cancelled": True, "result": result}, {"completed_by": 7, "result": result}]
    task = {"data": {"sentence_id": "a", "hash": "h", "text": "A."}, "annotations": held}
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    assert [one.coder for one in forms.read(tmp_path / "export.json")] == ["7"]
