"""The sampled posterior of a study: parameters, noises and predictions as the draws have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import CENTRAL_95, Fit, Posterior, posterior
from ssb_model.library import widened
from ssb_model.study.analysis.held_out import relative_noise
from ssb_model.study.analysis.predicted import Parts, parts_of

if TYPE_CHECKING:
    from ssb_model.study.fit import SavedSamples, StudyFit
    from ssb_model.study.kinds import Experiment
    from ssb_model.study.study import Study


def sampled_posterior(
    fit: StudyFit,
    draws: int,
    chains: int,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Posterior:
    """The posterior of a study's fit, estimated noises sampled with it."""
    return posterior(fit.fit, draws, chains, seed, progress, _estimated(fit.study))


def reloaded(samples: SavedSamples, fit: Fit, study: Study) -> Posterior:
    """The posterior from the draws that ``fit.json`` keeps."""
    steps = np.array(samples.steps)
    divergent = np.zeros(steps.shape, dtype=bool)
    for chain, draws in enumerate(samples.divergent):
        divergent[chain, draws] = True
    u, log_noise = np.array(samples.u), np.array(samples.log_noise).reshape(*steps.shape, -1)
    return Posterior(fit, u, log_noise, _estimated(study), divergent, steps, samples.failures)


def _estimated(study: Study) -> dict[str, tuple[str, ...]]:
    """Observables of the experiments whose noise is estimated, by name."""
    return {e.name: e.observables for e in study.fitted if e.noise is None}


def as_content(fit: StudyFit) -> dict[str, Any] | None:
    """What the JSON says of the posterior; None without one."""
    if fit.posterior is None:
        return None
    sampled = fit.posterior
    chains, draws = sampled.divergent.shape
    return {
        "chains": chains,
        "draws": draws,
        "level": CENTRAL_95[1] - CENTRAL_95[0],
        "parameters": sampled.table,
        "estimated_noise": noises(fit),
        "predictions": predictions(fit),
        "divergent_transitions": int(sampled.divergent.sum()),
        "mean_gradients_per_draw": float(sampled.steps.mean()),
        "warnings": sampled.warnings(),
        "samples": {
            "u": sampled.u.tolist(),
            "log_noise": sampled.log_noise.tolist(),
            "divergent": [np.flatnonzero(chain).tolist() for chain in sampled.divergent],
            "steps": sampled.steps.tolist(),
            "failures": sampled.failures,
        },
    }


def noises(fit: StudyFit) -> list[dict[str, Any]]:
    """Median and 95 % interval of each estimated noise, in its experiment's own measure."""
    own = {e.name: e for e in fit.study.fitted}
    rows = []
    for row in fit.sampled.noise_table:
        used = relative_noise(fit, own[row["noise"]])
        scaled = {key: used * row[key] for key in ("median", "lower95", "upper95")}
        rows.append({**row, **scaled})
    return rows


def predictions(fit: StudyFit) -> list[dict[str, Any]]:
    """95 % intervals of the study's predictions, or why there is none."""
    parts = parts_of(fit)
    return [row for e in fit.study.predictions for row in _predicted(fit, e, parts)]


def _predicted(
    fit: StudyFit, experiment: Experiment, parts: Mapping[str, Parts]
) -> list[dict[str, Any]]:
    try:
        intervals = fit.sampled.predictive(experiment.observables)
    except InputError as error:
        return [{"experiment": experiment.name, "refused": str(error)}]
    rows = []
    for name, (low, high) in intervals.items():
        further = widened(fit.fit.observable(name), low, high, parts[name])
        ends = {"lower95": float(further.lower), "upper95": float(further.upper)}
        mean = {"mean_lower95": low, "mean_upper95": high}
        rows.append({"experiment": experiment.name, "observable": name, **ends, **mean})
    return rows
