"""What a part of a bench says, to be gathered into the whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from ssb_model.bench.figures import Drawn
from ssb_model.bench.table import Row


@dataclass
class Findings:
    """Rows of the table, figures, and sentences.

    Attributes
    ----------
    rows
    figures
    warnings
        To be read before the numbers.
    of_kinds
        On cells of one kind, and how kinds differ.
    """

    rows: list[Row] = field(default_factory=list)
    figures: list[Drawn] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    of_kinds: list[str] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        """Take over what another part says."""
        self.rows += other.rows
        self.figures += other.figures
        self.warnings += other.warnings
        self.of_kinds += other.of_kinds
