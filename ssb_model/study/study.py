"""A study file read, and everything in it fitted together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.citations import Use
from ssb_model.errors import InputError
from ssb_model.fitting import Checkpoint, Problem, Simulator, fit
from ssb_model.library import INTERFACE
from ssb_model.study.analysis import refuse_unknown_noise
from ssb_model.study.completeness import LABEL
from ssb_model.study.file import FreeSet, StudyCell, StudyTable
from ssb_model.study.kinds import Experiment
from ssb_model.study.terms import (
    FACTOR,
    Scatter,
    Term,
    estimated_noise,
    of_one_cell,
    orders_of,
    scatters_of,
)

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

STARTS = 8
REWEIGHTINGS = 4  # times that an estimated noise is taken from the residuals again
OFF_CENTRE = 0.1  # coordinate at which dependence on a parameter is looked for
SETTLED = 0.02  # relative change of an estimated noise that counts as none


@dataclass(frozen=True, eq=False)
class Study:
    """Cells, experiments and free parameters of a study file.

    Attributes
    ----------
    title
        Stands above tables and figures.
    path
        Of the study file; of a study made in Python the place that messages name.
    cells
        By name.
    experiments
        Measured; those that are held out are not fitted.
    predictions
        Without measured values.
    free
        What is fitted.
    loss
        "normal" or "student".
    candidates
        Measurements that could come next; none for the usual ones.
    checksums
        SHA-256 of the study file and of every file it names, by name.
    table
        What it was made of, if of tables.
    model
        What it is called among rivals; empty for the study itself.
    """

    title: str
    path: Path
    cells: Mapping[str, StudyCell]
    experiments: tuple[Experiment, ...]
    predictions: tuple[Experiment, ...]
    free: FreeSet
    loss: str = "normal"
    candidates: tuple[Experiment, ...] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)
    table: StudyTable | None = field(default=None, repr=False, kw_only=True)
    model: str = field(default="", kw_only=True)

    @property
    def fitted(self) -> tuple[Experiment, ...]:
        """The experiments that the fit is to meet."""
        return tuple(e for e in self.experiments if e.fitted)

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its cells."""
        return tuple(use for cell in self.cells.values() for use in cell.works)

    def simulators(self) -> list[Simulator]:
        """Those of each cell and kind of experiment, predictions included."""
        return [*self._simulators]

    @cached_property
    def _simulators(self) -> tuple[Simulator, ...]:
        simulators: list[Simulator] = []
        for cell, group in self._groups((*self.experiments, *self.predictions)):
            mapping, factors = self.free.mapping(cell.name), self.free.factors(cell.name)
            own = [e for e in group if factors and _of_that_cell(e)]
            rest = [e for e in group if e not in own]
            simulators += type(group[0]).simulators(cell, rest, mapping) if rest else []
            simulators += of_one_cell(cell, own, mapping, factors) if own else []
        return (*simulators, *(term.simulator() for term in self.terms))

    def with_measured(self, numbers: Mapping[str, Float[np.ndarray, " numbers"]]) -> Study:
        """The same with other numbers in SI, such as synthetic ones, by the experiment's name.

        What is compiled for it is kept, so that the fits of many such studies compile once.
        """
        measured = (
            e.with_measured(numbers[e.name]) if e.name in numbers else e for e in self.experiments
        )
        again = replace(self, experiments=tuple(measured), table=None)
        again.__dict__.update(_simulators=self._simulators, further_cells=self.further_cells)
        return again

    def _groups(
        self, experiments: Iterable[Experiment]
    ) -> Iterator[tuple[StudyCell, list[Experiment]]]:
        """Experiments of one kind on one cell, which are simulated together."""
        groups: dict[tuple[str, type[Experiment]], list[Experiment]] = {}
        for e in experiments:
            groups.setdefault((e.cell, type(e)), []).append(e)
        for name, cell in self.cells.items():
            yield from ((cell, group) for (own, _), group in groups.items() if own == name)

    @cached_property
    def further_cells(self) -> tuple[Simulator, ...]:
        """Those of the predictions of further cells, whose interface resistance has a factor."""
        asked = [e for e in self.predictions if not e.same_cell]
        return tuple(
            one
            for cell, group in self._groups(asked)
            for one in of_one_cell(cell, group, self.free.mapping(cell.name), {INTERFACE: FACTOR})
        )

    @property
    def scatters(self) -> tuple[Scatter, ...]:
        """Parameters that scatter between spectra."""
        return scatters_of(self.free)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the misfit has beside the measured numbers."""
        mappings = {name: self.free.mapping(name) for name in self.cells}
        orders = orders_of(self.cells.values(), self.fitted, mappings)
        return (*self.scatters, *orders)

    def problem(
        self,
        noise: Mapping[str, float] | None = None,
        simulators: Sequence[Simulator] | None = None,
    ) -> Problem:
        """The least-squares problem; ``noise`` replaces the noise of experiments by name."""
        noise = noise or {}
        data = [datum for e in self.fitted for datum in e.data(noise.get(e.name))]
        data += [datum for term in self.terms for datum in term.data(noise.get(term.name))]
        return Problem(self.free.space, simulators or self.simulators(), data, self.loss)

    def fit(
        self,
        starts: int = STARTS,
        seed: int = 0,
        progress: Callable[[int, float, int], None] | None = None,
        stage: Callable[[str], Checkpoint] | None = None,
    ) -> StudyFit:
        """Fit everything together.

        Noise that is to be estimated (:mod:`ssb_model.study.terms.noise`) and scatter follow from
        the residuals, in turns with the fit, until they have settled; the first start of each turn
        is where the one before ended.

        Parameters
        ----------
        starts
            Points that the search begins from, the centre of the priors the first.
        seed
            Of the other ones.
        progress
            Called with the iteration, the lowest cost and the number of starts that converged.
        stage
            From "fit 1", "fit 2", ... to the checkpoint of each such turn: makes the fit resumable.

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
        simulators = self.simulators()
        self.refuse_idle_parameters(self.problem(simulators=simulators))
        noise: dict[str, float] = {}
        turn, begin, began = 0, None, None
        while True:
            turn += 1
            checkpoint = stage(f"fit {turn}") if stage else None
            problem = self.problem(noise, simulators)
            optimum = fit(problem, starts, seed, progress, checkpoint, begin)
            before, begin = noise, optimum.u
            began = optimum.starting_points if began is None else began
            noise = estimated_noise(optimum, estimated, before) | {
                one.name: one.estimate(optimum, before.get(one.name, one.size))
                for one in self.scatters
            }
            settled = all(abs(noise[k] / before.get(k, np.inf) - 1) < SETTLED for k in noise)
            if settled or turn > REWEIGHTINGS:
                return StudyFit(self, replace(optimum, starting_points=began), noise)

    def refuse_idle_parameters(self, problem: Problem) -> None:
        """Raise InputError for a free parameter that no fitted number depends on."""
        _, jacobian = problem.predictions(np.full((1, len(problem.space)), OFF_CENTRE))
        J = jacobian[0, [problem.column(datum.observable) for datum in problem.data]]
        idle = np.all(J == 0, axis=0)  # a derivative that is not a number is no zero
        idle &= [label != LABEL for label in problem.space.labels]  # of predictions alone
        if idle.any():
            label = problem.space.labels[int(np.argmax(idle))]
            raise InputError(
                f"{self.path}: no measurement that is fitted depends on the free parameter "
                f"'{label}': remove it from [[free]], or add a measurement that does (an "
                "activation energy needs a second temperature)."
            )


def _of_that_cell(experiment: Experiment) -> bool:
    """Whether it is of the very cell that was measured, not of a further one."""
    return experiment.measured is not None or experiment.same_cell
