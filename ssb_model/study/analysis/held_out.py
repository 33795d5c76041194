"""What a study's fit predicts of experiments that it has not seen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import Datum, Problem, Score, refit_without, score

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit
    from ssb_model.study.kinds import Experiment
    from ssb_model.study.study import Study


def refuse_unknown_noise(study: Study) -> None:
    """Raise InputError for an experiment that is held out and does not state its noise."""
    for experiment in study.experiments:
        if experiment.held_out and experiment.noise is None:
            raise InputError(
                f"{study.path}: '{experiment.name}' is held out, and the noise of what is not "
                "fitted cannot be estimated: state it."
            )


def held_out_scores(fit: StudyFit) -> list[dict[str, Any]]:
    """For each experiment that is held out, how well the fit predicts it.

    Returns
    -------
    "experiment", its name, and what :class:`ssb_model.fitting.Score` has of it.
    """
    return [
        _row(experiment, score(fit.fit, experiment.data(), fit.posterior))
        for experiment in fit.study.experiments
        if experiment.held_out
    ]


def cross_validation(fit: StudyFit) -> list[dict[str, Any]]:
    """For each fitted experiment, how well a fit without it predicts it.

    All refits are one batch. A noise that is estimated stays as the fit with all data left it.

    Raises
    ------
    InputError
        If there is but one experiment.
    """
    fitted = fit.study.fitted
    if len(fitted) < 2:
        raise InputError(
            f"{fit.study.path}: one experiment cannot be left out of itself: cross-validation "
            "needs two that are fitted."
        )
    data = [_data(fit.fit.problem, experiment) for experiment in fitted]
    refits = refit_without(fit.fit, [{d.id for d in out} for out in data])
    return [
        _row(experiment, score(refit, out))
        for experiment, refit, out in zip(fitted, refits, data, strict=True)
    ]


def relative_noise(fit: StudyFit, experiment: Experiment) -> float:
    """Noise that the fit took for an experiment, in the experiment's own measure."""
    first = _data(fit.fit.problem, experiment)[0]
    return first.noise / float(np.asarray(experiment.scale)[0])


def _data(problem: Problem, experiment: Experiment) -> list[Datum]:
    own = set(experiment.observables)
    return [d for d in problem.data if d.observable in own]


def _row(experiment: Experiment, scored: Score) -> dict[str, Any]:
    return {"experiment": experiment.name} | asdict(scored)
