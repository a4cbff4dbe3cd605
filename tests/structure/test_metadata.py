from dataclasses import replace

import pytest

from tests.build import block, document, heading, row
from wellled_nlp.document import Block, Box, Line
from wellled_nlp.structure import structure
from wellled_nlp.structure.attendance import find_attendance, with_apologies
from wellled_nlp.structure.organisation import find_organisation

TRUST = "Wrenfold and Marsh Valley NHS Foundation Trust"


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ([f"{TRUST} Board of Directors"], ["The Care Quality Commission came."], TRUST),
        (["WRENFOLD AND MARSH VALLEY NHS TRUST"], [], "Wrenfold and Marsh Valley NHS Trust"),
        (["Orford Libraries IPS", "A society supported by Orford County Council"], ["Orford County Council"] * 4, "Orford Libraries IPS"),
        (["Orford’s Libraries IPS", "A Provident Society Limited"], [], "Orford’s Libraries IPS"),
        (["Minutes of the County Council"], [], ""),
        (["Three Rivers Data User Group - Agenda"], [], "Three Rivers Data User Group"),
        (["NHS Three Rivers Integrated Care Board"], [], "NHS Three Rivers Integrated Care Board"),
    ],
)
def test_the_organisation_is_the_one_named_first_and_most(title: list[str], body: list[str], expected: str) -> None:
    assert find_organisation(title, body, []) == expected


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([heading("Minutes of the Trust Board"), block("Present: Ann Orrin"), block("Apologies were received from Bo Vale.")], "minutes"),
        ([heading("Agenda"), block("1 Welcome, 2 Declarations of interest, 3 Any other business")], "agenda"),
        ([heading("Quality Account 2024/25"), block("Priorities for improvement")], "quality account"),
        ([heading("Annual Report and Accounts"), block("Remuneration report")], "annual report"),
        ([heading("Finance report, month 9"), block("Purpose of the report: to tell the board.")], "board paper"),
        ([heading("Appendix I: Budget Risks Register"), block("Likelihood")], "board paper"),
        ([block("A poem about the sea.")], "other"),
    ],
)
def test_the_type_is_told_from_title_and_first_pages(blocks: list[Block], expected: str) -> None:
    assert structure(document(*blocks)).doc_type == expected


def test_a_report_that_mentions_an_agenda_in_its_text_is_no_agenda_and_papers_is_no_label() -> None:
    def cover(page: int, title: str) -> list[Block]:
        cells = [("Title", title), ("Author", "Ann Orrin"), ("Purpose", "To note"), ("Recommendation", "The Board is asked to note.")]
        long = "This report is short so that the Board can keep to its agenda, and the full one, with all tables, went to members with the "
        return [*(row(*pair, page=page) for pair in cells), block(long + "papers of the committee that met on the day before.", page)]

    papers = structure(document(*cover(1, "Falls report"), *cover(2, "Safety and quality report"), *cover(3, "Money report"))).papers
    assert [(paper.label, paper.doc_type) for paper in papers] == [("", "board paper")] * 3


def test_a_pack_is_split_at_its_cover_sheets() -> None:
    def cover(page: int, number: int, title: str) -> list[Block]:
        cells = [("Agenda item", str(number)), ("Title", title), ("Author", "Ann Orrin"), ("Purpose", "To note")]
        return [row(*pair, page=page) for pair in cells] + [block("Long text of the paper.", page + 1)]

    agenda = [heading("Agenda"), block("1 Declarations of interest 2 Falls 3 Money 4 Any other business")]
    found = structure(document(*agenda, *cover(2, 5, "Falls report"), *cover(4, 6, "Finance report"), *cover(6, 7, "Risk register")))
    assert found.doc_type == "board pack"
    assert [(p.label, p.title, p.doc_type, p.first_page, p.last_page) for p in found.papers] == [
        ("", "Agenda", "agenda", 1, 1),
        ("5", "Falls report", "board paper", 2, 3),
        ("6", "Finance report", "finance report", 4, 5),
        ("7", "Risk register", "risk register", 6, 7),
    ]


def test_attendance_has_status_role_and_initials() -> None:
    blocks = [
        row("Present", "Dame Orla Fenwick (Chair), Hector Ballantyne-Roy"),
        block("In attendance: Edda Quillfeather (Company Secretary)"),
        block("Apologies: Dr Iwan Sorrell, Medical Director"),
    ]
    assert [(a.name, a.role, a.initials, a.status) for a in find_attendance(blocks)] == [
        ("Dame Orla Fenwick", "Chair", "OF", "present"),
        ("Hector Ballantyne-Roy", "", "HB", "present"),
        ("Edda Quillfeather", "Company Secretary", "EQ", "in attendance"),
        ("Dr Iwan Sorrell", "Medical Director", "IS", "apologies"),
    ]


