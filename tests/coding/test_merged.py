"""Two libraries copied into one folder: what people said of either goes on to count, and both samples together measure the whole."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.coding import world
from tests.coding.world import Person
from tests.papers import TRUST, minutes
from wellled_nlp import output
from wellled_nlp.cli import main
from wellled_nlp.coding import draw, forms

pytestmark = pytest.mark.slow
SPRING, AUTUMN = ("30 January", "29 May"), ("25 September", "27 November")


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def corrected(folder: Path, days: tuple[str, ...], trust: str, coder: str, domain: str) -> Path:
    """The scan of a trust's minutes with 24 sentences labelled by this coder, who gives them all one domain."""
    for day in days:
        minutes(folder / "papers" / f"{day}.txt", f"{day} 2025", trust=trust)
    run("scan", folder / "papers", "--out", folder / "scan", "--jobs", 1)
    form, model = draw.draw(folder / "scan", 24, "document", 3), world.as_the_model(folder / "scan")
    forms.write(form, folder / "form.xlsx")
    world.fill(folder / "form.xlsx", form, Person(coder, lambda question: model(question) | {"domain": (domain,)}))
    run("correct", folder / "scan", folder / "form.xlsx")
    return folder / "scan"


def test_corrections_of_both_libraries_count_in_the_merged_one(tmp_path: Path) -> None:
    one = corrected(tmp_path / "one", SPRING, TRUST, "Pia", "strategy")
    two = corrected(tmp_path / "two", AUTUMN, "Quillfield NHS Trust", "Quentin", "workforce")
    shutil.copytree(two, one, dirs_exist_ok=True)
    run("scan", tmp_path / "one" / "papers", "--out", one, "--jobs", 1)
    found = output.load(one)
    said = found.facts["corrections"].query("facet == 'domain'")
    assert said.groupby(["coder", "code"]).size().to_dict() == {("Pia", "strategy"): 24, ("Quentin", "workforce"): 24}
    assert said["sample"].nunique() == 2
    given = found.facts["labels"].query("scorer == 'person' and facet == 'domain'")
    assert given["code"].value_counts().to_dict() == {"strategy": 24, "workforce": 24}
    own = found.measures["own_sample"].query("facet == 'domain'").set_index("code")
    assert own["labelled"].unique().tolist() == [48]
    assert own.loc[["strategy", "workforce"], "corrected"].tolist() == [pytest.approx(0.5, abs=0.06)] * 2
    listed = run("correct", one, "--list")
    assert all(name in listed for name in ("Pia", "Quentin")) and "stale" in listed
