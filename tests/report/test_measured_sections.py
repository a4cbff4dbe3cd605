"""The sections on W6.2, label error, gaps, challenge, agendas and action logs: what they say of measures that are written out here."""

import dataclasses
from collections.abc import Sequence

import pytest

from wellled_nlp import table
from wellled_nlp.report import cells, comparators, html
from wellled_nlp.report.contents import Grid, Link, Rate, Section
from wellled_nlp.report.sections import agenda, challenge, gaps, logs, paper_charts, reading, uncertainty, w62

DAY, LATER = "2024-05-23", "2024-07-25"
MEASURED = {
    "gaps": gaps,
    "challenge": challenge,
    "action_history": logs,
    "agenda": agenda,
    "w62": w62,
    "uncertainty": uncertainty,
    "charts_in_papers": paper_charts,
}


def having(analysis: table.Analysis, **rows: Sequence[Sequence[object]]) -> table.Analysis:
    """The analysis with these rows as what was measured."""
    return dataclasses.replace(analysis, measures={**analysis.measures, **{name: table.of(name, held) for name, held in rows.items()}})


def grid(section: Section, name: str) -> Grid:
    return next(one for one in section.all_grids if one.name == name)


def said(grid: Grid) -> list[list[str]]:
    return [[cells.said(value, column.kind) for value, column in zip(row, grid.columns, strict=True)] for row in grid.rows]


def text(analysis: table.Analysis, sentence: str) -> str:
    frame = analysis.facts["sentences"]
    return str(frame.loc[frame["sentence_id"] == sentence, "text"].iloc[0])


GAPS = [
    ("m0-00005", DAY, "quality", 1, "unanswered", None, None, None, None),
    ("m0-00023", DAY, "finance", 0, "monitored only", "monitored only", "m1-00030", LATER, 0.31),
    ("m0-00023", DAY, "finance", 0, "monitored only", "restated", "m2-00030", "2024-09-26", 0.5),
    ("m1-00005", LATER, "quality", 0, "improvement", "improvement", "m2-00001", "2024-09-26", 0.25),
]


def test_gaps_without_an_improvement_stand_first_with_status_paper_and_page(tarnbrook: table.Analysis) -> None:
    section = gaps.section(having(tarnbrook, gaps=GAPS))
    assert section.lead[0] == ("Of 3 gaps, two have no recorded improvement: one has no reply at all and one was monitored and no more.")
    assert [one.name for one in section.grids] == ["gaps-open", "gaps-replies"]
    first = grid(section, "gaps-open").rows[0]
    assert [cells.said(value, "text") for value in first[:4]] == [
        text(tarnbrook, "m0-00005"),
        "Unanswered",
        "Quality",
        "Minutes, 23 May 2024",
    ]
    assert [row[1] for row in grid(section, "gaps-open").rows] == ["Unanswered", "Monitored only"]
    assert first[4:] == (Link(1, "../papers/Minutes%202024-05-23.pdf#page=1", "page 1 of Minutes, 23 May 2024"), 1)
    assert isinstance(first[0], Link) and first[0].address == "#evidence?row=5"


def test_gaps_that_all_have_an_improvement_are_said_to(tarnbrook: table.Analysis) -> None:
    assert gaps.section(having(tarnbrook, gaps=GAPS[3:])).lead[0] == "1 gap found, with a recorded improvement."


def test_every_reply_stands_under_its_gap(tarnbrook: table.Analysis) -> None:
    replies = grid(gaps.section(having(tarnbrook, gaps=GAPS)), "gaps-replies")
    heads = [cells.said(row[0], "text") for row in replies.rows]
    assert heads[0] == heads[1] == f"Monitored only: “{text(tarnbrook, 'm0-00023')}” (Minutes, 23 May 2024, page 2)"
    assert [row[1:] for row in said(replies)] == [
        ["Monitored only", text(tarnbrook, "m1-00030"), "Minutes, 25 Jul 2024", "2", "0.31"],
        ["Restated", text(tarnbrook, "m2-00030"), "Minutes, 26 Sep 2024", "2", "0.50"],
        ["Improvement", text(tarnbrook, "m2-00001"), "Minutes, 26 Sep 2024", "1", "0.25"],
    ]


