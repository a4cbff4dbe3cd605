import base64
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report import invented
from wellled_nlp import table
from wellled_nlp.report import html, papers


class Page(HTMLParser):
    """The tags of a page in order, with the text inside the last of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._raw = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag in ("script", "style")
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def text(tarnbrook: table.Analysis) -> str:
    return html.render(tarnbrook)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def unpacked(text: str) -> dict[str, object]:
    held = re.search(r'id="evidence-data">([^<]*)<', text)
    assert held
    return dict(json.loads(gzip.decompress(base64.b64decode(held[1]))))


def test_the_page_opens_with_its_subject_and_its_finding(page: Page) -> None:
    said = " ".join(" ".join(page.words).split())
    assert f"Recorded attention: {invented.TRUST}" in said
    assert said.index("Quality took 20% (12 to 31) of recorded attention across six meetings; below 25% in four.") < 1500


def test_the_same_analysis_gives_the_same_bytes(tarnbrook: table.Analysis, text: str) -> None:
    assert html.render(tarnbrook) == text


def test_nothing_is_loaded_from_anywhere(text: str, page: Page) -> None:
    assert [
        tag for tag, attributes in page.tags if "src" in attributes or tag in ("link", "iframe", "object", "embed", "img", "base")
    ] == []
    assert "url(http" not in text and "@import" not in text and "fetch(" not in text and "XMLHttpRequest" not in text
    addresses = [attributes["href"] for attributes in page.all("a")]
    assert addresses and all(address.startswith(("#", "../papers/")) for address in addresses)


def test_the_policy_forbids_every_request_and_names_the_one_script(page: Page) -> None:
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert "form-action 'none'" in policy and "base-uri 'none'" in policy


def test_no_element_has_a_style_or_a_handler_of_its_own(page: Page) -> None:
    assert [attributes for _, attributes in page.tags if "style" in attributes or any(name.startswith("on") for name in attributes)] == []


def test_language_title_and_headings_are_in_order(page: Page) -> None:
    assert page.all("html") == [{"lang": "en-GB"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_id_is_one_of_a_kind_and_every_jump_lands(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    jumps = {attributes["href"][1:].split("?")[0] for attributes in page.all("a") if attributes["href"].startswith("#")}
    assert jumps <= set(ids)


def test_every_chart_has_a_name_and_its_figures_beneath(page: Page) -> None:
    charts = [attributes for tag, attributes in page.tags if tag == "div" and attributes.get("role") == "img"]
    assert len(charts) == 2 * len(page.all("figure")) >= 14
    assert all(attributes["aria-label"].startswith("Chart: ") for attributes in charts)
    assert sum(1 for attributes in page.all("details") if attributes.get("class") == "figures") == len(page.all("figure"))


def test_every_table_has_a_caption_and_headed_columns(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(attributes.get("scope") in ("col", "row", "colgroup") for attributes in page.all("th"))


def test_the_page_without_evidence_is_far_below_a_megabyte(text: str) -> None:
    assert len(re.sub(r'id="evidence-data">[^<]*<', "", text).encode()) < 500_000


def test_the_evidence_holds_every_sentence_with_its_page_and_labels(tarnbrook: table.Analysis, text: str) -> None:
    held = unpacked(text)
    sentences = tarnbrook.facts["sentences"]
    assert held["text"] == sentences["text"].tolist()
    assert held["page"] == sentences["page"].tolist()
    assert isinstance(held["one"], dict) and isinstance(held["facets"], dict)
    codes = [code for code, _ in held["facets"]["domain"]]
    labels = tarnbrook.facts["labels"]
    domains = labels[(labels["facet"] == "domain") & labels["assigned"]]
    assert [codes[one // 128] for one in held["one"]["domain"]] == domains["code"].tolist()
    assert [one % 128 for one in held["one"]["domain"]] == [round(score * 100) for score in domains["score"]]


def test_hostile_text_stays_text(hostile: table.Analysis) -> None:
    text = html.render(hostile)
    page = Page(text)
    assert len(page.all("script")) == 2 and page.all("img") == []
    assert "Recorded attention: <img src=x onerror=alert(1)> Trust" in "".join(page.words)
    held = unpacked(text)["text"]
    assert isinstance(held, list)
    evil = next(one for one in held if one.startswith("<script>"))
    assert evil == '<script>alert("x")</script> =HYPERLINK("http://evil.example") gnp.exe ' + "w" * 10_000 + " مرحبا"
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


def test_several_organisations_are_named_beneath_the_title() -> None:
    mixed = invented.analysis()
    documents = mixed.facts["documents"]
    documents.loc[0, "organisation"] = "Another Trust"
    assert papers.organisation(mixed) == invented.TRUST
    assert "Some papers name Another Trust." in html.render(mixed)
    documents.loc[:3, "organisation"] = ["Another Trust"] * 4
    assert papers.organisation(mixed) == "two organisations"


def test_the_page_is_written_where_asked(written: Path, tarnbrook: table.Analysis, text: str) -> None:
    assert (written / "report.html").read_text(encoding="utf-8") == text
