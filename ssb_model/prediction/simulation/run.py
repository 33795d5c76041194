"""A protocol followed by the cells of a coating, with everything that wears them switched on.

Each draw is a cell of its own: its face, its garnet, its cathode, and its critical current, as
:func:`ssb_model.prediction.predict` draws them. While it follows the protocol its film grows
(:mod:`ssb_model.cells.face.growth`), voids take contact (:mod:`ssb_model.cells.face.voids`),
material of the cathode is lost from cycle to cycle, and above its critical current filaments cross
the garnet (:mod:`ssb_model.cells.short_circuit`) until it shorts. What contact is lost lowers the
critical current in proportion; a film does not.

Steps are solved one after the other, each from the state that the one before it left. A step whose
end is met when it begins takes no time, as on a cycler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from jaxtyping import Array, Bool, Complex, Float

from ssb_model.compiled import CompiledModel, Outcome
from ssb_model.constants import HOUR, TO_OHM_CM2
from ssb_model.fitting import FitError
from ssb_model.library import LAW_PARAMETERS
from ssb_model.measurements import CYCLES, TEMPERATURE, WINDOW, measure, one_c_current, spectrum
from ssb_model.prediction.coated_cells import Columns, coated_cells
from ssb_model.prediction.critical import critical_current_density
from ssb_model.prediction.draws import drawn_alone
from ssb_model.prediction.files import (
    FOUNDING,
    WORN,
    Coating,
    PredictionCell,
    load_cell,
    load_coating,
)
from ssb_model.prediction.further_cell import with_interface_scatter
from ssb_model.prediction.predict import Answers, answered, drawn_of
from ssb_model.prediction.questions import RESISTANCE, RESISTANCE_QUESTION
from ssb_model.prediction.simulation.protocol_file import StatedProtocol, StatedStep, load_protocol
from ssb_model.prediction.simulation.simulated import Simulated, as_measured
from ssb_model.prediction.works import of_prediction

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study import StudyCell

DRAWS = 128
NO_CHARGE = 1e-3  # of that of an hour at 1C: what its double layers hold is no capacity
MOST_LOST = 0.1  # share of the draws that may have no answer
WEAR = {"contact loss": "voids", "short circuit": "critical current"}
SHORT = "Short circuit"
ENDED = [outcome for outcome in Outcome if outcome.succeeded]
AT_ONCE = [Outcome.EVENT_AT_START, Outcome.NOTHING_TO_DO]
CHARGE = "Discharge capacity [A.h]"
POTENTIAL = {"full": "Voltage [V]", "symmetric": "Polarisation [V]"}
FACE = {"full": "Negative face resistance [Ohm.m2]", "symmetric": "Interface resistance [Ohm.m2]"}
RETAINED = {
    "full": ("Negative face retained contact",),
    "symmetric": ("Negative face retained contact", "Positive face retained contact"),
}
ASSUMED = (
    "How voids take contact, and the charge that filaments need to cross the garnet, are assumed "
    "ranges (parameter_sets/electrodes/lithium.toml): lives rest on them."
)

OWN_CUT_OFF = "a cut-off of the cell's own ended it"
TOO_LONG = (
    "the longest time that PyBaMM allows such a step ended it before what it waits for: say how "
    'long, as in "for 90 hours or until 2.5 V"'
)
ALL = 1 - 1e-9  # of a time
UNSTEADY = (
    '"{}" follows a step under current: let the cell rest before it, or its slow part is not that '
    "of a steady state."
)


def simulate(
    coating: Coating | str | Path,
    protocol: StatedProtocol | str | Path,
    cell: PredictionCell | str | Path = FOUNDING,
    draws: int = DRAWS,
    progress: Callable[[str], object] | None = None,
    seed: int = 0,
    of_the_mean: bool = False,
) -> Simulated:
    """Follow a protocol with further cells of a coating, each until it shorts.

    Parameters
    ----------
    coating
        What is known of it, its file, or the name of a shipped one.
    protocol
        Cycles of steps, or their file (:mod:`ssb_model.prediction.simulation.protocol_file`).
    cell
        The cell around the coating: "zhai2024" for the founding one, a ``fit.json`` or a cell file.
    draws
        Cells that follow it; a power of two is best.
    progress
        Called with a line of text at each stage.
    seed
        Of the draws.
    of_the_mean
        Leave out what differs between cells of one recipe, what a measurement adds and what the
        model misses.

    Raises
    ------
    InputError
        For a mistake in a file.
    FitError
        If many of the cells could not be simulated.
    """
    say = progress or (lambda text: None)
    coating = load_coating(coating) if isinstance(coating, str | Path) else coating
    protocol = load_protocol(protocol) if isinstance(protocol, str | Path) else protocol
    around = load_cell(cell, say) if isinstance(cell, str | Path) else cell
    say(f"{coating.name}: drawing what is uncertain")
    columns, J_c, warnings = _further_cells(coating, around, draws, seed, of_the_mean)
    cells = coated_cells(coating, around, WEAR)
    worn = cells.cells[protocol.cell]
    around_it = {TEMPERATURE: np.full(len(J_c), protocol.temperature)}
    wear = _wear(worn, around.wear, len(J_c), seed)
    columns = {**columns, **wear, **_law(J_c), **around_it}
    follower = _Follower(worn, columns)
    cycles = protocol.cycles
    for number, steps in enumerate(cycles):
        say(f"{coating.name}: cycle {number + 1} of {len(cycles)}")
        follower.cycle(number, steps)
    warnings = (*warnings, *_beyond_window(worn, protocol), *follower.warnings)
    found = Simulated(
        coating=coating.name,
        cell=around.name,
        protocol=protocol,
        **follower.found(),
        warnings=(*warnings, *map(UNSTEADY.format, protocol.unsteady), ASSUMED),
        works=tuple(of_prediction(coating, around, cells, coating.critical_current is None)),
        of_the_mean=of_the_mean,
    )
    return found if of_the_mean else as_measured(found, seed)


def _further_cells(
    coating: Coating, around: PredictionCell, number: int, seed: int, of_the_mean: bool
) -> tuple[Columns, Float[np.ndarray, " n"], tuple[str, ...]]:
    """Inputs of cells by PyBaMM name, the critical current density of each [A.m-2], warnings."""
    cells = coated_cells(coating, around)
    drawn, warnings = drawn_of(coating, cells, around, number, seed)
    if coating.resistance is not None and not of_the_mean:
        drawn = with_interface_scatter(drawn, seed)
    answers: Answers = {**cells.answer([RESISTANCE_QUESTION], drawn.columns())}
    drawn, answers, lost = answered(drawn, answers, coating.critical_current is None)
    J_c = critical_current_density(coating, drawn, np.real(answers[RESISTANCE]) / TO_OHM_CM2)
    return drawn.columns(), J_c, (*warnings, *lost)


def _wear(
    worn: StudyCell, stated: Mapping[str, Quantity], number: int, seed: int
) -> dict[str, Float[np.ndarray, " n"]]:
    """Draws of what the wear reads: as stated of the cell, else of the parameter set's ranges."""
    read = {name: worn.quantities[name] for name in worn.read_quantities if name.startswith(WORN)}
    uncertain = {name: quantity for name, quantity in read.items() if quantity.prior is not None}
    chosen = uncertain | {name: quantity for name, quantity in stated.items() if name in read}
    return {
        name: drawn_alone(name, quantity, number, seed + crc32(name.encode()))
        for name, quantity in chosen.items()
    }


