"""Files that are kept beside a scan and never changed: written whole under a temporary name, then renamed."""

import os
import tempfile
from pathlib import Path

from wellled_nlp.errors import OutputError


def write(path: Path, content: str | bytes) -> None:
    """Writes the file as a whole; a process killed meanwhile leaves no half of it. Raises OutputError."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=".wellled-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
            Path(fresh).chmod(0o644)
            Path(fresh).replace(path)
        finally:
            Path(fresh).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.", "Choose another place, or close programs that have it open."
        ) from error
