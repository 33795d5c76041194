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
from jaxtyping import Complex, Float

from ssb_model.circuits import LEAST_POINTS, CircuitFit
from ssb_model.constants import TO_UF_CM2
from ssb_model.data.validation import kramers_kronig
from ssb_model.errors import InputError

GROUPS = (1e-6, 1.0)  # F/m2: the electrolyte's arcs lie about the first, a double layer the second
IN_DOUBT = (1e-4, 1e-2)  # F/m2: either may be there
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
    C = capacitance(circuit)
    outer = _outer(circuit, area)
    arcs = len(C) - len(outer)

    def electrolyte(form: CircuitFit) -> list[str]:
        slow = _outer(form, area)
        return [r for r in form.resistances if r not in slow] if bool(slow) == bool(outer) else []

    inner = _ohm(circuit.averaged(electrolyte))
    if spike is not None:
        said = f"{circuit.name}: it ends as a capacitor's: its faces block and have no resistance."
        return Separated(*inner, None, None, None, (said,), arcs, None, spike)
    warnings = (*_doubts(circuit, area), *_misfit(circuit, noise))
    if not outer:
        return Separated(*inner, None, None, None, warnings, arcs)
    largest = max(outer, key=lambda name: _resistance(circuit, name))
    interface = _ohm(circuit.averaged(lambda form: _outer(form, area)))
    return Separated(*inner, *interface, C[largest], warnings, arcs, _slow(circuit, outer, largest))


def capacitance(circuit: CircuitFit) -> dict[str, float]:
    """Effective capacitance of each arc [F], tau/R (Hsu and Mansfeld), by its resistance's name."""
    return {name: tau / _resistance(circuit, name) for name, tau in circuit.times.items()}


def _resistance(circuit: CircuitFit, name: str) -> float:
    """Best value [ohm], also of what is not determined."""
    return float(np.exp(circuit.logarithm(name)[0]))


def _ohm(of: tuple[float, float]) -> tuple[float, float]:
    """A resistance and its standard error from the logarithm."""
    R = float(np.exp(of[0]))
    return R, R * of[1]


def _outer(circuit: CircuitFit, area: float) -> list[str]:
    """Names of the resistances of interface arcs."""
    per_area = {name: C / area for name, C in capacitance(circuit).items()}
    limit = _parted(np.array(list(per_area.values())))
    return [name for name, C in per_area.items() if limit <= C]


def _slow(circuit: CircuitFit, outer: list[str], largest: str) -> tuple[float, float] | None:
    """The largest of the interface arcs that are slower than the largest of all."""
    slower = [name for name in outer if circuit.times[name] > circuit.times[largest]]
    if not slower:
        return None
    R, name = max((_resistance(circuit, name), name) for name in slower)
    return R, circuit.times[name] / R


def _parted(per_area: Float[np.ndarray, " arcs"]) -> float:
    """Capacitance per area that parts electrolyte and interface [F.m-2]."""
    known = np.sort(np.log([*GROUPS, *np.clip(per_area, *GROUPS)]))
    widest = int(np.argmax(np.diff(known)))
    return float(np.exp(known[widest : widest + 2].mean()))


def _doubts(circuit: CircuitFit, area: float) -> list[str]:
    """Arcs that may be the electrolyte's or an interface's."""
    outer = _outer(circuit, area)
    return [
        f"{circuit.name}: the arc of {_resistance(circuit, name):.4g} ohm has "
        f"{TO_UF_CM2 * C / area:.2g} uF/cm2, between a grain boundary and a double layer: it is "
        f"taken for the {'interface' if name in outer else 'electrolyte'}."
        for name, C in capacitance(circuit).items()
        if IN_DOUBT[0] < C / area < IN_DOUBT[1]
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