def test_the_chart_of_gaps_gives_every_domain_its_statuses(tarnbrook: table.Analysis) -> None:
    figure = gaps.section(having(tarnbrook, gaps=GAPS)).figures[0]
    assert figure.title == "Two of 3 gaps have no recorded improvement"
    assert said(figure.grid) == [["Quality", "1", "0", "0", "1", "2"], ["Finance", "0", "1", "0", "0", "1"]]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gaps", "No gap was found in the minutes."),
        ("challenge", "No challenge by a member was found in the papers supplied."),
        ("action_history", "No log that says how actions stand was found in the papers supplied."),
        ("agenda", "No agenda item was found in the papers supplied."),
        ("charts_in_papers", "No chart was found in the papers supplied."),
        ("w62", "There is no text to count indicators in."),
    ],
)
def test_absence_is_said_and_no_chart_is_drawn(tarnbrook: table.Analysis, name: str, sentence: str) -> None:
    section = MEASURED[name].section(having(tarnbrook, **{name: []}))
    assert (section.lead[0], section.figures) == (sentence, ())


CHALLENGES = [
    ("m0-00002", "m0", "m0-i0", DAY, 1, "quality", "W8", "diagnostic", True, False, False),
    ("m0-00021", "m0", "m0-i1", DAY, 2, "finance", "", "options", False, True, True),
    ("m1-00019", "m1", "m1-i1", LATER, 1, "finance", "", "options", False, False, False),
]


def test_challenges_are_counted_by_domain_and_type_with_what_follows(tarnbrook: table.Analysis) -> None:
    section = challenge.section(having(tarnbrook, challenge=CHALLENGES))
    assert section.lead[0] == (
        "Members' challenges were recorded 3 times, 1 on quality and 2 on sustainability (finance); 1 has a recorded answer."
    )
    assert [figure.title for figure in section.figures] == [
        "1 of 3 challenges is on quality and 2 on sustainability (finance)",
        "Options questions are most frequent: 2 of 3 challenges",
    ]
    of_domain = {row[0]: row[2:] for row in said(grid(section, "challenge-domain"))}
    assert (of_domain["Quality"][0], of_domain["Quality"][2:]) == ("1", ["1", "0", "0"])
    assert (of_domain["Finance"][0], of_domain["Finance"][2:]) == ("2", ["0", "1", "1"])
    assert [row[:5] for row in said(grid(section, "challenge-types"))][2] == ["Options", "2", "0", "1", "1"]
    assert [row[1:] for row in said(grid(section, "challenge-each"))] == [
        ["Diagnostic", "Quality", "Minutes, 23 May 2024", "1", "Answer"],
        ["Options", "Finance", "Minutes, 23 May 2024", "2", "Action and decision"],
        ["Options", "Finance", "Minutes, 25 Jul 2024", "2", "Nothing recorded"],
    ]


LOGS = [
    ("m0-a000", "A1", "Bring a plan.", "Director of People", DAY, "m0-a000", "July", "New", "new", "first", 2, True),
    ("m0-a000", "A1", "Bring a plan.", "Director of People", LATER, "m1-a000", "July", "Overdue", "overdue", "by reference", 2, True),
    ("x", "A2", "Write a note", "", DAY, "x", "", "Done", "closed", "first", 1, False),
]


def test_an_action_left_open_stands_with_every_log_that_it_stood_in(tarnbrook: table.Analysis) -> None:
    section = logs.section(having(tarnbrook, action_history=LOGS))
    assert section.lead[0] == (
        "Of 2 actions in the logs of two meetings, one was closed and one was left open; the longest stood in two logs."
    )
    assert section.figures[0].title == "One of 1 action was overdue at the last meeting, 25 July 2024"
    assert said(grid(section, "logs")) == [
        ["23 May 2024", "2", "1", "0", "0", "1", "1", "0"],
        ["25 July 2024", "1", "0", "0", "1", "0", "0", "0"],
    ]
    head = "A1 Bring a plan (Director of People), in two logs"
    assert said(grid(section, "logs-open")) == [
        [head, "23 May 2024", "New", "July", "New", "First", "Minutes, 23 May 2024", "5"],
        [head, "25 July 2024", "Overdue", "July", "Overdue", "By reference", "Minutes, 25 Jul 2024", "5"],
    ]


