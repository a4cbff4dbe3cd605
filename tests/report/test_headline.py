import dataclasses

import pytest

from tests.report import invented
from wellled_nlp import table
from wellled_nlp.report import headline


def with_settings(analysis: table.Analysis, **changed: object) -> table.Analysis:
    chosen = {**analysis.provenance["settings"]["attention"], **changed}
    return dataclasses.replace(analysis, provenance={**analysis.provenance, "settings": {"attention": chosen}})


def test_the_first_sentence_gives_share_interval_meetings_and_how_many_fall_short(tarnbrook: table.Analysis) -> None:
    assert headline.sentence(tarnbrook) == "Quality took 20% (12 to 31) of recorded attention across six meetings; below 25% in four."


def test_one_meeting_gives_a_share_without_an_interval_and_says_so() -> None:
    one = invented.analysis(repeat=4, days=("2024-05-23",))
    assert headline.sentence(one) == "Quality took 29% of recorded attention in one meeting's papers; a single meeting gives no interval."


def test_too_little_text_gives_no_share() -> None:
    tiny = invented.analysis(repeat=1, days=("2024-05-23",))
    rows = tiny.measures["attention"].assign(share=None, low=None, high=None, verdict="too little text")
    empty = dataclasses.replace(tiny, measures={**tiny.measures, "attention": rows})
    assert headline.sentence(empty) == "These papers hold too little text to say what share of recorded attention quality took."


def test_meetings_with_too_little_text_are_counted_apart(tarnbrook: table.Analysis) -> None:
    frame = tarnbrook.measures["attention"].copy()
    frame.loc[(frame["level"] == "meeting") & (frame["key"] == "2024-11-28"), ["share", "low", "high"]] = None
    thin = dataclasses.replace(tarnbrook, measures={**tarnbrook.measures, "attention": frame})
    assert headline.sentence(thin).endswith("across six meetings; below 25% in three, with too little text to tell in one.")


def test_the_leading_figures_come_from_minutes_where_there_are_minutes(tarnbrook: table.Analysis) -> None:
    assert headline.basis(tarnbrook) == "minutes"
    assert headline.meetings(tarnbrook) == list(invented.DAYS)


def test_two_domains_together_add_up_and_have_no_interval(tarnbrook: table.Analysis) -> None:
    both = headline.share(tarnbrook, "both", ("quality", "finance"), "words")
    each = [headline.share(tarnbrook, name, (name,), "words").share for name in ("quality", "finance")]
    assert both.share == pytest.approx(sum(one for one in each if one is not None))
    assert (both.low, both.high) == (None, None)


def test_a_group_is_named_by_its_domains(tarnbrook: table.Analysis) -> None:
    assert headline.group_name(tarnbrook, "quality") == "Quality"
    assert headline.group_name(tarnbrook, "sustainability") == "Sustainability (finance)"
    assert (
        headline.group_name(with_settings(tarnbrook, sustainability=["finance", "strategy"]), "sustainability")
        == "Sustainability (finance and strategy)"
    )


def test_without_a_share_there_is_no_verdict() -> None:
    assert headline.Share("", None, None, None).against(0.25) == "too little text"