def _law(J_c: Float[np.ndarray, " n"]) -> Columns:
    """Inputs of the law of a critical current that follows the retained contact alone."""
    current, _, _, exponent, decay, contact = LAW_PARAMETERS
    none, whole = np.zeros(len(J_c)), np.ones(len(J_c))
    return {current: J_c, exponent: none, decay: none, contact: whole}


def _beyond_window(worn: StudyCell, protocol: StatedProtocol) -> tuple[str, ...]:
    """A sentence for each step that takes a full cell beyond its cut-offs."""
    if worn.type != "full":
        return ()
    low, high = (float(worn.values[name]) for name in WINDOW)
    steps = dict.fromkeys(step for steps, _ in protocol.blocks for step in steps)
    return tuple(
        f'"{step.text}" takes the cell beyond {low:g} to {high:g} V, the cut-offs of its '
        "electrode's file: how it behaves there is continued, not known."
        for step in steps
        if not all(low <= V <= high for V in step.voltages(worn.area))
    )


def _compiled(worn: StudyCell, inputs: Iterable[str]) -> CompiledModel:
    import ssb_model

    known = [name for name in (TEMPERATURE, CYCLES, *inputs) if name in worn.values]
    outputs = POTENTIAL[worn.type], CHARGE, FACE[worn.type], *RETAINED[worn.type]
    return ssb_model.compile(worn.model, worn.values, list(dict.fromkeys(known)), outputs)


def _rest(
    compiled: CompiledModel, inputs: Mapping[str, Float[Array, " batch"]]
) -> Float[Array, "states batch"]:
    return compiled.rest(inputs)[0]


def _note(noted: dict[str, int], step: StatedStep, members: Bool[np.ndarray, " n"]) -> None:
    """The most members of which something is true of a step in any cycle."""
    if members.any():
        noted[step.text] = max(int(members.sum()), noted.get(step.text, 0))


