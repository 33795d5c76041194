"""Resistances of electrolyte and interfaces, parted by the capacitance of their arcs per area.

A grain has about 1e-11, a grain boundary 1e-9, a double layer 1e-5 F/cm2. The two groups are parted
in the widest gap between neighbouring capacitances, the ends of `GROUPS` among them; for a single
arc that is at 1e-7 F/cm2. What stands left of the first arc is the electrolyte's too, with the
leads.
"""

from collections.abc import Sequence

import numpy as np

from ssb_model.circuits.result import CircuitFit

GROUPS = (1e-6, 1.0)  # F/m2: the electrolyte's arcs lie about the first, a double layer the second


def parting_capacitance(per_area: Sequence[float]) -> float:
    """Capacitance per area that parts electrolyte and interface [F.m-2].

    Parameters
    ----------
    per_area
        Effective capacitances of all arcs [F.m-2].
    """
    known = np.sort(np.log([*GROUPS, *np.clip(per_area, *GROUPS)]))
    widest = int(np.argmax(np.diff(known)))
    return float(np.exp(known[widest : widest + 2].mean()))


def capacitances_per_area(fit: CircuitFit, area: float) -> dict[str, float]:
    """Effective capacitance of each arc [F.m-2], tau/R, by the name of its resistance."""
    ln_R = {name: fit.logarithm(name)[0] for name in fit.times}
    return {name: float(tau / np.exp(ln_R[name]) / area) for name, tau in fit.times.items()}


def interface_arcs(fit: CircuitFit, area: float) -> list[str]:
    """Names of the resistances of interface arcs; ``area`` in m2."""
    per_area = capacitances_per_area(fit, area)
    limit = parting_capacitance(list(per_area.values()))
    return [name for name, C in per_area.items() if limit <= C]


def electrolyte_resistance(fit: CircuitFit, area: float) -> tuple[float, float]:
    """Logarithm of the electrolyte's and the leads' resistance [Ohm], and its standard error."""
    known = bool(interface_arcs(fit, area))

    def inner(form: CircuitFit) -> list[str]:
        outer = interface_arcs(form, area)
        return [r for r in form.resistances if r not in outer] if bool(outer) == known else []

    return fit.averaged(inner)


def interface_resistance(fit: CircuitFit, area: float) -> tuple[float, float] | None:
    """Logarithm of the interfaces' resistance [Ohm], and its error; None where there is no arc."""
    if not interface_arcs(fit, area):
        return None
    return fit.averaged(lambda form: interface_arcs(form, area))
