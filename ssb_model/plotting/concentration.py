"""Fig. 2e: interface resistance against the concentration of the dip."""

from matplotlib.ticker import ScalarFormatter

from ssb_model.plotting.style import (
    COATED,
    SMALL,
    footer,
    house_style,
    mark_paper,
    new_figure,
    note,
)


@house_style()
def concentration(reproduction):
    """Interface resistance against ZnI2 concentration: a prior band through one stated point.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction

    Returns
    -------
    matplotlib.figure.Figure
    """
    data = reproduction.curves["concentration"]
    stated = reproduction.row("10")
    figure, axes = new_figure()
    c = data["concentration"]
    axes.fill_between(
        c, data["lower95"], data["upper95"], color=COATED, alpha=0.18, lw=0, label="prior, 95 %"
    )
    axes.plot(c, data["median"], color=COATED, label="prior, median")
    mark_paper(axes, reproduction.row("11").paper, stated.paper, "stated: the lowest of four")
    axes.annotate(
        f"{stated.paper:g} Ω cm²",
        (reproduction.row("11").paper, stated.paper),
        (0, -20),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
    )
    axes.set(yscale="log", xlim=(0, c[-1]), ylim=(4, None))
    axes.yaxis.set_major_formatter(ScalarFormatter())
    axes.set(xlabel="ZnI$_2$ in the dip [mol/L]", ylabel="interface resistance [Ω cm²]")
    axes.set_title("Too thin leaves bare spots, too thick hinders ions (paper: Fig. 2e)")
    note(
        axes,
        "A prior band, not a fit:\nthe paper's other three values stand only in its figure.",
        (0.30, 0.70),
    )
    axes.legend(loc="upper left", bbox_to_anchor=(0.29, 0.98))
    footer(
        figure,
        "Assumed: coverage and thickness of the layer and their priors.",
        origin="Black symbol: Zhai et al. 2024, stated in the text; no point is read off a graph.",
    )
    return figure
