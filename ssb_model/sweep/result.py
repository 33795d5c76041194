"""A finished sweep as an object: it prints itself, draws its figures, gives its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from jaxtyping import Shaped

from ssb_model.sweep.file import Best, FrontTable, GoalTable, MapTable, SweepTable
from ssb_model.sweep.pareto import front_of
from ssb_model.sweep.plan import Plan
from ssb_model.sweep.store import read_manifest, whole_table
from ssb_model.sweep.variables import variable_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

LOWEST, MEDIAN, HIGHEST, MISSING = "lowest", "median", "highest", "missing"


@dataclass(frozen=True, eq=False)
class SweepResult:
    """A finished sweep in its folder, which is also its saved form: :func:`load_sweep` reads it.

    Attributes
    ----------
    folder
        Chunks, ``sweep.json`` and figures.
    manifest
        The content of ``sweep.json``.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def plan(self) -> Plan:
        """What was varied and asked for."""
        table = SweepTable.model_validate(self.manifest["content"])
        ends = self.manifest["varied"].items()
        variables = tuple(
            variable_of(vary, name, *range)
            for vary, (name, range) in zip(table.vary, ends, strict=True)
        )
        return Plan(table, variables, self.manifest["outputs"])

    @cached_property
    def table(self) -> pa.Table:
        """All candidates in order, read into memory and verified.

        Columns: "candidate", the varied quantities in SI by PyBaMM names, the outputs with their
        units, "status". For more than fits into memory, open ``FOLDER/chunks`` with
        `pyarrow.dataset`.

        Raises InputError if a chunk is missing or damaged.
        """
        return whole_table(self.folder, self.manifest)

    @property
    def failed(self) -> Counter[str]:
        """How many candidates failed, by reason."""
        return Counter(self.manifest["failed"])

    @property
    def processors(self) -> Sequence[str]:
        """The kinds of processor that computed it."""
        return self.manifest["processors"]

    def __len__(self) -> int:
        return self.manifest["candidates"]

    def __getitem__(self, name: str) -> Shaped[np.ndarray, " candidates"]:
        """A column by its name, with or without its unit; a number that is missing is nan."""
        own = name in self.table.column_names
        return self.table[name if own else self.plan.column(name)].to_numpy()

    def to_dataframe(self) -> pd.DataFrame:
        """The table as a pandas DataFrame."""
        return self.table.to_pandas()

    def front(
        self, x: str, y: str, best: tuple[Best, Best] = ("low", "low")
    ) -> dict[str, Shaped[np.ndarray, " front"]]:
        """Every column of the candidates that none beats in both `x` and `y`, by rising `x`.

        Memory holds one chunk and the front.
        """
        return front_of(self.folder, self.plan.column(x), self.plan.column(y), best)

    def plot(self) -> Figure:
        """The first figure of the sweep file: a front, else a map.

        If the file has none: a map of the first output over the first two varied quantities, or
        its curve over the only one.
        """
        from ssb_model.sweep.figures import curve_figure, front_figure

        table, names = self.plan.table, [variable.name for variable in self.plan.variables]
        if table.front:
            return front_figure(self.plan, self.folder, table.front[0])
        if table.map:
            return self.plot_map(**table.map[0].model_dump())
        if len(names) == 1:
            return curve_figure(self.plan, self.folder, names[0], table.outputs[0])
        return self.plot_map(names[0], names[1], table.outputs[0])

    def plot_front(self, x: str, y: str, best: tuple[Best, Best] = ("low", "low")) -> Figure:
        """All candidates over two columns, and the front of those that none beats."""
        from ssb_model.sweep.figures import front_figure

        goals = [GoalTable(output=name, best=one) for name, one in zip((x, y), best, strict=True)]
        return front_figure(self.plan, self.folder, FrontTable(x=goals[0], y=goals[1]))

    def plot_map(self, x: str, y: str, colour: str) -> Figure:
        """Medians of the output `colour` over two varied quantities."""
        from ssb_model.sweep.figures import map_figure

        return map_figure(self.plan, self.folder, MapTable(x=x, y=y, colour=colour))

    def save_figures(self) -> list[Path]:
        """Draw every front and map of the sweep file, as PNG in the sweep's folder."""
        from ssb_model.sweep.figures import save_sweep_figures

        return save_sweep_figures(self.plan, self.folder)

    def summary(self) -> pd.DataFrame:
        """Lowest, median and highest number of each column, and how many are missing."""
        import pandas as pd

        rows = {}
        for name in self.table.column_names[1:-1]:
            values = self[name]
            known = values[np.isfinite(values)]
            ends = np.quantile(known, [0, 0.5, 1]) if known.size else [np.nan] * 3
            rows[name] = [*ends, len(values) - known.size]
        headings = [LOWEST, MEDIAN, HIGHEST, MISSING]
        return pd.DataFrame.from_dict(rows, orient="index", columns=headings).astype({MISSING: int})

    def __repr__(self) -> str:
        rows = self.summary().to_string(float_format="{:.4g}".format)
        return "\n".join([self._title, rows, *self._reasons])

    def _repr_html_(self) -> str:
        rows = self.summary().to_html(float_format="{:.4g}".format, border=0)
        reasons = "".join(f"<p>{escape(text)}</p>" for text in self._reasons)
        return f"<p>{escape(self._title)}</p>{rows}{reasons}"

    @property
    def _title(self) -> str:
        counts = f"{len(self):,} candidates, {self.failed.total():,} failed"
        return f"{self.manifest['title']}: {counts}"

    @property
    def _reasons(self) -> list[str]:
        return [f"{count:,} failed: {reason}" for reason, count in self.failed.most_common()]


def load_sweep(folder: str | Path) -> SweepResult:
    """Load a finished sweep, all of it into memory.

    Raises InputError if the sweep is not finished, or a chunk is missing or damaged.
    """
    found = SweepResult(Path(folder), read_manifest(Path(folder)))
    _ = found.table
    return found
