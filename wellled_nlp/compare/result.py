"""What a comparison hands to its page, its workbook and its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wellled_nlp.compare.quantities import Quantity
from wellled_nlp.settings import Settings


@dataclass(frozen=True)
class Comparison:
    """tables: those of `table.COMPARED`. by: what the groups are groups of; unit: the plural of what is resampled and dealt out.

    basis: which papers are counted. wider: how many times standard errors are those of independent meetings. warnings: what differs between
    the libraries. record: what `reproduce.json` holds.
    """

    tables: Mapping[str, pd.DataFrame]
    quantities: Sequence[Quantity]
    by: str
    unit: str
    basis: str
    wider: float
    warnings: Sequence[str]
    chosen: Settings
    record: Mapping[str, Any]

    @property
    def groups(self) -> list[str]:
        """The groups in the order of their names."""
        return [str(name) for name in self.tables["groups"]["group"]]
