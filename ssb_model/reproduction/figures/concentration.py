"""Figs. 2e and S8: interface resistance and polarisation against the concentration of the dip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ssb_model.plotting import (
    COATED,
    ORIGIN,
    SMALL,
    footer,
    house_style,
    mark_paper,
    mark_rows,
    new_figure,
    note,
    plain_ticks,
)
from ssb_model.reproduction.figures.numbers import number, numbers, row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


TESTED, STATED = 4, 10  # statements: the four dips, and the resistance at the best of them
AT_OTHERS = ("11d", "11e", "11f")
POLARISATION_AT_OTHERS = ("12b", "12c", "12d")


@house_style()
def concentration(reproduction: Reproduction) -> Figure:
    """Interface resistance against ZnI2 concentration: the posterior under the stated optimum."""
    data = reproduction.curves["concentration"]
    figure, axes = _against_concentration(reproduction, data, AT_OTHERS, "10", "Ω cm²", "lowest")
    axes.set(yscale="log", ylim=(4, 1.1 * data["upper95"].max()))
    plain_ticks(axes.yaxis, [5, 10, 20, 50, 100, 200, 500])
    axes.set_ylabel("interface resistance [Ω cm²]")
    axes.set_title("Too thin leaves bare spots, too thick hinders ions (paper: Fig. 2e)")
    axes.legend(loc="upper right")
    _constraint(axes, data, row_of(reproduction, "10").paper, (0.43, 0.68))
    return _with_footer(figure)


@house_style()
def dip_polarisation(reproduction: Reproduction) -> Figure:
    """Polarisation at 0.1 mA/cm2 against ZnI2 concentration, from the same draws."""
    whole = reproduction.curves["concentration"]
    data = whole["polarisation"] | {"concentration": whole["concentration"]}
    figure, axes = _against_concentration(
        reproduction, data, POLARISATION_AT_OTHERS, "12", "mV", "smallest"
    )
    top = max(row_of(reproduction, id).upper95 for id in POLARISATION_AT_OTHERS)
    axes.set(ylim=(10, 1.12 * top), ylabel="polarisation at 0.1 mA/cm² [mV]")
    axes.set_title("The garnet hides most of the dip's effect (paper: Fig. S8)")
    axes.legend(loc="upper right")
    _constraint(axes, whole, row_of(reproduction, "10").paper, (0.43, 0.70))
    return _with_footer(figure, "The current of Fig. S8 is not stated: 0.1 mA/cm² as in Fig. 3c.")


def _against_concentration(
    reproduction: Reproduction,
    data: Mapping[str, Any],
    others: Sequence[str],
    stated_id: str,
    unit: str,
    word: str,
) -> tuple[Figure, Axes]:
    """Band and median of the draws, the tested concentrations, and the one stated value."""
    tested = numbers(reproduction.experiment.statements[TESTED])
    best, stated = number(reproduction.experiment.statements[11]), row_of(reproduction, stated_id)
    figure, axes = new_figure(size=(8.4, 5.8))
    c = data["concentration"]
    band = {"color": COATED, "alpha": 0.18, "lw": 0, "label": "posterior, 95 %"}
    axes.fill_between(c, data["lower95"], data["upper95"], **band)
    axes.plot(c, data["median"], color=COATED, label="posterior, median")
    rows = [row_of(reproduction, id) for id in others]
    places = [value for value in tested if value != best]
    mark_rows(axes, places, rows, COATED, "best fit at the tested dips, 95 %")
    mark_paper(axes, best, stated.paper, f"stated: the {word} of four")
    axes.annotate(
        f"{stated.paper:g} {unit}",
        (best, stated.paper),
        (0, -20),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
    )
    axes.set(xlim=(0, c[-1]), xlabel="ZnI₂ in the dip [mol/L]")
    return figure, axes


def _constraint(axes: Axes, data: Mapping[str, Any], R: float, place: tuple[float, float]) -> None:
    """What the draws are held to; ``R`` [ohm cm2] is stated."""
    note(
        axes,
        f"Covered face held to the stated {R:g} Ω cm², else priors\n"
        f"and one inequality: {100 * data['kept']:.0f} % of the draws have\n"
        "0.5 mol/L as the lowest of the four, as stated; only\nthese are kept.",
        place,
    )


def _with_footer(figure: Figure, *sentences: str) -> Figure:
    footer(
        figure,
        "Assumed: coverage and thickness against concentration, and the priors of both.",
        *sentences,
        origin=ORIGIN.replace("symbols", "symbol"),
    )
    return figure
