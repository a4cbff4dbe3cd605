"""Codebooks and lexicons for other tools: valid for their readers, whole, and the same each time."""

import csv
import io
import re
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from lxml import etree

from wellled_nlp.cli import main
from wellled_nlp.codebook import SHIPPED, Facet, Term, load_facet, load_lexicon
from wellled_nlp.coding.exchange import codebooks, qdc, quanteda
from wellled_nlp.errors import InputError

FACETS = [load_facet(name) for name in SHIPPED]
# What the REFI-QDA standard 1.5, section 5.2, says of a codebook, element by element: the elements that it holds in their order, with the
# least and the most of each; the attributes that must be there, and those that may. An element that is not named here has no place in one.
ANY = float("inf")
HOLDS = {
    "CodeBook": (("Codes", 1, 1), ("Sets", 0, 1)),
    "Codes": (("Code", 1, ANY),),
    "Code": (("Description", 0, 1), ("Code", 0, ANY)),
    "Description": (),
    "Sets": (("Set", 1, ANY),),
    "Set": (("Description", 0, 1), ("MemberCode", 0, ANY)),
    "MemberCode": (),
}
MUST = {"Code": {"guid", "name", "isCodable"}, "Set": {"guid", "name"}, "MemberCode": {"guid"}}
MAY = {"CodeBook": {"origin"}, "Code": {"color"}}
PATTERNS = {
    "guid": r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?",
    "isCodable": "true|false|1|0",
    "color": "#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})",
}


def faults(raw: bytes) -> list[str]:
    """What the standard would not have in a codebook; empty for one that is valid."""
    root = etree.fromstring(raw)
    found = [] if root.tag == f"{{{qdc.NAMESPACE}}}CodeBook" else [f"the root is {root.tag}"]
    for element in root.iter():
        name, space = etree.QName(element).localname, etree.QName(element).namespace
        if space != "urn:QDA-XML:codebook:1.0" or name not in HOLDS:
            found.append(f"{element.tag} has no place in a codebook")
            continue
        held = [etree.QName(child).localname for child in element]
        order = [one for one, _, _ in HOLDS[name]]
        found += [f"{name} holds {one}" for one in held if one not in order]
        found += [f"{name}: {one} {held.count(one)} times" for one, least, most in HOLDS[name] if not least <= held.count(one) <= most]
        placed = [order.index(one) for one in held if one in order]
        found += [f"{name}: its elements are out of order"] if placed != sorted(placed) else []
        given = set(element.attrib)
        found += [f"{name} lacks {one}" for one in sorted(MUST.get(name, set()) - given)]
        found += [f"{name} has {one}" for one in sorted(given - MUST.get(name, set()) - MAY.get(name, set()))]
        found += [f"{key} is {value}" for key, value in element.items() if not re.fullmatch(PATTERNS.get(key, "(?s).*"), value)]
    return found


@pytest.mark.parametrize("facets", [FACETS, *([facet] for facet in FACETS)], ids=["all", *SHIPPED])
def test_the_codebook_is_valid_by_the_standard(facets: list[Facet]) -> None:
    assert faults(qdc.codebook(facets)) == []


@pytest.mark.parametrize(
    ("of", "to", "said"),
    [
        (b"codebook:1.0", b"codebook:1:0", "the root is {urn:QDA-XML:codebook:1:0}CodeBook"),
        (b' isCodable="true"', b"", "Code lacks isCodable"),
        (b' isCodable="true"', b' isCodable="yes"', "isCodable is yes"),
        (b' guid="', b' guid="x', "guid is x"),
        (b' name="', b' title="', "Code has title"),
        (b"<Description>", b"<Description/><Description>", "Code: Description 2 times"),
        (b"</Description>", b"</Description><Memo/>", "Code holds Memo"),
    ],
)
def test_what_the_standard_would_not_have_is_seen(of: bytes, to: bytes, said: str) -> None:
    assert any(one.startswith(said) for one in faults(qdc.codebook([load_facet("act")]).replace(of, to)))


def test_a_facet_of_ones_own_with_odd_letters_is_exported_whole(tmp_path: Path) -> None:
    text = codebooks.as_toml([load_facet("act")]).decode("utf-8").replace('title = "Challenge"', 'title = "Ask <why> & \\u0007 \\"how\\""')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    raw = qdc.codebook([load_facet(str(tmp_path / "own.toml"))])
    assert faults(raw) == []
    assert 'Ask <why> & \N{REPLACEMENT CHARACTER} "how"' in [code.get("name", "")[10:] for code in etree.fromstring(raw).iter("{*}Code")]


