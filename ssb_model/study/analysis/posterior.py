"""The sampled posterior of a study: parameters, noises and predictions as the draws have them."""

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import CENTRAL_95, Posterior, posterior
from ssb_model.study.analysis.held_out import relative_noise


def sampled_posterior(found, draws, chains, seed=0, progress=None):
    """:class:`ssb_model.fitting.Posterior` of a study's fit, estimated noises sampled with it."""
    return posterior(found.fit, draws, chains, seed, progress, _estimated(found.study))


def reloaded(samples, fit, study):
    """The posterior from the draws that ``fit.json`` keeps."""
    steps = np.array(samples.steps)
    divergent = np.zeros(steps.shape, dtype=bool)
    for chain, draws in enumerate(samples.divergent):
        divergent[chain, draws] = True
    u, log_noise = np.array(samples.u), np.array(samples.log_noise).reshape(*steps.shape, -1)
    return Posterior(fit, u, log_noise, _estimated(study), divergent, steps, samples.failures)


def _estimated(study):
    """Observables of the experiments whose noise the data tell, by name."""
    return {e.name: e.observables for e in study.fitted if e.noise is None}


def as_content(found):
    """What the JSON says of the posterior; None without one."""
    if found.posterior is None:
        return None
    sampled = found.posterior
    chains, draws = sampled.divergent.shape
    return {
        "chains": chains,
        "draws": draws,
        "level": CENTRAL_95[1] - CENTRAL_95[0],
        "parameters": sampled.table,
        "estimated_noise": noises(found),
        "predictions": predictions(found),
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


def noises(found):
    """Median and 95 % interval of each estimated noise, in its experiment's own measure."""
    own = {e.name: e for e in found.study.fitted}
    rows = []
    for row in found.posterior.noise_table:
        used = relative_noise(found, own[row["noise"]])
        scaled = {key: used * row[key] for key in ("median", "lower95", "upper95")}
        rows.append(row | scaled)
    return rows


def predictions(found):
    """95 % intervals of what the study asks for unmeasured, or why there is none."""
    return [row for experiment in found.study.predictions for row in _predicted(found, experiment)]


def _predicted(found, experiment):
    try:
        intervals = found.posterior.predictive(experiment.observables)
    except InputError as error:
        return [{"experiment": experiment.name, "refused": str(error)}]
    return [
        {"experiment": experiment.name, "observable": name, "lower95": low, "upper95": high}
        for name, (low, high) in intervals.items()
    ]
