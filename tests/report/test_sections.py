import dataclasses

import pandas as pd
import pytest

from tests.report import invented
from wellled_nlp import table
from wellled_nlp.report import papers, sections, words
from wellled_nlp.report.contents import Absent, Estimate, Grid, Link, Section
from wellled_nlp.report.sections import acts, attention, balance, method, reading, summary, themes


def grid(section: Section, name: str) -> Grid:
    return next(one for one in (*section.grids, *(figure.grid for figure in section.figures)) if one.name == name)


def plain(value: object) -> object:
    return value.value if isinstance(value, Link) else value


@pytest.mark.parametrize("make", [*sections.SECTIONS, *sections.CLOSING])
def test_every_section_has_a_heading_a_finding_and_a_note_with_n_under_every_chart(tarnbrook: table.Analysis, make: object) -> None:
    section = make(tarnbrook)  # type: ignore[operator]
    assert section.heading and section.lead[0].endswith((".", "look."))
    assert all(" " in figure.title and figure.note for figure in section.figures)
    assert all("n = " in figure.note for figure in section.figures)


@pytest.mark.parametrize("make", [*sections.SECTIONS, *sections.CLOSING])
def test_every_row_has_a_cell_for_every_column(tarnbrook: table.Analysis, make: object) -> None:
    section = make(tarnbrook)  # type: ignore[operator]
    for one in (*section.grids, *(figure.grid for figure in section.figures)):
        assert {len(row) for row in one.rows} <= {len(one.columns)}, one.name


def test_one_meeting_is_not_said_to_run_from_itself_to_itself(tarnbrook: table.Analysis) -> None:
    held = tarnbrook.measures["attention"]
    day = held.loc[held["level"] == "meeting", "key"].min()
    alone = held[(held["level"] != "meeting") | (held["key"] == day)]
    figure = attention.by_meeting(dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "attention": alone})).figures[0]
    assert figure.title in ("Quality was below 25% at the one meeting", "Quality was not below 25% at the one meeting")
    assert figure.note.startswith("n = 1 meeting with ") and " to " not in figure.note.split(",")[0]


def test_names_of_grids_are_distinct(tarnbrook: table.Analysis) -> None:
    made = [section(tarnbrook) for section in (*sections.SECTIONS, *sections.CLOSING)]
    names = [one.name for section in made for one in (*section.grids, *(figure.grid for figure in section.figures))]
    assert len(names) == len(set(names))


def test_every_published_line_stands_with_its_denominator_source_and_verdict(tarnbrook: table.Analysis) -> None:
    lines = grid(summary.section(tarnbrook), "lines")
    assert [row[:3] for row in lines.rows] == [
        (0.2, "agenda items", "ICSA, Mapping the gap, 2011"),
        (0.25, "meeting time", "IHI, Boards on Board, 2008; Vaughn and others, 2006"),
        (0.3, "board time, self-reported", "Mannion and others, 2016, survey of English acute trusts"),
    ]
    assert [row[3] for row in lines.rows] == [
        "Below: 17% (17 to 17) of agenda items and sections",
        "Near: 25% of agenda minutes",
        "Below: 25% of agenda minutes",
    ]
    assert [row[4] for row in lines.rows] == ["Near: 20% (12 to 31)", "Near: 20% (12 to 31)", "Near: 20% (12 to 31)"]
    assert "none is a rule of the regulator" in lines.note


def test_the_chart_of_lines_says_the_verdicts(tarnbrook: table.Analysis) -> None:
    assert summary.section(tarnbrook).figures[0].title == "Quality is near the 20%, 25% and 30% lines"


def test_the_cards_give_quality_sustainability_and_challenge(tarnbrook: table.Analysis) -> None:
    total = len(tarnbrook.measures["challenge"])
    assert [(card.title, card.figure, card.text) for card in summary.cards(tarnbrook)] == [
        ("Quality", "20%", "Near the 25% line"),
        ("Sustainability (finance)", "19%", "Below the 25% line"),
        ("Challenge", str(total), "13 on quality; 10 with a recorded answer"),
    ]


def test_each_card_leads_to_its_indicators_and_says_what_else_is_known(tarnbrook: table.Analysis) -> None:
    quality, money, asked = summary.cards(tarnbrook)
    row = tarnbrook.measures["uncertainty"].query("facet == 'domain' and code == 'quality'").iloc[0]
    error = words.estimate(row["corrected"], row["label_low"], row["label_high"])
    assert quality.more == ("An item on it at 6 of 6 meetings", f"Allowing for label error: {error} of sentences")
    prompted = tarnbrook.measures["w62"].query("indicator == 'prompt:W6.2'")["sentences"].iloc[0]
    assert asked.more == (f"On access to information: {prompted} sentences",)
    assert (quality.address, money.address, asked.address) == ("#w62", "#w62", "#challenge")


