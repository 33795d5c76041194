"""Groups of nominally equal cells, fitted and compared: did the coating help, and by how much?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.errors import InputError, suggestion
from ssb_model.populations.comparison import Comparison, common_temperature, compare
from ssb_model.populations.group import Group, fit_group
from ssb_model.populations.measurement import CellMeasurement, checked, degC
from ssb_model.populations.mixture import Interval

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

HEAD = ("group", "quantity", "temperature", "value", "95 % interval", "unit")


@dataclass(frozen=True, eq=False, repr=False)
class Population:
    """Groups of cells, each with its own median and scatters.

    Attributes
    ----------
    groups
        By name.
    quantity
        What the values are.
    unit
        Theirs.
    """

    groups: Mapping[str, Group]
    quantity: str = "value"
    unit: str = ""

    def __getitem__(self, name: str) -> Group:
        """A group by its name, ``population["bare"]``."""
        if name not in self.groups:
            raise InputError(f"There is no group '{name}'. {suggestion(name, self.groups)}")
        return self.groups[name]

    def difference(self, a: str, b: str, temperature: float | None = None) -> Comparison:
        """How the median of group `a` differs from that of `b`: ratio, difference, probability.

        Parameters
        ----------
        a, b
            Names of groups.
        temperature
            K; by default 25 degC, or the one at which a group was measured alone.

        Raises
        ------
        InputError
            For an unknown group, a group and itself, or two that have no temperature in common.
        """
        if a == b:
            raise InputError(f"A difference is between two groups, not '{a}' and itself.")
        first, second = self[a], self[b]
        at = common_temperature(first, second) if temperature is None else temperature
        return compare((a, b), (first.logarithm(at), second.logarithm(at)), at, self.unit)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the numbers rest on besides the data, a sentence each."""
        return tuple(said for group in self.groups.values() for said in group.remarks)

    def to_dataframe(self) -> pd.DataFrame:
        """A row a number: group, cell, quantity, temperature, value and its 95 % interval."""
        import pandas as pd

        names = ("group", "cell", "quantity", "Temperature [degC]", "value", "lower95", "upper95")
        rows = [
            (name, cell, what, None if T is None else T - ZERO_CELSIUS, *_ends(one), unit)
            for name, cell, what, T, one, unit in self._numbers()
        ]
        return pd.DataFrame(rows, columns=[*names, "unit"])

    def plot(self, temperature: float | None = None) -> Figure:
        """Every cell with its interval, and each group's median and range of new cells.

        Parameters
        ----------
        temperature
            K; by default each group's own.
        """
        from ssb_model.populations.figure import draw_population

        return draw_population(self, temperature)

    def _numbers(self) -> Iterable[tuple[str, str, str, float | None, Interval, str]]:
        """Group, cell, quantity, temperature [K], number and unit."""
        for name, one in self.groups.items():
            T = one.temperature
            yield name, "", "median", T, one.median(), self.unit
            yield name, "", "a new cell", T, one.new_cell(), self.unit
            yield name, "", "scatter between cells", T, one.between, "%"
            yield name, "", "scatter within cells", T, one.within, "%"
            if one.energy is not None:
                yield name, "", "activation energy", None, one.energy, "kJ/mol"
            for cell in one.cells:
                yield name, cell, "cell", T, one.cell(cell), self.unit

    def _table(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [HEAD]
        for name, cell, what, T, one, unit in self._numbers():
            value, low, high = (f"{number:.4g}" for number in _ends(one))
            rows.append((name, cell or what, degC(T), value, f"{low} to {high}", unit))
        return rows

    def __str__(self) -> str:
        rows = self._table()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
        return "\n".join([self.quantity, *(line.rstrip() for line in lines), *self.remarks])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head, *rows = self._table()
        heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.remarks)
        return f"<p>{escape(self.quantity)}</p><table><tr>{heads}</tr>{body}</table>{said}"


def fit_population(
    measurements: Iterable[CellMeasurement | Mapping[str, Any]],
    quantity: str = "value",
    unit: str = "",
) -> Population:
    """Fit groups of nominally equal cells.

    A group's cells scatter about its median, the measurements of a cell about the cell's own value,
    and each measurement by its error; all three in the logarithm. Groups share nothing. The model,
    its priors and its coverage are in docs/methods/populations.md; Gelman et al., Bayesian Data
    Analysis, 3rd ed., 2013, section 5.4.

    Parameters
    ----------
    measurements
        One a measurement, or mappings with the names of its fields
        (``frame.to_dict("records")``).
    quantity, unit
        Of the values, for tables and figures.

    Raises
    ------
    InputError
        Which measurement is wrong, and what to write.

    Examples
    --------
    >>> rows = [("bare", "A", 310.0), ("bare", "B", 350.0), ("bare", "C", 290.0),
    ...         ("coated", "D", 31.0), ("coated", "E", 27.0), ("coated", "F", 35.0)]
    >>> found = fit_population([CellMeasurement(*row, 0.01 * row[2]) for row in rows])
    >>> ratio = found.difference("coated", "bare").ratio
    >>> print(f"{ratio.value:.3f}, {ratio.lower:.3f} to {ratio.upper:.3f}")
    0.098, 0.072 to 0.133
    """
    rows = checked(measurements)
    names = dict.fromkeys(one.group for one in rows)
    groups = {name: fit_group(name, [one for one in rows if one.group == name]) for name in names}
    return Population(groups, quantity, unit)


def _ends(one: Interval) -> tuple[float, float, float]:
    return one.value, one.lower, one.upper
