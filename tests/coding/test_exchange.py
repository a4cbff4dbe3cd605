"""Codebooks and lexicons for other tools: valid for their readers, whole, and the same each time."""

import csv
import io
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from lxml import etree

from wellled_nlp.cli import main
from wellled_nlp.codebook import SHIPPED, Term, load_facet, load_lexicon
from wellled_nlp.coding.exchange import codebooks, qdc, quanteda
from wellled_nlp.errors import InputError

FACETS = [load_facet(name) for name in SHIPPED]
# What the REFI-QDA standard 1.5, section 5.2, says of a codebook, written as a schema in our own words.
SCHEMA = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{qdc.NAMESPACE}" targetNamespace="{qdc.NAMESPACE}"
    elementFormDefault="qualified">
  <xs:element name="CodeBook"><xs:complexType>
    <xs:sequence><xs:element name="Codes"><xs:complexType>
      <xs:sequence><xs:element name="Code" type="Code" maxOccurs="unbounded"/></xs:sequence>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="origin" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:complexType name="Code">
    <xs:sequence>
      <xs:element name="Description" type="xs:string" minOccurs="0"/>
      <xs:element name="Code" type="Code" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="guid" use="required"><xs:simpleType><xs:restriction base="xs:token">
      <xs:pattern value="[0-9a-fA-F]{{8}}-[0-9a-fA-F]{{4}}-[0-9a-fA-F]{{4}}-[0-9a-fA-F]{{4}}-[0-9a-fA-F]{{12}}"/>
    </xs:restriction></xs:simpleType></xs:attribute>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="isCodable" type="xs:boolean" use="required"/>
    <xs:attribute name="color" type="xs:string"/>
  </xs:complexType>
</xs:schema>"""


def test_the_codebook_is_valid_by_the_standard() -> None:
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(etree.fromstring(qdc.codebook(FACETS)))


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
