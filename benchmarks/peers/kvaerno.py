"""diffrax's Kvaerno5, a singly diagonally implicit Runge-Kutta method with dense LU.

It integrates the right-hand side of our lowered model, because PyBaMM's own evaluator in JAX
is slower. The mass matrix of the differential states is diagonal, and the one algebraic state, the
controlled current, is constant, so that M dy/dt = f is an ODE of the others.
"""

from functools import cache, partial

import numpy as np

from benchmarks.accuracy import Discharges
from benchmarks.cell import CURRENT, TIMES, compiled, parameter_values
from benchmarks.timing import require


class Kvaerno:
    """Kvaerno5 at one tolerance, one parameter set after another."""

    def __init__(self, tolerance, inputs):
        require("diffrax")
        self.solve = partial(_program(inputs), tolerance)

    def run(self, sets):
        """Solve a batch; what is timed."""
        rows = np.stack(list(sets.values()), axis=1)
        return [[np.asarray(x) for x in self.solve(row)] for row in rows]

    def read(self, solutions, sets):
        """The solved batch as :class:`Discharges`."""
        t_end, voltages = zip(*solutions, strict=True)
        return Discharges(np.ravel(t_end), np.array(voltages), {})


@cache
def _program(inputs):
    """Jitted (tolerance, input values) -> end time [s], voltages [V] at :data:`TIMES`."""
    import diffrax
    import jax
    import jax.numpy as jnp
    import optimistix

    system = compiled(inputs).system
    moving = np.flatnonzero(~system.algebraic)
    if len(moving) < system.states - 1:
        raise ValueError("diffrax needs an ODE; this model has algebraic equations.")
    at = np.flatnonzero(system.mass)
    mass = np.zeros(system.states)
    mass[system.rows[at]] = system.mass[at]
    fixed = {name: jnp.full(1, value) for name, value in system.defaults.items()}
    fixed[CURRENT] = jnp.full(1, float(parameter_values()[CURRENT]))

    def given(values):
        return fixed | {n: values[k : k + 1] for k, n in enumerate(inputs)}

    def whole(y, args):
        """The state with the current that is controlled."""
        return system.initial_state(given(args)).at[moving, 0].set(y)

    def field(t, y, args):
        return system.f(jnp.full(1, t), whole(y, args), given(args))[moving, 0] / mass[moving]

    def watched(group, t, y, args):
        part = system.observed(whole(y, args))
        return system.observer(group, jnp.full(1, t), part, given(args))

    def margin(t, y, args, **_):
        return watched("events", t, y, args).min()

    def voltage(t, y, args):
        return watched("outputs", t, y, args)[0, 0]

    @jax.jit
    def solve(tolerance, values):
        times = diffrax.SubSaveAt(ts=jnp.asarray(TIMES), fn=voltage)
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Kvaerno5(),
            0.0,
            TIMES[-1],
            1e-6,
            system.initial_state(given(values))[moving, 0],
            values,
            saveat=diffrax.SaveAt(subs=[times, diffrax.SubSaveAt(t1=True, fn=voltage)]),
            stepsize_controller=diffrax.PIDController(rtol=tolerance, atol=tolerance),
            event=diffrax.Event(margin, optimistix.Newton(1e-10, 1e-10)),
            max_steps=10000,
        )
        return solution.ts[1], solution.ys[0]

    return solve
