"""What a study's fit foretells of experiments that it has not seen."""

from dataclasses import asdict

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import refit_without, score


def refuse_unknown_noise(study):
    """Raise InputError for an experiment that is held out and does not state its noise."""
    for experiment in study.experiments:
        if experiment.held_out and experiment.noise is None:
            raise InputError(
                f"{study.path}: '{experiment.name}' is held out, and what is not fitted cannot "
                "tell its noise: state it."
            )


def held_out_scores(found):
    """For each experiment that is held out, how well the fit foretells it.

    Returns
    -------
    list of dict
        experiment, data, rms, log_density: those of :class:`ssb_model.fitting.Score`.
    """
    return [
        _row(experiment, score(found.fit, experiment.data(), found.posterior))
        for experiment in found.study.experiments
        if experiment.held_out
    ]


def cross_validation(found):
    """For each fitted experiment, how well a fit without it foretells it.

    All refits are one batch. A noise that is estimated stays as the fit with all data left it.

    Raises
    ------
    InputError
        If there is but one experiment.
    """
    fitted = found.study.fitted
    if len(fitted) < 2:
        raise InputError(
            f"{found.study.path}: one experiment cannot be left out of itself: cross-validation "
            "needs two that are fitted."
        )
    data = [_data(found.fit.problem, experiment) for experiment in fitted]
    refits = refit_without(found.fit, [{d.id for d in out} for out in data])
    return [
        _row(experiment, score(refit, out))
        for experiment, refit, out in zip(fitted, refits, data, strict=True)
    ]


def relative_noise(found, experiment):
    """Noise that the fit took for an experiment, in the experiment's own measure."""
    first = _data(found.fit.problem, experiment)[0]
    return first.noise / float(np.asarray(experiment.scale)[0])


def _data(problem, experiment):
    own = set(experiment.observables)
    return [d for d in problem.data if d.observable in own]


def _row(experiment, scored):
    return {"experiment": experiment.name} | asdict(scored)
