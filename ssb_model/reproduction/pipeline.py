"""``ssb reproduce``: fit an experiment, predict what was not fitted, compare."""

from time import perf_counter

from ssb_model.fitting import fit, refit_without
from ssb_model.library import load_experiment
from ssb_model.reproduction.curves import all_curves
from ssb_model.reproduction.derived import after_fit
from ssb_model.reproduction.judge import judge_rows
from ssb_model.reproduction.protocol import read_protocol
from ssb_model.reproduction.results import Reproduction
from ssb_model.reproduction.rows import load_rows
from ssb_model.reproduction.study import founding_study, symmetric_study
from ssb_model.reproduction.works import of_reproduction

STARTS = 4


def reproduce(name, progress=lambda text: None, starts=STARTS):
    """Fit and predict an experiment.

    Parameters
    ----------
    name : str
        Name of a shipped experiment or path of a user's own.
    progress : callable, optional
        Called with a line of text at each stage.
    starts : int, optional
        Starting points of the fit: the priors' centre, then draws of the priors.

    Returns
    -------
    Reproduction

    Raises
    ------
    InputError
        For an unknown experiment or a mistake in its files.
    ssb_model.fitting.FitError
        If a fit does not converge.
    """
    experiment = load_experiment(name)
    clock = _Clock(progress)
    study = clock.run("study", "reading the study", founding_study, experiment)
    rows = load_rows(experiment, study)
    clock.run("compile", "compiling the cells", _compile, study)
    joint = clock.run(
        "fit",
        f"fitting from {starts} starts (JAX compiles first)",
        lambda: study.fit(starts, progress=_each_iteration(progress, starts)).fit,
    )
    refits = clock.run("refits", "predicting each rate from the others", _refits, joint, rows)
    other = clock.run(
        "other reading",
        "fitting the other reading of the interface resistance",
        _other_readings,
        experiment,
        rows,
        study,
        starts,
    )
    protocol = read_protocol(experiment)
    after = after_fit(experiment, study, protocol, joint, clock)
    results = clock.run(
        "predictions",
        "predicting, with intervals",
        judge_rows,
        rows,
        lambda row: refits.get(row.without) or other.get(row.interfaces_counted, joint),
        after.answers,
    )
    curves = clock.run("curves", "drawing curves", all_curves, study, protocol, joint)
    return Reproduction(
        experiment=experiment,
        rows=results,
        parameters=joint.parameter_table(),
        undetermined=tuple(joint.undetermined()),
        starts=tuple(map(float, joint.starts)),
        curves=curves | after.curves,
        laws=after.laws,
        layers=after.layers,
        seconds=clock.seconds,
        works=(*of_reproduction(experiment, study), *after.works),
    )


def _compile(study):
    for cell in study.cells.values():
        _ = cell.compiled


def _refits(joint, rows):
    """Fits with rows left out, by the ids that they do without."""
    wanted = list(dict.fromkeys(row.without for row in rows if row.without))
    if not wanted:
        return {}
    observable = {row.id: row.observable for row in rows}
    left_out = [{observable[id] for id in ids} for ids in wanted]
    return dict(zip(wanted, refit_without(joint, left_out), strict=True))


def _other_readings(experiment, rows, study, starts):
    """Fits under each reading of the interface resistance that differs from the experiment's."""
    counts = {row.interfaces_counted for row in rows} - {None, experiment.interfaces_counted}
    return {count: fit(symmetric_study(study, count).problem(), starts) for count in counts}


def _each_iteration(progress, starts):
    def report(iteration, cost, converged):
        progress(f"iteration {iteration}: cost {cost:.4f}, {converged} of {starts} starts done")

    return report


class _Clock:
    """Runs stages, tells them and times them."""

    def __init__(self, progress):
        self.progress, self.seconds = progress, {}

    def run(self, name, text, function, *args):
        self.progress(text)
        start = perf_counter()
        result = function(*args)
        self.seconds[name] = perf_counter() - start
        return result
