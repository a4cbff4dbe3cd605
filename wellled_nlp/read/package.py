"""A Word file's package: a zip of XML parts, opened with the care that a stranger's file needs. Runs in the reading process.

In: a path. Out: `Package`, whose parts are parsed XML in the transitional namespaces (Strict files are rewritten). Raises BadPackage, in
words for the user, for what is no Word file, is locked, unpacks to too much, or declares entities.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(main|relationships(?:/\w+)?|\w+)")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of old .doc files and of Word files under a password


class BadPackage(Exception):
    """The file cannot be used; `what` completes a sentence that begins with the file's name."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


class Package:
    """The parts of the file by name."""

    def __init__(self, path: str, most_megabytes: float) -> None:
        try:
            with Path(path).open("rb") as file:
                start = file.read(4)
            if start == OLD_OFFICE:
                raise BadPackage("is locked with a password, or is an old Word file", "Save it as .docx without a password, or as PDF.")
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise BadPackage("is damaged, or is not a Word file") from error
        except OSError as error:
            raise BadPackage(f"cannot be opened: {error.strerror}", "Check that the file is there and may be read.") from error
        names = self._zip.infolist()
        total = sum(info.file_size for info in names) / 2**20
        if total > most_megabytes or len(names) > 20_000:
            raise BadPackage(
                f"unpacks to {total:,.0f} MB in {len(names):,} parts, more than the {most_megabytes:g} MB that are allowed",
                "Such a file is meant to harm, or carries large pictures: save it without them, or raise read.unpacked_megabytes.",
            )
        self.main = self._main()

    def xml(self, name: str) -> Any:
        """The root element of a part, or None where there is none."""
        try:
            data = self._zip.read(name)
        except KeyError:
            return None
        except Exception as error:  # a bad zip raises a dozen kinds, zlib's own among them; memory is not one of these
            if isinstance(error, MemoryError):
                raise
            raise BadPackage("is damaged: a part of it cannot be unpacked") from error
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise BadPackage("declares XML entities, which no Word file does", "Such a file is meant to harm; do not open it.")
        if b"purl.oclc.org" in data:
            data = STRICT.sub(_transitional, data)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise BadPackage("is damaged: its text is not well-formed XML") from error

    def related(self, kind: str, part: str | None = None) -> list[str]:
        """Names of the parts that `part` (the main one, if not given) refers to as `kind`, for example "footer"."""
        part = part or self.main
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return []
        found = []
        for relation in root:
            if str(relation.get("Type", "")).rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                found.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)))
        return found

    def _main(self) -> str:
        root = self.xml("_rels/.rels")
        for relation in root if root is not None else ():
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        if "word/document.xml" in self._zip.namelist():
            return "word/document.xml"
        raise BadPackage("is a zip file, but not a Word file")


def _transitional(match: "re.Match[bytes]") -> bytes:
    """The transitional form of a Strict namespace or relationship type."""
    area, rest = match.group(1), match.group(2)
    if area == b"officeDocument":
        return b"http://schemas.openxmlformats.org/officeDocument/2006/" + rest
    return b"http://schemas.openxmlformats.org/" + area + b"/2006/" + rest