class _Follower:
    """Cells on their way through a protocol, and what was noted of them."""

    def __init__(self, worn: StudyCell, columns: Columns) -> None:
        self.worn, self.compiled = worn, _compiled(worn, columns)
        self.inputs = {n: x for n, x in columns.items() if n in self.compiled.input_names}
        number = len(next(iter(columns.values())))
        self.state = np.asarray(measure(_rest, self.compiled, self.inputs)).T
        self.outputs = {name: np.full(number, np.nan) for name in self.compiled.output_names}
        self.outputs[CHARGE] = np.zeros(number)
        self.seconds = np.zeros(number)
        self.alive, self.lost = np.ones(number, dtype=bool), np.zeros(number, dtype=bool)
        self.cut: dict[str, int] = {}  # members that a cut-off of the cell's own stopped, by step
        self.late: dict[str, int] = {}  # members that did not reach the end of it in time
        self.rows: list[dict[str, Float[np.ndarray, " n"]]] = []
        self.spectra: list[tuple[str, tuple[float, ...], Complex[np.ndarray, "frequencies n"]]] = []

    def cycle(self, number: int, steps: Sequence[StatedStep]) -> None:
        """Follow the steps of a cycle, of which there were ``number`` before it."""
        given = self.inputs
        if CYCLES in self.compiled.input_names:
            given = given | {CYCLES: np.full(len(self.alive), float(number))}
        moved, potentials = [], [np.zeros(len(self.alive))]
        for step in steps:
            if step.frequency is not None:
                self._measure(f"cycle {number + 1}", step, given)
                continue
            before = self.outputs[CHARGE]
            self._step(step, given)
            moved.append(self.outputs[CHARGE] - before)
            if np.any(moved[-1] != 0):
                potentials.append(np.abs(self.outputs[POTENTIAL[self.worn.type]]))
        passed = np.array(moved)
        self.rows.append(
            {
                "discharge": np.sum(np.maximum(passed, 0), axis=0),
                "charge": np.sum(np.maximum(-passed, 0), axis=0),
                "potential": np.max(potentials, axis=0),
                "resistance": self.outputs[FACE[self.worn.type]] * TO_OHM_CM2,
                "contact": np.min(
                    [self.outputs[name] for name in RETAINED[self.worn.type]], axis=0
                ),
                "hours": self.seconds / HOUR,
                "alive": self.alive.copy(),
            }
        )

    def _step(self, step: StatedStep, given: Columns) -> None:
        import pybamm

        experiment = pybamm.Experiment([step.words(self.worn.area)])
        solution = self.compiled.solve(given, experiment=experiment, initial_state=self.state)
        outcome = np.asarray(solution.outcome)
        ended, at_once = np.isin(outcome, ENDED), np.isin(outcome, AT_ONCE)
        reasons = np.array(solution.termination)
        self.lost |= self.alive & ~ended & ~at_once
        going = ended & self.alive
        self.seconds = self.seconds + np.where(going, solution.t_end, 0.0)
        self.state = np.where(going[:, None], solution.final_state, self.state)
        self.outputs = {
            name: np.where(going, solution.final[name], old) for name, old in self.outputs.items()
        }
        cut = going & (outcome == Outcome.EVENT) & (reasons != SHORT)
        _note(self.cut, step, cut)
        if " for " not in step.text:  # it is to end when something is reached
            longest = experiment.steps[0].duration
            _note(self.late, step, going & (solution.t_end >= ALL * longest))
        self.alive &= ~(going & (reasons == SHORT))

    def _measure(self, when: str, step: StatedStep, given: Columns) -> None:
        z = measure(
            spectrum,
            self.compiled,
            given,
            {"state": self.state.T},
            frequencies=np.array(step.frequency),
        )
        living = np.where(self.alive, np.asarray(z) * self.worn.area * TO_OHM_CM2, np.nan)
        self.spectra.append((when, step.frequency or (), living))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of cells that could not go on, and of steps that did not end as
        they say."""
        lost = int(self.lost.sum())
        said = [f"{lost} of {len(self.lost)} cells could not be simulated; they are left out."]
        said = said if lost else []
        for noted, why in ((self.cut, OWN_CUT_OFF), (self.late, TOO_LONG)):
            for text, count in noted.items():
                said.append(f'"{text}": in up to {count} of {len(self.alive)} cells {why}.')
        return tuple(said)

    def found(self) -> dict[str, Any]:
        """All that was noted of the members that could be simulated."""
        if np.mean(self.lost) > MOST_LOST:
            raise FitError(
                f"{int(self.lost.sum())} of {len(self.lost)} cells could not be simulated: the "
                "coating, the cell or the protocol is too far from what the model covers."
            )
        kept, full = ~self.lost, self.worn.type == "full"
        noted = {name: np.array([row[name] for row in self.rows])[:, kept] for name in self.rows[0]}
        one_c, mass = one_c_current(self.worn.values) if full else (0.0, 10 * self.worn.area)
        per, least = mass, NO_CHARGE * one_c / mass  # mAh/g, mAh/cm2
        for name in ("discharge", "charge"):
            passed = noted[name] / per
            noted[name] = np.where(passed > least, passed, 0.0)
        spectra = [(when, f, z[:, kept]) for when, f, z in self.spectra]
        return {**noted, "spectra": tuple(spectra)}
