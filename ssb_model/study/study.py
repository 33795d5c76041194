"""A study file read, and everything in it fitted together."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import ParameterSpace, Problem, fit
from ssb_model.library.toml_file import read_toml, validated
from ssb_model.study.cells import read_cell
from ssb_model.study.checksums import checksums
from ssb_model.study.experiments import read_experiment
from ssb_model.study.file import StudyTable
from ssb_model.study.free import FreeSet, read_free
from ssb_model.study.impedance import Spectrum, spectrum_simulator
from ssb_model.study.polarisation import Polarisation, polarisation_simulator
from ssb_model.study.rate import RateTest, rate_simulator

STARTS = 8
OTHERS = {Polarisation: polarisation_simulator, RateTest: rate_simulator}
REWEIGHTINGS = 4  # times that an estimated noise is taken from the residuals again
SETTLED = 0.02  # relative change of an estimated noise that counts as none


@dataclass(frozen=True, eq=False)
class Study:
    """Cells, experiments and free parameters of a study file.

    Attributes
    ----------
    title : str
    path : pathlib.Path
    cells : dict of str to StudyCell
    experiments : tuple of Spectrum, Polarisation and RateTest
    free : FreeSet
    checksums : dict of str to str
        SHA-256 of the study file and of every file it names, by name.
    """

    title: str
    path: Path
    cells: dict
    experiments: tuple
    free: FreeSet
    checksums: dict = field(default_factory=dict)

    def simulators(self):
        """One simulator for all spectra of a cell, one for each other experiment."""
        made = []
        for name, cell in self.cells.items():
            of = [e for e in self.experiments if e.cell == name]
            spectra = [e for e in of if isinstance(e, Spectrum)]
            if spectra:
                made.append(spectrum_simulator(cell, spectra, self.free.mapping(name)))
            made += [
                OTHERS[type(e)](cell, e, self.free.mapping(name)) for e in of if type(e) in OTHERS
            ]
        return made

    def problem(self, noise=None, simulators=None):
        """The least-squares :class:`ssb_model.fitting.Problem`.

        ``noise`` (dict of str to float) replaces the noise of experiments by name.
        """
        noise = noise or {}
        data = [datum for e in self.experiments for datum in e.data(noise.get(e.name))]
        space = ParameterSpace(self.free.parameters)
        return Problem(space, simulators or self.simulators(), data)

    def fit(self, starts=STARTS, seed=0, progress=None, stage=None):
        """Fit everything together.

        Noise that is to be estimated is the root mean square of its experiment's residuals, in
        turns with the fit, until it has settled. ``stage``, a function from "fit 1", "fit 2", ...
        to the checkpoint of each such turn, makes the fit resumable (:mod:`.partial`).

        Returns
        -------
        StudyFit
        """
        from ssb_model.study.result import StudyFit

        estimated = [e for e in self.experiments if e.noise is None]
        simulators, noise = self.simulators(), {}
        for turn in range(1, 2 + REWEIGHTINGS * bool(estimated)):
            checkpoint = stage(f"fit {turn}") if stage else None
            found = fit(self.problem(noise, simulators), starts, seed, progress, checkpoint)
            before = dict(noise)
            noise = {e.name: _spread(found, e, noise.get(e.name)) for e in estimated}
            if all(abs(noise[k] / before.get(k, np.inf) - 1) < SETTLED for k in noise):
                break
        return StudyFit(self, found, noise)


def _spread(found, experiment, noise):
    """Relative noise of an experiment from its residuals under ``noise``."""
    problem = found.problem
    residuals = [
        (found.observable(d.observable) - d.value) / d.noise
        for d in problem.data
        if d.observable in set(experiment.observables)
    ]
    used = experiment.data(noise)[0].noise / np.abs(experiment.impedance[0])
    freedom = max(len(residuals) - len(problem.space), 1)
    return float(used * np.sqrt(np.sum(np.square(residuals)) / freedom))


def load_study(path):
    """Read a study file and the measured files it names.

    Raises
    ------
    InputError
        One sentence naming the file and the key, for anything wrong in it.
    """
    path = Path(path)
    table = validated(StudyTable, read_toml(path), path)
    for k, experiment in enumerate(table.experiments):
        if experiment.cell not in table.cells:
            told = suggestion(experiment.cell, table.cells)
            raise InputError(f"{path}: experiments[{k}].cell: no such cell. {told}")
    cells = {}
    for name, cell in table.cells.items():
        wanted = _wanted(table, name)
        cells[name] = read_cell(name, cell, wanted, path)
    free = read_free(table.free, cells, path)
    experiments = tuple(
        read_experiment(entry, k, path, table.cells) for k, entry in enumerate(table.experiments)
    )
    names = [e.name for e in experiments]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: two experiments are both '{name}': name one file once only.")
    return Study(table.title, path, cells, experiments, free, checksums(path, table))


def _wanted(table, cell):
    """Function of a cell's known names to those that the file leaves free."""
    from ssb_model.study.names import bare_name

    own = {bare_name(f.name).lower() for f in table.free if f.cells is None or cell in f.cells}

    def inputs(known):
        return [name for name in known if bare_name(name).lower() in own]

    return inputs
