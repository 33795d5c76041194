"""The founding study: ``study.toml`` beside the experiment, fitted by :mod:`ssb_model.study`.

What is done after the fit (:mod:`ssb_model.reproduction.derived`) knows its cells by name.
"""

from dataclasses import replace

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE, TO_OHM_CM2
from ssb_model.errors import InputError
from ssb_model.measurements import measure, resistances_at_rest, spectrum
from ssb_model.study import Growth, Resistance, load_study

COATED, BARE, DIPPED = "coated", "bare", "dipped"
RATE_CELL, CYCLING_CELL = "rate cell", "cycling cell"
CELLS = (COATED, BARE, DIPPED, RATE_CELL, CYCLING_CELL)


def founding_study(experiment):
    """The :class:`ssb_model.study.Study` of an experiment.

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


def _counts_interfaces(e):
    return isinstance(e, Growth) or (isinstance(e, Resistance) and e.quantity == "interface")


def symmetric_study(study, interfaces_counted):
    """The symmetric cells alone, under another reading of the interface resistance."""
    full = {name for name, cell in study.cells.items() if cell.type == "full"}

    def reread(experiments):
        return tuple(
            replace(e, share=interfaces_counted / 2) if _counts_interfaces(e) else e
            for e in experiments
            if e.cell not in full
        )

    return replace(
        study, experiments=reread(study.experiments), predictions=reread(study.predictions)
    )


def units_of(study):
    """SI unit of every observable."""
    asked = (*study.experiments, *study.predictions)
    return {name: e.unit for e in asked for name in e.observables}


def inputs_of(study, cell, values):
    """Inputs of a cell's compiled model from fitted values by label, numbers or arrays."""
    known = study.cells[cell].compiled.input_names
    mapping = study.free.mapping(cell)
    named = {name: values[label] for label, names in mapping.items() for name in names}
    return {name: value for name, value in named.items() if name in known}


def face_resistance(study, cell, inputs):
    """Sum of both faces at rest [Ohm.m2] (B,): the cell's resistance less the garnet's."""
    R = measure(resistances_at_rest, study.cells[cell].compiled, inputs)
    return R["cell"] - R["garnet"]


def spectra_of(cell, inputs, frequencies, state=None):
    """Spectra [ohm cm2] of a cell (B, F), new or in a state (states, B)."""
    columns = {} if state is None else {"state": state}
    z = measure(spectrum, cell.compiled, inputs, columns, frequencies=frequencies)
    return z.T * cell.area * TO_OHM_CM2


def transfer_resistance(exchange_current_density):
    """RT/(F j0) at room temperature [Ohm.m2], of the area in contact."""
    return GAS_CONSTANT * ROOM_TEMPERATURE / (FARADAY * exchange_current_density)
