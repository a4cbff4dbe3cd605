"""Small papers for the tests of annotated copies: drawn, turned and cropped, read by wellled's own reader, with labels given in turn."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from tests.read.made import wrapped
from tests.report import invented
from wellled_nlp import settings, table, tabulate
from wellled_nlp.read import read
from wellled_nlp.sentences import split
from wellled_nlp.structure import structure

WIDTH, HEIGHT = 595, 842
# Short and long, so that sentences begin and end in the middle of lines; with a ligature's letters, marks and a pound sign.
SAID = (
    "The committee was assured that every ward had finished its fire drill.",
    "Falls rose to 6.1 per thousand bed days, and the office of the Chief Nurse will test a new round with staff on five wards.",
    "Nobody asked why.",
    "“Confidential” complaints (all of them) were answered in 25 days, and £4.2m was set aside for the work in the next three years.",
    "The Board thanked the volunteers.",
    "A review of the flow of efficient discharges found that the same five delays come back each winter, and a fix is being tried.",
)
TITLES = ("4. Quality report", "5. Finance report")
LANGUAGES = ("assurance", "improvement", "neither", "both", "neither", "improvement")


def paper(
    path: Path, *, rotate: int = 0, crop: Sequence[float] = (), sideways: bool = False, pages: int = 1, said: Sequence[str] = SAID
) -> Path:
    """A PDF whose pages display upright whatever their rotation, or with text that runs up the displayed page (sideways)."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for page in range(pages):
        _stand(canvas, (rotate + (90 if sideways else 0)) % 360)
        tall = WIDTH if (rotate + (90 if sideways else 0)) % 180 else HEIGHT
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(90, tall - 120, TITLES[page])
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(wrapped(" ".join(said), 400, "Helvetica", 11)):
            canvas.drawString(90, tall - 150 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.Rotate = rotate
            if crop:
                page.CropBox = pikepdf.Array(list(crop))
        pdf.save(path, deterministic_id=True)
    return path


def _stand(canvas: Canvas, turned: int) -> None:
    """Turns what is drawn next against the rotation."""
    if turned == 90:
        canvas.translate(WIDTH, 0)
    elif turned == 180:
        canvas.translate(WIDTH, HEIGHT)
    elif turned == 270:
        canvas.translate(0, HEIGHT)
    canvas.rotate(turned if turned != 270 else -90)


def analysis(files: Iterable[Path], out: Path, passwords: Sequence[str] = ()) -> table.Analysis:
    """What a scan of these files into `out` would give, but for the labels: those of LANGUAGES in turn, and a theme for every other one."""
    papers_read = [structure(read(path, settings.load().read, passwords)) for path in files]
    sentences = [sentence for one in papers_read for sentence in split(one)]
    rows: list[tuple[object, ...]] = []
    for sentence in sentences:
        at = next((n for n, text in enumerate(SAID) if text == sentence.text), 2)
        rows.append((sentence.sentence_id, "language", LANGUAGES[at], "model", 0.87, True))
        rows += [(sentence.sentence_id, facet, code, "rules", 0.6, True) for facet, code in (("domain", "quality"), ("act", "report"))]
        if at in (1, 3, 4):
            rows += [(sentence.sentence_id, facet, code, "model", 0.71, True) for facet, code in (("themes", "W5"), ("prompts", "W5.2"))]
    facts = tabulate.facts(papers_read, sentences, table.of("labels", rows), [[] for _ in sentences], table.of("signal_hits", []))
    papers = [(str(d), os.path.relpath(p, out)) for d, p in zip(facts["documents"]["document_id"], facts["documents"]["path"], strict=True)]
    held = {**invented.provenance(facts, papers), "links": dict(papers)}
    return table.Analysis(facts, {name: table.build(columns, []) for name, columns in table.MEASURES.items()}, held)


def highlights(path: Path) -> list[dict[str, Any]]:
    """The highlights of a copy, page by page."""
    with pikepdf.open(path) as pdf:
        return [
            _plain(one, number)
            for number, page in enumerate(pdf.pages)
            for one in page.get("/Annots", [])
            if one.get("/Subtype") == "/Highlight"
        ]


def _plain(annotation: pikepdf.Object, page: int) -> dict[str, Any]:
    points = [float(side) for side in annotation.QuadPoints]
    return {
        "page": page,
        "quads": [points[at : at + 8] for at in range(0, len(points), 8)],
        "note": str(annotation.Contents),
        "drawn": annotation.AP.N.read_bytes().decode(),
        "blend": str(annotation.AP.N.Resources.ExtGState.Multiply.BM),
        "rect": [float(side) for side in annotation.Rect],
    }


def letters_within(original: Path, page: int, quads: Sequence[Sequence[float]]) -> str:
    """The text of the original that pdfium finds within the quadrilaterals, without the spaces that it puts in or leaves out."""
    document = pypdfium2.PdfDocument(original)
    text = document[page].get_textpage()
    said = [text.get_text_bounded(min(q[0::2]), min(q[1::2]), max(q[0::2]), max(q[1::2])) for q in quads]
    return "".join("".join(said).split())
