"""``ssb reproduce``: fit an experiment, predict what was not fitted, compare."""

from time import perf_counter

from ssb_model.fitting import fit, refit_without
from ssb_model.library import load_experiment
from ssb_model.reproduction import study
from ssb_model.reproduction.after_fit import after_fit
from ssb_model.reproduction.curves import all_curves
from ssb_model.reproduction.judge import judge_rows
from ssb_model.reproduction.protocol import read_protocol
from ssb_model.reproduction.results import Reproduction
from ssb_model.reproduction.rows import load_rows

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
    rows = load_rows(experiment)
    clock = _Clock(progress)
    cells = clock.run("compile", "compiling the cells", study.compile_cells, experiment)
    problem = study.joint_problem(experiment, rows, cells)
    joint = clock.run(
        "fit",
        f"fitting {len(problem.data)} rows from {starts} starts (JAX compiles first)",
        lambda: fit(problem, starts, progress=_each_iteration(progress, starts)),
    )
    refits = clock.run("refits", "predicting each rate from the others", _refits, joint, rows)
    other = clock.run(
        "other reading",
        "fitting the other reading of the interface resistance",
        _other_readings,
        experiment,
        rows,
        cells,
        starts,
    )
    protocol = read_protocol(experiment)
    after = after_fit(experiment, cells, protocol, joint, clock)
    results = clock.run(
        "predictions",
        "predicting, with intervals",
        judge_rows,
        rows,
        lambda row: refits.get(row.without) or other.get(row.interfaces_counted, joint),
        after.answers,
    )
    curves = clock.run("curves", "drawing curves", all_curves, experiment, cells, protocol, joint)
    return Reproduction(
        experiment, results, joint, curves | after.curves, after.laws, after.layers, clock.seconds
    )


def _refits(joint, rows):
    """Fits with rows left out, by the ids that they do without."""
    wanted = list(dict.fromkeys(row.without for row in rows if row.without))
    if not wanted:
        return {}
    return dict(zip(wanted, refit_without(joint, [set(ids) for ids in wanted]), strict=True))


def _other_readings(experiment, rows, cells, starts):
    """Fits under each reading of the interface resistance that differs from the experiment's."""
    counts = {row.interfaces_counted for row in rows} - {None, experiment.interfaces_counted}
    return {
        count: fit(study.symmetric_problem(experiment, rows, cells, count), starts)
        for count in counts
    }


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