def test_a_code_is_called_by_id_and_title_and_by_its_title_where_that_is_the_same() -> None:
    names = [code.get("name") for code in etree.fromstring(qdc.codebook(FACETS)).iter("{*}Code")]
    assert {"W5.2 Performance now and ahead", "Assurance", "Quality", "Challenge"} <= set(names)


def test_every_code_stands_under_its_theme_with_a_guid_of_its_own_that_stays() -> None:
    root = etree.fromstring(qdc.codebook(FACETS))
    codes = list(root.iter(f"{{{qdc.NAMESPACE}}}Code"))
    guids = [code.get("guid") for code in codes]
    assert len(set(guids)) == len(guids) == sum(1 + len(facet.parents) + len(facet.codes) for facet in FACETS)
    assert sum(code.get("isCodable") == "true" for code in codes) == sum(len(facet.codes) for facet in FACETS)
    (prompt,) = [code for code in codes if code.get("name", "").startswith("W5.2 ")]
    assert prompt.getparent().get("name") == "W5 Risks, issues and performance"
    assert prompt.getparent().getparent().get("name") == "Well-led key lines of enquiry"
    assert prompt.get("guid") == qdc.guid("kloe-2017", "W5.2")
    assert UUID(prompt.get("guid")).version == 5
    assert qdc.codebook(FACETS) == qdc.codebook(FACETS)


def test_the_csv_has_a_row_a_code_and_the_toml_is_the_facet_itself(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(codebooks.as_csv(FACETS).decode("utf-8-sig"))))
    assert len(rows) == sum(len(facet.parents) + len(facet.codes) for facet in FACETS)
    assert {row["code"]: row["parent"] for row in rows}["W5.2"] == "W5"
    (tmp_path / "act.toml").write_bytes(codebooks.as_toml([load_facet("act")]))
    assert load_facet(str(tmp_path / "act.toml")) == load_facet("act")
    with pytest.raises(InputError, match="holds one facet"):
        codebooks.as_toml(FACETS)


HOSTILE = [
    Term("no", 'a "quoted" \\ term', "phrase", 1.0, ""),
    Term("no", "1.1: yes", "phrase", 1.0, ""),
    Term("no", "- dash # and comment", "stem", 1.0, ""),
    Term("~", "line\nbroken\tand\x85next\u2028more", "phrase", 1.0, ""),
    Term("~", "a trap", "phrase", -1.0, ""),
    Term("[x", "(?i)\\bask(?:s|ed)\\b", "regex", 1.0, ""),
]


def parsed(raw: bytes) -> object:
    yaml = pytest.importorskip("yaml", reason="no YAML reader is installed; pip install pyyaml")
    return yaml.safe_load(raw.decode("utf-8"))


def test_terms_are_words_for_a_yaml_reader_whatever_they_hold() -> None:
    assert parsed(quanteda.dictionary("own", HOSTILE)) == {
        "no": ['a "quoted" \\ term', "1.1: yes", "- dash # and comment*"],
        "~": ["line\nbroken\tand\x85next\u2028more"],
        "regular expressions": {"[x": ["(?i)\\bask(?:s|ed)\\b"]},
    }


def test_every_key_and_value_is_quoted_on_a_line_of_its_own() -> None:
    lines = quanteda.dictionary("own", HOSTILE).decode("utf-8").split("\n")[:-1]
    assert all(line.startswith("#") or line.strip().startswith(('"', '- "')) for line in lines)


def test_prompts_stand_below_their_themes_and_stems_have_a_star() -> None:
    found = parsed(quanteda.dictionary("prompts", load_lexicon("prompts")))
    assert isinstance(found, dict)
    assert set(found) == {*(f"W{n}" for n in range(1, 9)), "ES"}
    assert isinstance(found["ES"], list)
    assert set(found["W5"]) == {f"W5.{n}" for n in range(1, 7)}
    kept = {term.term for term in load_lexicon("prompts") if term.kind == "stem" and term.weight > 0 and term.code == "W5.4"}
    assert {f"{term}*" for term in kept if not term.endswith("*")} <= set(found["W5"]["W5.4"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("codebook", "--format", "qdc"), "book.qdc"),
        (("codebook", "--format", "csv"), "book.csv"),
        (("lexicon", "language"), "language.yml"),
    ],
)
def test_the_command_writes_the_same_file_each_time(tmp_path: Path, words: tuple[str, ...], name: str) -> None:
    written = []
    for _ in range(2):
        done = CliRunner().invoke(main, ["export", *words, "--out", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
