"""The figure of a profile likelihood."""

import numpy as np
from matplotlib.figure import Figure

from ssb_model.fitting import Profile
from ssb_model.library import handy
from ssb_model.plotting import COATED, QUIET, house_style, new_figure, typeset


@house_style()
def profile_figure(profile: Profile) -> Figure:
    """A profile likelihood with its 95 % level."""
    figure, axes = new_figure(size=(5.2, 3.6))
    kept = profile.excess < 16
    unit, one = handy(np.median(profile.values[kept]), profile.unit)
    axes.plot(profile.values[kept] / one, profile.excess[kept], "o-", color=COATED, ms=4)
    axes.axhline(3.84, color=QUIET, ls="--", lw=1.2)
    label = typeset(f"{profile.label} [{'1' if unit == '-' else unit}]")
    axes.set(xlabel=label, ylabel="excess of χ² [1]")
    axes.ticklabel_format(axis="x", style="sci", scilimits=(-3, 4))
    return figure
