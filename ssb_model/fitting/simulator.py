"""A simulator turns parameter values into observables; here it gets its exact Jacobian."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Int

from ssb_model.compiled import in_chunks
from ssb_model.fitting.parameters import ParameterSpace


@dataclass(frozen=True, eq=False)
class Simulator:
    """A pure JAX function from parameters to observables, with the batch last.

    Attributes
    ----------
    name
        Of its own among the simulators of a problem.
    parameters
        Labels of the parameters it reads.
    observables
        What it returns, in order.
    function
        dict of label -> array (batch,) to array (observables, batch).
    chunk
        Batch size of one call of the compiled program: the only size that is compiled.
    """

    name: str
    parameters: tuple[str, ...]
    observables: tuple[str, ...]
    function: Callable[
        [Mapping[str, Float[jax.Array, " batch"]]], Float[jax.Array, "observables batch"]
    ]
    chunk: int = 2
    _jitted: dict[Hashable, Callable[..., Any]] = field(default_factory=dict)

    def evaluate(
        self, space: ParameterSpace, u: Float[np.ndarray, "batch parameters"]
    ) -> tuple[
        Float[np.ndarray, "batch observables"], Float[np.ndarray, "batch observables parameters"]
    ]:
        """Observables and their Jacobian by the coordinates of ``space``.

        Parameters
        ----------
        space
            The parameters, fitted and fixed.
        u
            Coordinates of each member of the batch.

        Returns
        -------
        values : array (batch, observables)
        jacobian : array (batch, observables, parameters of the space)
        """
        if space not in self._jitted:
            self._jitted[space] = jax.jit(lambda columns: self.linearised(space, columns["u"]))
        columns = {"u": np.asarray(u).T}
        values, tangents = in_chunks(self._jitted[space], columns, self.chunk)
        jacobian = np.zeros((u.shape[0], len(self.observables), len(space)))
        jacobian[:, :, self.own(space)] = np.moveaxis(tangents, (0, 1, 2), (2, 1, 0))
        return values.T, jacobian

    def values(
        self, space: ParameterSpace, u: Float[np.ndarray, "batch parameters"]
    ) -> Float[np.ndarray, "batch observables"]:
        """Observables alone (batch, observables) at ``u`` (batch, parameters of the space)."""
        key = space, "values"
        if key not in self._jitted:
            self._jitted[key] = jax.jit(lambda columns: self._run(space, columns["u"]))
        return in_chunks(self._jitted[key], {"u": np.asarray(u).T}).T

    def at(
        self, theta: Mapping[str, Float[np.ndarray, " batch"]]
    ) -> Float[np.ndarray, "observables batch"]:
        """Observables (observables, batch) at values of its parameters by label."""
        if "at" not in self._jitted:
            self._jitted["at"] = jax.jit(self.function)
        return np.asarray(in_chunks(self._jitted["at"], dict(theta)))

    def own(self, space: ParameterSpace) -> Int[np.ndarray, " own"]:
        """Positions of its parameters among those of ``space``."""
        return np.array([space.labels.index(label) for label in self.parameters], dtype=int)

    def linearised(
        self, space: ParameterSpace, u: Float[jax.Array, "parameters batch"]
    ) -> tuple[Float[jax.Array, "observables batch"], Float[jax.Array, "own observables batch"]]:
        """Pure JAX: observables (observables, batch) at ``u`` (parameters of the space, batch), and
        tangents (own parameters, observables, batch)."""
        own = self.own(space)

        def run(shift: Float[jax.Array, "own batch"]) -> Float[jax.Array, "observables batch"]:
            return self._run(space, u.at[own].add(shift))

        origin = jnp.zeros((len(own), u.shape[1]))
        units = jnp.eye(len(own))[:, :, None] * jnp.ones(u.shape[1])
        return jax.vmap(lambda unit: jax.jvp(run, (origin,), (unit,)), out_axes=(None, 0))(units)

    def _run(
        self, space: ParameterSpace, u: Float[jax.Array, "parameters batch"]
    ) -> Float[jax.Array, "observables batch"]:
        values = space.values(u)
        return self.function({label: values[label] for label in self.parameters})
