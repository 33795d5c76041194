"""The fit's objective as a sampler needs it: value and gradient in whitened coordinates.

The sampled coordinates are z, with (u, s) = optimum + root z: u are the problem's parameters, and
s the logarithms of noises that the data tell themselves, relative to the fit's estimate, under a
flat prior (Jeffreys' for a scale). ``root root'`` is the covariance of Laplace's approximation,
so that a normal posterior is standard normal in z. With e the loss's equivalent residuals,

    U = sum(e(r exp(-s))^2)/2 + sum(u^2)/2 + sum(n s),

n data sharing a noise. The gradient comes from the exact Jacobian that the least squares use, in
forward mode: compiled solves step through loops that have no reverse mode. All chains are one batch
of the model. Where the model fails U is infinite, which a sampler refuses; such points are kept.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

if TYPE_CHECKING:
    from ssb_model.fitting.fit import Fit
    from ssb_model.fitting.problem import Problem

#: z (coordinates,) to U, with its gradient
Potential: TypeAlias = Callable[[Float[jax.Array, " coordinates"]], Float[jax.Array, ""]]


def memberships(
    problem: "Problem", groups: Collection[Sequence[str]]
) -> Float[np.ndarray, "data groups"]:
    """(data, groups), 1 where a datum shares the noise of a group; a bound has none to share."""
    data = [d.observable if d.bound == "equal" else None for d in problem.data]
    rows = [[name in set(group) for group in groups] for name in data]
    return np.array(rows, dtype=float).reshape(len(data), len(groups))


@dataclass(frozen=True, eq=False)
class Whitened:
    """U of a fit's problem as a function of z.

    Attributes
    ----------
    fit
        Whose problem and optimum it is about.
    groups
        Observables whose data share an estimated noise.
    failed
        Points at which the model failed.
    """

    fit: "Fit"
    groups: tuple[Sequence[str], ...] = ()
    failed: set[bytes] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return len(self.fit.u) + len(self.groups)

    @property
    def members(self) -> Float[np.ndarray, "data groups"]:
        """(data, groups), 1 where a datum's noise is the group's."""
        return memberships(self.fit.problem, self.groups)

    @property
    def root(self) -> Float[np.ndarray, "coordinates coordinates"]:
        """Lower triangular (coordinates, coordinates)."""
        p = len(self.fit.u)
        root = np.zeros((self.size, self.size))
        root[:p, :p] = np.linalg.cholesky(self.fit.covariance)
        counts = self.members.sum(axis=0) * self.fit.problem.loss.scale_information
        root[p:, p:] = np.diag(1 / np.sqrt(counts))
        return root

    def coordinates(
        self, z: Float[np.ndarray, "... coordinates"]
    ) -> Float[np.ndarray, "... coordinates"]:
        """u and s together (..., coordinates) of z."""
        return np.concatenate([self.fit.u, np.zeros(len(self.groups))]) + z @ self.root.T

    def potential(self) -> Potential:
        """A pure JAX function z (coordinates,) -> U with its gradient; chains by ``jax.vmap``."""

        evaluate = jax.jit(self._evaluate)

        @jax.custom_batching.custom_vmap
        def both(
            z: Float[jax.Array, " coordinates"],
        ) -> tuple[Float[jax.Array, ""], Float[jax.Array, " coordinates"]]:
            U, gradient = evaluate(z[None])
            return U[0], gradient[0]

        @both.def_vmap
        def _(
            size: int, batched: Sequence[bool], z: Float[jax.Array, "chains coordinates"]
        ) -> tuple[
            tuple[Float[jax.Array, " chains"], Float[jax.Array, "chains coordinates"]],
            tuple[bool, bool],
        ]:
            return evaluate(jnp.broadcast_to(z, (size, self.size))), (True, True)

        @jax.custom_vjp
        def potential(z: Float[jax.Array, " coordinates"]) -> Potential:
            return both(z)[0]

        potential.defvjp(both, lambda gradient, cotangent: (cotangent * gradient,))
        return cast("Potential", potential)

    def _evaluate(
        self, z: Float[jax.Array, "chains coordinates"]
    ) -> tuple[Float[jax.Array, " chains"], Float[jax.Array, "chains coordinates"]]:
        """U (chains,) and its gradient (chains, coordinates); infinite where the model fails."""
        p, root, members = len(self.fit.u), jnp.asarray(self.root), jnp.asarray(self.members)
        x = jnp.concatenate([self.fit.u, np.zeros(len(self.groups))]) + z @ root.T
        u, s = x[:, :p], x[:, p:]
        r, J = self.fit.problem.data_residuals(*self._predictions(u), xp=jnp)
        shrink = jnp.exp(-s @ members.T)
        r, J = r * shrink, J * shrink[:, :, None]
        e, slope = self.fit.problem.loss.residual(r, jnp)
        U = 0.5 * jnp.sum(e**2, axis=1) + 0.5 * jnp.sum(u**2, axis=1) + s @ members.sum(axis=0)
        by_u = jnp.einsum("cd,cdp->cp", e * slope, J) + u
        by_s = members.sum(axis=0) - (e * slope * r) @ members
        gradient = jnp.concatenate([by_u, by_s], axis=1) @ root
        fine = jnp.isfinite(U) & jnp.isfinite(gradient).all(axis=1)
        self._note(x, fine)
        return jnp.where(fine, U, jnp.inf), jnp.where(fine[:, None], gradient, 0.0)

    def _note(
        self, x: Float[jax.Array, "chains coordinates"], fine: Bool[jax.Array, " chains"]
    ) -> None:
        """Keep the points at which the model failed; a point met again is the same point."""

        def keep(
            x: Float[jax.Array, "chains coordinates"], fine: Bool[jax.Array, " chains"]
        ) -> None:
            self.failed.update(row.tobytes() for row in np.asarray(x)[~np.asarray(fine)])

        jax.lax.cond(fine.all(), lambda: None, lambda: jax.debug.callback(keep, x, fine))

    def _predictions(
        self, u: Float[jax.Array, "chains parameters"]
    ) -> tuple[
        Float[jax.Array, "chains observables"], Float[jax.Array, "chains observables parameters"]
    ]:
        """All observables of the simulators that data ask, zero for the others, and Jacobian."""
        space, asked = self.fit.problem.space, {d.observable for d in self.fit.problem.data}
        values, jacobians = [], []
        for simulator in self.fit.problem.simulators:
            shape = len(u), len(simulator.observables)
            value, jacobian = jnp.zeros(shape), jnp.zeros((*shape, len(space)))
            if asked & set(simulator.observables):
                value, tangents = simulator.linearised(space, u.T)
                value = value.T
                own = jacobian.at[:, :, simulator.own(space)]
                jacobian = own.set(jnp.moveaxis(tangents, (0, 1, 2), (2, 1, 0)))
            values.append(value)
            jacobians.append(jacobian)
        return jnp.concatenate(values, axis=1), jnp.concatenate(jacobians, axis=1)