def test_where_every_action_was_closed_it_says_so(tarnbrook: table.Analysis) -> None:
    section = logs.section(having(tarnbrook, action_history=LOGS[2:]))
    assert grid(section, "logs-open").rows == () and grid(section, "logs-open").empty.startswith("Every action in the logs was closed")


AGENDAS = [
    (DAY, "m0", 10, 2, 1, 5, 0.2, 4, 2, 3, 5, 0.2),
    (LATER, "m1", 4, 0, 0, 4, 0.0, None, 1, 1, 2, 0.25),
]


def test_the_agenda_says_where_quality_stands_beside_the_published_range(tarnbrook: table.Analysis) -> None:
    section = agenda.section(having(tarnbrook, agenda=AGENDAS))
    assert section.lead[0] == (
        "Quality first comes up as item 4, procedural items left aside (one paper without one); quality takes 1 of 9 places "
        "among the first five items, 11%."
    )
    assert "4 to 13%" in section.lead[1] and "ICSA" in section.lead[1]
    assert section.figures[0].title == "21% of items end in a decision, 50% are noted"
    assert "2 to 18%" in section.figures[0].note
    few = agenda.section(having(tarnbrook, agenda=AGENDAS[1:]))
    assert few.figures[0].title == "1 of 4 items ends in a decision, 2 are noted"
    assert said(grid(section, "agenda"))[1] == ["25 July 2024", "Minutes, 25 Jul 2024", "4", "0", "–", "0", "0%", "1", "1", "2", "25%"]


def test_every_item_stands_under_its_paper_with_its_outcome_and_page(tarnbrook: table.Analysis) -> None:
    items = [("m0-i1", "m0", DAY, 1, "finance", "decide", "resolved")]
    every = grid(agenda.section(having(tarnbrook, agenda=AGENDAS, agenda_items=items)), "agenda-items")
    printed = tarnbrook.facts["items"].set_index("item_id").loc["m0-i1"]
    assert said(every) == [
        ["Minutes, 23 May 2024", "1", f"{printed['number']} {printed['title']}", "Finance", "Decide", str(printed["first_page"])]
    ]


def test_every_comparator_names_what_was_counted_and_by_whom() -> None:
    for name in ("first-five-quality", "items-decided"):
        one = comparators.of(name)
        assert 0 <= one.low <= one.high <= 1 and one.counted and "ICSA" in one.source


CHARTS = [
    (level, key, kind, n, 4, 1, n / 4 if kind in ("spc", "bar") else None)
    for level, key in (("all", "all"), ("document", "m0"))
    for kind, n in (("spc", 1), ("bar", 3), ("picture", 1))
]


def test_spc_charts_are_held_beside_the_published_shares(tarnbrook: table.Analysis) -> None:
    section = paper_charts.section(having(tarnbrook, charts_in_papers=CHARTS))
    assert section.lead[0] == "1 SPC chart among 4 charts whose kind could be told, 25%."
    assert section.lead[1].startswith("Published beside it: 6% (charts that show the role of chance")
    assert section.figures[0].title == "Bar charts are most frequent: 3; SPC charts: 1"
    assert said(grid(section, "paper-charts-each")) == [["Minutes, 23 May 2024", "1", "0", "0", "3", "0", "1", "0", "0"]]


def test_where_no_kind_of_chart_can_be_told_there_is_no_share(tarnbrook: table.Analysis) -> None:
    untold = [(level, key, kind, n, 0, 7, None) for level, key, kind, n, *_ in CHARTS for n in [7 if kind == "picture" else 0]]
    assert (
        paper_charts.section(having(tarnbrook, charts_in_papers=untold)).lead[0]
        == "7 charts were found, and the kind of none could be told."
    )


INDICATORS = [
    ("quality", "Quality covered", "quality-words", "Share of substantive words on quality", 0.25, 250.0, 1000, 3, "m0-00001 m1-00002"),
    ("challenge", "Challenge and access", "challenges", "Challenges for every hundred sentences", 2.0, 4.0, 200, 4, ""),
]


