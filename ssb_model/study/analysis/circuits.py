"""The circuit that a measured spectrum's own points ask for, beside the fitted model.

Both have a high-frequency resistance, which is the electrolyte's and the leads', and one of the
interfaces, parted by the capacitance of arcs and processes per area
(:mod:`ssb_model.circuits.separate`). The model's is the sum over its processes
(:mod:`~ssb_model.study.analysis.processes`), with an interval by the joint posterior.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.circuits import (
    CircuitFit,
    electrolyte_resistance,
    fit_circuit,
    interface_resistance,
    parting_capacitance,
)
from ssb_model.compiled import AT_ONCE
from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95
from ssb_model.study.analysis.arcs import arc, by_process
from ssb_model.study.analysis.missing import missed
from ssb_model.study.analysis.processes import (
    half_width_of,
    interval_of,
    processes,
    terms_of,
)
from ssb_model.study.kinds import Spectrum

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

DRIFTED = 0.005  # over a sweep: beyond it a contact that is taken to stand still moves resistances
PULLED = 2.0  # standard deviations of a prior
Range = tuple[float, tuple[float, float]]


@dataclass(frozen=True)
class Beside:
    """A resistance of a spectrum by the circuit and by the model [Ohm], with 95 % intervals.

    Attributes
    ----------
    quantity
        "high-frequency" or "interface".
    circuit, model
        Value and interval; None where there is no such arc or process.
    why
        A sentence where the intervals do not meet, else empty.
    """

    quantity: str
    circuit: Range | None
    model: Range | None
    why: str = ""


@lru_cache(maxsize=64)
def circuit_of(fit: StudyFit, spectrum: Spectrum) -> CircuitFit | None:
    """The circuit of a measured spectrum; None where it has too few points for one."""
    if spectrum.impedance is None:
        return None
    area = fit.study.cells[spectrum.cell].area
    try:
        return fit_circuit((spectrum.frequency, spectrum.impedance), area=area)
    except InputError:
        return None


def beside_circuit(fit: StudyFit, spectrum: Spectrum) -> list[Beside]:
    """Both resistances of a spectrum, by circuit and model."""
    circuit = circuit_of(fit, spectrum)
    if circuit is None:
        return []
    area = fit.study.cells[spectrum.cell].area
    inner, outer = _parted(fit, spectrum, area)
    ln_interface = interface_resistance(circuit, area)
    pairs = {
        "high-frequency": (_range(electrolyte_resistance(circuit, area)), inner),
        "interface": (None if ln_interface is None else _range(ln_interface), outer),
    }
    found = []
    for quantity, (by_circuit, names) in pairs.items():
        by_model = _sum(fit, spectrum, names) if names else None
        apart = by_circuit is not None and by_model is not None and _apart(by_circuit, by_model)
        why = _why(fit, spectrum, circuit, inner, quantity) if apart else ""
        found.append(Beside(quantity, by_circuit, by_model, why))
    return found


def _range(of: tuple[float, float]) -> Range:
    middle, reach = of[0], NORMAL_95 * of[1]
    value, low, high = (float(np.exp(middle + shift)) for shift in (0, -reach, reach))
    return value, (low, high)


def _parted(fit: StudyFit, spectrum: Spectrum, area: float) -> tuple[list[str], list[str]]:
    """Names of the model's processes of the electrolyte and of the interfaces."""
    found = processes(fit, spectrum)
    limit = parting_capacitance([p.capacitance / area for p in found if p.capacitance])
    outer = [p.name for p in found if p.capacitance and p.capacitance / area >= limit]
    return [p.name for p in found if p.name not in outer], outer


def _sum(fit: StudyFit, spectrum: Spectrum, names: Collection[str]) -> Range:
    free, f, terms = terms_of(fit, spectrum)
    arcs = {name: z for name, z in by_process(terms).items() if name in names}
    drawn = [[arc(f, one) for one in z] for z in arcs.values()]
    total = np.sum([[one[0] if one else 0.0 for one in members] for members in drawn], axis=0)
    if AT_ONCE in terms:
        at_once = np.real(terms[AT_ONCE][:, 0])
        total = total + at_once * ("at once" in names)
    return interval_of(total, half_width_of(fit, free))


def _apart(one: Range, other: Range) -> bool:
    (low, high), (other_low, other_high) = one[1], other[1]
    return low > other_high or other_low > high


def _why(
    fit: StudyFit, spectrum: Spectrum, circuit: CircuitFit, inner: Collection[str], quantity: str
) -> str:
    causes = _causes(fit, spectrum, circuit, len(processes(fit, spectrum)) - ("at once" in inner))
    leads = "the leads lie in series with the electrolyte, and one spectrum cannot part them"
    common = "the model holds all spectra to laws in common, the circuit does not"
    cause = next(causes, leads if quantity == "high-frequency" else common)
    return (
        f"{spectrum.name}: the {quantity} resistances of circuit and model do not meet within "
        f"their intervals: {cause}."
    )


def _causes(fit: StudyFit, spectrum: Spectrum, circuit: CircuitFit, arcs: int) -> Iterator[str]:
    """What may part circuit and model, the gravest first; ``arcs`` is the model's number."""
    if spectrum.name in missed(fit):
        yield "the model misses this spectrum"
    for doubt in circuit.doubts:
        yield f"of the circuit: {doubt.rstrip('.')}"
    if abs(circuit.drift) > DRIFTED and not spectrum.drifts:
        yield (
            f"the contact drifted by {100 * circuit.drift:.1f} % during the sweep, which the study "
            "leaves out: give its resistance a drift"
        )
    pulled = _pulled(fit, spectrum)
    if pulled:
        yield f"the prior of {pulled} pulls, its value lies far from the middle"
    if len(circuit.times) < arcs:
        yield f"the circuit {circuit.circuit.text} has fewer arcs than the model, which overlap"


def _pulled(fit: StudyFit, spectrum: Spectrum) -> str:
    """Label of the cell's parameter that lies farthest from its prior's middle, if any does."""
    labels = fit.fit.problem.space.labels
    own = fit.study.free.mapping(spectrum.cell)
    far = [(abs(u), label) for u, label in zip(fit.fit.u, labels, strict=True) if label in own]
    distance, label = max(far, default=(0.0, ""))
    return label if distance > PULLED else ""
