"""A fitted circuit: prints, plots, becomes a DataFrame, and says what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.circuits.average import Chosen, averaged_sum, faster_than_the_slowest
from ssb_model.circuits.circuit import Circuit
from ssb_model.circuits.estimates import (
    Estimate,
    capacitances,
    logarithm,
    parameter_estimates,
    per_area,
    positive_estimate,
)
from ssb_model.errors import InputError, suggestion

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class CircuitFit:
    """One circuit fitted to one spectrum.

    Attributes
    ----------
    name
        Of the spectrum.
    circuit
    frequency, measured
        The spectrum, frequency falling [Hz], [Ohm].
    fitted
        As the circuit has it at the same points, with the drift and the onset of arcs beyond [Ohm].
    coordinates, covariance
        Of the circuit's parameters as fitted (logarithms, logistic exponents); the covariance
        contains the noise, the correlation of neighbouring residuals, drift and onset.
    noise
        Relative to abs(Z), of real and imaginary part.
    drift
        Relative change of the slowest arc and the tail over the sweep that the fit has found.
    outliers
        Frequencies of points that counted for less [Hz].
    doubts
        Sentences about the fit as a whole.
    evidence
        Circuit to its Bayesian information criterion above that of the best, where several were
        compared.
    plausible
        Weight and fit of every form that may be the right one, this among them, where several were
        compared: sums of resistances are averaged over them.
    area
        Of the cell [m2].
    """

    name: str
    circuit: Circuit
    frequency: Float[np.ndarray, " frequencies"]
    measured: Complex[np.ndarray, " frequencies"]
    fitted: Complex[np.ndarray, " frequencies"]
    coordinates: Float[np.ndarray, " parameters"]
    covariance: Float[np.ndarray, "parameters parameters"]
    noise: float
    drift: float
    outliers: Float[np.ndarray, " points"]
    doubts: tuple[str, ...] = ()
    evidence: dict[str, float] = field(default_factory=dict)
    plausible: tuple[tuple[float, "CircuitFit"], ...] = ()
    area: float | None = None

    @cached_property
    def elements(self) -> tuple[Estimate, ...]:
        """Every parameter of the circuit, in SI."""
        return parameter_estimates(self.circuit, self.coordinates, self.covariance)

    @cached_property
    def derived(self) -> tuple[Estimate, ...]:
        """Sums of resistances, effective capacitances; per area where it is known."""
        resistances = self.resistances
        sums = []
        if len(resistances) > 2:
            sums.append(self._averaged("R high-frequency", faster_than_the_slowest(self)))
        if len(resistances) > 1:
            sums.append(self._averaged("R total", lambda form: form.resistances))
        found = (*sums, *capacitances(self.circuit, self.coordinates, self.covariance))
        return (*found, *per_area((*self.elements, *found), self.area)) if self.area else found

    @property
    def status(self) -> Literal["sound", "doubtful"]:
        """Doubtful when a sentence about the fit as a whole stands against it."""
        return "doubtful" if self.doubts else "sound"

    def __getitem__(self, name: str) -> Estimate:
        """An element or a derived number by its name, ``fit["R1"]``."""
        for estimate in (*self.elements, *self.derived):
            if estimate.name == name:
                return estimate
        known = [estimate.name for estimate in (*self.elements, *self.derived)]
        raise InputError(
            f"The circuit {self.circuit.text} has no '{name}'. {suggestion(name, known)}"
        )

    def total(self, *names: str, name: str | None = None) -> Estimate:
        """The sum of resistances [Ohm] with its own interval, ``fit.total("R0", "R1")``."""
        said = " + ".join(names)
        return positive_estimate(name or said, "Ohm", self.logarithm(*names), said)

    def logarithm(self, *names: str) -> tuple[float, float]:
        """Of a sum of resistances [Ohm], ``fit.logarithm("R0", "R1")``; its standard error."""
        for given in names:
            if given not in self.resistances:
                raise InputError(
                    f"'{given}' is no resistance of {self.circuit.text}. "
                    f"{suggestion(given, self.resistances)}"
                )
        places = [self.circuit.names.index(name) for name in names]
        return logarithm(
            lambda v: float(np.exp(v[places]).sum()), self.coordinates, self.covariance
        )

    def averaged(self, chosen: Chosen) -> tuple[float, float]:
        """As :meth:`logarithm`, over all plausible forms; ``chosen`` names those of a form."""
        return averaged_sum(self, chosen)

    def impedance(
        self, frequency: Float[np.ndarray, " frequencies"] | Sequence[float] | None = None
    ) -> Complex[np.ndarray, " frequencies"]:
        """The circuit's impedance [Ohm] at frequencies [Hz], without drift."""
        f = self.frequency if frequency is None else np.asarray(frequency, dtype=float)
        return np.sum(self.circuit.parts(self.coordinates, 2 * np.pi * f), axis=0)

    def warnings(self) -> tuple[str, ...]:
        """What to know before these numbers are used, a sentence each."""
        said = list(self.doubts)
        lost = [e.name for e in self.elements if not e.determined]
        if lost:
            said.append(f"The data do not determine {', '.join(lost)}.")
        said += [f"{e.name} is {e.remark}." for e in self.elements if "bound" in e.remark]
        if len(self.outliers):
            shown = ", ".join(f"{f:.3g}" for f in self.outliers[:4])
            count = len(self.outliers)
            said.append(f"{count} points lie far off and count for less (at {shown} Hz).")
        return tuple(said)

    def to_dataframe(self) -> "pd.DataFrame":
        """The table as :class:`pandas.DataFrame`, in SI."""
        import pandas as pd

        rows = [vars(estimate) for estimate in (*self.elements, *self.derived)]
        return pd.DataFrame(rows)

    def plot(self) -> "Figure":
        """Nyquist plot with fit and arcs, and residuals, as :class:`matplotlib.figure.Figure`."""
        from ssb_model.circuits.figure import draw_fit

        return draw_fit(self)

    def __str__(self) -> str:
        title, *rows = self._table()
        widths = [max(len(row[k]) for row in rows) for k in range(4)]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
        return "\n".join([title[0], *(line.rstrip() for line in lines), *self.warnings()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        title, head, *rows = self._table()
        cells = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.warnings())
        return f"<p>{escape(title[0])}</p><table><tr>{heads}</tr>{cells}</table>{said}"

    def _table(self) -> list[tuple[str, ...]]:
        title = f"{self.name}: {self.circuit.text}, noise {self.noise:.2%} of |Z|, {self.status}"
        rows: list[tuple[str, ...]] = [(title,), ("element", "value", "95 % interval", "unit")]
        for e in (*self.elements, *self.derived):
            if e.determined:
                numbers = (f"{e.value:.4g}", f"{e.lower95:.4g} to {e.upper95:.4g}")
            else:
                numbers = ("not determined", "")
            rows.append((e.name, *numbers, e.unit))
        return rows

    @property
    def resistances(self) -> list[str]:
        """Names of all resistances, the arcs' from fast to slow after the lone one."""
        return [p.name for p in self.circuit.parameters if p.symbol == "R"]

    @cached_property
    def times(self) -> dict[str, float]:
        """Time constant [s] of every element that has one, by the name of its resistance."""
        of = dict(zip(self.circuit.names, self.circuit.values(self.coordinates), strict=True))
        return {name: float(of[f"tau{name[1:]}"]) for name in self.resistances if name[:2] != "R0"}

    def _averaged(self, name: str, chosen: Chosen) -> Estimate:
        return positive_estimate(name, "Ohm", self.averaged(chosen), " + ".join(chosen(self)))
