"""Annotated copies: each highlight lies on its own sentence, the originals stay as they are, and what cannot be copied is named."""

import hashlib
import json
import os
import resource
import shutil
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest

from tests.read import made
from tests.report import drawn, invented
from wellled_nlp import report, table
from wellled_nlp.pipeline import write_reports
from wellled_nlp.report import pdf
from wellled_nlp.report.annotate import place

MARKED = [
    text.replace(" ", "") for text, kind in zip(drawn.SAID, drawn.LANGUAGES, strict=True) if kind != "neither" or text == drawn.SAID[4]
]
CROP = (40, 30, 560, 800)


class Entry(NamedTuple):
    level: int
    title: str
    page: int


def annotated(files: list[Path], out: Path) -> Path:
    out.mkdir(exist_ok=True)
    report.write(drawn.analysis(files, out), out, ["pdf"])
    return out / "annotated"


@pytest.mark.parametrize("crop", [(), CROP], ids=["whole", "cropped"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("sideways", [False, True], ids=["upright", "sideways"])
def test_each_highlight_lies_on_its_own_sentence(tmp_path: Path, rotate: int, crop: tuple[float, ...], sideways: bool) -> None:
    original = drawn.paper(tmp_path / "paper.pdf", rotate=rotate, crop=crop, sideways=sideways)
    before = original.read_bytes()
    found = drawn.highlights(annotated([original], tmp_path / "out") / "paper.pdf")
    assert [drawn.letters_within(original, one["page"], one["quads"]) for one in found] == MARKED
    assert original.read_bytes() == before


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_quadrilateral_begins_at_the_top_left_of_its_text(tmp_path: Path, rotate: int) -> None:
    original = drawn.paper(tmp_path / "paper.pdf", rotate=rotate)
    x0, y0, x1, y1, x2, y2, *_ = drawn.highlights(annotated([original], tmp_path / "out") / "paper.pdf")[0]["quads"][0]
    right = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotate]
    assert ((x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)) == right
    assert ((x2 > x0) - (x2 < x0), (y2 > y0) - (y2 < y0)) == (right[1], -right[0])


def test_a_sentence_in_three_lines_has_three_quadrilaterals_whatever_it_opens_with(tmp_path: Path) -> None:
    found = drawn.highlights(annotated([drawn.paper(tmp_path / "paper.pdf")], tmp_path / "out") / "paper.pdf")
    assert [len(one["quads"]) for one in found] == [1, 3, 3, 1, 3]


def test_a_highlight_has_a_note_and_draws_itself_with_lines_of_its_kind(tmp_path: Path) -> None:
    found = drawn.highlights(annotated([drawn.paper(tmp_path / "paper.pdf")], tmp_path / "out") / "paper.pdf")
    assert found[1]["note"] == (
        f"Themes: W5 Risks, issues and performance, score 0.71\nPrompts: W5.2 {title('W5.2')}, score 0.71\n"
        "Language: Improvement, score 0.87\nDomain: Quality, score 0.60\nAct: Report, score 0.60"
    )
    assert {one["blend"] for one in found} == {"/Multiply"}
    dashes = [sorted({line.split(" d ")[0] for line in one["drawn"].splitlines() if " d " in line}) for one in found]
    assert dashes == [["[] 0"], ["[4 2] 0"], ["[] 0"], ["[0.8 1.8] 0"], ["[4 2] 0"]]
    assert found[2]["drawn"].count(" S\n") == 2 * len(found[2]["quads"])


def title(code: str) -> str:
    from wellled_nlp.codebook import load_facet

    return next(one.title for one in load_facet("kloe-2017").codes if one.id == code)


def test_the_first_page_has_a_legend_and_every_item_and_theme_a_bookmark(tmp_path: Path) -> None:
    copy = annotated([drawn.paper(tmp_path / "paper.pdf", pages=2)], tmp_path / "out") / "paper.pdf"
    with pikepdf.open(copy) as held:
        icon = next(one for one in held.pages[0].Annots if one.Subtype == "/Text")
        assert "Language of assurance: blue, solid line; 2 sentences" in str(icon.Contents)
    outline = toc(copy)
    assert outline[0] == (0, "wellled: items", 0)
    assert [one for one in outline if one.title.endswith("report")] == [(1, "4 Quality report", 0), (1, "5 Finance report", 1)]
    at = [name for _, name, _ in outline].index("wellled: themes")
    assert outline[at:] == [
        (0, "wellled: themes", 0),
        (1, "W5 Risks, issues and performance: 6 sentences", 0),
        (2, "Page 1: 3 sentences", 0),
        (2, "Page 2: 3 sentences", 1),
    ]


def toc(path: Path) -> list[Entry]:
    """The bookmarks of a file as pdfium reads them."""
    return [Entry(one.level, one.get_title(), one.get_dest().get_index()) for one in pypdfium2.PdfDocument(path).get_toc()]


def test_bookmarks_and_annotations_of_the_paper_stay(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf", pages=2)
    with pikepdf.open(original, allow_overwriting_input=True) as held:
        with held.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Of the paper", 1))
        shared = held.make_indirect(
            pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[1, 1, 9, 9])])
        )
        for page in held.pages:
            page.Annots = shared
        held.save(original)
    copy = annotated([original], tmp_path / "out") / "paper.pdf"
    assert [one.title for one in toc(copy) if one.level == 0] == ["Of the paper", "wellled: items", "wellled: themes"]
    with pikepdf.open(copy) as held:
        assert [[str(one.Subtype) for one in page.Annots].count("/Square") for page in held.pages] == [1, 1]
        assert [[str(one.Subtype) for one in page.Annots].count("/Highlight") for page in held.pages] == [5, 5]


