"""A study file read, and everything in it fitted together."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ssb_model.citations import Use
from ssb_model.errors import InputError
from ssb_model.fitting import Problem, fit
from ssb_model.study.analysis import refuse_unknown_noise
from ssb_model.study.file import (
    FreeSet,
    StudyTable,
)

STARTS = 8
REWEIGHTINGS = 4  # times that an estimated noise is taken from the residuals again
OFF_CENTRE = 0.1  # coordinate at which dependence on a parameter is looked for
SETTLED = 0.02  # relative change of an estimated noise that counts as none


@dataclass(frozen=True, eq=False)
class Study:
    """Cells, experiments and free parameters of a study file.

    Attributes
    ----------
    title : str
    path : pathlib.Path
    cells : dict of str to StudyCell
    experiments : tuple of Experiment
        Measured; those that are held out are not fitted.
    predictions : tuple of Experiment
        Without measured values.
    free : FreeSet
    loss : str
    candidates : tuple of Experiment
        Measurements that could come next; none for the usual ones.
    checksums : dict of str to str
        SHA-256 of the study file and of every file it names, by name.
    table : StudyTable
        What it was made of.
    """

    title: str
    path: Path
    cells: dict
    experiments: tuple
    predictions: tuple
    free: FreeSet
    loss: str = "normal"
    candidates: tuple = ()
    checksums: dict = field(default_factory=dict)
    table: StudyTable = field(repr=False, kw_only=True)

    @property
    def fitted(self):
        """The experiments that the fit is to meet."""
        return tuple(e for e in self.experiments if e.fitted)

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its cells."""
        return tuple(use for cell in self.cells.values() for use in cell.works)

    def simulators(self):
        """Those of each cell and kind of experiment, predictions included."""
        made = []
        for name, cell in self.cells.items():
            groups = {}
            for e in (*self.experiments, *self.predictions):
                if e.cell == name:
                    groups.setdefault(type(e), []).append(e)
            for kind, group in groups.items():
                made += kind.simulators(cell, group, self.free.mapping(name))
        return made

    def problem(self, noise=None, simulators=None):
        """The least-squares :class:`ssb_model.fitting.Problem`.

        ``noise`` (dict of str to float) replaces the noise of experiments by name.
        """
        noise = noise or {}
        data = [datum for e in self.fitted for datum in e.data(noise.get(e.name))]
        return Problem(self.free.space, simulators or self.simulators(), data, self.loss)

    def fit(self, starts=STARTS, seed=0, progress=None, stage=None):
        """Fit everything together.

        Noise that is to be estimated is the scale of its experiment's residuals, their root mean
        square for the normal loss, in turns with the fit, until it has settled. ``stage``, a
        function from "fit 1", "fit 2", ... to the checkpoint of each such turn, makes the fit
        resumable (:mod:`.checkpoint`).

        Returns
        -------
        StudyFit

        Raises
        ------
        InputError
            If nothing that is fitted depends on a free parameter, or an experiment that is held
            out does not state its noise.
        FitError
            If the fit does not converge.
        """
        from ssb_model.study.fit import StudyFit

        refuse_unknown_noise(self)
        estimated = [e for e in self.fitted if e.noise is None]
        simulators, noise = self.simulators(), {}
        self.refuse_idle_parameters(self.problem(simulators=simulators))
        for turn in range(1, 2 + REWEIGHTINGS * bool(estimated)):
            checkpoint = stage(f"fit {turn}") if stage else None
            found = fit(self.problem(noise, simulators), starts, seed, progress, checkpoint)
            before = dict(noise)
            noise = {e.name: _spread(found, e, noise.get(e.name)) for e in estimated}
            if all(abs(noise[k] / before.get(k, np.inf) - 1) < SETTLED for k in noise):
                break
        return StudyFit(self, found, noise)

    def refuse_idle_parameters(self, problem):
        """Raise InputError for a free parameter that no fitted number depends on."""
        _, jacobian = problem.predictions(np.full((1, len(problem.space)), OFF_CENTRE))
        J = jacobian[0, [problem.column(datum.observable) for datum in problem.data]]
        idle = np.all(J == 0, axis=0)  # a derivative that is not a number is no zero
        if idle.any():
            label = problem.space.labels[int(np.argmax(idle))]
            raise InputError(
                f"{self.path}: no measurement that is fitted depends on the free parameter "
                f"'{label}': remove it from [[free]], or add a measurement that does (an "
                "activation energy needs a second temperature)."
            )


def _spread(found, experiment, noise):
    """Noise of an experiment from its residuals under ``noise``."""
    weighted = found.weighted_residuals()
    residuals = [weighted[name] for name in experiment.observables]
    freedom = max(len(residuals) - len(found.problem.space), 1)
    used = noise or experiment.first_estimate
    return used * found.problem.loss.scale(np.array(residuals), freedom)
