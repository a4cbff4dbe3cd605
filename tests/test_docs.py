"""Documentation that cannot rot: every error family and every command has its words."""

import importlib.util
import re
from pathlib import Path

import pytest

from wellled_nlp import errors
from wellled_nlp.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "GLOSSARY.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))


def test_every_error_has_its_heading() -> None:
    families = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.WellledError)]
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert [name for name in families if name != "WellledError" and f"## {name}" not in text] == []


def test_every_command_has_help_and_stands_in_the_readme_or_is_for_make() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name, command in main.commands.items() if not command.help] == []
    assert [name for name in main.commands if f"`wellled {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_shows_the_committed_figures_on_real_text() -> None:
    spec = importlib.util.spec_from_file_location("make_scores", ROOT / "docs" / "make_scores.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.table() in (ROOT / "README.md").read_text(encoding="utf-8"), "run `make scores`"
