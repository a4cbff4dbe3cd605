"""Highlights by language or by theme: what is marked, how it looks, and that letters on it can be read."""

import dataclasses
from pathlib import Path

import pikepdf
import pytest

from tests.report import drawn
from wellled_nlp import report, settings, table
from wellled_nlp.errors import SettingsError
from wellled_nlp.report.annotate import looks, marks


def by_theme(analysis: table.Analysis) -> table.Analysis:
    chosen = {**analysis.provenance["settings"], "report": {"annotate_by": "theme"}}
    return dataclasses.replace(analysis, provenance={**analysis.provenance, "settings": chosen})


def light(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_languages_look_as_the_legend_says(tarnbrook: table.Analysis) -> None:
    said = [look.said for look in marks.looks(tarnbrook).values()]
    assert said == ["blue, solid line", "orange, dashed line", "plum, double line", "grey, dotted line"]


def test_each_theme_has_a_colour_and_a_line_of_its_own(tarnbrook: table.Analysis) -> None:
    found = marks.looks(by_theme(tarnbrook))
    assert list(found) == ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "ES"]
    assert found["W5"].meaning == "W5 Risks, issues and performance"
    assert len({look.fill for look in found.values()}) == len({look.strokes for look in found.values()}) == 9


def test_letters_and_lines_stand_out(tarnbrook: table.Analysis) -> None:
    for look in (*looks.by_language().values(), *marks.looks(by_theme(tarnbrook)).values()):
        assert contrast("#000000", look.fill) > 14, look
        assert contrast(look.line, "#FFFFFF") >= 3, look


def test_by_theme_only_sentences_with_a_theme_are_marked_and_the_legend_names_them(tmp_path: Path) -> None:
    made = by_theme(drawn.analysis([drawn.paper(tmp_path / "paper.pdf")], tmp_path / "out"))
    (tmp_path / "out").mkdir()
    report.write(made, tmp_path / "out", ["pdf"])
    found = drawn.highlights(tmp_path / "out" / "annotated" / "paper.pdf")
    assert len(found) == 3
    with pikepdf.open(tmp_path / "out" / "annotated" / "paper.pdf") as held:
        legend = str(next(one for one in held.pages[0].Annots if one.Subtype == "/Text").Contents)
    assert "W5 Risks, issues and performance: teal, line of dashes and dots; 3 sentences" in legend
    assert "W5 Risks, issues and performance: teal" in (tmp_path / "out" / "annotated" / "README.txt").read_text(encoding="utf-8")


def test_another_word_than_language_or_theme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wellled.toml"
    path.write_text('[report]\nannotate_by = "colour"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="'report.annotate_by' is 'colour'"):
        settings.load(path)
