"""The cells of a coating: every number of the face, the garnet and the cathode an input, so that
all coatings with a layer are one compiled program, and all without one another."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Complex, Float

from ssb_model.compiled import CompiledModel, in_chunks
from ssb_model.measurements import COMPLETENESS, CYCLES, WINDOW, chunk_for
from ssb_model.prediction.questions import IMPEDANCE, Question, SimulatedCell, asked_together
from ssb_model.prediction.two_meshes import on_two_meshes
from ssb_model.study import CellTable, StudyCell, read_cell

if TYPE_CHECKING:
    from ssb_model.prediction.files import Coating, PredictionCell

LAYERED, BARE = "zni2-0.5", "bare"  # parameter sets that name the inputs of either program
FACE = "Negative face "
UNCOATED = f"{FACE}uncoated "
#: a layer that conducts ions alone shows an arc, by which its resistance is told from the garnet's
DIELECTRIC = {"layer permittivity": "dielectric"}
#: quantities of mechanisms that these cells do not have, and that they have by option alone
OF_OTHERS = (" dip ", " layer dissolution ", " layer potential ")
OF_HOLES = (" layer thickness variation", " layer continuity ")
OF_FULL = ("Positive", "Cathode", "Lower", "Upper", COMPLETENESS)  # quantities of full cells
FAR = 1e6  # V: no cut-off
#: mesh points of a coarse mesh, by PyBaMM's coordinates: where 20 are the model's own, capacities
#: of the founding cell differ by 0.1 mAh/g
COARSE = {"x_p": 5, "r_p": 12}
LANES = 64  # parameter sets in one call of a program that takes few steps


Asked = tuple[Question, ...]
AnyCell = TypeVar("AnyCell", bound=SimulatedCell)
Columns = Mapping[str, Float[np.ndarray, " n"]]
#: a compiled function of columns of inputs
Compiled = Callable[[Mapping[str, Float[jax.Array, " n"]]], Float[jax.Array, "numbers n"]]

#: compiled functions, and how many numbers each returns, by model, charge, questions and inputs
_jitted: dict[tuple[CompiledModel, str | None, Asked, tuple[str, ...]], tuple[Compiled, int]] = {}


@dataclass(frozen=True, eq=False)
class CoatedCells(Generic[AnyCell]):
    """Symmetric and full cell of one kind of coating.

    Attributes
    ----------
    cells
        "symmetric" and "full".
    coarse
        Those of them that are also known on a coarse mesh, which the answers for many draws use
        (:mod:`ssb_model.prediction.two_meshes`).
    """

    cells: Mapping[str, AnyCell]
    coarse: Mapping[str, AnyCell] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """All inputs, by PyBaMM name."""
        return tuple(dict.fromkeys(n for cell in self.cells.values() for n in cell.inputs))

    def answer(
        self, questions: Sequence[Question], columns: Columns
    ) -> dict[str, Float[np.ndarray, " n"] | Complex[np.ndarray, "frequencies n"]]:
        """Answers by name in the question's unit; that to a spectrum is complex.

        Parameters
        ----------
        questions
            To be answered, each of one experiment.
        columns
            Inputs by name; those without a column have the parameter set's value.
        """
        found = {}
        for asked in asked_together(questions):
            values = self._numbers(asked, columns)
            ends = np.cumsum([len(question.names) for question in asked[:-1]])
            for question, own in zip(asked, np.split(values, ends), strict=True):
                found |= self._by_name(question, question.factor * own)
        return found

    def _by_name(
        self, question: Question, values: Float[np.ndarray, "numbers n"]
    ) -> dict[str, Float[np.ndarray, " n"] | Complex[np.ndarray, "frequencies n"]]:
        if question != IMPEDANCE:
            return dict(zip(question.names, values, strict=True))
        real, imaginary = np.split(values * self.cells[question.cell].area, 2)
        return {question.names[0]: real + 1j * imaginary}

    def slopes(
        self, question: Question, columns: Columns, names: Sequence[str]
    ) -> tuple[Float[np.ndarray, "numbers n"], Float[np.ndarray, "names numbers n"]]:
        """A question's numbers and their derivatives by inputs in SI."""
        cell = self.cells[question.cell]
        known = _known(cell, columns)
        own = tuple(name for name in names if name in known)
        function, members = _function(cell, (question,), tuple(sorted(known)))
        key = question, tuple(sorted(known)), own
        if key not in self._jitted_slopes:
            self._jitted_slopes[key] = jax.jit(lambda given: _linearised(function, given, own))
        values, tangents = in_chunks(self._jitted_slopes[key], known, _lanes(cell, members, known))
        found = np.zeros((len(names), *values.shape))
        found[[names.index(name) for name in own]] = question.factor * tangents
        return question.factor * values, found

    def _numbers(self, asked: Asked, columns: Columns) -> Float[np.ndarray, "numbers n"]:
        type = asked[0].cell
        fine = partial(_run, self.cells[type], asked)
        if type not in self.coarse:
            return fine(columns)
        return on_two_meshes(fine, partial(_run, self.coarse[type], asked), columns)

    @cached_property
    def _jitted_slopes(self) -> dict[tuple[Question, tuple[str, ...], tuple[str, ...]], Callable]:
        return {}


