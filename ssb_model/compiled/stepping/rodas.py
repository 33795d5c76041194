"""RODAS: a stiffly accurate Rosenbrock method of order 4(3) with 6 stages.

Hairer & Wanner, Solving Ordinary Differential Equations II (2nd ed.), section IV.7, method
RODAS with gamma = 1/4, in the form without matrix products. One factorisation of
M/(gamma h) - J serves six solves; L-stable, made for index-1 systems M dy/dt = f(t, y).

Its continuous extension has order 3 and knows nothing of an algebraic state that bends within a
step. So what it leaves of the equations at two inner nodes is solved for by the step's own matrix:
the correction of the states there. It is part of the error, and the interpolant is led through the
corrected nodes. ``tests/compiled/test_rodas_orders.py`` measures the orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax.numpy as jnp

from ssb_model.compiled.program import take_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import jax
    import numpy as np
    from jaxtyping import Float, Int

GAMMA = 0.25
ORDER = 4
A = (
    (),
    (1.544,),
    (0.9466785280815826, 0.2557011698983284),
    (3.314825187068521, 2.896124015972201, 0.9986419139977817),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0),
)
C = (
    (),
    (-5.6688,),
    (-2.430093356833875, -0.2063599157091915),
    (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
    (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
    (
        8.083246795921522,
        -7.981132988064893,
        -31.52159432874371,
        16.31930543123136,
        -6.058818238834054,
    ),
)
ALPHA = (0.0, 0.386, 0.21, 0.63, 1.0, 1.0)
GAMMA_SUM = (0.25, -0.1043, 0.1035, -0.03620000000000023, 0.0, 0.0)
DENSE = (
    (
        10.12623508344586,
        -7.487995877610167,
        -34.80091861555747,
        -7.992771707568823,
        1.025137723295662,
        0.0,
    ),
    (
        -0.6762803392301253,
        6.087714651680015,
        16.43084320892478,
        24.76722511418386,
        -6.594389125716872,
        0.0,
    ),
)
NODES = (1 / 3, 2 / 3)
CORRECTED = ((9.0, -4.5), (-13.5, 13.5))  # of the dense coefficients, by corrections at the nodes
CORRECTABLE = 5.0  # tolerances that a correction may have: what is left of it is far smaller


class Attempt(NamedTuple):
    """A step's end, its embedded error estimate, and the corrections of its interpolant at the
    nodes; what :func:`interpolate` needs of the observed states; right-hand side and solution of
    the first stage."""

    y: Float[jax.Array, "states batch"]
    error: Float[jax.Array, "states batch"]
    corrections: list[Float[jax.Array, "states batch"]]
    dense: Float[jax.Array, "2 observed batch"]
    right: Float[jax.Array, "states batch"]
    first: Float[jax.Array, "states batch"]


def step(
    f: Callable[
        [Float[jax.Array, " batch"], Float[jax.Array, "states batch"]],
        Float[jax.Array, "states batch"],
    ],
    df_dt: Float[jax.Array, "states batch"] | None,
    solve: Callable[[Float[jax.Array, "states batch"]], Float[jax.Array, "states batch"]],
    mass: Callable[[Float[jax.Array, "states batch"]], Float[jax.Array, "states batch"]],
    t: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    h: Float[jax.Array, " batch"],
    observed: Int[np.ndarray, " observed"],
) -> Attempt:
    """One step of M dy/dt = f(t, y).

    Parameters
    ----------
    f
        Right-hand side of (t, y).
    df_dt
        Partial derivative of f by time at (t, y), None for an autonomous system.
    solve
        Solves with M/(gamma h) - J(t, y), arrays (states, batch).
    mass
        Multiplies by M.
    t, h
        Time and step size [s].
    y
        State.
    observed
        States to interpolate within the step.

    """
    stages, rights, u = [], [], y
    for a, c, alpha, gamma in zip(A, C, ALPHA, GAMMA_SUM, strict=True):
        u = y + sum(w * k for w, k in zip(a, stages, strict=True))
        right = f(t + alpha * h, u)
        if stages:
            right = right + mass(sum(w * k for w, k in zip(c, stages, strict=True)) / h)
        if df_dt is not None and gamma:
            right = right + gamma * h * df_dt
        rights.append(right)
        stages.append(solve(right))
    y_new = u + stages[-1]
    dense = _combined(DENSE, stages)
    left = []
    for s in NODES:
        state, slope = interpolate(s, y, y_new, dense), _rise(s, y, y_new, dense) / h
        left.append(solve(f(t + s * h, state) - mass(slope)))
    dense = dense + _combined(CORRECTED, left)
    kept = jnp.stack([take_rows(d, observed) for d in dense])
    return Attempt(y_new, stages[-1], left, kept, rights[0], stages[0])


def _combined(
    weights: Sequence[Sequence[float]], columns: Sequence[Float[jax.Array, "states batch"]]
) -> Float[jax.Array, "2 states batch"]:
    return jnp.stack([sum(w * k for w, k in zip(row, columns, strict=True)) for row in weights])


def _rise(
    s: float,
    y_old: Float[jax.Array, "states batch"],
    y_new: Float[jax.Array, "states batch"],
    dense: Float[jax.Array, "2 states batch"],
) -> Float[jax.Array, "states batch"]:
    """Derivative of :func:`interpolate` by ``s``."""
    return y_new - y_old + (1 - 2 * s) * dense[0] + (2 - 3 * s) * s * dense[1]


def interpolate(
    s: Float[jax.Array, " batch"] | float,
    y_old: Float[jax.Array, "states batch"],
    y_new: Float[jax.Array, "states batch"],
    dense: Float[jax.Array, "2 states batch"],
) -> Float[jax.Array, "states batch"]:
    """State at fraction ``s`` (batch,) of a step."""
    return y_old * (1 - s) + s * (y_new + (1 - s) * (dense[0] + s * dense[1]))
