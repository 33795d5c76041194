"""How the data are met: in the terminal a line, on the page a figure of each experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.study.kinds import figure_of_numbers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.study.fit import StudyFit
    from ssb_model.study.kinds import Experiment


def misfit_lines(fit: StudyFit) -> list[str]:
    """A line for each fitted experiment.

    A noise that was estimated from the residuals is no measure for them: it stands for itself.
    """
    by_name = {e.name: e for e in fit.study.fitted}
    return [
        f"{name}: noise {by_name[name].noise_text(fit.noise[name])}, estimated from the residuals"
        if name in fit.noise
        else f"{name}: residuals {value:.2f} times the noise"
        for name, value in fit.misfit().items()
    ]


def fit_figures(fit: StudyFit) -> list[Figure]:
    """Experiments of one number each share the figure of their quantity."""
    figures: list[Figure] = []
    single: dict[str, list[Experiment]] = {}
    for one in fit.study.experiments:
        if one.one_number:
            single.setdefault(one.drawn.y_label, []).append(one)
        else:
            figures.append(one.figure(fit.model(one), fit.noise.get(one.name)))
    rows = ([(e, fit.model(e)) for e in alike] for alike in single.values())
    return [*figures, *map(figure_of_numbers, rows)]