def test_nowhere_is_a_share_of_words_called_time_or_a_rating(tarnbrook: table.Analysis) -> None:
    said = summary.denominator(tarnbrook) + " ".join(method.section(tarnbrook).lead)
    assert "It is not time." in said and "not a rating" in said


def test_the_meetings_are_those_of_the_measure(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["attention"]
    held = frame[
        (frame["basis"] == "minutes") & (frame["level"] == "meeting") & (frame["unit"] == "words") & (frame["domain"] == "quality")
    ]
    rows = grid(attention.by_meeting(tarnbrook), "meetings").rows
    assert [row[0] for row in rows] == held["key"].tolist()
    assert [row[1] for row in rows] == held["share"].tolist()
    assert [row[3] for row in rows] == held["verdict"].tolist()
    assert [row[5] for row in rows] == held["total"].tolist()
    assert attention.by_meeting(tarnbrook).figures[0].title == "Quality was below 25% at four of six meetings"


def test_every_domain_stands_under_every_denominator(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["attention"].set_index(["basis", "level", "unit", "domain"])
    one = grid(attention.by_domain(tarnbrook), "domains-all-papers")
    assert [column.heading for column in one.columns] == [
        "Domain",
        "Words",
        "Sentences",
        "Agenda items and sections",
        "Pages",
        "Agenda minutes",
    ]
    finance = next(row for row in one.rows if row[0] == "Finance")
    for cell, unit in zip(finance[1:], ("words", "sentences", "items", "pages", "minutes"), strict=True):
        assert isinstance(cell, Estimate)
        assert cell.share == frame.loc[("all papers", "all", unit, "finance"), "share"]


def test_the_balance_is_that_of_the_measure(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["balance"]
    row = frame[(frame["by"] == "domain") & (frame["code"] == "quality")].iloc[0]
    held = next(one for one in grid(balance.section(tarnbrook), "balance-domain").rows if one[0] == "Quality")
    assert held == (
        "Quality",
        row["sentences"],
        row["assurance"],
        row["both"],
        row["improvement"],
        row["neither"],
        row["assurance_share"],
        row["improvement_share"],
    )


def test_every_prompt_has_a_row_and_one_without_evidence_says_so(tarnbrook: table.Analysis) -> None:
    coverage = tarnbrook.measures["coverage"].query("facet == 'prompts'")
    section = themes.by_prompt(tarnbrook)
    rows = grid(section, "prompts").rows
    assert [row[1] for row in rows] == coverage["code"].tolist()
    assert [plain(row[3]) for row in rows] == coverage["sentences"].tolist()
    assert [row[6] for row in rows if row[1] == "W1.1"] == [Absent("Not found in these papers")]
    assert section.lead[0] == "Evidence for 22 of 47 prompts was found in these papers."
    assert "it may stand in papers that were not supplied" in section.lead[1]


def test_a_prompt_leads_to_its_sentences(tarnbrook: table.Analysis) -> None:
    row = next(row for row in grid(themes.by_prompt(tarnbrook), "prompts").rows if row[1] == "W8.2")
    assert isinstance(row[3], Link) and row[3].address == "#evidence?prompts=W8.2"


def test_a_prompt_for_one_sector_says_so(tarnbrook: table.Analysis) -> None:
    row = next(row for row in grid(themes.by_prompt(tarnbrook), "prompts").rows if row[1] == "W4.5")
    assert str(row[2]).endswith("(for mental health trusts)")


def test_what_was_not_read_is_listed_with_its_reason(tarnbrook: table.Analysis) -> None:
    section = reading.section(tarnbrook)
    assert grid(section, "skipped").rows == (
        ("damaged.pdf", None, "The file ends in the middle of its third page."),
        ("Pack #3 November.pdf", 17, "The page is a picture without text, and OCR found none."),
        ("Pack #3 November.pdf", 18, "The page took longer than 5 seconds."),
    )
    assert section.lead[0] == (
        "140 of 142 pages were read, 6 of them as pictures of text. "
        "One file and two pages could not be read and are part of no figure in this report."
    )


def test_nothing_unread_is_said_too(tarnbrook: table.Analysis) -> None:
    facts = {**tarnbrook.facts, "skipped": table.of("skipped", [])}
    assert "Nothing was left out." in reading.section(dataclasses.replace(tarnbrook, facts=facts)).lead[0]


def test_challenges_add_up_over_meetings(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["acts"]
    rows = grid(acts.section(tarnbrook), "acts-domain").rows
    assert {row[0]: row[2] for row in rows}["Finance"] == frame.loc[frame["domain"] == "finance", "challenge"].sum()
    assert sum(int(str(row[2])) for row in grid(acts.section(tarnbrook), "acts-meeting").rows) == frame["challenge"].sum()


def test_an_analysis_without_text_makes_every_section() -> None:
    whole = invented.analysis()
    facts = {name: frame if name in ("documents", "codes") else frame.iloc[:0] for name, frame in whole.facts.items()}
    empty = table.Analysis(
        facts,
        {name: frame.iloc[:0] if name != "coverage" else frame.assign(sentences=0) for name, frame in whole.measures.items()},
        whole.provenance,
    )
    made = [section(empty) for section in (*sections.SECTIONS, *sections.CLOSING)]
    assert made[0].lead[0] == "These papers hold too little text to say what share of recorded attention quality took."
    assert [section.name for section in made if section.figures] == []


def test_papers_have_distinct_labels_and_links_that_no_character_of_a_name_can_break(tarnbrook: table.Analysis) -> None:
    known = papers.of(tarnbrook)
    assert known["m0"].label == "Minutes, 23 May 2024"
    assert known["pack"].at(17) == Link(17, "../papers/Pack%20%233%20November.pdf#page=17", "page 17 of Board pack, 28 Nov 2024")
    assert known["account"].label == "Quality account, quality account.pdf"


def test_a_file_that_looks_like_a_script_address_stays_a_file(tarnbrook: table.Analysis) -> None:
    links = {**tarnbrook.provenance["links"], "m0": "javascript:alert(1).pdf"}
    changed = dataclasses.replace(tarnbrook, provenance={**tarnbrook.provenance, "links": links})
    assert papers.of(changed)["m0"].address == "javascript%3Aalert%281%29.pdf"


def test_a_word_file_is_opened_without_a_page(tarnbrook: table.Analysis) -> None:
    documents = tarnbrook.facts["documents"].assign(format=pd.array(["docx"] * len(tarnbrook.facts["documents"]), dtype="string"))
    changed = dataclasses.replace(tarnbrook, facts={**tarnbrook.facts, "documents": documents})
    assert papers.of(changed)["m0"].address_of(3) == "../papers/Minutes%202024-05-23.pdf"


def test_moves_within_the_limits_are_called_ordinary(tarnbrook: table.Analysis) -> None:
    section = attention.by_meeting(tarnbrook)
    assert section.lead[1] == "No meeting stands out: every move lies within ordinary variation (trial limits from 6 meetings)."
    row = next(row for row in grid(section, "variation").rows if row[0] == "Quality")
    frame = tarnbrook.measures["trend"].query("series == 'quality'")
    assert row == ("Quality", 6, frame["value"].iloc[-1], frame["mean"].iloc[0], frame["lower"].iloc[0], frame["upper"].iloc[0], "None")


def test_a_special_point_is_named_with_its_rule_and_drawn(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["trend"].copy()
    frame.loc[(frame["series"] == "quality") & (frame["meeting_date"] == "2025-03-27"), ["point", "rule"]] = ["high", "outside a limit"]
    section = attention.by_meeting(dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "trend": frame}))
    assert section.lead[1] == "Beyond ordinary variation: high on 27 Mar 2025 (outside a limit)."
    assert "#490092" in section.figures[0].drawing.svg() and "#490092" not in attention.by_meeting(tarnbrook).figures[0].drawing.svg()


def test_repeated_text_is_counted_by_meeting(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["carried"]
    rows = grid(attention.by_meeting(tarnbrook), "carried").rows
    assert rows[0] == ("2024-05-23", 0, 0, 0.0)
    assert sum(int(str(row[1])) for row in rows) == len(frame)


def test_an_older_analysis_without_these_measures_has_its_report_all_the_same(tarnbrook: table.Analysis) -> None:
    older = {name: frame for name, frame in tarnbrook.measures.items() if name not in ("trend", "carried")}
    section = attention.by_meeting(dataclasses.replace(tarnbrook, measures=older))
    assert grid(section, "variation").rows == () and grid(section, "carried").rows == ()


def test_attention_is_given_without_repeated_text_too(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["attention"]
    row = frame.query("basis == 'minutes, new text' and level == 'all' and unit == 'words' and domain == 'quality'").iloc[0]
    said = attention.by_domain(tarnbrook).lead[1]
    assert said.startswith("With text that repeats the meeting before left aside, quality took ")
    assert said.endswith(f"{round(row['share'] * 100)}% of words.") or f" {round(row['share'] * 100)}% (" in said
