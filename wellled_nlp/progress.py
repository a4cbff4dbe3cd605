"""A progress bar on stderr with the document in hand; silent where nobody watches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

T = TypeVar("T")
_NAME_WIDTH = 44


@dataclass(frozen=True)
class Told:
    """Where work says how far it is."""

    progress: Progress
    task: TaskID

    def begun(self, path: Path) -> None:
        """This file is in hand now."""
        self.progress.update(self.task, name=path.name[:_NAME_WIDTH])

    def counting(self, outcomes: Iterable[T]) -> Iterator[T]:
        """The same outcomes, each counted as it passes."""
        for outcome in outcomes:
            yield outcome
            self.progress.advance(self.task)
        self.progress.update(self.task, name="labelling and reporting")


@contextmanager
def bar(total: int, visible: bool) -> Iterator[Told]:
    """A bar over `total` documents, shown only where `visible`."""
    columns = (TextColumn("{task.fields[name]}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not visible, transient=True) as progress:
        yield Told(progress, progress.add_task("", total=total, name="starting"))
