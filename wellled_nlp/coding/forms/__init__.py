"""The files that people fill in, a module for each kind: a form out, answers in.

To add one: a module with `write(form, path)` and `read(path) -> list[Raw]`, and a line here. Whatever the kind, answers are checked the
same way: unknown codes, rows without an id, too many codes are refused together, each with its row.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from wellled_nlp.coding.forms import check, label_studio, lines, sheet, workbook
from wellled_nlp.coding.forms.check import Raw
from wellled_nlp.coding.records import Answer, Form
from wellled_nlp.errors import InputError

WRITERS: dict[str, Callable[[Form, Path], None]] = {
    ".xlsx": workbook.write,
    ".csv": sheet.write,
    ".jsonl": lines.write,
    ".json": label_studio.write,
}
READERS: dict[str, Callable[[Path], list[Raw]]] = {
    ".xlsx": workbook.read,
    ".csv": sheet.read,
    ".jsonl": lines.read,
    ".json": label_studio.read,
}
# Forms are small; a file of this size is something else, or an attack.
_MEGABYTES = 100
_Kind = TypeVar("_Kind")


def write(form: Form, path: Path) -> None:
    """Writes the form as the kind of file that the path's ending asks for. Raises InputError, OutputError."""
    of_kind(WRITERS, path)(form, path)


def read(path: Path) -> list[Answer]:
    """The answers in a file that was filled in, in the order of its rows. Raises InputError naming every faulty row."""
    reader = of_kind(READERS, path)
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Check the path.")
    if path.stat().st_size > _MEGABYTES * 1_000_000:
        raise InputError(f"{path} is larger than {_MEGABYTES} MB.", "Give a form that `wellled sample` wrote.")
    return check.answers(path, reader(path))


def of_kind(kinds: dict[str, _Kind], path: Path) -> _Kind:
    """What is registered for the path's ending. Raises InputError for an ending that nothing is registered for."""
    found = kinds.get(path.suffix.lower())
    if found is None:
        raise InputError(f"{path}: unknown kind of file {path.suffix or 'without an ending'!r}.", f"Use {', '.join(kinds)}.")
    return found