def _run(cell: SimulatedCell, asked: Asked, columns: Columns) -> Float[np.ndarray, "numbers n"]:
    known = _known(cell, columns)
    function, members = _function(cell, asked, tuple(sorted(known)))
    lanes = _lanes(cell, members, known)
    return np.asarray(in_chunks(cast("Callable[..., Any]", function), known, lanes))


def _known(cell: SimulatedCell, columns: Columns) -> Columns:
    return {name: values for name, values in columns.items() if name in cell.inputs}


def _function(cell: SimulatedCell, asked: Asked, names: tuple[str, ...]) -> tuple[Compiled, int]:
    """The compiled function of these inputs that answers questions, and how many numbers it
    returns."""
    key = cell.compiled, cell.charge, asked, names
    if key not in _jitted:
        experiments = [one for question in asked for one in question.experiments(cell)]
        mapping = {name: (name,) for name in names}
        [simulator] = experiments[0].simulators(cast("StudyCell", cell), experiments, mapping)
        _jitted[key] = jax.jit(simulator.function), len(simulator.observables)
    return _jitted[key]


def _lanes(cell: SimulatedCell, members: int, columns: Columns) -> int:
    """Parameter sets in one call of a program: of full cells a core's share, but no fewer than fill
    the step's lanes twice."""
    batch = len(next(iter(columns.values())))
    share = -(-batch // (os.cpu_count() or 1))
    least = LANES if cell.type == "symmetric" else max(share, 2 * chunk_for(members))
    return min(LANES, batch, least)


def _linearised(
    function: Compiled, columns: Mapping[str, Float[jax.Array, " n"]], names: Sequence[str]
) -> tuple[Float[jax.Array, "numbers n"], Float[jax.Array, "names numbers n"]]:
    """Pure JAX: numbers, and their derivatives by the columns of ``names``."""

    def run(shift: Float[jax.Array, "names n"]) -> Float[jax.Array, "numbers n"]:
        moved = {name: columns[name] + shift[k] for k, name in enumerate(names)}
        return function({**columns, **moved})

    origin = jnp.zeros((len(names), len(next(iter(columns.values())))))
    units = jnp.eye(len(names))[:, :, None] * jnp.ones(origin.shape[1])
    return jax.vmap(lambda unit: jax.jvp(run, (origin,), (unit,)), out_axes=(None, 0))(units)


def coated_cells(
    coating: Coating, cell: PredictionCell, chosen: Mapping[str, str] | None = None
) -> CoatedCells[StudyCell]:
    """The :class:`CoatedCells` of a :class:`Coating` in a :class:`PredictionCell`, with further
    ``chosen`` options of their model."""
    options = dict(DIELECTRIC) if coating.layered else {}
    if coating.partial:
        options["coverage"] = "pinholes" if coating.holed else "partial"
    options |= {**coating.options, **(chosen or {})}
    cells = {type: _cell(type, coating, cell, dict(options)) for type in ("symmetric", "full")}
    return CoatedCells(cells, {"full": replace(cells["full"], points=COARSE)})


def _cell(
    type: Literal["symmetric", "full"],
    coating: Coating,
    cell: PredictionCell,
    options: dict[str, str],
) -> StudyCell:
    table = CellTable(
        type=type,
        garnet=cell.garnet,
        coating=LAYERED if coating.layered else BARE,
        cathode=cell.cathode,
        options=options,
        values={name: text for name, text in cell.values.items() if _has(type, name)},
        charge=(coating.charge or cell.charge) if type == "full" else None,
    )
    read = read_cell(type, table, Path(cell.name))
    face = [name for name in read.quantities if _of_face(name, coating)]
    own = [n for names in cell.inputs.values() for n in names if n in read.quantities]
    cycled = [CYCLES, COMPLETENESS] if type == "full" else []
    if type == "symmetric":
        read = _without_cut_off(read)
    return replace(read, inputs=tuple(dict.fromkeys([*face, *own, *cycled])))


def _without_cut_off(cell: StudyCell) -> StudyCell:
    """A symmetric cell that bears any voltage: a candidate may resist as much as it likes."""
    values = cell.values.copy()
    values.update(dict(zip(WINDOW, (-FAR, FAR), strict=True)))
    return replace(cell, values=values)


def _has(type: str, name: str) -> bool:
    return type == "full" or not name.startswith(OF_FULL)


def _of_face(name: str, coating: Coating) -> bool:
    """Whether a face of this kind has the quantity."""
    if name.startswith(UNCOATED):
        return coating.partial
    without = OF_OTHERS if coating.holed else OF_OTHERS + OF_HOLES
    return name.startswith(FACE) and not any(of in name for of in without)


def face_name(key: str, unit: str) -> str:
    """PyBaMM's name of a quantity of the face.

    >>> face_name("layer thickness", "m")
    'Negative face layer thickness [m]'
    """
    return FACE + key + ("" if unit == "-" else f" [{unit}]")
