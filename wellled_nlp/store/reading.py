"""A reading on disk: the Document that was read from one content, packed so that the very same Document comes out again.

In and out: a `Document` and bytes. Two lines of JSON under gzip: who made it, then pages of blocks. gzip brings its own checksum, so a torn
or foreign file is told from a whole one; nothing in it can run. These bytes are also what a worker on another machine sends back.
"""

import dataclasses
import gzip
import json
import zlib
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from wellled_nlp.document import Box, Document, Line, OutlineEntry, Page

_FORMAT = 1  # of this file; another number is another format, which is not read
_LEVEL = 6
_SMALL = (Box, Line, OutlineEntry)  # so many that their fields' names would be most of the file


@dataclasses.dataclass(frozen=True)
class Head:
    """Who made a reading: the content's hash, the versions of reading, and the day."""

    sha256: str
    version: str
    read_on: str


class Torn(Exception):
    """The bytes are not a whole reading; the message says what is wrong, in words that complete "the stored reading …"."""


def pack(document: Document, version: str, read_on: str) -> bytes:
    """The bytes of a document's reading; the path is left out, for the same content may stand anywhere."""
    head = {"wellled": _FORMAT, **dataclasses.asdict(Head(document.sha256, version, read_on))}
    body = {
        "format": document.format,
        "pages": _plain(document.pages),
        "outline": _plain(document.outline),
    }
    lines = [json.dumps(part, ensure_ascii=True, separators=(",", ":")) for part in (head, body)]
    return gzip.compress("\n".join(lines).encode("ascii"), _LEVEL, mtime=0)


def unpack(held: bytes, path: str) -> Document:
    """The document as it was read, standing at `path`. Raises Torn."""
    head, body = _lines(held)
    try:
        pages, outline = _maker(tuple[Page, ...])(body["pages"]), _maker(tuple[OutlineEntry, ...])(body["outline"])
        return Document(path, _head(head).sha256, body["format"], pages, outline)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Torn(f"is not as wellled writes it ({error})") from error


def head_of(held: bytes) -> Head:
    """Who made the reading, without unpacking its pages. Raises Torn."""
    try:
        return _head(json.loads(zlib.decompressobj(wbits=31).decompress(held, 4096).split(b"\n", 1)[0]))
    except (zlib.error, ValueError) as error:
        raise Torn("is damaged") from error


def _lines(held: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        head, body = gzip.decompress(held).split(b"\n", 1)
        return json.loads(head), json.loads(body)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise Torn("is damaged or cut off") from error


def _head(values: Any) -> Head:
    if not isinstance(values, dict) or values.get("wellled") != _FORMAT:
        raise Torn("is not of this format")
    return Head(str(values["sha256"]), str(values["version"]), str(values["read_on"]))


def _plain(value: Any) -> Any:
    """Records as JSON has them: small ones as lists of their values, others as objects without the fields that have their default."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not dataclasses.is_dataclass(value):
        return value
    if isinstance(value, _SMALL):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    held = {field.name: (getattr(value, field.name), field.default) for field in dataclasses.fields(value)}
    return {name: _plain(one) for name, (one, default) in held.items() if one != default}


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """The way back from JSON to a value of this kind, made once for each kind."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            one = _maker(inner[0])
            return lambda values: tuple(map(one, values))
        each = [_maker(part) for part in inner]
        return lambda values: tuple(make(value) for make, value in zip(each, values, strict=True))
    if origin in (Union, UnionType):
        some = _maker(next(part for part in inner if part is not NoneType))
        return lambda value: None if value is None else some(value)
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        return lambda value: value
    made: Callable[..., Any] = kind
    hints = get_type_hints(kind)
    makers = {field.name: _maker(hints[field.name]) for field in dataclasses.fields(kind)}
    if kind in _SMALL:
        return lambda values: made(*(make(value) for make, value in zip(makers.values(), values, strict=True)))
    return lambda values: made(**{name: makers[name](value) for name, value in values.items()})
