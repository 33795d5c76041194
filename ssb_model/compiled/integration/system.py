"""A compiled model as data: one program, the nodes that matter, and the elimination plan.

M dy/dt = f(t, y, inputs) with an initial state as a further node of the same program, and
outputs, events and the cell's terminals in its observer. Everything here is numpy arrays and
names; the methods are pure JAX functions of (t, y, inputs) with the batch last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.kernel import kernel_of, model_source, width_of
from ssb_model.compiled.linear import factorise, plan_elimination, shared, solve
from ssb_model.compiled.program import (
    Matrix,
    Observer,
    Program,
    alike,
    evaluate,
    kinks,
    multiply,
    needed,
    take_rows,
)
from ssb_model.compiled.protocols import CONTROL_INPUTS, shares_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Bool, Float, Inexact, Int

    from ssb_model.compiled.kernel import Kernel, ModelSource
    from ssb_model.compiled.linear import Elimination, Shared


@dataclass(frozen=True, eq=False)
class System:
    """See the module's docstring.

    Attributes
    ----------
    program
        f, its Jacobian and the initial state.
    rhs, initial, jacobian
        Their nodes.
    observer
        Groups "outputs", "events" (positive before they happen) and, if the model has a
        controlled current, "terminals": the battery's voltage [V], current [A], discharge
        capacity [A.h]; and "watched", if there are such limits.
    mass
        Values of M on the matrix pattern.
    rows, columns
        The pattern of M/(gamma h) - J.
    last
        States to eliminate after all others: a controlled current, or none.
    inputs
        Names of all inputs, those of the control among them.
    output_names, event_names
        What is returned, and what may end a solve.
    output_sizes
        How many values each output has: one, or one for each point of a mesh.
    defaults
        Value of an input where none is given (PyBaMM's parameter value); one without has to be.
    nominal_capacity
        What C-rates refer to [A.h], None if the model has none.
    state_names
        The variable that each state belongs to.
    laws
        Names of what else may control the current, beside current, voltage, power, resistance.
    watched
        Names of what else may end a step of a protocol; positive before it does.
    integral
        Place of the state that laws for dI/dt integrate, and of the current that follows it.
    """

    program: Program
    rhs: int
    initial: int
    jacobian: int
    observer: Observer
    mass: Float[np.ndarray, " entries"]
    rows: Int[np.ndarray, " entries"]
    columns: Int[np.ndarray, " entries"]
    last: Int[np.ndarray, " last"]
    inputs: tuple[str, ...]
    output_names: tuple[str, ...]
    output_sizes: tuple[int, ...]
    event_names: tuple[str, ...]
    defaults: dict[str, float]
    nominal_capacity: float | None = None
    state_names: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    integral: tuple[int, int] | None = None

    @property
    def states(self) -> int:
        return self.program.size(self.rhs)

    @property
    def controlled(self) -> bool:
        """Whether the current is a state that the control inputs steer."""
        return "terminals" in self.observer.groups

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs that a user gives: all where nothing controls the current, whatever they are
        called (PyBaMM's steps read their "start time")."""
        if not self.controlled:
            return self.inputs
        control = (*CONTROL_INPUTS, *shares_of(self.laws))
        return tuple(name for name in self.inputs if name not in control)

    @cached_property
    def output_rows(self) -> dict[str, slice]:
        """Which of the group "outputs" each output is."""
        ends = np.cumsum((0, *self.output_sizes)).tolist()
        return dict(zip(self.output_names, map(slice, ends, ends[1:]), strict=True))

    @cached_property
    def algebraic(self) -> Bool[np.ndarray, " states"]:
        """Mask of the states whose equation is algebraic, (states,)."""
        differential = np.zeros(self.states, dtype=bool)
        differential[self.rows[self.mass != 0]] = True
        return ~differential

    @cached_property
    def alone(self) -> Int[np.ndarray, "variables 2"]:
        """Where the states of each algebraic variable begin and end."""
        names = self.state_names or ("",) * self.states
        runs = groupby(np.flatnonzero(self.algebraic), lambda row: names[row])
        ends = [(rows[0], rows[-1] + 1) for _, run in runs if (rows := list(run))]
        return np.array(ends, dtype=int).reshape(-1, 2)

    @cached_property
    def plan(self) -> Elimination:
        """The elimination of M/(gamma h) - J."""
        return plan_elimination(self.states, self.rows, self.columns, self.last)

    @cached_property
    def value(self) -> Int[np.ndarray, " entries"]:
        """Which of the distinct values of shift M - J each entry of the pattern has; they are
        counted as they appear."""
        rows = np.stack([alike(self.program, self.jacobian), self.mass.view(np.int64)], axis=1)
        _, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[which.reshape(-1)]

    @cached_property
    def shared(self) -> Shared:
        """What the factors of shift M - J share."""
        return shared(self.plan, self.value)

    @cached_property
    def _sources(self) -> dict[bool, ModelSource]:
        return {}

    def source(self, moves: bool) -> ModelSource:
        """The generated C text of this model, and the numbers that it is handed; with its
        derivatives if it ``moves``."""
        if moves not in self._sources:
            self._sources[moves] = model_source(self, moves)
        return self._sources[moves]

    @cached_property
    def _kernels(self) -> dict[int, Kernel | None]:
        return {}

    def kernel(self, batch: int, moves: bool = False) -> Kernel | None:
        """The compiled C code for a batch of so many members, or None where it cannot be built;
        with its derivatives from the start if it ``moves`` and is not there yet."""
        width = width_of(batch)
        if width not in self._kernels:
            self._kernels[width] = kernel_of(self, width, moves)
        return self._kernels[width]

    def _evaluate(
        self,
        node: int,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "rows batch"]:
        value = evaluate(self.program, [node], t, y, inputs)[0]
        return jnp.broadcast_to(value, (value.shape[0], y.shape[1]))

    def f(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "states batch"]:
        """Right-hand side (states, batch)."""
        return self._evaluate(self.rhs, t, y, inputs)

    def f_by_time(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "states batch"] | None:
        """Partial derivative of f by time, or None if the model has no explicit time."""
        if not self.depends_on_time:
            return None
        return jax.jvp(lambda s: self.f(s, y, inputs), (t,), (jnp.ones_like(t),))[1]

    @cached_property
    def depends_on_time(self) -> bool:
        nodes = self.program.nodes
        return any(nodes[n].op == "time" for n in needed(self.program, [self.rhs]))

    @cached_property
    def stops(self) -> Float[np.ndarray, " stops"]:
        """Times after zero [s] at which the equations or events jump or bend by the clock."""
        events = [n for name, n in self.observer.groups.items() if name == "events"]
        of_events = kinks(self.observer.program, events)
        return np.union1d(kinks(self.program, [self.rhs]), of_events)

    def observed(self, y: Float[jax.Array, "states batch"]) -> Float[jax.Array, "observed batch"]:
        """The part of the state that the observer reads."""
        return take_rows(y, self.observer.rows)

    def observe(
        self,
        group: str,
        t: Float[jax.Array, " batch"],
        part: Float[jax.Array, "observed batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "values batch"]:
        """Values of an observer's group, (values, batch), from the observed part of the state."""
        if kernel := self.kernel(t.shape[0]):
            return kernel.observe(t, part, inputs)[self.observer.place(group)]
        return self.observer(group, t, part, inputs)

    def initial_state(
        self, inputs: Mapping[str, Float[jax.Array, " batch"]]
    ) -> Float[jax.Array, "states batch"]:
        """Initial values as the model states them, (states, batch)."""
        batch = jnp.broadcast_shapes(*(jnp.shape(v) for v in inputs.values()), (1,))
        y = jnp.zeros((self.states, *batch))
        return self._evaluate(self.initial, jnp.zeros(batch), y, inputs)

    def entering(self, y: Float[jax.Array, "states batch"]) -> Float[jax.Array, "states batch"]:
        """A state from which a segment begins: the integral of dI/dt takes the current over."""
        if self.integral is None:
            return y
        held, current = self.integral
        return y.at[held].set(y[current])

    def jacobian_values(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "entries batch"]:
        """Entries of df/dy on the pattern, (entries, batch)."""
        return self._evaluate(self.jacobian, t, y, inputs)

    def shifted(
        self, jacobian: Inexact[jax.Array, "entries batch"], shift: Inexact[jax.Array, " batch"]
    ) -> Inexact[jax.Array, "entries batch"]:
        """Entries of shift M - J; ``shift`` (batch,)."""
        return jnp.asarray(self.mass)[:, None] * shift - jacobian

    def shifted_solver(
        self, jacobian: Float[jax.Array, "entries batch"], shift: Float[jax.Array, " batch"]
    ) -> Callable[[Float[jax.Array, "states batch"]], Float[jax.Array, "states batch"]]:
        """Solver for (shift M - J) x = b from J's entries.

        Its derivative reuses the factorisation: (shift M - J) dx = db + dJ x. The shift, a
        step size or a frequency, carries no derivative.
        """
        store = factorise(self.plan, jax.lax.stop_gradient(self.shifted(jacobian, shift)))

        @jax.custom_jvp
        def solver(
            store: Float[jax.Array, "store batch"],
            jacobian: Float[jax.Array, "entries batch"],
            b: Float[jax.Array, "states batch"],
        ) -> Float[jax.Array, "states batch"]:
            return solve(self.plan, store, b)

        @solver.defjvp
        def solver_jvp(
            primals: tuple[jax.Array, jax.Array, jax.Array],
            tangents: tuple[jax.Array, jax.Array, jax.Array],
        ) -> tuple[Float[jax.Array, "states batch"], Float[jax.Array, "states batch"]]:
            store, jacobian, b = primals
            x = solver(store, jacobian, b)
            return x, solver(store, jacobian, tangents[2] + self.times(tangents[1], x))

        return lambda b: solver(store, jacobian, b)

    def times(
        self, entries: Float[jax.Array, "entries batch"], x: Float[jax.Array, "states batch"]
    ) -> Float[jax.Array, "states batch"]:
        """Matrix with ``entries`` on the pattern, times ``x`` (states, batch)."""
        shape = (self.states, len(self.rows))
        by_row = Matrix.from_triplets(self.rows, np.arange(shape[1]), np.ones(shape[1]), shape)
        return multiply(by_row, entries * take_rows(x, self.columns))

    def times_mass(self, x: Float[jax.Array, "states batch"]) -> Float[jax.Array, "states batch"]:
        """M x, (states, batch)."""
        at = np.flatnonzero(self.mass)
        shape = (self.states, self.states)
        mass = Matrix.from_triplets(self.rows[at], self.columns[at], self.mass[at], shape)
        return multiply(mass, x)
