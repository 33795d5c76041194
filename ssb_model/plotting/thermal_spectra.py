"""Fig. S9: spectra of the bare and the coated symmetric cell against temperature."""

import numpy as np

from ssb_model.plotting.style import BARE, COATED, footer, house_style, new_figure, shades

PANELS = (("bare", "Bare", BARE), ("coated", "ZnI$_2$ 0.5 mol/L, height enlarged", COATED))


@house_style()
def thermal_spectra(reproduction):
    """Nyquist plots at the assumed temperatures, each cell on its own scale.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction

    Returns
    -------
    matplotlib.figure.Figure
    """
    data = reproduction.curves["thermal spectra"]
    figure, axes = new_figure(2, 1, size=(8.6, 8.0))
    for place, (cell, title, colour) in zip(axes, PANELS, strict=True):
        for T, z, shade in zip(
            data["temperature"], data[cell], shades(len(data["temperature"])), strict=True
        ):
            place.plot(z.real, -z.imag, color=shade, label=f"{T - 273.15:.0f} °C")
        place.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]")
        place.set_xlim(0, 1.04 * np.max(data[cell].real))
        place.set_ylim(0, 1.1 * np.max(-data[cell].imag))
        place.set_title(title, color=colour)
    axes[0].legend(loc="upper left", title="temperature, assumed")
    energies = " and ".join(f"{reproduction.row(id).paper:g}" for id in ("13a", "13b"))
    footer(
        figure,
        f"Model fitted to the stated activation energies, {energies} kJ/mol (paper: Fig. S9, 2f). "
        "Temperatures are not stated and assumed, as capacitances are. Simulated, not measured.",
        origin="",
    )
    return figure