def test_each_indicator_has_value_denominator_and_sentences_to_open(tarnbrook: table.Analysis) -> None:
    section = w62.section(having(tarnbrook, w62=INDICATORS))
    assert section.lead[0] == (
        "Quality covered: share of substantive words on quality, 25%. Challenge and access: challenges for every hundred sentences, 2.0."
    )
    first, second = grid(section, "w62-indicators").rows
    minutes = tarnbrook.facts["sentences"].reset_index()
    row = int(minutes.loc[minutes["sentence_id"] == "m1-00002", "index"].iloc[0])
    label = "2 sentences behind: Share of substantive words on quality"
    assert first[2:6] == (0.25, 250.0, 1000, 3) and first[6] == Link(2, f"#evidence?row=1.{row}", label)
    assert second[2] == Rate(2.0) and second[6] == 0


def test_both_kinds_of_uncertainty_stand_side_by_side(tarnbrook: table.Analysis) -> None:
    row = ("domain", "quality", 20, 100, 0.2, 0.15, 0.24, 0.8, 0.6, 80, 0.26, 0.22, 0.31, "real text")
    section = uncertainty.section(having(tarnbrook, uncertainty=[row]))
    assert section.lead[0] == (
        "Of sentences, quality took 20% (15 to 24) as counted and 26% (22 to 31) with the known error of the labels allowed for."
    )
    assert section.figures[0].title == "Allowing for label error moves quality beyond the interval over meetings"
    assert said(grid(section, "uncertainty")) == [
        ["Domain: quality", "20", "20%", "15%", "24%", "26%", "22%", "31%", "80%", "60%", "80", "real text"]
    ]


def test_without_figures_of_accuracy_no_correction_is_made_up(tarnbrook: table.Analysis) -> None:
    row = ("domain", "quality", 20, 100, 0.2, None, None, None, None, None, None, None, None, None)
    section = uncertainty.section(having(tarnbrook, uncertainty=[row]))
    assert section.lead[0].startswith("No correction for the error of the labels can be given") and section.figures == ()
    assert said(grid(section, "uncertainty"))[0][5:8] == ["–", "–", "–"]


def test_a_long_table_is_cut_on_the_page_and_says_where_all_of_it_is(tarnbrook: table.Analysis) -> None:
    many = [("m0-00005", DAY, "quality", 0, "unanswered", None, None, None, None)]
    many += [(one, DAY, "quality", 0, "unanswered", None, None, None, None) for one in tarnbrook.facts["sentences"]["sentence_id"][6:206]]
    made = having(tarnbrook, gaps=many)
    assert len(grid(gaps.section(made), "gaps-open").rows) == 201
    page = html.render(made)
    held = page[page.index('id="t-gaps-open"') :]
    assert held[: held.index("</table>")].count("<tr>") == 1 + 120
    assert "The first 120 of 201 rows; report.xlsx holds them all." in page


def test_hostile_words_in_gaps_challenges_and_logs_stay_words(hostile: table.Analysis) -> None:
    page = html.render(hostile)
    for name in ("t-gaps-open", "t-gaps-replies", "t-challenge-each", "t-logs-open"):
        held = page[page.index(f'id="{name}"') :]
        held = held[: held.index("</table>")]
        assert "&lt;script&gt;alert" in held and "<script" not in held and "\u202e" not in held, name


def test_a_paper_that_is_not_counted_is_listed_with_its_reason(tarnbrook: table.Analysis) -> None:
    documents = tarnbrook.facts["documents"].copy()
    documents.loc[0, "counted"], documents.loc[0, "why_not_counted"] = False, "A draft; the confirmed minutes count."
    section = reading.section(dataclasses.replace(tarnbrook, facts={**tarnbrook.facts, "documents": documents}))
    assert section.lead[-1] == "One paper was read and is not counted: another form of the same paper is."
    assert said(grid(section, "not-counted")) == [
        ["Minutes 2024-05-23.pdf", "Minutes", "23 May 2024", "A draft; the confirmed minutes count."]
    ]
    assert grid(reading.section(tarnbrook), "not-counted").rows == ()
