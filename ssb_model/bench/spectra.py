"""Spectra of a symmetric cell as the numbers that papers report: garnet and interface.

Every arc of the circuit belongs to the electrolyte or to an interface by its capacitance per area:
grain and grain boundary lie below `ELECTROLYTE`, a double layer above. What stands left of the
first arc is the electrolyte's too, but for the leads. An interface resistance is the sum of the
arcs above, over the two faces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ELECTROLYTE = 3e-4  # F/m2, 3e-8 F/cm2: bulk and grain boundary below
DOUBTFUL = 3.0  # times above or below: which one is in doubt


@dataclass(frozen=True)
class Arc:
    """An arc of a circuit: resistance [ohm], effective capacitance [F], time constant [s]."""

    resistance: float
    capacitance: float
    time_constant: float
    exponent: float


@dataclass(frozen=True)
class Separated:
    """A spectrum's resistances, told apart by capacitance.

    Attributes
    ----------
    electrolyte, electrolyte_error
        With the leads [ohm].
    interface, interface_error
        Of both faces [ohm]; None if there is no such arc.
    capacitance
        Of the largest interface arc [F]; None if there is none.
    warnings
        Sentences.
    """

    electrolyte: float
    electrolyte_error: float
    interface: float | None
    interface_error: float | None
    capacitance: float | None
    warnings: tuple[str, ...] = ()


def separated(
    series: float,
    arcs: list[Arc],
    covariance: np.ndarray,
    area: float,
    name: str,
) -> Separated:
    """Separate a fitted circuit.

    Parameters
    ----------
    series
        Resistance in series [ohm].
    arcs
        In the order of their time constants.
    covariance
        Of the series resistance and then those of the arcs [ohm2].
    area
        m2.
    name
        Of the spectrum, for warnings.
    """
    per_area = np.array([arc.capacitance / area for arc in arcs])
    inner = np.array([True, *(per_area < ELECTROLYTE)])
    resistance = np.array([series, *(arc.resistance for arc in arcs)])

    def total(chosen: np.ndarray) -> tuple[float, float]:
        weights = chosen.astype(float)
        return float(weights @ resistance), float(np.sqrt(weights @ covariance @ weights))

    doubtful = (per_area > ELECTROLYTE / DOUBTFUL) & (per_area < ELECTROLYTE * DOUBTFUL)
    warnings = tuple(
        f"{name}: the arc of {arc.resistance:.4g} ohm has {1e2 * c:.2g} uF/cm2, between a grain "
        f"boundary and a double layer: it is taken for the "
        f"{'electrolyte' if c < ELECTROLYTE else 'interface'}."
        for arc, c, doubt in zip(arcs, per_area, doubtful, strict=True)
        if doubt
    )
    if inner.all():
        return Separated(*total(inner), None, None, None, warnings)
    largest = max((arc for arc, own in zip(arcs, inner[1:], strict=True) if not own), key=_size)
    return Separated(*total(inner), *total(~inner), largest.capacitance, warnings)


def _size(arc: Arc) -> float:
    return arc.resistance
