"""A simulator turns parameter values into observables; here it gets its exact Jacobian."""

from dataclasses import dataclass, field

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.batches import in_chunks


@dataclass(frozen=True, eq=False)
class Simulator:
    """A pure JAX function from parameters to observables, with the batch last.

    Attributes
    ----------
    name : str
    parameters : tuple of str
        Labels of the parameters it reads.
    observables : tuple of str
        What it returns, in order.
    function : callable
        dict of label -> array (batch,) to array (observables, batch).
    chunk : int
        Batch size of one call of the compiled program: the only size that is compiled.
    """

    name: str
    parameters: tuple
    observables: tuple
    function: object
    chunk: int = 2
    _jitted: dict = field(default_factory=dict)

    def evaluate(self, space, u):
        """Observables and their Jacobian by the coordinates of ``space``.

        Parameters
        ----------
        space : ParameterSpace
        u : array (batch, parameters of the space)

        Returns
        -------
        values : array (batch, observables)
        jacobian : array (batch, observables, parameters of the space)
        """
        own = np.array([space.labels.index(label) for label in self.parameters], dtype=int)
        if space not in self._jitted:
            self._jitted[space] = jax.jit(lambda columns: self._linearised(space, own, columns))
        columns = {"u": np.asarray(u).T}
        values, tangents = in_chunks(self._jitted[space], columns, self.chunk)
        jacobian = np.zeros((u.shape[0], len(self.observables), len(space)))
        jacobian[:, :, own] = np.moveaxis(tangents, (0, 1, 2), (2, 1, 0))
        return values.T, jacobian

    def _linearised(self, space, own, columns):
        u = columns["u"]

        def run(shift):
            values = space.values(u.at[own].add(shift))
            return self.function({label: values[label] for label in self.parameters})

        origin = jnp.zeros((len(own), u.shape[1]))
        units = jnp.eye(len(own))[:, :, None] * jnp.ones(u.shape[1])
        return jax.vmap(lambda unit: jax.jvp(run, (origin,), (unit,)), out_axes=(None, 0))(units)