def test_a_page_without_letters_is_marked_by_the_box_of_the_sentence(tmp_path: Path) -> None:
    empty = made.pdf(tmp_path / "scan.pdf", lambda canvas: canvas.rect(10, 10, 20, 20))
    document = pypdfium2.PdfDocument(empty)
    page = document[0]
    sheet = place.Sheet(page.raw)
    quads, exact = sheet.quads((72, 100, 300, 130), "Nobody asked why.")
    top = made.HEIGHT - 100
    assert not exact
    assert [side for corner in quads[0] for side in corner] == pytest.approx([72, top, 300, top, 72, top - 30, 300, top - 30], abs=0.1)
    assert sheet.quads((700, 100, 900, 130), "beside the page") == ([], False)


def test_the_same_analysis_gives_the_same_bytes(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf", rotate=90)
    one, other = (annotated([original], tmp_path / name) for name in ("one", "other"))
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {path.name: path.read_bytes() for path in other.iterdir()}


def test_a_paper_that_cannot_be_copied_is_named_with_the_reason(tmp_path: Path) -> None:
    names = ("changed", "gone", "locked", "protected", "fine")
    files = {name: drawn.paper(tmp_path / f"{name}.pdf", said=(*drawn.SAID, f"This is the {name} paper.")) for name in names}
    nothing_allowed = pikepdf.Permissions(modify_annotation=False)
    for name, password, allowed in (("locked", "secret", pikepdf.Permissions()), ("protected", "", nothing_allowed)):
        with pikepdf.open(files[name], allow_overwriting_input=True) as held:
            held.save(files[name], encryption=pikepdf.Encryption(owner="owner", user=password, allow=allowed))
    word = made.docx(tmp_path / "paper.docx", "<w:p><w:r><w:t>Nobody asked why.</w:t></w:r></w:p>")
    out = tmp_path / "out"
    out.mkdir()
    told = drawn.analysis([*files.values(), word], out, ["secret"])
    files["changed"].write_bytes(files["changed"].read_bytes() + b"\n")
    files["gone"].unlink()
    report.write(told, out, ["pdf"])
    assert sorted(path.name for path in (out / "annotated").iterdir()) == ["README.txt", "fine.pdf"]
    note = (out / "annotated" / "README.txt").read_text(encoding="utf-8")
    assert note[note.index("Copied:") :].splitlines() == [
        "Copied: 1 paper",
        "  fine.pdf: 5 sentences marked",
        "",
        "Not copied: 5 papers",
        "  changed.pdf: it has changed since it was scanned; scan it again",
        "  gone.pdf: it is no longer where it was scanned",
        "  locked.pdf: it is locked with a password; save an open copy and scan that",
        "  protected.pdf: its author has protected it against annotation",
        "  paper.docx: it is not a PDF; only PDFs are copied",
    ]


def test_a_pipe_in_the_place_of_a_paper_does_not_hang(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf")
    out = tmp_path / "out"
    out.mkdir()
    told = drawn.analysis([original], out)
    original.unlink()
    os.mkfifo(original)
    report.write(told, out, ["pdf"])
    assert "paper.pdf: it is no longer where it was scanned" in (out / "annotated" / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("limit", ["_MEMORY", "_WALL_FOR_CPU"])
def test_a_process_that_meets_its_limit_ends_alone_and_its_paper_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(pdf, limit, 0.001 if limit == "_WALL_FOR_CPU" else 2**20)
    note = (annotated([drawn.paper(tmp_path / "paper.pdf")], tmp_path / "out") / "README.txt").read_text(encoding="utf-8")
    assert "Copied: 0 papers" in note
    assert "  paper.pdf: marking it " in note


def test_a_damaged_file_that_was_read_is_repaired_and_marked(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf")
    data = original.read_bytes()
    original.write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n")
    found = drawn.highlights(annotated([original], tmp_path / "out") / "paper.pdf")
    assert [drawn.letters_within(original, one["page"], one["quads"]) for one in found] == MARKED


def test_an_outline_and_annotations_that_make_no_sense_do_no_harm(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf")
    with pikepdf.open(original, allow_overwriting_input=True) as held:
        loop = held.make_indirect(pikepdf.Dictionary(Title=pikepdf.String("loop")))
        loop.Next = loop.First = loop.Last = loop
        held.Root.Outlines = held.make_indirect(pikepdf.Dictionary(First=loop, Last=pikepdf.Name.Nonsense, Count=-(2**31)))
        held.pages[0].Annots = pikepdf.Dictionary(Type=pikepdf.Name.Nonsense)
        held.save(original)
    copy = annotated([original], tmp_path / "out") / "paper.pdf"
    assert len(drawn.highlights(copy)) == len(MARKED)
    assert [one.title for one in toc(copy) if one.level == 0] == ["wellled: items", "wellled: themes"]


def test_hostile_text_and_pages_that_are_not_there_stay_plain(tmp_path: Path) -> None:
    original = drawn.paper(tmp_path / "paper.pdf")
    out = tmp_path / "out"
    out.mkdir()
    told = drawn.analysis([original], out)
    sentences, items = told.facts["sentences"].copy(), told.facts["items"].copy()
    sentences.loc[1, "text"] = invented.HOSTILE
    sentences.loc[2, ["x0", "y1"]] = [float("nan"), 1e300]
    sentences.loc[4, "page"] = 10**9
    sentences.loc[6, ["x0", "x1"]] = [-1e300, 1e300]
    items["title"] = invented.HOSTILE + "\ud800"
    items["first_page"] = 10**9
    hostile = table.Analysis({**told.facts, "sentences": sentences, "items": items}, told.measures, told.provenance)
    report.write(hostile, out, ["pdf"])
    names = [one.title for one in toc(out / "annotated" / "paper.pdf")]
    assert any(name.startswith('<script>alert("x")</script> =HYPERLINK') or "<script>" in name for name in names)
    assert all(len(name) <= 160 and not set(name) & set("\u202e\x00\x07\ud800") for name in names)
    assert "3 sentences marked" in (out / "annotated" / "README.txt").read_text(encoding="utf-8")


def test_names_of_copies_are_the_papers_own_and_safe_anywhere() -> None:
    given = [
        "/a/Pack #3.pdf",
        "/b/pack #3.PDF",
        "C:\\papers\\con.pdf",
        "../..pdf",
        "-rf.pdf",
        "\u202egnp.pdf",
        "x" * 400 + ".pdf",
        "nul.minutes.pdf",
    ]
    assert pdf.file_names([*given, "Vorstand März.pdf", "a:b|c?.pdf", "line\nbreak.pdf"]) == [
        "Pack _3.pdf",
        "pack _3 (2).pdf",
        "con_.pdf",
        "paper.pdf",
        "rf.pdf",
        "gnp.pdf",
        "x" * 120 + ".pdf",
        "_nul.minutes.pdf",
        "Vorstand März.pdf",
        "a_b_c_.pdf",
        "line break.pdf",
    ]


def test_an_earlier_scan_is_annotated_after_it_was_moved_with_its_papers(scanned: Path, samples: Path, tmp_path: Path) -> None:
    found = json.loads((scanned / "analysis.json").read_text(encoding="utf-8"))
    shutil.copytree(scanned, tmp_path / "deep" / "scan")
    for link in found["links"].values():
        moved = Path(os.path.normpath(tmp_path / "deep" / "scan" / Path(link).name))
        shutil.copy(scanned / link, moved)
    found["links"] = {document: Path(link).name for document, link in found["links"].items()}
    (tmp_path / "deep" / "scan" / "analysis.json").write_text(json.dumps(found), encoding="utf-8")
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in samples.glob("*.pdf")}
    start = seconds_of_work()
    write_reports(tmp_path / "deep" / "scan", ["pdf"])
    assert seconds_of_work() - start < 10
    write_reports(tmp_path / "deep" / "scan", ["pdf"])
    copies = sorted(path.name for path in (tmp_path / "deep" / "scan" / "annotated").iterdir())
    assert copies == ["README.txt", *sorted(path.name for path in samples.glob("*.pdf") if path.name != "damaged.pdf")]
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in samples.glob("*.pdf")} == before
    pack = tmp_path / "deep" / "scan" / "annotated" / "pack-2025-01-30.pdf"
    assert len(drawn.highlights(pack)) > 500


def test_the_folder_is_replaced_as_a_whole_and_what_a_killed_run_left_is_cleared(tarnbrook: table.Analysis, tmp_path: Path) -> None:
    for name in ("annotated", ".annotated.part", ".annotated.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "earlier.pdf").write_text("earlier", encoding="utf-8")
    report.write(tarnbrook, tmp_path, ["pdf"])
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["annotated", "annotated/README.txt"]


def seconds_of_work() -> float:
    """Processor time of this process and its children: unlike the clock it is the same on a busy machine."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in each)
