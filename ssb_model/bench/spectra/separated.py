"""Spectra of a symmetric cell as the numbers that papers report: garnet and interface.

Every arc of the circuit belongs to the electrolyte or to an interface by its capacitance per area
(:mod:`ssb_model.circuits.separate`). What stands left of the first arc is the electrolyte's too,
but for the leads. An interface resistance is the sum over the two faces.

A cell whose spectrum ends as a capacitor's blocks: it has no interface resistance, and what the
circuit makes of the spike is no arc of anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.circuits import (
    LEAST_POINTS,
    CircuitFit,
    capacitances_per_area,
    electrolyte_resistance,
    interface_arcs,
    interface_resistance,
)
from ssb_model.constants import TO_UF_CM2
from ssb_model.data.validation import kramers_kronig
from ssb_model.errors import InputError

IN_DOUBT = (1e-4, 1e-2)  # F/m2: an arc of the electrolyte or of an interface
FACE_ARCS = 2  # of one face, that the physics has
LOWEST = 4  # points that say whether a cell blocks
BLOCKS = -40.0  # deg, below which their phase is a capacitor's or a constant-phase element's
QUIETEST = 1e-3  # of |Z|: the least noise that is believed
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
    faces
        Resistance [ohm] and capacitance [F] of the two largest interface arcs, or the only one,
        from fast to slow.
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
    faces: tuple[tuple[float, float], ...] = ()
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


def separated(
    circuit: CircuitFit, area: float, noise: float, spike: float | None = None
) -> Separated:
    """Separate the resistances of a fitted circuit; sums are averaged over its plausible forms.

    Parameters
    ----------
    circuit
        Of a spectrum.
    area
        m2.
    noise
        Of either part over ``|Z|``, by Kramers-Kronig.
    spike
        Of a cell that blocks, from :func:`spike_of`.
    """
    C, outer = capacitances_per_area(circuit, area), interface_arcs(circuit, area)
    arcs = len(C) - len(outer)
    inner = _ohm(electrolyte_resistance(circuit, area))
    if spike is not None:
        said = f"{circuit.name}: it ends as a capacitor's: its faces block and have no resistance."
        return Separated(*inner, None, None, None, (said,), arcs, (), spike)
    warnings = (*_doubts(circuit, area), *_misfit(circuit, noise))
    interface = interface_resistance(circuit, area)
    if interface is None:
        return Separated(*inner, None, None, None, warnings, arcs)
    by_size = sorted(outer, key=lambda name: -_resistance(circuit, name))
    by_time = sorted(by_size[:FACE_ARCS], key=circuit.times.__getitem__)
    faces = [(_resistance(circuit, name), area * C[name]) for name in by_time]
    return Separated(*inner, *_ohm(interface), area * C[by_size[0]], warnings, arcs, tuple(faces))


def _resistance(circuit: CircuitFit, name: str) -> float:
    """Best value [ohm], also of what is not determined."""
    return float(np.exp(circuit.logarithm(name)[0]))


def _ohm(of: tuple[float, float]) -> tuple[float, float]:
    """A resistance and its standard error from the logarithm."""
    R = float(np.exp(of[0]))
    return R, R * of[1]


def _doubts(circuit: CircuitFit, area: float) -> list[str]:
    """Arcs that may be the electrolyte's or an interface's."""
    outer = interface_arcs(circuit, area)
    return [
        f"{circuit.name}: the arc of {_resistance(circuit, name):.4g} ohm has "
        f"{TO_UF_CM2 * C:.2g} uF/cm2, between a grain boundary and a double layer: it is "
        f"taken for the {'interface' if name in outer else 'electrolyte'}."
        for name, C in capacitances_per_area(circuit, area).items()
        if IN_DOUBT[0] < C < IN_DOUBT[1]
    ]


def noise_of(
    frequency: Float[np.ndarray, " frequencies"], impedance: Complex[np.ndarray, " frequencies"]
) -> float:
    """Standard deviation of either part over ``|Z|``, by Kramers-Kronig.

    Raises
    ------
    InputError
        If these are no spectrum, or one of too few points.
    """
    noise = kramers_kronig(frequency, impedance).noise
    if len(frequency) < LEAST_POINTS:
        raise InputError(
            f"it has {len(frequency)} points: a circuit needs at least {LEAST_POINTS}."
        )
    return max(noise, QUIETEST)


def _misfit(circuit: CircuitFit, noise: float) -> list[str]:
    if circuit.noise < POOR * noise:
        return []
    return [
        f"{circuit.name}: the circuit misses this spectrum by {_percent(circuit, noise)}: its "
        "intervals are too narrow."
    ]


def refusal(circuit: CircuitFit, noise: float) -> str:
    """Why a spectrum gives no numbers; empty if it does."""
    if circuit.noise < max(WRONG, POOR * noise):
        return ""
    return (
        f"{circuit.name}: no circuit of arcs meets this spectrum, the best misses by "
        f"{_percent(circuit, noise)}: it gives no numbers. Look at it with ssb data."
    )


def _percent(circuit: CircuitFit, noise: float) -> str:
    return f"{100 * circuit.noise:.2g} %, {circuit.noise / noise:.1f} times the noise"
