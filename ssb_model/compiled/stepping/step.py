"""A step, a Newton correction and its damped search, by wide JAX operations over the batch.

This is the reference for the generated kernel (``kernel/``), and what runs on a GPU or where
there is no C compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.stepping import rodas
from ssb_model.compiled.stepping.constants import CLOSE, RESIDUAL, SHIFT, SHORTEST, TRIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System, Tolerances


class Stepped(NamedTuple):
    """A tried step: its end (states, batch), its error in units of the tolerance (batch,), and
    the interpolant's two coefficients of the observed states (2, observed, batch)."""

    y: Float[jax.Array, "states batch"]
    error: Float[jax.Array, " batch"]
    dense: Float[jax.Array, "2 observed batch"]


class Corrected(NamedTuple):
    """A correction of the algebraic states towards f = 0 and dy/dt of the differential ones,
    arrays (states, batch); and, (batch,), ``RUNNING``, or ``NOT_FINITE`` or ``SINGULAR``."""

    correction: Float[jax.Array, "states batch"]
    velocity: Float[jax.Array, "states batch"]
    outcome: Int[jax.Array, " batch"]


def step(
    system: System,
    t: Float[jax.Array, " batch"],
    h: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    tolerances: Tolerances,
    active: Bool[jax.Array, " batch"],
) -> Stepped:
    """One step of ``rodas``; members that are not ``active`` are anything."""
    jacobian = system.jacobian_values(t, y, inputs)
    shift = 1 / (rodas.GAMMA * h)
    solver = system.shifted_solver(jacobian, shift)
    attempt = rodas.step(
        lambda s, u: system.f(s, u, inputs),
        system.f_by_time(t, y, inputs),
        solver,
        system.times_mass,
        t,
        y,
        h,
        system.observer.rows,
    )
    largest = jnp.maximum(jnp.abs(y), jnp.abs(attempt.y))
    scale = jax.lax.stop_gradient(tolerances.atol + tolerances.rtol * largest)
    norms = [_error_norm(system, attempt.error / scale)]
    for correction in attempt.corrections:
        norms.append(_error_norm(system, correction / scale) / rodas.CORRECTABLE)
    good = _satisfied(system, system.shifted(jacobian, shift), attempt.right, attempt.first)
    norm = jnp.max(jnp.stack(norms), axis=0)
    return Stepped(attempt.y, jnp.where(good, norm, jnp.inf), attempt.dense)


def _error_norm(
    system: System, error: Float[jax.Array, "states batch"]
) -> Float[jax.Array, " batch"]:
    """Root mean square of an error in tolerances, infinite where it is not finite: that of all
    states, or of the algebraic variable with the largest, so that no such state hides in many."""
    squares = jax.lax.stop_gradient(error) ** 2
    parts = [squares, *(squares[start:end] for start, end in system.alone)]
    norm = jnp.sqrt(jnp.max(jnp.stack([jnp.mean(part, axis=0) for part in parts]), axis=0))
    return jnp.where(jnp.isfinite(norm), norm, jnp.inf)


def _satisfied(
    system: System,
    matrix: Float[jax.Array, "entries batch"],
    b: Float[jax.Array, "states batch"],
    x: Float[jax.Array, "states batch"],
) -> Bool[jax.Array, " batch"]:
    """Whether a solution satisfies its equations, row by row, as well as one so large should.

    There is no pivoting to rely on.
    """
    matrix, b, x = jax.lax.stop_gradient((matrix, b, x))
    off = jnp.abs(system.times(matrix, x) - b)
    largest = jnp.max(jnp.abs(x), axis=0)
    size = system.times(jnp.abs(matrix), jnp.broadcast_to(largest, x.shape)) + jnp.abs(b)
    return jnp.all(off <= RESIDUAL * size, axis=0)


def newton(
    system: System,
    t: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    active: Bool[jax.Array, " batch"],
) -> Corrected:
    """A :class:`Corrected` state; what is not ``active`` may be anything."""
    algebraic = jnp.asarray(system.algebraic)[:, None]
    f = system.f(t, y, inputs)
    jacobian = system.jacobian_values(t, y, inputs)
    solver = system.shifted_solver(jacobian, jnp.full(y.shape[1], SHIFT))
    correction = jnp.where(algebraic, solver(jnp.where(algebraic, f, 0.0)), 0.0)
    velocity = SHIFT * solver(f)
    defined, solved = _finite(f) & _finite(jacobian), _finite(velocity)
    outcome = jnp.where(solved, Outcome.RUNNING, Outcome.SINGULAR)
    outcome = jnp.where(defined, outcome, Outcome.NOT_FINITE)
    return Corrected(correction, jnp.where(algebraic, 0.0, velocity), outcome)


class _Search(NamedTuple):
    """Tries so far, the best states, how much of their corrections to take, who goes on."""

    tries: int | jax.Array
    y: Float[jax.Array, "states batch"]
    damping: Float[jax.Array, " batch"]
    far: Bool[jax.Array, " batch"]


def search(
    system: System,
    t: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    active: Bool[jax.Array, " batch"],
) -> Float[jax.Array, "states batch"]:
    """States whose algebraic part is solved for by Newton's method, (states, batch).

    A trial is taken where the simplified correction there, by the factors of the point before, is
    smaller: the natural monotonicity test, which no scaling of the equations changes (P. Deuflhard,
    Newton Methods for Nonlinear Problems, Springer 2011, section 3.3). Else the step is halved.
    Where nothing is found the result is the best state; carries no derivative.
    """
    t, y, inputs = jax.lax.stop_gradient((t, y, inputs))
    algebraic = jnp.asarray(system.algebraic)[:, None]

    def improve(carry: _Search) -> _Search:
        solver = system.shifted_solver(
            system.jacobian_values(t, carry.y, inputs), jnp.full(t.shape, SHIFT)
        )

        def corrected(y: Float[jax.Array, "states batch"]) -> Float[jax.Array, "states batch"]:
            f = jnp.where(algebraic, system.f(t, y, inputs), 0.0)
            return jnp.where(algebraic, solver(f), 0.0)

        correction = corrected(carry.y)
        size = correction_size(correction, carry.y)
        trial = carry.y + carry.damping * correction
        there = size <= CLOSE
        left = correction_size(corrected(trial), carry.y)
        nearer = jnp.isfinite(left) & (left <= (1 - carry.damping / 4) * size)
        damping = jnp.where(nearer, jnp.minimum(2 * carry.damping, 1), carry.damping / 2)
        return _Search(
            tries=carry.tries + 1,
            y=jnp.where(carry.far & nearer & ~there, trial, carry.y),
            damping=damping,
            far=carry.far & ~there & jnp.isfinite(size) & (damping > SHORTEST),
        )

    def moving(carry: _Search) -> Bool[jax.Array, ""]:
        return jnp.any(carry.far) & (carry.tries < TRIES)

    start = _Search(0, y, jnp.ones_like(t), active)
    return jax.lax.while_loop(moving, improve, start).y


def correction_size(
    correction: Float[jax.Array, "states batch"], y: Float[jax.Array, "states batch"]
) -> Float[jax.Array, " batch"]:
    """Largest correction in units of the state or one, (batch,); infinite if not finite."""
    size = jnp.max(jnp.abs(correction) / (1 + jnp.abs(y)), axis=0)
    return jnp.where(jnp.isfinite(size), size, jnp.inf)


def _finite(x: Float[jax.Array, "rows batch"]) -> Bool[jax.Array, " batch"]:
    return jnp.all(jnp.isfinite(jax.lax.stop_gradient(x)), axis=0)
