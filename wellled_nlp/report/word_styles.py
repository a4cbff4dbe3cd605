"""How the Word paper looks and what its properties say, in place of those of python-docx's own template."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from wellled_nlp.report import words
from wellled_nlp.report.drawing import BLUE, INK

FONT = "Arial"
TEXT_CM = 17.0
_PAGE, _MARGIN_CM = (Cm(21.0), Cm(29.7)), 2.0
_TITLE_LETTERS = 250
# Style: size in points, space before and after in points, bold, colour.
_STYLES: dict[str, tuple[float, float, float, bool, str]] = {
    "Normal": (10, 0, 5, False, INK),
    "Subtitle": (11, 0, 2, True, INK),
    "Title": (17, 0, 8, True, BLUE),
    "Heading 1": (13, 10, 4, True, BLUE),
    "Heading 2": (11, 8, 3, True, INK),
    "Caption": (9.5, 4, 3, True, INK),
    "List Bullet": (10, 0, 3, False, INK),
    "List Number": (10, 0, 3, False, INK),
    "Quote": (10, 2, 3, False, INK),
    "Footer": (8, 0, 0, False, INK),
}


def prepare(file: Any) -> None:
    """Page, language, styles and numbers of headings in place of those of python-docx's own template."""
    section = file.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    section.footer_distance = Cm(1.0)
    _drop_preview(file)
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _set_font(defaults)
    for language in (defaults.find(qn("w:lang")), file.settings.element.find(qn("w:themeFontLang"))):
        language.set(qn("w:val"), "en-GB")
    for name, (size, before, after, bold, colour) in _STYLES.items():
        style = file.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.1
        _set_font(style.element.get_or_add_rPr())
    for name in ("Title", "Subtitle", "Footer"):
        _plain(file.styles[name].element)
    file.styles["Footer"].paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    file.styles["Caption"].paragraph_format.keep_with_next = True
    file.styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    _number(file)


def unnumber(file: Any) -> None:
    """Takes the numbers from headings whose own text begins with one."""
    for name in ("Heading 1", "Heading 2"):
        properties = file.styles[name].element.pPr
        properties.remove(properties.find(qn("w:numPr")))


def describe(file: Any, title: str, made_on: str) -> None:
    """The file's properties; their dates are the day of the scan."""
    held, when = file.core_properties, datetime.fromisoformat(made_on)
    held.title, held.author, held.last_modified_by = words.clean(title)[:_TITLE_LETTERS], "wellled", "wellled"
    held.comments, held.language, held.subject = "Documentary evidence only; not a rating.", "en-GB", "Board paper"
    held.created = held.modified = when
    held.revision, held.keywords = 1, ""


def _drop_preview(file: Any) -> None:
    """python-docx's template brings a picture of itself."""
    relations = file.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]


def _set_font(properties: Any) -> None:
    """Arial for every script, in place of the theme's fonts."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)


def _plain(style: Any) -> None:
    """Takes the template's rule, number, wide letters and tabs from a style."""
    for holder, tags in ((style.pPr, ("w:pBdr", "w:numPr", "w:tabs")), (style.rPr, ("w:spacing", "w:kern"))):
        for one in [found for tag in tags for found in holder.findall(qn(tag))]:
            holder.remove(one)


def _number(file: Any) -> None:
    """Ties headings to numbers 1, 1.1 and the list of invitations to (a), (b), (c)."""
    numbering = file.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    headings = [(0, "decimal", "%1.", "Heading1", 0.9), (1, "decimal", "%1.%2", "Heading2", 0.9)]
    for held, levels in ((90, headings), (91, [(0, "lowerLetter", "(%1)", "ListNumber", 0.9)])):
        numbering.insert(0, parse_xml(_abstract(held, levels)))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{held}"><w:abstractNumId w:val="{held}"/></w:num>'))
    for style, held, level in (("Heading 1", 90, 0), ("Heading 2", 90, 1), ("List Number", 91, 0)):
        properties = file.styles[style].element.get_or_add_pPr()
        number = properties.get_or_add_numPr()
        number.get_or_add_ilvl().val, number.get_or_add_numId().val = level, held


def _abstract(held: int, levels: Sequence[tuple[int, str, str, str, float]]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{Cm(indent).twips}" w:hanging="{Cm(indent).twips}"/></w:pPr></w:lvl>'
        for level, kind, text, style, indent in levels
    )
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{held}"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>'
