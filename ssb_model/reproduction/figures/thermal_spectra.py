"""Fig. S9: spectra of the bare and the coated symmetric cell against temperature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.plotting import (
    BARE,
    COATED,
    draw_spectrum,
    equal_axes,
    footer,
    house_style,
    new_figure,
    shades,
)
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


@house_style()
def thermal_spectra(reproduction: Reproduction) -> Figure:
    """Nyquist plots at the assumed temperatures, the coated cell's from their common end."""
    data = reproduction.curves["thermal spectra"]
    ends = data["coated"].real[:, -1:]
    figure, (bare, coated) = new_figure(2, 1, size=(8.6, 8.8))
    _spectra(bare, data, data["bare"], data["bare"].real[:, -1], "upper left")
    _spectra(coated, data, data["coated"] - ends, ends[:, 0], "upper right")
    bare.set_xlim(left=0)
    coated.set_xlabel("Re Z − its end at low frequency [Ω cm²]")
    bare.set_title("Li | garnet | Li, bare (paper: Fig. S9)", color=BARE)
    coated.set_title("ZnI₂ 0.5 mol/L, enlarged and moved to one end", color=COATED)
    energies = " and ".join(f"{row_of(reproduction, id).paper:g}" for id in ("13a", "13b"))
    footer(
        figure,
        "Lines: simulated with the model fitted to the resistances and to the activation energies, "
        f"{energies} kJ/mol, that the text of Zhai et al. 2024 states. Temperatures are not stated "
        "and assumed, as capacitances are; no spectrum of the paper was digitised.",
        origin="",
    )
    return figure


def _spectra(
    axes: Axes,
    data: Mapping[str, Any],
    spectra: Complex[np.ndarray, "temperatures frequencies"],
    ends: Float[np.ndarray, " temperatures"],
    free: Literal["upper left", "upper right"],
) -> None:
    """One line a temperature, named with the real part at which it ends, in the ``free`` corner."""
    colours = shades(len(ends))
    for T, z, end, colour in zip(data["temperature"], spectra, ends, colours, strict=True):
        words = f"{T - ZERO_CELSIUS:.0f} °C: ends at {end:.0f} Ω cm²"
        draw_spectrum(axes, data["frequency"], z, colour, label=words)
    real, imaginary = np.real(spectra), np.imag(spectra)
    left, right = real.min(), real.max()
    margin = 0.04 * (right - left)
    equal_axes(axes, (left - margin, right + margin), 0, 1.2 * np.max(-imaginary))
    axes.legend(loc=free, title="temperature assumed", alignment="left")
