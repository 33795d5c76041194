"""A compiled model as data: one program, the nodes that matter, and the elimination plan.

M dy/dt = f(t, y, inputs) with an initial state as a further node of the same program, and
outputs, events and the cell's terminals in its observer. Everything here is numpy arrays and
names; the methods are pure JAX functions of (t, y, inputs) with the batch last.
"""

from dataclasses import dataclass
from functools import cached_property

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.kernel import kernel_of
from ssb_model.compiled.linear import factorise, plan_elimination, solve
from ssb_model.compiled.program import (
    Matrix,
    Observer,
    Program,
    evaluate,
    multiply,
    needed,
    take_rows,
)
from ssb_model.compiled.protocols import CONTROL_INPUTS
from ssb_model.compiled.stepping import step as stepping


@dataclass(frozen=True, eq=False)
class System:
    """See the module's docstring.

    program : f, its Jacobian and the initial state
    rhs, initial, jacobian : nodes
    observer : groups "outputs", "events" (positive before they happen) and, if the model has a
        controlled current, "terminals": voltage [V], current [A], discharge capacity [A.h]
    mass : values of M on the matrix pattern, array (entries,)
    rows, columns : the pattern of M/(gamma h) - J
    last : states to eliminate after all others, (1,) for a controlled current, else (0,)
    inputs : names of all inputs, those of the control last
    output_names, event_names : tuples of str
    defaults : default value of each input (PyBaMM's parameter value)
    nominal_capacity : what C-rates refer to [A.h], None if the model has none
    state_names : tuple of str, the variable that each state belongs to
    """

    program: Program
    rhs: int
    initial: int
    jacobian: int
    observer: Observer
    mass: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    last: np.ndarray
    inputs: tuple
    output_names: tuple
    event_names: tuple
    defaults: dict
    nominal_capacity: float | None = None
    state_names: tuple = ()

    @property
    def states(self):
        return self.program.size(self.rhs)

    @property
    def controlled(self):
        """Whether the current is a state that the control inputs steer."""
        return "terminals" in self.observer.groups

    @property
    def input_names(self):
        """The inputs that a user gives."""
        return tuple(name for name in self.inputs if name not in CONTROL_INPUTS)

    @cached_property
    def algebraic(self):
        """Mask of the states whose equation is algebraic, (states,)."""
        differential = np.zeros(self.states, dtype=bool)
        differential[self.rows[self.mass != 0]] = True
        return ~differential

    @cached_property
    def plan(self):
        """The elimination of M/(gamma h) - J."""
        return plan_elimination(self.states, self.rows, self.columns, self.last)

    @cached_property
    def kernel(self):
        """The generated C code of this model, or None where it cannot be built."""
        return kernel_of(self)

    def _evaluate(self, node, t, y, inputs):
        value = evaluate(self.program, [node], t, y, inputs)[0]
        return jnp.broadcast_to(value, (value.shape[0], y.shape[1]))

    def f(self, t, y, inputs):
        """Right-hand side (states, batch)."""
        return self._evaluate(self.rhs, t, y, inputs)

    def f_by_time(self, t, y, inputs):
        """Partial derivative of f by time, or None if the model has no explicit time."""
        if not self.depends_on_time:
            return None
        return jax.jvp(lambda s: self.f(s, y, inputs), (t,), (jnp.ones_like(t),))[1]

    @cached_property
    def depends_on_time(self):
        nodes = self.program.nodes
        return any(nodes[n].op == "time" for n in needed(self.program, [self.rhs]))

    def observed(self, y):
        """The part of the state that the observer reads."""
        return take_rows(y, self.observer.rows)

    def observe(self, group, t, part, inputs):
        """Values of an observer's group, (values, batch), from the observed part of the state."""
        if self.kernel:
            return self.kernel.observe(t, part, inputs)[self.observer.place(group)]
        return self.observer(group, t, part, inputs)

    def initial_state(self, inputs):
        """Initial values as the model states them, (states, batch)."""
        batch = jnp.broadcast_shapes(*(jnp.shape(v) for v in inputs.values()), (1,))
        y = jnp.zeros((self.states, *batch))
        return self._evaluate(self.initial, jnp.zeros(batch), y, inputs)

    def jacobian_values(self, t, y, inputs):
        """Entries of df/dy on the pattern, (entries, batch)."""
        return self._evaluate(self.jacobian, t, y, inputs)

    def step(self, t, h, y, inputs, tolerances, active):
        """One tried step, see :func:`ssb_model.compiled.stepping.step.step`."""
        if self.kernel:
            return self.kernel.step(t, h, y, inputs, tolerances, active)
        return stepping.step(self, t, h, y, inputs, tolerances, active)

    def newton(self, t, y, inputs, active):
        """See :func:`ssb_model.compiled.stepping.step.newton`."""
        if self.kernel:
            return self.kernel.newton(t, y, inputs, active)
        return stepping.newton(self, t, y, inputs, active)

    def shifted(self, jacobian, shift):
        """Entries of shift M - J; ``shift`` (batch,)."""
        return self.mass[:, None] * shift - jacobian

    def shifted_solver(self, jacobian, shift):
        """Solver for (shift M - J) x = b from J's entries.

        Its derivative reuses the factorisation: (shift M - J) dx = db + dJ x. The shift, a
        step size or a frequency, carries no derivative.
        """
        store = factorise(self.plan, jax.lax.stop_gradient(self.shifted(jacobian, shift)))

        @jax.custom_jvp
        def solver(store, jacobian, b):
            return solve(self.plan, store, b)

        @solver.defjvp
        def solver_jvp(primals, tangents):
            store, jacobian, b = primals
            x = solver(store, jacobian, b)
            return x, solver(store, jacobian, tangents[2] + self.times(tangents[1], x))

        return lambda b: solver(store, jacobian, b)

    def times(self, entries, x):
        """Matrix with ``entries`` on the pattern, times ``x`` (states, batch)."""
        shape = (self.states, len(self.rows))
        by_row = Matrix.from_triplets(self.rows, np.arange(shape[1]), np.ones(shape[1]), shape)
        return multiply(by_row, entries * take_rows(x, self.columns))

    def times_mass(self, x):
        """M x, (states, batch)."""
        at = np.flatnonzero(self.mass)
        shape = (self.states, self.states)
        mass = Matrix.from_triplets(self.rows[at], self.columns[at], self.mass[at], shape)
        return multiply(mass, x)
