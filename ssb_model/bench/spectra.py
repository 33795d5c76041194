"""Spectra of a symmetric cell as the numbers that papers report: garnet and interface.

Every arc of the circuit belongs to the electrolyte or to an interface by its capacitance per area:
a grain has about 1e-11, a grain boundary 1e-9, a double layer 1e-5 F/cm2. The two groups are parted
in the widest gap between neighbouring capacitances, the ends of `GROUPS` among them; for a single
arc that is at 1e-7 F/cm2. What stands left of the first arc is the electrolyte's too, but for the
leads. An interface resistance is the sum of the arcs above, over the two faces.

A cell whose spectrum ends as a capacitor's blocks: it has no interface resistance, and what the
circuit makes of the spike is no arc of anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float, Int

from ssb_model.constants import TO_UF_CM2
from ssb_model.data.validation import ArcCircuit

GROUPS = (1e-6, 1.0)  # F/m2: the electrolyte's arcs lie about the first, a double layer the second
IN_DOUBT = (1e-4, 1e-2)  # F/m2: either may be there
LOWEST = 4  # points that say whether a cell blocks
BLOCKS = -40.0  # deg, below which their phase is a capacitor's or a constant-phase element's
POOR = 2.0  # times the noise
WRONG = 0.03  # of |Z|: a misfit beyond this is no drift


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
    inner_arcs
        Arcs of the electrolyte.
    slow
        Resistance [ohm] and capacitance [F] of a slower interface arc beside the largest.
    spike
        Capacitance at the lowest frequency of a cell that blocks [F]; None if it does not.
    warnings
        Sentences.
    """

    electrolyte: float
    electrolyte_error: float
    interface: float | None
    interface_error: float | None
    capacitance: float | None
    warnings: tuple[str, ...] = ()
    inner_arcs: int = 0
    slow: tuple[float, float] | None = None
    spike: float | None = None


def spike_of(
    frequency: Float[np.ndarray, " frequencies"], impedance: Complex[np.ndarray, " frequencies"]
) -> float | None:
    """Capacitance at the lowest frequencies [F] of a cell that blocks; None of one that does not.

    Parameters
    ----------
    frequency, impedance
        Hz, ohm, in any order.
    """
    lowest = np.argsort(frequency)[:LOWEST]
    z = np.asarray(impedance)[lowest]
    if np.median(np.degrees(np.angle(z))) > BLOCKS:
        return None
    return float(np.median(-1 / (2 * np.pi * frequency[lowest] * np.imag(z))))


def separated(circuit: ArcCircuit, area: float, name: str, spike: float | None = None) -> Separated:
    """Separate the resistances of a fitted circuit.

    Parameters
    ----------
    circuit
        Of a spectrum.
    area
        m2.
    name
        Of the spectrum, for warnings.
    spike
        Of a cell that blocks, from :func:`spike_of`.
    """
    per_area = circuit.capacitance / area
    inner = np.array([True, *(per_area < _parted(per_area))])
    resistance = np.array([circuit.series, *circuit.resistance])

    def total(chosen: np.ndarray) -> tuple[float, float]:
        weights = chosen.astype(float)
        return float(weights @ resistance), float(np.sqrt(weights @ circuit.covariance @ weights))

    arcs = int(inner[1:].sum())
    if spike is not None:
        said = f"{name}: it ends as a capacitor's: its faces block and have no resistance."
        return Separated(*total(inner), None, None, None, (said,), arcs, None, spike)
    warnings = (*_doubts(circuit, per_area, name), *_misfit(circuit, name))
    if inner.all():
        return Separated(*total(inner), None, None, None, warnings, arcs)
    outer = np.flatnonzero(~inner[1:])
    largest = outer[np.argmax(circuit.resistance[outer])]
    C = float(circuit.capacitance[largest])
    slow = _slow(circuit, outer, int(largest))
    return Separated(*total(inner), *total(~inner), C, warnings, arcs, slow)


def _slow(
    circuit: ArcCircuit, outer: Int[np.ndarray, " arcs"], largest: int
) -> tuple[float, float] | None:
    """The largest of the interface arcs that are slower than the largest of all."""
    slower = outer[circuit.time_constant[outer] > circuit.time_constant[largest]]
    if not len(slower):
        return None
    chosen = slower[np.argmax(circuit.resistance[slower])]
    return float(circuit.resistance[chosen]), float(circuit.capacitance[chosen])


def _parted(per_area: Float[np.ndarray, " arcs"]) -> float:
    """Capacitance per area that parts electrolyte and interface [F.m-2]."""
    known = np.sort(np.log([*GROUPS, *np.clip(per_area, *GROUPS)]))
    widest = int(np.argmax(np.diff(known)))
    return float(np.exp(known[widest : widest + 2].mean()))


def _doubts(circuit: ArcCircuit, per_area: Float[np.ndarray, " arcs"], name: str) -> list[str]:
    """Arcs that may be the electrolyte's or an interface's."""
    limit = _parted(per_area)
    near = (IN_DOUBT[0] < per_area) & (per_area < IN_DOUBT[1])
    return [
        f"{name}: the arc of {circuit.resistance[k]:.4g} ohm has {TO_UF_CM2 * per_area[k]:.2g} "
        "uF/cm2, between a grain boundary and a double layer: it is taken for the "
        f"{'electrolyte' if per_area[k] < limit else 'interface'}."
        for k in np.flatnonzero(near)
    ]


def _misfit(circuit: ArcCircuit, name: str) -> list[str]:
    if circuit.misfit < POOR * circuit.noise:
        return []
    return [
        f"{name}: the circuit misses this spectrum by {_percent(circuit)}: its intervals are too "
        "narrow."
    ]


def refusal(circuit: ArcCircuit, name: str) -> str:
    """Why a spectrum gives no numbers; empty if it does."""
    if circuit.misfit < max(WRONG, POOR * circuit.noise):
        return ""
    return (
        f"{name}: no circuit of arcs meets this spectrum, the best misses by {_percent(circuit)}: "
        "it gives no numbers. Look at it with ssb data."
    )


def _percent(circuit: ArcCircuit) -> str:
    return f"{100 * circuit.misfit:.2g} %, {circuit.misfit / circuit.noise:.1f} times the noise"
