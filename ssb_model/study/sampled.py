"""The sampled posterior of a study: parameters, noises and predictions as the draws have them."""

from ssb_model.errors import InputError
from ssb_model.fitting import posterior
from ssb_model.fitting.posterior import CENTRAL_95
from ssb_model.study.held_out import relative_noise


def sampled_posterior(found, draws, chains, seed=0, progress=None):
    """:class:`ssb_model.fitting.Posterior` of a study's fit, estimated noises sampled with it."""
    groups = {e.name: e.observables for e in found.study.fitted if e.noise is None}
    return posterior(found.fit, draws, chains, seed, progress, groups)


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
        "model_failures": sampled.failures,
        "mean_gradients_per_draw": float(sampled.steps.mean()),
        "warnings": sampled.warnings(),
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
