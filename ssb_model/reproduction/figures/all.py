"""All figures by file name, and their files: each written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.plotting import save_figure
from ssb_model.reproduction.figures.arrhenius import arrhenius
from ssb_model.reproduction.figures.bare_hold import bare_hold
from ssb_model.reproduction.figures.concentration import concentration, dip_polarisation
from ssb_model.reproduction.figures.focusing import focusing
from ssb_model.reproduction.figures.full_cell import fade, profiles
from ssb_model.reproduction.figures.growth import growth
from ssb_model.reproduction.figures.hot_spot import hot_spot
from ssb_model.reproduction.figures.laws import critical_laws
from ssb_model.reproduction.figures.nyquist import nyquist
from ssb_model.reproduction.figures.polarisation import polarisation
from ssb_model.reproduction.figures.published import critical_currents, lives
from ssb_model.reproduction.figures.ramps import ionic_ramp, ramps, thick_ramp
from ssb_model.reproduction.figures.rate import rate_capability
from ssb_model.reproduction.figures.residuals import ratios, residuals
from ssb_model.reproduction.figures.spectra import aged_spectra, bare_spectra, dip_spectra
from ssb_model.reproduction.figures.thermal_spectra import thermal_spectra

if TYPE_CHECKING:
    from ssb_model.reproduction.results import Reproduction


#: File stem -> function of a :class:`ssb_model.reproduction.results.Reproduction` to a figure.
FIGURES = {
    "fig2c_nyquist": nyquist,
    "fig2d_dip_spectra": dip_spectra,
    "fig2e_concentration": concentration,
    "fig2f_arrhenius": arrhenius,
    "fig3a_ramps": ramps,
    "fig3b_critical_currents": critical_currents,
    "fig3cd_s13_polarisation": polarisation,
    "fig3e_lives": lives,
    "fig4c_growth": growth,
    "fig4f_bare_spectra": bare_spectra,
    "fig4gj_focusing": focusing,
    "fig5b_rate": rate_capability,
    "fig5c_fade": fade,
    "fig5d_profiles": profiles,
    "figS8_dip_polarisation": dip_polarisation,
    "figS9_thermal_spectra": thermal_spectra,
    "figS10_thick_ramp": thick_ramp,
    "figS11_ionic_ramp": ionic_ramp,
    "figS12_bare_hold": bare_hold,
    "figS15_aged_spectra": aged_spectra,
    "fig_critical_laws": critical_laws,
    "fig_hot_spot": hot_spot,
    "residuals": residuals,
    "ratios": ratios,
}


def save_figures(reproduction: Reproduction, folder: str | Path) -> list[Path]:
    """Draw every figure and write it to ``folder`` as PNG.

    Parameters
    ----------
    reproduction
        Whose figures are drawn.
    folder
        Made if it does not exist.

    Returns
    -------
    list of pathlib.Path
        The files, in the order of :data:`FIGURES`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        save_figure(draw(reproduction), folder / f"{stem}.png") for stem, draw in FIGURES.items()
    ]
