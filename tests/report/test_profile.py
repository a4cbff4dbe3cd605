"""The profile: what it says of each prompt, and what its Word paper and page hold."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from wellled_nlp import profile, table
from wellled_nlp.cli import main
from wellled_nlp.codebook import load_facet
from wellled_nlp.codebook.enquiries import STATES, load_enquiries
from wellled_nlp.errors import InputError
from wellled_nlp.report.profile import contents, front, page, parts, risks
from wellled_nlp.report.profile.contents import Profile

FOREIGN = re.compile(r"(?:src|href)=\"https?://|@import|url\(")
ABSENT = {  # planted as absent in all papers of the sample year, by the prompt that they bear on
    "succession-plan": "W1.4",
    "leadership-development": "W1.4",
    "pareto": "W8.2",
    "board-qi-training": "W1.4",
    "healthwatch": "W7.1",
    "equality-objectives": "W3.8",
}


@pytest.fixture(scope="module")
def made(scanned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Profile, Path]:
    """The profile of the sample year for an acute trust, and the folder that it was written to."""
    out = tmp_path_factory.mktemp("profile") / "out"
    return profile.write(profile.Request((scanned,), out, sector="acute")), out


@pytest.fixture(scope="module")
def of_year(made: tuple[Profile, Path]) -> Profile:
    return made[0]


@pytest.fixture(scope="module")
def out(made: tuple[Profile, Path]) -> Path:
    return made[1]


def every_prompt(of_year: Profile) -> Iterator[contents.Prompt]:
    return (prompt for theme in contents.themes(of_year) for prompt in theme.prompts)


def test_every_prompt_of_the_framework_has_its_place_once_and_in_order(of_year: Profile) -> None:
    assert [prompt.code for prompt in every_prompt(of_year)] == [
        code.id for code in load_facet("kloe-2017").codes if code.parent != code.id
    ]
    assert [theme.code for theme in contents.themes(of_year)] == ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8"]


def test_the_duties_of_mental_health_act_managers_are_asked_of_mental_health_trusts_only(
    scanned: Path, tmp_path: Path, of_year: Profile
) -> None:
    acute = {prompt.code: prompt for prompt in every_prompt(of_year)}["W4.5"]
    assert (acute.state, acute.enquiry) == ("not asked", None)
    assert acute.evidence.startswith("Asked only of mental health trusts.")
    other = profile.work_out(profile.Request((scanned,), tmp_path, sector="mental-health"))
    assert {prompt.code: prompt.state for prompt in every_prompt(other)}["W4.5"] != "not asked"


def test_planted_absences_stand_as_not_found_in_the_papers_supplied_under_their_prompts(of_year: Profile) -> None:
    signals = of_year.tables["prompt_signals"]
    found = {(row.signal, row.code): row.status for row in signals.itertuples()}
    assert {pair: found[pair] for pair in ABSENT.items()} == dict.fromkeys(ABSENT.items(), "not found")


def test_states_follow_the_counts(of_year: Profile) -> None:
    for row in of_year.tables["prompts"].itertuples():
        if row.state == "none":
            assert row.sentences == 0
        if row.state == "one_sided":
            assert row.assurance + row.both >= 5
            assert row.improvement + row.both == 0
        if row.state == "enough":
            assert row.sentences >= 3
        assert row.sentences == row.assurance + row.improvement + row.both + row.neither


def test_every_prompt_without_enough_evidence_has_its_question_in_the_wording_of_its_state(of_year: Profile) -> None:
    known = load_enquiries("kloe-2017")
    for prompt in every_prompt(of_year):
        if prompt.state in STATES:
            assert prompt.enquiry
            assert prompt.enquiry.question == known[prompt.code][0].questions[prompt.state]
        else:
            assert prompt.enquiry is None


def test_quotations_are_whole_sentences_of_the_papers_at_most_three_and_not_repeated(of_year: Profile) -> None:
    texts = of_year.analysis.facts["sentences"].set_index("sentence_id")["text"]
    carried = set(of_year.analysis.measures["carried"]["sentence_id"])
    labels = of_year.analysis.facts["labels"]
    given = set(labels.loc[labels["assigned"] & (labels["facet"] == "prompts"), ["sentence_id", "code"]].itertuples(index=False, name=None))
    held = of_year.tables["quotations"]
    assert held.groupby("code").size().max() == 3
    assert not carried & set(held["sentence_id"])
    for row in held.itertuples():
        assert texts[row.sentence_id].endswith(row.text)
        assert 9 <= len(texts[row.sentence_id].split()) <= 45
        assert (row.sentence_id, row.code) in given


def test_the_front_says_which_risk_never_moves_and_which_papers_were_not_read(of_year: Profile) -> None:
    said = dict(front.of(of_year).points)
    assert "with the same actions all along: BAF1 Workforce supply (16, 10 months)" in said["Risks."]
    assert said["Risks."].startswith("5 of 6 risks on the assurance framework and 16 of 16 risks on registers last stood at 15 or more.")
    assert dict(front.of(of_year).cover)["Not read"] == "One file and no pages could not be read; listed under Papers supplied."


def test_scores_stand_meeting_by_meeting(of_year: Profile) -> None:
    scores, high = risks.section(of_year).grids
    assert {row[0].split(" ")[0]: row[1:7] for row in scores.rows}["BAF3"] == (16, 16, 16, 20, 20, 16)
    assert high.rows[0][:2] == ("BAF1 Workforce supply", 16)


def test_no_month_of_the_sample_year_stands_out_as_missing_and_one_does_where_minutes_are_taken_away(
    of_year: Profile, scanned: Path
) -> None:
    assert set(of_year.tables["months"]["state"]) == {"minutes", "no meeting expected"}
    from wellled_nlp import settings
    from wellled_nlp.measures.profile import months

    documents = of_year.analysis.facts["documents"]
    fewer = documents[documents["meeting_date"].ne("2024-11-28") & documents["doc_type"].eq("minutes")]
    found = months.measure({"documents": fewer}, settings.load().attention).set_index("month")["state"]
    assert found["2024-11"] == "longer than usual without minutes"


def test_only_the_dimensions_that_papers_decide_have_a_level(of_year: Profile) -> None:
    eight, six = parts.maturity(of_year).grids
    assert len(eight.rows) == 8
    assert len(six.rows) == 6
    assert sum(isinstance(row[1], str) for row in eight.rows) == 3


def test_the_word_paper_has_a4_pages_headings_table_heads_and_its_front_on_one_page(out: Path) -> None:
    file = docx.Document(str(out / "profile.docx"))
    assert [round(length.cm, 1) for length in (file.sections[0].page_width, file.sections[0].page_height)] == [21.0, 29.7]
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[:2] == ["Papers supplied, and the gaps in them", "W1 Leadership"]
    assert headings[-3:] == [
        "Risks that never move",
        "Maturity of improvement, as far as papers show it",
        "How this was made, and its limits",
    ]
    xml = zipfile.ZipFile(out / "profile.docx").read("word/document.xml").decode()
    assert xml.count("<w:tblHeader") >= 14
    assert xml.count('w:type="page"') == 1
    assert "w:tblCaption" in xml


def test_the_same_profile_gives_the_same_bytes(made: tuple[Profile, Path], tmp_path: Path) -> None:
    from wellled_nlp.report import profile as writers

    found, out = made
    writers.write(found, tmp_path)
    for name in ("profile.docx", "profile.html"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_the_page_asks_for_nothing_and_leads_to_pages_of_papers(out: Path) -> None:
    text = (out / "profile.html").read_text(encoding="utf-8")
    assert not FOREIGN.search(text)
    assert "minutes-2024-07-25.pdf#page=" in text
    link = re.search(r'href="([^"]*minutes-2024-07-25\.pdf)#page=', text)
    assert link
    assert (out / link[1]).is_file()
    assert "Documentary evidence only" in text
    assert "What papers cannot show" in text


def test_what_comes_from_papers_is_escaped(of_year: Profile) -> None:
    from dataclasses import replace

    assert "<script>alert" not in page.render(replace(of_year, organisation="<script>alert(1)</script> NHS Trust"))


def test_the_tables_have_the_columns_of_the_contract_and_stand_in_the_documentation(out: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text(encoding="utf-8")
    for name, columns in table.PROFILED.items():
        header = (out / "tables" / f"{name}.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0]
        assert header.split(",") == list(columns)
        paragraph = re.search(rf"\*\*{name}\*\*.*?(?=\n\n|\Z)", text, re.DOTALL)
        assert paragraph, name
        assert [column for column in columns if f"`{column}`" not in paragraph.group()] == []


def test_another_framework_without_labels_in_the_scan_is_an_error_that_says_what_to_do(scanned: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not labelled with the framework qs-2024"):
        profile.work_out(profile.Request((scanned,), tmp_path, framework="qs-2024"))


def test_a_framework_of_the_users_own_is_profiled_with_its_own_questions(samples: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\nname = "own"\ntitle = "Our promises"\npublisher = "Us"\nmaximum = 2\nscored_by = "lexicon"\n'
        'lexicon = "own-words.csv"\n'
        '[[code]]\nid = "P1"\ntitle = "Fewer falls"\n[[code]]\nid = "P2"\ntitle = "Flying cars"\n',
        encoding="utf-8",
    )
    (tmp_path / "own-words.csv").write_text("code,term,kind,weight,note\nP1,falls,phrase,3,\nP2,flying car,phrase,3,\n", encoding="utf-8")
    entries = [
        f'[[prompt]]\nid = "{code}"\nwhom = "The matron"\ndocuments = "The run chart"\n'
        + "".join(f'{state} = "Why {state}?"\n' for state in STATES)
        for code in ("P1", "P2")
    ]
    (tmp_path / "own-enquiries.toml").write_text("".join(entries), encoding="utf-8")
    request = ["profile", str(samples / "minutes-2025-05-29.docx"), "--out", str(tmp_path / "out"), "--framework", str(own), "--quiet"]
    done = CliRunner().invoke(main, request)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "profile.html").read_text(encoding="utf-8")
    assert "P1 Fewer falls" in text
    assert "Why none?" in text
    assert "Of 2 parts asked about" in done.output


def test_papers_of_several_organisations_are_listed_and_one_can_be_chosen(of_year: Profile, scanned: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    held = of_year.analysis
    documents = held.facts["documents"].copy()
    minutes = documents["meeting_date"].eq("2024-07-25")
    documents.loc[minutes, "organisation"] = "Ebbsworth Hospitals NHS Trust"
    mixed = replace(held, facts={**held.facts, "documents": documents})
    from wellled_nlp import settings

    chosen = settings.load().attention
    with pytest.raises(InputError, match=r"several organisations.*Ebbsworth Hospitals NHS Trust \(1\)"):
        profile.of_organisation(mixed, "", chosen)
    name, one = profile.of_organisation(mixed, "ebbsworth", chosen)
    assert name == "Ebbsworth Hospitals NHS Trust"
    assert set(one.facts["sentences"]["document_id"]) == set(documents.loc[minutes, "document_id"])
    assert one.measures["risk_history"]["meeting_date"].unique().tolist() == ["2024-07-25"]


@pytest.mark.parametrize(("option", "value", "said"), [("sector", "hospital", "no sector"), ("formats", ("pdf",), "not written as")])
def test_a_sector_or_format_that_nobody_knows_is_an_error(scanned: Path, tmp_path: Path, option: str, value: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        profile.write(profile.Request((scanned,), tmp_path, **{option: value}))  # type: ignore[arg-type]
