"""Make the evaluator of a coating.

Quantities that do not vary have their most probable value: that of the coating, which meets its
measured resistance, and that of the cell.
"""

from dataclasses import replace

from ssb_model.errors import InputError, suggestion
from ssb_model.prediction.cell import FOUNDING, load_cell
from ssb_model.prediction.centre import most_probable
from ssb_model.prediction.coated_cells import FACE, CoatedCells, coated_cells
from ssb_model.prediction.coating import load_coating
from ssb_model.prediction.draws import face_quantities
from ssb_model.prediction.evaluation.evaluator import FORECAST, Evaluator, load_evaluator
from ssb_model.prediction.evaluation.shipped import ship
from ssb_model.prediction.questions import EXAMPLES, questions, unit_of_question
from ssb_model.prediction.works import of_prediction

SHARE = "coated share"
__all__ = ["evaluator", "load_evaluator", "make_evaluator"]


def evaluator(table):
    """The evaluator of a sweep file's "coating", "cell", "outputs" and "varied"."""
    cell = table["cell"] or FOUNDING
    return make_evaluator(table["coating"], table["outputs"], cell, table["varied"])


def make_evaluator(coating, outputs, cell=FOUNDING, varied=(), progress=lambda text: None):
    """The :class:`Evaluator` of a coating in a cell.

    Parameters
    ----------
    coating, cell : str or pathlib.Path
        As for :func:`ssb_model.prediction.predict`.
    outputs : sequence of str
        Such as "interface resistance", "critical current density", "capacity at 1C".
    varied : sequence of str
        Quantities that will vary; a varied coated share makes the rest of the face bare garnet.

    Raises
    ------
    InputError
        For an output that is unknown, naming the nearest.
    """
    units = _units(outputs)
    coating, cell = load_coating(coating), load_cell(cell, progress)
    if SHARE in varied and coating.layered:
        coating = replace(coating, stated=(*coating.stated, SHARE))
    cells = coated_cells(coating, cell)
    face = face_quantities(coating, cells)
    own = _of_cell(cells, cell)
    names = {name.removeprefix(FACE): name for name in [*face, *own]}
    _, base = most_probable(coating, cells, cell)
    quantities = {
        short: replace((face | own)[name], value=base[name]) for short, name in names.items()
    }
    types = dict.fromkeys(q.cell for q in questions([n for n in outputs if n not in FORECAST]))
    forecast = any(name in FORECAST for name in outputs)
    if forecast:
        types |= {"symmetric": None}
    asked = CoatedCells({type: cells.cells[type] for type in types})
    return Evaluator(
        quantities=quantities,
        names=names,
        base=base,
        outputs=units,
        cells=CoatedCells({type: ship(one) for type, one in asked.cells.items()}),
        works=tuple(of_prediction(coating, cell, asked, forecast)),
    )


def _units(outputs):
    units = {}
    for name in outputs:
        if name in FORECAST:
            units[name] = "mA/cm2"
            continue
        try:
            units[name] = unit_of_question(name)
        except InputError:
            told = suggestion(name, [*FORECAST, *EXAMPLES])
            raise InputError(f'there is no output "{name}". {told}') from None
    return units


def _of_cell(cells, cell):
    """Quantities of garnet and cathode that are inputs, by PyBaMM name."""
    own = [name for names in cell.inputs.values() for name in names]
    full = cells.cells["full"].quantities
    return {name: full[name] for name in own if name in full}
