"""The profile's writers: what was measured in, a Word paper and a page out. `contents` says what they hold, before either has a format."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from wellled_nlp.report.profile.contents import Profile

FORMATS = ("docx", "html")
_MODULES = {"docx": "word", "html": "page"}


def write(profile: Profile, directory: Path, formats: Sequence[str] = FORMATS) -> None:
    """Writes `profile.<format>` for each of these formats into the directory. The same profile gives the same bytes."""
    for name in formats:
        writer: Callable[[Profile, Path], None] = import_module(f"wellled_nlp.report.profile.{_MODULES[name]}").write
        writer(profile, directory / f"profile.{name}")
