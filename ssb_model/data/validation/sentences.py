"""A distribution of relaxation times in words: first what it cannot show, then what it shows."""

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.data.validation.resolved import LOUD, well_above

if TYPE_CHECKING:
    from ssb_model.data.validation.relaxation import Relaxation


def relaxation_lines(found: "Relaxation") -> list[str]:
    """Resistances, misfit, loops, processes and what may be none, a line each."""
    return [
        f"{found.polarisation_resistance:.4g} Ohm relax beside {found.series_resistance:.4g} Ohm "
        f"in series; {100 * found.unmeasured:.2g} % of it outside the measured band.",
        *_loops(found),
        _fit(found),
        *_arcs(found),
        *(f"- {one.sentence()}" for one in found.processes),
        *_undecided(found),
    ]


def _loops(found: "Relaxation") -> list[str]:
    return [
        "A positive distribution cannot show a loop (the resistance falls again towards low "
        f"frequency), so it is taken off first: {loop.sentence()}"
        for loop in found.resolved.loops
    ]


def _fit(found: "Relaxation") -> str:
    misfit = f"{100 * found.misfit:.2g} % of |Z|"
    if not well_above(found.misfit, found.noise):
        return (
            f"Root mean square misfit {misfit} in each part; regularisation "
            f"{found.regularisation:.1g}."
        )
    return (
        f"The distribution misses the spectrum by {misfit}, {_times(found.misfit, found)} its "
        "noise: something here is no sum of positive relaxations, and its peaks are no answer."
    )


def _arcs(found: "Relaxation") -> list[str]:
    misfit = found.resolved.misfit
    if found.noise > LOUD:
        return [
            f"Noise of {100 * found.noise:.2g} % of |Z| drowns resistances: average, or raise the "
            "amplitude, before any is read."
        ]
    if not well_above(misfit, found.noise):
        return [] if found.processes else ["No process stands out from the noise."]
    off = f"by {100 * misfit:.2g} % of |Z|, {_times(misfit, found)} its noise"
    if not found.processes:
        return [f"No sum of arcs describes the spectrum; the best misses it {off}."]
    return [f"The arcs below miss the spectrum {off}: their intervals are too narrow."]


def _undecided(found: "Relaxation") -> list[str]:
    """Arcs that the data ask for without determining them, and peaks that need not exist."""
    lines = []
    if found.resolved.undetermined:
        lines.append(
            f"{_listed(found.resolved.undetermined)}: more relaxes there, cut off by the band, "
            "hidden under a neighbour or very small; its resistance is not determined."
        )
    named = [(True, "may be a ripple of the method"), (False, "is outside the measured band")]
    for measured, reason in named:
        tau = [one.tau for one in found.peaks if one.measured is measured and not one.firm]
        if tau:
            lines.append(f"{_listed(tau)}: a peak there {reason}, and no process is shown by it.")
    return lines


def _listed(tau: "tuple[float, ...] | list[float]") -> str:
    return "Near " + ", ".join(f"{one:.1e} s ({1 / (2 * np.pi * one):.1e} Hz)" for one in tau)


def _times(misfit: float, found: "Relaxation") -> str:
    return f"{misfit / found.noise:.3g} times" if found.noise > 0 else "far above"
