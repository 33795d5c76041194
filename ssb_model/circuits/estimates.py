"""Values with 95 % intervals and units: of elements, resistances, effective capacitances."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.circuits.circuit import Circuit
from ssb_model.constants import TO_F_CM2, TO_OHM_CM2
from ssb_model.fitting import NORMAL_95

WIDEST = 10.0  # ratio of an interval's ends from which on the data do not determine a value
NEAR = 0.003  # of an exponent to its bounds 0.4 and 1
STEP = 1e-5


@dataclass(frozen=True)
class Estimate:
    """One number of a circuit.

    Attributes
    ----------
    name, unit
    value, lower95, upper95
        In the unit; not a number where the data do not determine it.
    determined
    remark
        What it means, or why it is none.
    """

    name: str
    value: float
    lower95: float
    upper95: float
    unit: str
    determined: bool = True
    remark: str = ""

    def times(self, factor: float, unit: str, name: str | None = None) -> "Estimate":
        """The same in another unit."""
        return Estimate(
            name or self.name,
            self.value * factor,
            self.lower95 * factor,
            self.upper95 * factor,
            unit,
            self.determined,
            self.remark,
        )

    def __str__(self) -> str:
        if not self.determined:
            return f"{self.name}: not determined"
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.name}: {self.value:.4g} [{self.lower95:.4g}, {self.upper95:.4g}]{unit}"


def logarithm(
    function: Callable[[Float[np.ndarray, " parameters"]], float],
    u: Float[np.ndarray, " parameters"],
    covariance: Float[np.ndarray, "parameters parameters"],
) -> tuple[float, float]:
    """Logarithm of a positive number that follows from the coordinates, and its standard error."""
    slope = np.array(
        [
            (np.log(function(u + step)) - np.log(function(u - step))) / (2 * STEP)
            for step in STEP * np.eye(len(u))
        ]
    )
    return float(np.log(function(u))), float(np.sqrt(slope @ covariance @ slope))


def positive_estimate(name: str, unit: str, of: tuple[float, float], remark: str = "") -> Estimate:
    """A positive number from its logarithm and the standard error of that, normal there."""
    middle, error = of
    reach = NORMAL_95 * error
    if not np.isfinite(reach) or 2 * reach > np.log(WIDEST):
        return Estimate(name, np.nan, np.nan, np.nan, unit, False, "not determined by the data")
    value, low, high = (float(np.exp(middle + shift)) for shift in (0, -reach, reach))
    return Estimate(name, value, low, high, unit, remark=remark)


def parameter_estimates(
    circuit: Circuit,
    u: Float[np.ndarray, " parameters"],
    covariance: Float[np.ndarray, "parameters parameters"],
) -> tuple[Estimate, ...]:
    """Of every parameter of the circuit."""
    found = []
    for p, parameter in enumerate(circuit.parameters):
        if parameter.symbol != "n":
            of = float(u[p]), float(np.sqrt(covariance[p, p]))
            found.append(positive_estimate(parameter.name, parameter.unit, of))
            continue
        reach = NORMAL_95 * np.sqrt(covariance[p, p])
        low, value, high = (
            float(circuit.values(u + shift * np.eye(len(u))[p])[p]) for shift in (-reach, 0, reach)
        )
        if high - low > 0.4:
            none = Estimate(parameter.name, np.nan, np.nan, np.nan, "", False)
            found.append(_with(none, "not determined by the data"))
        elif value > 1 - NEAR or value < 0.4 + NEAR:
            word = "1: an ideal capacitor" if value > 0.7 else "0.4: the element is no arc"
            found.append(
                Estimate(parameter.name, value, low, high, "", True, f"at its bound {word}")
            )
        else:
            found.append(Estimate(parameter.name, value, low, high, ""))
    return tuple(found)


def _with(estimate: Estimate, remark: str) -> Estimate:
    return Estimate(
        estimate.name, np.nan, np.nan, np.nan, estimate.unit, estimate.determined, remark
    )


def capacitances(
    circuit: Circuit,
    u: Float[np.ndarray, " parameters"],
    covariance: Float[np.ndarray, "parameters parameters"],
) -> tuple[Estimate, ...]:
    """Effective capacitances of the arcs with a constant-phase element.

    Hsu and Mansfeld (Corrosion 57, 747 (2001)), time constants spread normal to the surface:
    C = Q^(1/n) R^((1-n)/n), which is τ/R. Brug et al. (J. Electroanal. Chem. 176, 275 (1984)), time
    constants spread along the surface: C = Q^(1/n) (1/R_s + 1/R)^((n-1)/n), where R_s is what lies
    in series with the arc at its frequencies: the series resistance and all faster arcs.
    """
    found = []
    arcs = _arcs(circuit)
    for R, tau, n, label in arcs:
        series = [p for p, name in enumerate(circuit.parameters) if name.kind == "R"]
        faster = [r for r, t, _, _ in arcs if u[t] < u[tau]]

        def hsu_mansfeld(v: Float[np.ndarray, " p"], R: int = R, tau: int = tau) -> float:
            return float(np.exp(v[tau] - v[R]))

        def brug(
            v: Float[np.ndarray, " p"],
            R: int = R,
            tau: int = tau,
            n: int = n,
            before: tuple[int, ...] = (*series, *faster),
        ) -> float:
            values = circuit.values(v)
            exponent = values[n]
            q = values[tau] ** exponent / values[R]
            both = 1 / np.sum(values[list(before)]) + 1 / values[R]
            return float(q ** (1 / exponent) * both ** ((exponent - 1) / exponent))

        if series or faster:
            said = "Brug, with " + " + ".join(circuit.names[p] for p in (*series, *faster))
            of = logarithm(brug, u, covariance)
            found.append(positive_estimate(f"C{label} (Brug)", "F", of, said))
        of = logarithm(hsu_mansfeld, u, covariance)
        found.append(positive_estimate(f"C{label} (Hsu-Mansfeld)", "F", of, "tau/R"))
    return tuple(found)


def _arcs(circuit: Circuit) -> list[tuple[int, int, int, str]]:
    """Where R, tau and n of each (RQ) are, and its number."""
    starts = [s.start for k, s in zip(circuit.kinds, circuit.slices, strict=True) if k == "RQ"]
    return [(s, s + 1, s + 2, circuit.names[s][1:]) for s in starts]


def per_area(estimates: Iterable[Estimate], area: float) -> Iterator[Estimate]:
    """Resistances times and capacitances by the area [m2], in the units of the field."""
    for e in estimates:
        if e.unit == "Ohm":
            yield e.times(TO_OHM_CM2 * area, "ohm cm2", f"{e.name} per area")
        if e.unit == "F":
            yield e.times(TO_F_CM2 / area, "F/cm2", f"{e.name} per area")
