"""What a part of a bench says, to be gathered into the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ssb_model.bench.figures import Drawn
from ssb_model.bench.table import Row
from ssb_model.study import ByProducts

NAMED = 12  # cells or files in a sentence


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

    def draw(self, figure: Callable[[], Drawn], of: str) -> None:
        """Add a figure, or a warning where it cannot be made."""
        made = ByProducts()
        drawn = made.of(f"{of}: the figure", figure, None)
        self.figures += [drawn] if drawn else []
        self.warnings += made.warnings


def gathered(sentences: Iterable[str]) -> list[str]:
    """Sentences "NAME: ...", once for all names of which the same is said.

    >>> gathered(["a: it is short.", "All is well.", "b: it is short."])
    ['a, b: it is short.', 'All is well.']
    """
    names: dict[str, list[str]] = {}
    for sentence in sentences:
        name, colon, rest = sentence.partition(": ")
        names.setdefault(rest if colon else name, []).append(name if colon else "")
    return [
        f"{named(list(dict.fromkeys(own)))}: {said}" if own[0] else said
        for said, own in names.items()
    ]


def named(names: Sequence[str]) -> str:
    """Names in a sentence, the first of many."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
