"""The founding study: ``study.toml`` beside the experiment, fitted by :mod:`ssb_model.study`.

What is done after the fit (:mod:`ssb_model.reproduction.derived`) knows its cells by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
from jaxtyping import Complex, Float
from numpy.typing import ArrayLike

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE, TO_OHM_CM2
from ssb_model.errors import InputError
from ssb_model.measurements import ShortingCell, measure, resistances_at_rest, spectrum
from ssb_model.study import Growth, Resistance, load_study

if TYPE_CHECKING:
    from ssb_model.library import Experiment
    from ssb_model.study import Study, StudyCell

COATED, BARE, DIPPED = "coated", "bare", "dipped"
RATE_CELL, CYCLING_CELL = "rate cell", "cycling cell"
CELLS = (COATED, BARE, DIPPED, RATE_CELL, CYCLING_CELL)


def founding_study(experiment: Experiment) -> Study:
    """The study of an experiment.

    Raises
    ------
    InputError
        If it has no ``study.toml``, one of its cells is missing, or it counts interfaces otherwise.
    """
    path = experiment.path.parent / "study.toml"
    study = load_study(path)
    for cell in CELLS:
        if cell not in study.cells:
            raise InputError(f"{path}: the cell '{cell}' is missing: the reproduction needs it.")
    for e in filter(_counts_interfaces, (*study.experiments, *study.predictions)):
        if 2 * e.share != experiment.interfaces_counted:
            raise InputError(
                f"{path}: '{e.name}' counts other interfaces than {experiment.path}, "
                f"{experiment.interfaces_counted}: write interfaces = "
                f"{experiment.interfaces_counted}."
            )
    return study


def _counts_interfaces(e: Any) -> TypeGuard[Growth | Resistance]:
    return isinstance(e, Growth) or (isinstance(e, Resistance) and e.quantity == "interface")


def symmetric_study(study: Study, interfaces_counted: int) -> Study:
    """The symmetric cells alone, under another reading of the interface resistance."""
    full = {name for name, cell in study.cells.items() if cell.type == "full"}

    def reread(experiments: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(e, share=interfaces_counted / 2) if _counts_interfaces(e) else e
            for e in experiments
            if e.cell not in full
        )

    return replace(
        study, experiments=reread(study.experiments), predictions=reread(study.predictions)
    )


def units_of(study: Study) -> dict[str, str]:
    """SI unit of every observable."""
    asked = (*study.experiments, *study.predictions)
    return {name: e.unit for e in asked for name in e.observables}


def inputs_of(study: Study, cell: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs of a cell's compiled model from fitted values by label, numbers or arrays."""
    known = study.cells[cell].compiled.input_names
    mapping = study.free.mapping(cell)
    named = {name: values[label] for label, names in mapping.items() for name in names}
    return {name: value for name, value in named.items() if name in known}


def face_resistance(
    study: Study, cell: str, inputs: Mapping[str, ArrayLike]
) -> Float[np.ndarray, " batch"]:
    """Sum of both faces at rest [Ohm.m2]: the cell's resistance less the garnet's."""
    R = measure(resistances_at_rest, study.cells[cell].compiled, inputs)
    return np.asarray(R["cell"]) - np.asarray(R["garnet"])


def spectra_of(
    cell: StudyCell | ShortingCell,
    inputs: Mapping[str, ArrayLike],
    frequencies: Float[np.ndarray, " frequencies"],
    state: Float[np.ndarray, "states batch"] | None = None,
) -> Complex[np.ndarray, "batch frequencies"]:
    """Spectra [ohm cm2] of a cell, new or in a state."""
    columns = {} if state is None else {"state": state}
    z = measure(spectrum, cell.compiled, inputs, columns, frequencies=frequencies)
    return np.asarray(z).T * cell.area * TO_OHM_CM2


def transfer_resistance(exchange_current_density: float) -> float:
    """RT/(F j0) at room temperature [Ohm.m2], of the area in contact."""
    return GAS_CONSTANT * ROOM_TEMPERATURE / (FARADAY * exchange_current_density)
