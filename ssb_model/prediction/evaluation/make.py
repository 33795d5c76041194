"""Make the evaluator of a coating.

Quantities that do not vary have their most probable value: that of the coating, which meets its
measured resistance, and that of the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.errors import InputError, suggestion
from ssb_model.prediction.coated_cells import FACE, CoatedCells, coated_cells
from ssb_model.prediction.design import known_of
from ssb_model.prediction.draws import face_quantities, most_probable
from ssb_model.prediction.evaluation.evaluator import FORECAST, Evaluator
from ssb_model.prediction.evaluation.portable_cell import portable
from ssb_model.prediction.evaluation.uncertain import uncertain_of, without_end
from ssb_model.prediction.field import forecast_for
from ssb_model.prediction.files import FOUNDING, PredictionCell, load_cell, load_coating
from ssb_model.prediction.questions import EXAMPLES, questions, unit_of_question
from ssb_model.prediction.works import of_prediction
from ssb_model.study import bare_name

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study import StudyCell

SHARE = "coated share"


def make_evaluator(
    coating: str | Path,
    outputs: Sequence[str],
    cell: str | Path = FOUNDING,
    varied: Sequence[str] = (),
    progress: Callable[[str], object] = lambda text: None,
    of_the_mean: bool = False,
) -> Evaluator:
    """The :class:`Evaluator` of a coating in a cell.

    Parameters
    ----------
    coating, cell
        As for :func:`ssb_model.prediction.predict`.
    outputs
        Such as "interface resistance", "critical current density", "capacity at 1C"; with "lower95"
        or "upper95" behind it an end of its interval.
    varied
        Quantities that will vary; a varied coated share makes the rest of the face bare garnet.
    of_the_mean
        Let intervals be those of the mean cell, not of a further one as it would be measured.

    Raises
    ------
    InputError
        For an output that is unknown, naming the nearest.
    """
    units = _units(outputs)
    loaded, around = load_coating(coating), load_cell(cell, progress)
    if SHARE in varied and loaded.layered:
        loaded = replace(loaded, stated=(*loaded.stated, SHARE))
    cells = coated_cells(loaded, around)
    face = face_quantities(loaded, cells)
    own = _of_cell(cells, around)
    names = {name.removeprefix(FACE): name for name in [*face, *own]}
    _, base = most_probable(loaded, cells, around)
    quantities = {
        short: replace((face | own)[name], value=base[name]) for short, name in names.items()
    }
    types: dict[str, None] = dict.fromkeys(
        q.cell for q in questions([without_end(n) for n in outputs if n not in FORECAST])
    )
    forecast = any(name in FORECAST for name in outputs)
    if forecast:
        types |= {"symmetric": None}
    ends = any(name != without_end(name) for name in outputs)
    moving = {full for short, full in names.items() if bare_name(short).lower() in varied}
    asked = CoatedCells({type: cells.cells[type] for type in types})
    made = Evaluator(
        quantities=quantities,
        names=names,
        base=base,
        outputs=units,
        cells=CoatedCells({type: portable(one) for type, one in asked.cells.items()}),
        works=tuple(of_prediction(loaded, around, asked, forecast)),
        forecast=forecast_for(loaded).tabulated if forecast else None,
    )
    if not ends:
        return made
    uncertain = uncertain_of(known_of(loaded, around), base, moving, of_the_mean)
    return replace(made, uncertain=uncertain.with_acting(made.cells, made.questions, base))


def _units(outputs: Sequence[str]) -> dict[str, str]:
    units = {}
    for name in outputs:
        if name in FORECAST:
            units[name] = "mA/cm2"
            continue
        try:
            units[name] = unit_of_question(without_end(name))
        except InputError:
            known = suggestion(name, [*FORECAST, *EXAMPLES])
            raise InputError(f'there is no output "{name}". {known}') from None
    return units


def _of_cell(cells: CoatedCells[StudyCell], cell: PredictionCell) -> dict[str, Quantity]:
    """Quantities of garnet and cathode that are inputs, by PyBaMM name."""
    own = [name for names in cell.inputs.values() for name in names]
    full = cells.cells["full"].quantities
    return {name: full[name] for name in own if name in full}
