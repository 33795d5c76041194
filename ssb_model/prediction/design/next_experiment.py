"""Which experiment on a coating tells most about what one wants to know of it.

The model is taken as straight about the most probable face and cell; what is known are the priors,
the measured interface resistance and what the cell's own fit says. The logarithm of the critical
current is that of the forecast's median plus its scatter, a coordinate of its own that only a ramp
can tell.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.special import ndtr

from ssb_model.critical_current.forecast import learned_forecast
from ssb_model.errors import InputError
from ssb_model.fitting import FreeParameter
from ssb_model.library import read_toml, validated
from ssb_model.prediction.asked import ROOM
from ssb_model.prediction.cell import FOUNDING, load_cell
from ssb_model.prediction.centre import most_probable
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.coating import load_coating
from ssb_model.prediction.design.candidates_file import CandidatesTable, Ramp, ramp_of
from ssb_model.prediction.draws import face_priors, face_quantities
from ssb_model.prediction.questions import CRITICAL_CURRENT, questions
from ssb_model.study import (
    FreeSet,
    Study,
    candidates,
    rank,
    read_experiments,
    refuse_certain,
    refuse_same_names,
    weighted_jacobians,
)

SCATTER = FreeParameter("scatter of the critical current", "-", 0.0, -1.96, 1.96, "linear")


@dataclass(frozen=True, eq=False)
class Known:
    """A coating in its cell as a study without data, and what is known of its coordinates.

    Attributes
    ----------
    study : Study
    u : array (parameters,)
        The most probable point.
    J : array (data, parameters)
        Weighted Jacobian of what is known beside the standard normal prior.
    """

    study: Study
    u: np.ndarray
    J: np.ndarray

    def gradient(self, question):
        """Values (N,) and gradients (N, parameters) of a question's numbers at u."""
        study, space = self.study, self.study.free.space
        cell = study.cells[question.cell]
        experiments = question.experiments(cell)
        [simulator] = experiments[0].simulators(cell, experiments, study.free.mapping(cell.name))
        values, jacobian = simulator.evaluate(space, self.u[None])
        return values[0], jacobian[0]

    def critical_current(self):
        """ln J and its gradient (parameters,): the forecast's median, and its scatter."""
        [R], [dR] = self.gradient(ROOM)
        low, middle, high = learned_forecast().quantile(R * np.exp([-0.05, 0.0, 0.05]), 0.5)
        slope = np.log(high / low) / 0.1
        upper = learned_forecast().quantile(np.array([R]), ndtr(1.0))[0]
        gradient = slope * dR / R
        gradient[self.study.free.space.labels.index(SCATTER.label)] = np.log(upper / middle)
        return np.log(middle), gradient


def rank_for_coating(coating, about, cell=FOUNDING, file=None, progress=lambda text: None):
    """Experiments on a coating by what they tell about quantities of its prediction.

    Parameters
    ----------
    coating, cell : str or pathlib.Path
        As for :func:`ssb_model.prediction.predict`.
    about : sequence of str
        Such as "capacity at 1C" or "critical current density".
    file : str or pathlib.Path, optional
        Of ``[[candidates]]``; by default the usual ones.

    Returns
    -------
    list of ssb_model.study.design.about.Telling
    """
    known = known_of(load_coating(coating), load_cell(cell, progress))
    wanted = _candidates(known, file)
    asked = {}
    for name in about:
        if name == CRITICAL_CURRENT:
            asked[name] = known.critical_current()[1]
        else:
            [question] = questions([name])
            asked[name] = known.gradient(question)[1][0]
    refuse_certain(asked)
    usual = [c for c in wanted if not isinstance(c, Ramp)]
    weighted = dict(zip(usual, weighted_jacobians(known.study, usual, known.u), strict=True))
    for ramp in (c for c in wanted if isinstance(c, Ramp)):
        weighted[ramp] = known.critical_current()[1][None] / ramp.noise
    return rank(known.J, asked, wanted, [weighted[c] for c in wanted])


def known_of(coating, cell):
    """The :class:`Known` of a coating in a cell."""
    made = coated_cells(coating, cell)
    face = face_quantities(coating, made)
    space, _ = face_priors(face)
    cells = {
        type: _with_face(study_cell, face, space, cell) for type, study_cell in made.cells.items()
    }
    parameters = (*space.parameters, *cell.space.parameters, SCATTER)
    inputs = {name: _in_cells([name], cells) for name in space.labels}
    inputs |= {label: _in_cells(names, cells) for label, names in cell.inputs.items()}
    inputs[SCATTER.label] = {}
    free = FreeSet(parameters, inputs)
    study = Study(coating.name, coating.path, cells, (), (), free)
    face_u, _ = most_probable(coating, made, cell)
    u = np.concatenate([face_u, cell.centre, [0.0]])
    known = Known(study, u, np.zeros((0, len(free.space))))
    return replace(known, J=np.concatenate([_of_cell(cell, len(space)), _measured(coating, known)]))


def _with_face(study_cell, face, space, cell):
    """A cell whose known numbers are the coating's own and whose inputs are the uncertain ones."""
    values = study_cell.values.copy()
    values.update({name: q.value for name, q in face.items()})
    own = [name for names in cell.inputs.values() for name in names]
    uncertain = [n for n in (*space.labels, *own) if n in study_cell.inputs]
    quantities = study_cell.quantities | face
    return replace(study_cell, values=values, quantities=quantities, inputs=tuple(uncertain))


def _in_cells(names, cells):
    found = {type: tuple(n for n in names if n in cell.inputs) for type, cell in cells.items()}
    return {type: own for type, own in found.items() if own}


def _of_cell(cell, before):
    """Rows that, with the standard normal prior, have the precision of the cell's distribution."""
    size = len(cell.space)
    covariance = cell.root @ cell.root.T
    more, axes = np.linalg.eigh(np.linalg.inv(covariance) - np.eye(size))
    rows = np.sqrt(np.maximum(more, 0.0))[:, None] * axes.T
    return np.hstack([np.zeros((size, before)), rows, np.zeros((size, 1))])


def _measured(coating, known):
    """Rows of what was measured on the coating: ln R over its error, ln J over its own."""
    rows = []
    if coating.resistance is not None:
        [R], [dR] = known.gradient(ROOM)
        rows.append(dR / R / coating.resistance.log_sd)
    if coating.critical_current is not None:
        rows.append(known.critical_current()[1] / coating.critical_current.log_sd)
    return np.array(rows).reshape(-1, len(known.u))


def _candidates(known, file):
    """Candidates of a file, or the usual ones and a ramp."""
    study = known.study
    J = np.exp(known.critical_current()[0])
    if file is None:
        return (*candidates(study), ramp_of(J))
    path = Path(file)
    table = validated(CandidatesTable, read_toml(path), path)
    for k, one in enumerate(table.candidates):
        if one.cell not in study.cells:
            raise InputError(
                f'{path}: candidates[{k}].cell: write "symmetric" or "full", the coating\'s cells.'
            )
    usual = [one for one in table.candidates if one.kind != "critical current"]
    found = read_experiments(usual, "candidates", path, study.cells)
    refuse_same_names(found, path)
    ramps = [ramp_of(J, one, path) for one in table.candidates if one.kind == "critical current"]
    return (*found, *ramps)
