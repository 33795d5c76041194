"""A fitted circuit beside the spectrum: Nyquist plot with its arcs, residuals below."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from ssb_model.plotting import COATED, PAPER, QUIET, footer, house_style, new_figure, shades

if TYPE_CHECKING:
    from ssb_model.circuits.result import CircuitFit

ORIGIN = "Dots: as measured. Line: the fitted circuit, its arcs beneath; residuals in % of |Z|."


@house_style()
def draw_fit(fit: "CircuitFit") -> Figure:
    """The figure of one fit."""
    figure, (top, bottom) = new_figure(2, 1, (8.0, 7.0), height_ratios=(3, 1))
    f = np.geomspace(fit.frequency[0], fit.frequency[-1], 400)
    z = fit.impedance(f)
    parts = fit.circuit.parts(fit.coordinates, 2 * np.pi * f)
    arcs = [
        (part, number)
        for part, kind, number in zip(parts, fit.circuit.kinds, range(len(parts)), strict=True)
        if kind in ("RQ", "RC", "Ws")
    ]
    offset = sum(np.real(p)[0] for p, k in zip(parts, fit.circuit.kinds, strict=True) if k == "R")
    for (part, _), colour in zip(arcs, shades(max(len(arcs), 2)), strict=False):
        top.fill_between(offset + np.real(part), -np.imag(part), color=colour, alpha=0.25, lw=0)
        offset = offset + np.real(part)[-1]
    top.plot(
        np.real(fit.measured), -np.imag(fit.measured), "o", color=PAPER, ms=4, label="measured"
    )
    top.plot(np.real(z), -np.imag(z), color=COATED, label=fit.circuit.text)
    top.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=fit.name)
    top.set_aspect("equal", adjustable="datalim")
    top.legend()
    off = 100 * (fit.measured - fit.fitted) / np.abs(fit.measured)
    bottom.axhline(0, color=QUIET, lw=0.8)
    bottom.semilogx(fit.frequency, np.real(off), "o", ms=3, color=COATED, label="real")
    bottom.semilogx(fit.frequency, np.imag(off), "s", ms=3, color=PAPER, label="imaginary")
    bottom.set(xlabel="Frequency [Hz]", ylabel="Residual [% of |Z|]")
    bottom.legend(ncols=2)
    footer(figure, *fit.warnings(), origin=ORIGIN)
    return figure
