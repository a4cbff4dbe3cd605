"""Document to meaning: furniture aside, the papers within a pack, items, type, organisation, date, attendance, actions and risks."""

from collections.abc import Sequence
from pathlib import Path

from wellled_nlp.document import Attendee, Block, Document, Item, Paper, Structured
from wellled_nlp.structure import actions, attendance, charts, dates, endings, furniture, items, organisation, papers, risks

# How many blocks at the top of the first page may be title lines, and how many pages are read for organisation and date.
_TITLE_BLOCKS = 14
_BODY_PAGES = 2
_APOLOGIES_ITEMS = 4  # elections may come before them


def structure(document: Document) -> Structured:
    """What the document means. Every block is in exactly one item or in the furniture, in the order of the pages."""
    running = [block.text for page in document.pages for block in page.blocks if block.kind == "furniture"]
    title_lines, body_lines = _first_lines(document)
    file_type, parts = papers.split(document, " \n ".join(dict.fromkeys(running))[:2000])
    found: list[Item] = []
    aside: list[Block] = []
    for number, part in enumerate(parts, 1):
        blocks, furnished = furniture.set_aside(document, part.first_page, part.last_page)
        aside += furnished
        found += items.find_items(blocks, part.kind, document.document_id, number, len(found), part.title, part.label)
    day, doubts = dates.meeting_date(title_lines, body_lines, running, Path(document.path).name)
    return Structured(
        document=document,
        doc_type=file_type,
        organisation=organisation.find_organisation(title_lines, body_lines, dict.fromkeys(running)),
        meeting_date=day,
        items=tuple(found),
        furniture=tuple(aside),
        papers=tuple(Paper(n, part.label, part.title, part.kind, part.first_page, part.last_page) for n, part in enumerate(parts, 1)),
        actions=actions.find_actions(found),
        risks=risks.find_risks(found, [part.title for part in parts]),
        charts=charts.find_charts(document),
        attendance=_attendance(found) if file_type == "minutes" else (),
        doubts=(*doubts, *_damage(document), *endings.doubts(document, found)),
    )


def _attendance(found: Sequence[Item]) -> tuple[Attendee, ...]:
    listed = attendance.find_attendance([block for item in found[:2] for block in item.blocks])
    return attendance.with_apologies(listed, [block for item in found[:_APOLOGIES_ITEMS] for block in item.blocks])


def _damage(document: Document) -> list[str]:
    """What a repair of the file leaves open."""
    marks = {name for page in document.pages for name, _ in page.marks}
    if "repaired" not in marks:
        return []
    order = " and the order of its pages may not be the printed one" if "second_reader" in marks else ""
    return [f"The file was damaged and has been repaired; pages may be missing{order}."]


def _first_lines(document: Document) -> tuple[list[str], list[str]]:
    """The title lines of the first page that has any text, and the lines of the first pages after them."""
    blocks = [block for page in document.pages[: _BODY_PAGES + 1] for block in page.blocks if block.kind != "furniture"]
    return _lines(blocks[:_TITLE_BLOCKS]), _lines(blocks[_TITLE_BLOCKS:])


def _lines(blocks: Sequence[Block]) -> list[str]:
    """Printed lines as one would say them: a table row is one line, so that "Date" stands beside its day."""
    return [line for block in blocks for line in ([" ".join(block.text.split())] if block.cells else block.text.split("\n"))]
