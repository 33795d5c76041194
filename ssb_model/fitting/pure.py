"""A problem's residuals as one pure JAX function, for other optimisers and samplers."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ssb_model.fitting.problem import Problem


def residual_function(
    problem: Problem,
) -> Callable[[Float[jax.Array, " parameters"]], Float[jax.Array, " residuals"]]:
    """Weighted residuals of data and priors as a pure JAX function.

    Half their sum of squares is what :func:`ssb_model.fitting.fit` minimises. The compiled cells
    are differentiated forwards: ``jax.jvp`` and ``jax.jacfwd`` work, ``jax.grad`` does not (for a
    gradient, multiply the Jacobian's transpose by the residuals).

    Parameters
    ----------
    problem
        Of which half the sum of squares is minimised.

    Returns
    -------
    Coordinates u (parameters,), standard normal under the prior, to residuals
    (data + parameters,). ``problem.space.values(u)`` are the physical values.

    Examples
    --------
    >>> import jax
    >>> from ssb_model.fitting import Datum, FreeParameter, ParameterSpace, Problem, Simulator
    >>> from ssb_model.fitting import residual_function
    >>> space = ParameterSpace([FreeParameter("R", "Ohm", 10.0, 5.0, 20.0, "log")])
    >>> twice = Simulator("twice", ("R",), ("2 R",), lambda theta: 2 * theta["R"][None])
    >>> residuals = residual_function(Problem(space, [twice], [Datum("1", "2 R", 22.0, 1.0)]))
    >>> residuals(np.zeros(1))
    Array([-2.,  0.], dtype=float64)
    >>> jax.jacfwd(residuals)(np.zeros(1)).shape
    (2, 1)
    """
    columns = np.array([problem.column(datum.observable) for datum in problem.data])
    value, noise, side = (
        np.array([getattr(datum, name) for datum in problem.data])
        for name in ("value", "noise", "side")
    )

    def residuals(
        u: Float[jax.Array | np.ndarray, " parameters"],
    ) -> Float[jax.Array, " residuals"]:
        theta = problem.space.values(jnp.asarray(u)[:, None])
        observables = jnp.concatenate(
            [
                simulator.function({label: theta[label] for label in simulator.parameters})[:, 0]
                for simulator in problem.simulators
            ]
        )
        r = (observables[columns] - value) / noise
        met = (side != 0) & (r * side <= 0)
        counted, _ = problem.loss.residual(jnp.where(met, 0.0, r), jnp)
        return jnp.concatenate([counted, jnp.asarray(u)])

    return residuals
