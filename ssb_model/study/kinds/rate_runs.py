"""Simulators of rate tests: functions of the parameters to capacities [A.h.kg-1]."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from ssb_model.compiled import CURRENT
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    CYCLES,
    FULL,
    TEMPERATURE,
    UNKNOWN,
    WINDOW,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    charging,
    chunk_for,
    cycled_discharge,
    discharges_in_order,
    member_inputs,
    one_c_current,
)

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell
    from ssb_model.study.kinds.rate import RateTest

Capacities = Callable[[ValuesByLabel], Float[Array, "numbers batch"]]


def rate_simulators(
    cell: StudyCell, tests: Sequence[RateTest], mapping: InputsByLabel
) -> list[Simulator]:
    """Those of all tests of a cell."""
    groups: dict[str, list[RateTest]] = {}
    for test in tests:
        if test.order is None:
            groups.setdefault(test.charge.text if test.charge else UNKNOWN, []).append(test)
    found = []
    for charge, alike in groups.items():
        names = tuple(name for test in alike for name in test.observables)
        run, chunk = _cycled_for_long(cell, alike, mapping, charge)
        name = f"{cell.name}: rates" + (f", charge {charge}" if charge != FULL else "")
        found.append(Simulator(name, tuple(mapping), names, run, chunk))
    for test in tests:
        if test.order is not None:
            run = _in_order(cell, test, mapping)
            name = f"{test.name}: rates in order"
            found.append(Simulator(name, tuple(mapping), test.observables, run, chunk_for(1)))
    return found


def _cycled_for_long(
    cell: StudyCell, tests: Sequence[RateTest], mapping: InputsByLabel, charge: str
) -> tuple[Capacities, int]:
    """Capacities of the tests, and how many parameter sets suit one call; a discharge that several
    tests ask for is one member."""
    one_c, mass = one_c_current(cell.values)
    each = [len(test.c_rate) for test in tests]
    rates, T, cycles = (
        np.concatenate([test.c_rate for test in tests]),
        np.repeat([test.temperature for test in tests], each),
        np.repeat([test.cycles for test in tests], each),
    )
    first, member = _distinct(np.stack([rates, T, cycles], axis=1))
    rates = rates[first]
    fixed = {TEMPERATURE: T[first], CYCLES: cycles[first], CURRENT: one_c * rates}
    members = len(first)

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        c_rate = jnp.repeat(jnp.asarray(rates), len(inputs[CURRENT]) // members)
        found = cycled_discharge(compiled, inputs, c_rate, _upper(cell, inputs), charge)
        return by_member(found.capacity / mass, members)[member]

    return simulate, chunk_for(members)


def _distinct(
    rows: Float[np.ndarray, "rows columns"],
) -> tuple[Int[np.ndarray, " distinct"], Int[np.ndarray, " rows"]]:
    """Where each distinct row first stands, in order, and which of these each row is."""
    _, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return first[order], np.argsort(order)[which.ravel()]


def _in_order(cell: StudyCell, test: RateTest, mapping: InputsByLabel) -> Capacities:
    """Means of the cycles at each rate, of one member."""
    assert test.order is not None
    one_c, mass = one_c_current(cell.values)
    rates = test.order.c_rates(test.c_rate)
    number = test.order.number
    mean = np.array([(number == k) / np.sum(number == k) for k in range(len(test.c_rate))])
    fixed = {TEMPERATURE: [test.temperature], CYCLES: [test.cycles], CURRENT: [one_c]}

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, 1)
        c_rate = jnp.broadcast_to(rates[:, None], (len(rates), len(inputs[CURRENT])))
        charges = charging(inputs, one_c * c_rate, c_rate, _upper(cell, inputs), test.charge)
        found = discharges_in_order(compiled, inputs, one_c * c_rate, c_rate, charges)
        return jnp.asarray(mean) @ found.value / mass

    return simulate


def _upper(cell: StudyCell, inputs: ValuesByLabel) -> Float[Array, " batch"] | float:
    """The upper cut-off [V], an input or known."""
    return inputs[WINDOW[1]] if WINDOW[1] in inputs else float(cell.values[WINDOW[1]])
