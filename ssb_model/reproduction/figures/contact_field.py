"""Figs. 4g-j: potential and current where lithium touches the garnet at a point and everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from jaxtyping import Float
from matplotlib import colormaps
from matplotlib.colors import ListedColormap, LogNorm, Normalize
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ssb_model.constants import TO_MA_CM2, TO_MS_CM, TO_MV, TO_OHM_CM2, TO_UM
from ssb_model.errors import InputError
from ssb_model.plotting import COATED, QUIET, footer, house_style, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.figure import Figure

    from ssb_model.field import ContactField, VerticalCut


Lengths: TypeAlias = Float[np.ndarray, " points"]
DEPTHS = 160
DEEPEST = 0.6  # of the period: below it the lines run straight
GAP = "#D9D9D9"
TITLES = ("Bare: contact at a point", "Coated: even contact")
# Light enough throughout for the lines drawn on it.
POTENTIALS = ListedColormap(colormaps["YlGnBu"](np.linspace(0, 0.6, 256)))
ORIGIN = (
    "Simulated, not read off a graph: Zhai et al. 2024 give neither geometry nor number for their "
    "Figs. 4g-j."
)


@house_style()
def contact_field(
    bare: ContactField,
    coated: ContactField,
    *,
    titles: tuple[str, str] = TITLES,
    mean_current_density: float = 1.0,
    geometry: str = "Assumed",
    origin: str = ORIGIN,
) -> Figure:
    """Bare point contact beside the coated face, drawn alike: cuts above, faces below.

    Parameters
    ----------
    bare, coated
        Of one width along the first direction; faces (n, m) or lines (n,).
    titles
        What the left and the right field are: say so where they are not the paper's two cells.
    mean_current_density
        To which both are scaled [A/m2]; 1, the default, is 0.1 mA/cm2.
    geometry
        The word before the geometry in the footer: where it comes from.
    origin
        The footer's first sentence: where the fields come from.

    Raises
    ------
    InputError
        If the fields differ in width, or their titles do not.
    """
    _check_titles(titles)
    fields = {
        words: field.at_current_density(mean_current_density)
        for words, field in zip(titles, (bare, coated), strict=True)
    }
    _check_width(*fields.values())
    figure, axes = new_figure(
        2, 2, size=(10.4, 8.8), sharex="col", sharey="row", height_ratios=[0.68, 1]
    )
    _draw_cuts(figure, axes[0], fields)
    _draw_faces(figure, axes[1], fields)
    footer(figure, _geometry(geometry, bare, coated, mean_current_density), origin=origin)
    return figure


def _draw_cuts(figure: Figure, axes: Sequence[Axes], fields: Mapping[str, ContactField]) -> None:
    """Drop of potential from the lithium as colour, its levels, and lines of current."""
    depths = np.linspace(0, _depth_shown(*fields.values()), DEPTHS)
    cuts = [field.cut(depths) for field in fields.values()]
    drops = [
        (field.voltage - cut.potential) * TO_MV
        for field, cut in zip(fields.values(), cuts, strict=True)
    ]
    largest = max(drop.max() for drop in drops)
    colours = Normalize(0, largest)
    levels = MaxNLocator(14).tick_values(0, largest)[1:]
    images: list[ScalarMappable] = []
    for place, (words, field), cut, drop in zip(axes, fields.items(), cuts, drops, strict=True):
        x, z = cut.position * TO_UM, cut.depth * TO_UM
        images += [place.pcolormesh(x, z, drop, norm=colours, cmap=POTENTIALS, rasterized=True)]
        place.contour(x, z, drop, levels, colors=COATED, linewidths=1.0)
        _draw_lines(place, x, z, cut)
        _draw_lithium(place, x, z, field)
        resistance = TO_OHM_CM2 * field.total_resistance - _garnet(field)
        place.set_title(f"{words}\n{resistance:.3g} Ω cm² above the garnet's own")
        place.set(xlim=(0, field.period[0] * TO_UM), aspect="equal")
        place.grid(False)
    axes[0].set_ylabel("depth in the garnet [µm]")
    figure.colorbar(images[-1], ax=axes, label="potential drop from Li [mV]", shrink=0.95)


def _draw_lines(place: Axes, x: Lengths, z: Lengths, cut: VerticalCut) -> None:
    """Lines of current, started so that equal currents run between neighbours at the bottom."""
    flow = np.cumsum(np.clip(cut.down[-1], 0, None))
    starts = np.interp((np.arange(13) + 0.5) / 13, flow / flow[-1], x)
    bottom = np.full_like(starts, 0.995 * z[-1])
    place.streamplot(
        x,
        z,
        cut.along,
        cut.down,
        start_points=np.stack([starts, bottom], axis=1),
        integration_direction="backward",
        broken_streamlines=False,
        color="black",
        linewidth=1.0,
        arrowsize=0.9,
    )


def _draw_lithium(place: Axes, x: Lengths, z: Lengths, field: ContactField) -> None:
    """Lithium as a bar above the face, drawn where it touches."""
    contact = field.contact.reshape(len(x), -1)
    thickness = 0.05 * z[-1]
    width = x[1] - x[0]
    for start in np.flatnonzero(contact[:, contact.shape[1] // 2]):
        bar = Rectangle((x[start] - width / 2, -thickness), width, thickness, color=QUIET, lw=0)
        place.add_patch(bar)
    place.set_ylim(z[-1], -1.2 * thickness)


def _draw_faces(figure: Figure, axes: Sequence[Axes], fields: Mapping[str, ContactField]) -> None:
    """Current density at the face over its mean; grey where lithium does not touch."""
    maps = [
        np.where(field.contact, field.current_density / field.mean_current_density, np.nan)
        for field in fields.values()
    ]
    colours = LogNorm(min(1.0, *map(np.nanmin, maps)), 1.001 * max(map(np.nanmax, maps)))
    images: list[ScalarMappable] = []
    for place, field, ratio in zip(axes, fields.values(), maps, strict=True):
        place.set_facecolor(GAP)
        ratio = np.repeat(ratio[:, None], len(ratio), axis=1) if ratio.ndim == 1 else ratio
        lengths = np.resize(field.period, 2) * TO_UM
        images += [
            place.imshow(
                ratio.T,
                norm=colours,
                cmap="YlOrRd",
                origin="lower",
                extent=(0, lengths[0], 0, lengths[1]),
            )
        ]
        place.set_title(
            f"Current at the face: up to {field.focusing_factor:.3g} × mean\n"
            f"contact on {100 * field.contact_fraction:.3g} % of the face"
        )
        place.set_xlabel("along the face [µm]")
        place.grid(False)
    axes[0].set_ylabel("across the face [µm]")
    figure.colorbar(images[-1], ax=axes, label="current density over its mean [1]", shrink=0.9)


def _depth_shown(*fields: ContactField) -> float:
    """As deep as is wide enough to see the lines straighten, and inside the garnet."""
    thickest = [np.inf if field.thickness is None else field.thickness for field in fields]
    return min(DEEPEST * fields[0].period[0], *thickest)


def _garnet(field: ContactField) -> float:
    """L/sigma [ohm cm2], 0 where it is left out already."""
    return 0.0 if field.thickness is None else TO_OHM_CM2 * field.thickness / field.conductivity


def _check_titles(titles: Sequence[str]) -> None:
    if len(titles) != 2 or titles[0] == titles[1]:
        raise InputError(f"titles = {titles!r}: give two that differ, one for each field.")


def _check_width(bare: ContactField, coated: ContactField) -> None:
    if not np.isclose(bare.period[0], coated.period[0]):
        raise InputError(
            f"The faces are {bare.period[0]:g} m and {coated.period[0]:g} m wide; solve both with "
            "one period to draw them alike."
        )


def _geometry(origin: str, bare: ContactField, coated: ContactField, mean: float) -> str:
    return (
        f"{origin}: faces repeat every {bare.period[0] * TO_UM:.3g} µm; contact resistance "
        f"{_resistance(bare)} bare, {_resistance(coated)} coated; garnet of "
        f"{TO_MS_CM * bare.conductivity:.3g} mS/cm; mean current {TO_MA_CM2 * mean:.3g} mA/cm². "
        "Black lines: current; blue lines: equal potential; bars above: "
        "lithium in contact; grey face: no contact."
    )


def _resistance(field: ContactField) -> str:
    smallest = TO_OHM_CM2 * np.min(field.contact_resistance)
    return f"{smallest:.3g} Ω cm²"
