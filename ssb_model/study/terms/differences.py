"""How one cell differs from the mean of its recipe: factors that all its data share.

A cell's interface resistance is multiplied by one factor, whatever makes it, and polarisation,
spectra and the rest follow (:mod:`ssb_model.measurements.resisting`); its capacities, critical
currents and growths each by a factor of their own. Those are the differences between cells of
:mod:`ssb_model.library.spread`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.library import INTERFACE
from ssb_model.measurements import InputsByLabel, ValuesByLabel, power_of
from ssb_model.study.kinds import differing

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell
    from ssb_model.study.kinds import Experiment

#: label of the factor of a further cell, which no data tell
FACTOR = "interface resistance over that of the mean cell"


def of_one_cell(
    cell: StudyCell,
    experiments: Sequence[Experiment],
    mapping: InputsByLabel,
    factors: Mapping[str, str],
) -> list[Simulator]:
    """Simulators of experiments of one kind on one cell that differs from the mean.

    Parameters
    ----------
    factors
        Label of each factor by the kind of numbers that it multiplies; that of the interface
        resistance multiplies what makes it.
    """
    set_already = {name for names in mapping.values() for name in names}
    resisting = cell.resisting_inputs if INTERFACE in factors else ()
    fixed = {name: float(cell.values[name]) for name in resisting if name not in set_already}
    powers = {label: p for label, names in mapping.items() if (p := _power(label, names))}
    open_cell = replace(cell, inputs=tuple(dict.fromkeys([*cell.inputs, *fixed])))
    everything = {**mapping, **{name: (name,) for name in fixed}}
    own = {
        name: factors[kind]
        for e in experiments
        if (kind := differing(e)) in factors and kind != INTERFACE
        for name in e.observables
    }
    interface = factors.get(INTERFACE) if resisting else None
    simulators = type(experiments[0]).simulators(open_cell, experiments, everything)
    return [_multiplied(one, interface, powers, fixed, own) for one in simulators]


def moved_logarithms(
    simulators: Iterable[Simulator], numbers: Mapping[str, float], size: float
) -> dict[str, float]:
    """Standard deviation of the logarithm of what a further cell's simulators answer, by
    observable: half of what lies between an interface that resists one ``size`` more and less.

    ``numbers`` are the parameters' values by label; what does not follow the interface is left out.
    """
    factor = np.exp(size * np.array([1.0, -1.0, 0.0]))
    theta = {label: np.full(3, value) for label, value in numbers.items()} | {FACTOR: factor}
    found: dict[str, float] = {}
    for one in simulators:
        if FACTOR in one.parameters:
            rows = one.at({label: theta[label] for label in one.parameters})
            found |= dict(zip(one.observables, map(_of_logarithm, rows), strict=True))
    return found


def _of_logarithm(answers: Float[np.ndarray, " three"]) -> float:
    more, less, middle = answers
    if more * middle > 0 and less * middle > 0:
        return float(abs(np.log(more / less))) / 2
    return float(abs(more - less) / 2 / abs(middle)) if middle else 0.0


def _power(label: str, names: Sequence[str]) -> int:
    powers = {power_of(name) for name in names}
    if len(powers) > 1:
        raise InputError(
            f"the free parameter '{label}' sets inputs that make the interface resist and others, "
            "which a difference between cells moves apart: free them one by one."
        )
    return powers.pop()


def _multiplied(
    one: Simulator,
    interface: str | None,
    powers: Mapping[str, int],
    fixed: Mapping[str, float],
    own: Mapping[str, str],
) -> Simulator:
    """A simulator whose cell has factors."""
    rows = [own.get(name) for name in one.observables]
    labels = dict.fromkeys(label for label in (interface, *rows) if label is not None)

    def function(theta: ValuesByLabel) -> Float[Array, "observables batch"]:
        given = dict(theta)
        if interface is not None:
            r = theta[interface]
            given |= {label: theta[label] * r**p for label, p in powers.items()}
            given |= {name: value * r ** power_of(name) for name, value in fixed.items()}
        values = one.function({label: given[label] for label in one.parameters})
        if not any(rows):
            return values
        return values * jnp.stack([theta[x] if x else jnp.ones_like(values[0]) for x in rows])

    parameters = tuple(label for label in one.parameters if label not in fixed)
    name = f"{one.name}, of one cell"
    return Simulator(name, (*parameters, *labels), one.observables, function, one.chunk)
