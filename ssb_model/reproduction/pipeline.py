"""``ssb reproduce``: fit an experiment, predict what was not fitted, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from ssb_model.fitting import Fit, fit, refit_without
from ssb_model.library import load_experiment
from ssb_model.reproduction.curves import all_curves, damage_curves
from ssb_model.reproduction.derived import after_fit
from ssb_model.reproduction.judge import judge_rows
from ssb_model.reproduction.protocol import read_protocol
from ssb_model.reproduction.results import Reproduction
from ssb_model.reproduction.rows import Row, load_rows
from ssb_model.reproduction.study import founding_study, symmetric_study
from ssb_model.reproduction.works import of_reproduction

if TYPE_CHECKING:
    from pathlib import Path

    from ssb_model.library import Experiment
    from ssb_model.study import Study

Result = TypeVar("Result")
STARTS = 4


def reproduce(
    name: str | Path,
    progress: Callable[[str], None] = lambda text: None,
    starts: int = STARTS,
) -> Reproduction:
    """Fit and predict an experiment.

    Parameters
    ----------
    name
        Name of a shipped experiment or path of a user's own.
    progress
        Is given a line of text at each stage.
    starts
        Starting points of the fit: the priors' centre, then draws of the priors.

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
    after = after_fit(experiment, study, protocol, joint, clock.run)
    damaged = clock.run(
        "curves of damage",
        "drawing curves of damage",
        damage_curves,
        *(experiment, study, protocol, joint, after.damage, after.dips),
    )
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
        curves=curves | damaged | {"contact field": after.fields},
        laws=after.laws,
        layers=after.layers,
        hot_spot=after.hot_spot,
        seconds=clock.seconds,
        works=(*of_reproduction(experiment, study), *after.works),
    )


def _compile(study: Study) -> None:
    for cell in study.cells.values():
        _ = cell.compiled


def _refits(joint: Fit, rows: Iterable[Row]) -> dict[tuple[str, ...], Fit]:
    """Fits with rows left out, by the ids that they do without."""
    wanted = list(dict.fromkeys(row.without for row in rows if row.without))
    if not wanted:
        return {}
    observable = {row.id: row.observable for row in rows if row.observable is not None}
    left_out = [{observable[id] for id in ids} for ids in wanted]
    return dict(zip(wanted, refit_without(joint, left_out), strict=True))


def _other_readings(
    experiment: Experiment, rows: Iterable[Row], study: Study, starts: int
) -> dict[int, Fit]:
    """Fits under each reading of the interface resistance that differs from the experiment's."""
    counts = {row.interfaces_counted for row in rows if row.interfaces_counted is not None}
    counts -= {experiment.interfaces_counted}
    return {count: fit(symmetric_study(study, count).problem(), starts) for count in counts}


def _each_iteration(
    progress: Callable[[str], None], starts: int
) -> Callable[[int, float, int], None]:
    def report(iteration: int, cost: float, converged: int) -> None:
        progress(f"iteration {iteration}: cost {cost:.4f}, {converged} of {starts} starts done")

    return report


class _Clock:
    """Runs stages, reports them and times them."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}

    def run(self, name: str, text: str, function: Callable[..., Result], *args: Any) -> Result:
        self.progress(text)
        start = perf_counter()
        result = function(*args)
        self.seconds[name] = perf_counter() - start
        return result
