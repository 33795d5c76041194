"""A coating in its cell, ready to be asked for curves at any place of its sliders.

A slider that was moved is known; one that was not keeps its distribution: the draws of
:mod:`ssb_model.prediction`, on the coating's measured resistance where there is one. Moving a
slider changes that quantity alone and leaves the draws of the others as they are, so that the
curves answer "the same cell with another thickness", not "another cell that meets the same
measurement".
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ssb_model.compiled import Tolerances
from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.critical_current.forecast import Forecast, learned_forecast
from ssb_model.explore.sliders import sliders_of
from ssb_model.explore.state import State
from ssb_model.measurements import TEMPERATURE
from ssb_model.prediction import (
    FOUNDING,
    CoatedCells,
    Coating,
    coated_cells,
    drawn_of,
    load_cell,
    load_coating,
    most_probable,
)

DRAWS = 64  # the most probable point among them
FEWER = 2  # every so many of the draws, for what takes long
LOOSE = Tolerances(1e-4, 1e-4)  # of what is integrated in time for a picture


@dataclass(frozen=True, eq=False)
class Explorer:
    """A coating's model with everything open that a slider moves.

    Attributes
    ----------
    name : str
        By which links and states know the coating.
    coating : Coating
    cells : CoatedCells
    sliders : dict of str to Slider
    base : dict of str to float
        Most probable value of every input, by PyBaMM name.
    draws : dict of str to array (DRAWS - 1,)
        What is uncertain, by PyBaMM name.
    forecast : Forecast
        Of the critical current.
    warnings : tuple of str
    """

    name: str
    coating: Coating
    cells: CoatedCells
    sliders: dict
    base: dict
    draws: dict
    forecast: Forecast
    warnings: tuple

    def columns(self, state, every=1):
        """Inputs by PyBaMM name, arrays (members,): the most probable point, then the draws.

        Parameters
        ----------
        state : State
        every : int
            Take every so many of the draws.
        """
        found = {
            name: np.concatenate([[value], self.draws.get(name, np.full(DRAWS - 1, value))])
            for name, value in self.base.items()
        }
        found[TEMPERATURE] = np.full(DRAWS, ROOM_TEMPERATURE)
        for name, value in state.moved.items():
            found |= {input: np.full(DRAWS, value) for input in self.sliders[name].inputs}
        return {name: values[::every] for name, values in found.items()}

    def of_cell(self, type, columns):
        """Those of the columns that the symmetric or the full cell has as inputs."""
        known = self.cells.cells[type].compiled.input_names
        return {name: values for name, values in columns.items() if name in known}

    def values(self, state):
        """Every slider's value [SI] in a state."""
        return {name: state.moved.get(name, s.value) for name, s in self.sliders.items()}

    def first(self, name, state):
        """The most probable value of an input, by PyBaMM name."""
        return float(self.columns(state)[name][0])

    def interval(self, name):
        """Central 95 % [SI] of a slider that was not moved, None if it is known."""
        drawn = self.draws.get(self.sliders[name].inputs[0])
        if not self.sliders[name].uncertain or drawn is None:
            return None
        return tuple(np.percentile(drawn, [2.5, 97.5]))

    @cached_property
    def start(self):
        """The state in which nothing was moved."""
        return State(self.name)


def make_explorer(coating, cell=FOUNDING, name=None, progress=lambda text: None):
    """An :class:`Explorer` of a coating in a cell.

    Parameters
    ----------
    coating, cell : str or pathlib.Path
        As for :func:`ssb_model.prediction.predict`.
    name : str, optional
        By which states know it; by default that of its file.
    progress : callable, optional
        Is told what is being done.

    Raises
    ------
    InputError
        One sentence, for a mistake in either.
    """
    coating = coating if isinstance(coating, Coating) else load_coating(coating)
    cell = load_cell(cell, progress) if isinstance(cell, str) else cell
    progress(f"{coating.name}: drawing what is uncertain")
    cells = coated_cells(coating, cell)
    _, base = most_probable(coating, cells, cell)
    drawn, warnings = drawn_of(coating, cells, cell, DRAWS, seed=0)
    columns = {name: np.asarray(x)[: DRAWS - 1] for name, x in drawn.columns().items()}
    return Explorer(
        name=name or coating.path.stem,
        coating=coating,
        cells=cells,
        sliders=sliders_of(coating, cell, cells, base),
        base=base,
        draws={name: x for name, x in columns.items() if np.ptp(x) > 0},
        forecast=learned_forecast(),
        warnings=tuple(warnings),
    )