def test_brackets_hold_a_role_whole_and_an_organisation_is_nobodys_initials() -> None:
    people = row("Present", "Orla Fenn (Head of Wards and Clinics), Percy Vane (MCC), Iwan Dale (ID)")
    assert [(a.name, a.role, a.initials) for a in find_attendance([people])] == [
        ("Orla Fenn", "Head of Wards and Clinics", "OF"),
        ("Percy Vane", "MCC", "PV"),
        ("Iwan Dale", "", "ID"),
    ]


def test_who_sent_apologies_was_not_present_though_the_list_of_members_names_them() -> None:
    listed = find_attendance([row("Members", "Dr Orla Fenn (Chair), Mr Percy Vane, Ms Ida Vane, Charlotte Clark")])
    said = block("Apologies were received from Orla Fenn, Mr Vane, Charlotte Clarke and Bo Ash. Dr Fenn was on leave.")
    late = block("Apologies for lateness were received from Ida Vane.")
    assert [(a.name, a.status) for a in with_apologies(listed, [said, late])] == [
        ("Dr Orla Fenn", "apologies"),
        ("Mr Percy Vane", "apologies"),
        ("Ms Ida Vane", "present"),
        ("Charlotte Clark", "apologies"),
        ("Bo Ash", "apologies"),
    ]


def test_attendance_in_a_table_follows_its_header() -> None:
    header = ("Role", "Name", "Initials")
    blocks = [heading("Present"), row(*header, header=header), row("Chief Nurse", "Nkechi Pell-Okafor", "NP", header=header)]
    assert [(a.name, a.role, a.initials, a.status) for a in find_attendance(blocks)] == [
        ("Nkechi Pell-Okafor", "Chief Nurse", "NP", "present")
    ]


def test_signature_lines_and_dots_are_furniture() -> None:
    found = structure(
        document(heading("Minutes"), block("Signed ................ Chair"), block("....."), block("Signed copies were sent."))
    )
    assert [b.reason for b in found.furniture] == ["signature", "rule or blank"]
    assert "Signed copies were sent." in [b.text for item in found.items for b in item.blocks]


def test_running_heads_name_the_organisation_before_prose_on_the_first_page_does() -> None:
    prose = "Much of our work with the Three Rivers Integrated Care System is told in this account, with what it has done for patients."
    assert find_organisation(["Quality account 2024/25", prose, prose], [], [TRUST]) == TRUST


def test_the_full_name_is_taken_before_its_abbreviation_in_the_running_heads() -> None:
    title = ["NHS Marsh and Valley", "Integrated Care Board", "CONSTITUTION"]
    heads = ["NHSMV ICB Constitution v1.6", "NHSMV ICB Constitution v1.5"]
    assert find_organisation(title, [], heads) == "NHS Marsh and Valley Integrated Care Board"


def test_a_repaired_file_may_have_lost_pages_and_says_so() -> None:
    whole = document(heading("Minutes of the Trust Board"))
    repaired = replace(whole, pages=tuple(replace(page, marks=(("repaired", 1),)) for page in whole.pages))
    assert "The file was damaged and has been repaired; pages may be missing." in structure(repaired).doubts
    assert not any("damaged" in doubt for doubt in structure(whole).doubts)


def at_foot(text: str, y1: float = 800.0) -> Block:
    """A paragraph of page 1 whose last line ends at this height (the page is 842 points high)."""
    return Block(text=text, page=1, kind="text", lines=(Line(0, 1, Box(72.0, y1 - 12, 500.0, y1)),))


@pytest.mark.parametrize(
    ("last", "lost"),
    [
        (at_foot("The Clerk explained that the lease of the hall would go to the"), True),
        (at_foot("The Clerk explained that the lease of the hall would go to counsel."), False),
        (at_foot("The Clerk explained that the lease of the hall would go to the", 400.0), False),
        (at_foot("The Clerk would send the forms"), False),
    ],
)
def test_an_item_that_ends_in_mid_sentence_at_the_foot_of_a_page_is_doubted(last: Block, lost: bool) -> None:
    found = structure(document(heading("Minutes"), heading("1. Lease"), last, heading("2. Close", page=2), heading("3. Next", page=2)))
    doubt = "Item “1 Lease” ends in mid-sentence at the foot of page 1: the file may have lost what follows."
    assert (doubt in found.doubts) == lost
