"""RODAS: a stiffly accurate Rosenbrock method of order 4(3) with 6 stages.

Hairer & Wanner, Solving Ordinary Differential Equations II (2nd ed.), section IV.7, method
RODAS with gamma = 1/4, in the form without matrix products. One factorisation of
M/(gamma h) - J serves six solves; L-stable, made for index-1 systems M dy/dt = f(t, y); its
continuous extension has order 3. ``tests/compiled/test_rodas_orders.py`` measures the orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.program import take_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    import jax
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
) -> tuple[
    Float[jax.Array, "states batch"],
    Float[jax.Array, "states batch"],
    Float[jax.Array, "2 observed batch"],
    tuple[Float[jax.Array, "states batch"], Float[jax.Array, "states batch"]],
]:
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

    Returns
    -------
    The step's end, the embedded error estimate, what :func:`interpolate` needs, and right-hand
    side and solution of the first stage.
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
    parts = [take_rows(k, observed) for k in stages]
    dense = [sum(w * k for w, k in zip(d, parts, strict=True)) for d in np.array(DENSE)]
    return u + stages[-1], stages[-1], jnp.stack(dense), (rights[0], stages[0])


def interpolate(
    s: Float[jax.Array, " batch"],
    y_old: Float[jax.Array, "states batch"],
    y_new: Float[jax.Array, "states batch"],
    dense: Float[jax.Array, "2 states batch"],
) -> Float[jax.Array, "states batch"]:
    """State at fraction ``s`` (batch,) of a step, by the method's continuous extension."""
    return y_old * (1 - s) + s * (y_new + (1 - s) * (dense[0] + s * dense[1]))
