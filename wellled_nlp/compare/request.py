"""What a comparison is asked to do: the options of the command."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """libraries: folders of scans. by: organisation, year, doc_type or a column of `metadata`. organisations: names with ODS codes."""

    libraries: tuple[Path, ...]
    by: str
    out: Path
    metadata: Path | None = None
    organisations: Path | None = None
    config: Path | None = None
    seed: int = 0
    allow_mixed: bool = False
