"""A compiled model as data: one program, the nodes that matter, and the elimination plan.

M dy/dt = f(t, y, inputs) with outputs, events and initial state as further nodes of the same
program. Everything here is numpy arrays and names; the methods are pure JAX functions of
(t, y, inputs) with the batch last.
"""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import scipy.sparse as sparse

from ssb_model.compiled.elimination import Elimination
from ssb_model.compiled.evaluate import evaluate, multiply, needed, take_rows
from ssb_model.compiled.factorisation import factorise, solve
from ssb_model.compiled.program import Program


@dataclass(frozen=True, eq=False)
class System:
    """See the module's docstring.

    program : all expressions
    rhs, initial, outputs, events, jacobian : nodes (events may be None)
    mass : values of M on the matrix pattern, array (entries,)
    rows, columns : the pattern of M/(gamma h) - J
    plan : its elimination
    input_names, output_names, event_names : tuples of str
    defaults : default value of each input (PyBaMM's parameter value)
    """

    program: Program
    rhs: int
    initial: int
    outputs: int
    events: int | None
    jacobian: int
    mass: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    plan: Elimination
    input_names: tuple
    output_names: tuple
    event_names: tuple
    defaults: dict

    @property
    def states(self):
        return self.program.size(self.rhs)

    @property
    def algebraic(self):
        """Mask of the states whose equation is algebraic, (states,)."""
        differential = np.zeros(self.states, dtype=bool)
        differential[self.rows[self.mass != 0]] = True
        return ~differential

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

    @property
    def depends_on_time(self):
        nodes = self.program.nodes
        return any(nodes[n].op == "time" for n in needed(self.program, [self.rhs]))

    def output_values(self, t, y, inputs):
        """Outputs (outputs, batch)."""
        return self._evaluate(self.outputs, t, y, inputs)

    def event_values(self, t, y, inputs):
        """Events (events, batch), positive before they happen."""
        if self.events is None:
            return jnp.ones((1, y.shape[1]))
        return self._evaluate(self.events, t, y, inputs)

    def initial_state(self, inputs):
        """Initial values as the model states them, (states, batch)."""
        batch = jnp.broadcast_shapes(*(jnp.shape(v) for v in inputs.values()), (1,))
        y = jnp.zeros((self.states, *batch))
        return self._evaluate(self.initial, jnp.zeros(batch), y, inputs)

    def jacobian_values(self, t, y, inputs):
        """Entries of df/dy on the pattern, (entries, batch)."""
        return self._evaluate(self.jacobian, t, y, inputs)

    def shifted_solver(self, jacobian, shift):
        """Solver for (shift M - J) x = b from J's entries; ``shift`` (batch,).

        Its derivative reuses the factorisation: (shift M - J) dx = db + dJ x. The shift, a
        step size or a frequency, carries no derivative.
        """
        frozen = jax.lax.stop_gradient(jacobian)
        store = factorise(self.plan, self.mass[:, None] * jax.lax.stop_gradient(shift) - frozen)

        @jax.custom_jvp
        def solver(store, jacobian, b):
            return solve(self.plan, store, b)

        @solver.defjvp
        def solver_jvp(primals, tangents):
            store, jacobian, b = primals
            x = solver(store, jacobian, b)
            return x, solver(store, jacobian, tangents[2] + self._times(tangents[1], x))

        return lambda b: solver(store, jacobian, b)

    def _times(self, entries, x):
        """Matrix with ``entries`` on the pattern, times ``x`` (states, batch)."""
        shape = (self.states, len(self.rows))
        by_row = sparse.csr_matrix(
            (np.ones(len(self.rows)), (self.rows, np.arange(shape[1]))), shape
        )
        return multiply(by_row, entries * take_rows(x, self.columns))

    def times_mass(self, x):
        """M x for a diagonal-pattern M, (states, batch)."""
        at = np.flatnonzero(self.mass)
        product = self.mass[at][:, None] * x[self.columns[at]]
        if (self.rows[at] == np.arange(self.states)[: len(at)]).all() and len(at) == self.states:
            return product
        return jnp.zeros_like(x).at[self.rows[at]].add(product)
