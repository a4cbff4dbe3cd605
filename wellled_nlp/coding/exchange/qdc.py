"""Codebooks as REFI-QDA codebook exchange files (.qdc), which NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette and others import.

REFI-QDA standard 1.5, section 5.2: a CodeBook, whose origin may be named, holds Codes and may hold Sets; a Code must have guid, name and
isCodable, may have a color, and holds first its Description, if any, and then the codes under it. A facet becomes a code that groups and is
not given itself, its parents and codes stand below it. A guid is made from the facet's id and the code, so that the same codebook exported
twice is the same for the tool that reads it.
"""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from wellled_nlp import __version__
from wellled_nlp.codebook import Code, Facet
from wellled_nlp.coding import codes
from wellled_nlp.coding.records import writable

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_URI = "https://wellled.invalid/codes/"


def codebook(facets: Sequence[Facet]) -> bytes:
    """The facets as one codebook, UTF-8 XML."""
    root = etree.Element(_tag("CodeBook"), nsmap={None: NAMESPACE}, origin=f"wellled {__version__}")
    held = etree.SubElement(root, _tag("Codes"))
    for facet in facets:
        top = _code(held, facet.id, "", facet.title, f"{facet.publisher}. {facet.link}".strip(), codable=False)
        above = {parent.id: _given(top, facet, parent, codable=False) for parent in facet.parents}
        for code in facet.codes:
            _given(above.get(code.parent, top), facet, code, codable=True)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def guid(facet_id: str, code: str) -> str:
    """The guid of a code, or of the facet itself where `code` is empty."""
    return str(uuid5(NAMESPACE_URL, f"{_URI}{facet_id}/{code}"))


def _given(place: etree._Element, facet: Facet, code: Code, *, codable: bool) -> etree._Element:
    # A parent and a code of one facet may have the same id (a theme with a single prompt).
    key = code.id if codable else f"{facet.parent_name}/{code.id}"
    return _code(place, facet.id, key, codes.named(code), code.text, codable=codable)


def _code(place: etree._Element, facet_id: str, key: str, name: str, text: str, *, codable: bool) -> etree._Element:
    found = etree.SubElement(place, _tag("Code"), guid=guid(facet_id, key), name=writable(name), isCodable=str(codable).lower())
    if text:
        etree.SubElement(found, _tag("Description")).text = writable(text)
    return found


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
