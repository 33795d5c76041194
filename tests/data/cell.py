"""Synthetic measured files, written by hand in each vendor's layout; none is a real measurement.

The spectrum is 10 ohm in series with 100 ohm beside 10 microfarad. The cell rests, is discharged
at 2 mA, rests, and is charged at 1 mA; its voltage is 3.4 V - 0.1 V per mAh taken out - 50 ohm
times the discharge current.
"""

from dataclasses import dataclass, field, replace

import numpy as np

FREQUENCY = np.logspace(5, -1, 13)
IMPEDANCE = 10 + 100 / (1 + 2j * np.pi * FREQUENCY * 1e-3)

TIME = np.arange(0.0, 7200.0, 300.0)
CURRENT = 1e-3 * np.select([TIME < 600, TIME < 3000, TIME < 3600], [0.0, 2.0, 0.0], -1.0)
CAPACITY = np.concatenate([[0.0], np.cumsum(CURRENT[1:] * np.diff(TIME))]) / 3600
VOLTAGE = 3.4 - 100 * CAPACITY - 50 * CURRENT
CYCLE = np.where(TIME < 3300, 1, 2)
STEP = np.cumsum(np.diff(CURRENT, prepend=0.0) != 0) + 1


@dataclass(frozen=True)
class File:
    """Preamble, header, rows of cells and footer of a text file, put together by `text`."""

    header: tuple[str, ...]
    rows: list[list[str]]
    preamble: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    separator: str = "\t"
    prefix: str = ""
    header_line: str = "{}"
    quantities: dict[str, int] = field(default_factory=dict)

    @property
    def first_line(self) -> int:
        """Line number of the first row."""
        return len(self.preamble) + 2 + len(self.below)

    @property
    def text(self) -> str:
        names = self.header_line.format(self.separator.join(self.header))
        rows = [self.prefix + self.separator.join(row) for row in self.rows]
        lines = [*self.preamble, self.prefix + names, *self.below, *rows, *self.footer]
        return "\n".join(lines) + "\n"

    def with_cell(self, row: int, quantity: str, text: str) -> "File":
        """The same file with another text in one cell."""
        rows = [list(cells) for cells in self.rows]
        rows[row][self.quantities[quantity]] = text
        return replace(self, rows=rows)

    def with_header(self, quantity: str, text: str) -> "File":
        """The same file with another name over one column."""
        header = list(self.header)
        header[self.quantities[quantity]] = text
        return replace(self, header=tuple(header))


def table(columns: dict[str, np.ndarray], quantities: dict[str, str], **layout) -> File:
    """A file of numeric columns; `quantities` says which header is which quantity."""
    cells = [[f"{value:.9E}" for value in row] for row in zip(*columns.values(), strict=True)]
    header = tuple(columns)
    places = {quantity: header.index(name) for quantity, name in quantities.items()}
    return File(header, cells, quantities=places, **layout)
