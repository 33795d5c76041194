"""A coating in its cell, ready to be asked for curves at any place of its sliders.

A slider that was moved is known; one that was not keeps its distribution: the draws of
:mod:`ssb_model.prediction`, on the coating's measured resistance where there is one. Moving a
slider changes that quantity alone and leaves the draws of the others as they are, so that the
curves answer "the same cell with another thickness", not "another cell that meets the same
measurement". What differs between cells of one recipe differs whatever was moved: the interface
resistance of each draw is multiplied by its own share of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from ssb_model.compiled import Tolerances
from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.critical_current import FieldForecast, activation_factor
from ssb_model.explore.sliders import Slider, State, sliders_of
from ssb_model.measurements import TEMPERATURE, scaled
from ssb_model.prediction import (
    FACE,
    FOUNDING,
    CoatedCells,
    Coating,
    activation_energies,
    coated_cells,
    drawn_of,
    even_normals,
    forecast_for,
    load_cell,
    load_coating,
    most_probable,
    says_of,
    with_interface_scatter,
)

if TYPE_CHECKING:
    from ssb_model.prediction import PredictionCell

DRAWS = 64  # the most probable point among them
FEWER = 2  # every n-th of the draws, for what takes long
LOOSE = Tolerances(1e-4, 1e-4)  # of what is integrated in time for a picture
#: values [SI] by PyBaMM name: the most probable point, then the draws
Columns: TypeAlias = dict[str, Float[np.ndarray, " members"]]


@dataclass(frozen=True, eq=False)
class Explorer:
    """A coating's model with everything open that a slider moves.

    Attributes
    ----------
    name
        By which links and states know the coating.
    coating
        As its file states it.
    cells
        The symmetric and the full cell.
    sliders
        By name.
    base
        Most probable value of every input, by PyBaMM name.
    draws
        What is uncertain, by PyBaMM name; ``DRAWS - 1`` each.
    scale
        What multiplies the interface resistance of each draw, between nominally equal cells.
    forecast
        Of the critical current at 25 degC.
    energies
        Its activation energy [J.mol-1]: the most probable, then the draws.
    warnings
        What to say of the draws.
    opening
        Curves of the state in which nothing was moved, as far as they are known, by name.
    """

    name: str
    coating: Coating
    cells: CoatedCells
    sliders: Mapping[str, Slider]
    base: Mapping[str, float]
    draws: Mapping[str, Float[np.ndarray, " draws"]]
    scale: Float[np.ndarray, " draws"]
    forecast: FieldForecast
    energies: Float[np.ndarray, " members"]
    warnings: tuple[str, ...]
    opening: dict[str, Any] = field(default_factory=dict, repr=False)

    def columns(self, state: State, every: int = 1) -> Columns:
        """Inputs by PyBaMM name: the most probable point, then the draws.

        Parameters
        ----------
        state
            Of the sliders.
        every
            Take every n-th of the draws.
        """
        columns = {
            name: np.concatenate([[value], self.draws.get(name, np.full(DRAWS - 1, value))])
            for name, value in self.base.items()
        }
        columns[TEMPERATURE] = np.full(DRAWS, ROOM_TEMPERATURE)
        for name, value in state.moved.items():
            columns |= {input: np.full(DRAWS, value) for input in self.sliders[name].inputs}
        face = {name: values for name, values in columns.items() if name.startswith(FACE)}
        columns |= scaled(face, np.append(1.0, self.scale))
        return {name: values[::every] for name, values in columns.items()}

    def activation(self, state: State) -> Float[np.ndarray, " members"]:
        """What multiplies the critical current at a state's temperature."""
        T = self.columns(state)[TEMPERATURE]
        return np.asarray(activation_factor(T, self.energies))

    def of_cell(self, type: Literal["symmetric", "full"], columns: Columns) -> Columns:
        """Those of the columns that the symmetric or the full cell has as inputs."""
        known = self.cells.cells[type].compiled.input_names
        return {name: values for name, values in columns.items() if name in known}

    def values(self, state: State) -> dict[str, float]:
        """Every slider's value [SI] in a state."""
        return {name: state.moved.get(name, s.value) for name, s in self.sliders.items()}

    def first(self, name: str, state: State) -> float:
        """The most probable value of an input, by PyBaMM name."""
        return float(self.columns(state)[name][0])

    def interval(self, name: str) -> tuple[float, float] | None:
        """Central 95 % [SI] of a slider that was not moved, None if it is known."""
        drawn = self.draws.get(self.sliders[name].inputs[0])
        if not self.sliders[name].uncertain or drawn is None:
            return None
        low, high = np.percentile(drawn, [2.5, 97.5])
        return low, high

    @cached_property
    def start(self) -> State:
        """The state in which nothing was moved."""
        return State(self.name)


def make_explorer(
    coating: str | Path | Coating,
    cell: str | Path | PredictionCell = FOUNDING,
    name: str | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> Explorer:
    """An :class:`Explorer` of a coating in a cell.

    Parameters
    ----------
    coating, cell
        As for :func:`ssb_model.prediction.predict`.
    name
        By which states know it; by default that of its file.
    progress
        Is given a line about each thing that is done.

    Raises
    ------
    InputError
        One sentence, for a mistake in either.
    """
    coating = coating if isinstance(coating, Coating) else load_coating(coating)
    cell = load_cell(cell, progress) if isinstance(cell, str | Path) else cell
    progress(f"{coating.name}: drawing what is uncertain")
    cells = coated_cells(coating, cell)
    _, base = most_probable(coating, cells, cell)
    drawn, warnings = drawn_of(coating, cells, cell, DRAWS, seed=0)
    if coating.resistance is not None:
        drawn = with_interface_scatter(drawn, seed=0)
    assert drawn.scale is not None
    of_recipe = replace(drawn, scale=None).columns()
    columns = {name: np.asarray(x)[: DRAWS - 1] for name, x in of_recipe.items()}
    return Explorer(
        name=name or coating.path.stem,
        coating=coating,
        cells=cells,
        sliders=sliders_of(coating, cell, cells, base),
        base=base,
        draws={name: x for name, x in columns.items() if np.ptp(x) > 0},
        scale=drawn.scale[: DRAWS - 1],
        forecast=forecast_for(coating),
        energies=activation_energies(
            coating, cell.garnet, np.append(0.0, even_normals(DRAWS - 1, seed=0))
        ).values,
        warnings=(*warnings, *_says(coating)),
    )


def _says(coating: Coating) -> tuple[str, ...]:
    """On which cells the critical current rests, where there are some of one's own."""
    known = coating.critical_current is None and coating.known.rows
    return says_of(coating) if known else ()
