"""Simulators and data together: weighted residuals with their exact Jacobian."""

from collections.abc import Iterable
from types import ModuleType

import jax
import numpy as np
from jaxtyping import Float, Int

from ssb_model.errors import InputError, did_you_mean
from ssb_model.fitting.datum import Datum
from ssb_model.fitting.loss import loss_named
from ssb_model.fitting.parameters import ParameterSpace
from ssb_model.fitting.simulator import Simulator


class Problem:
    """Least squares with normal priors: residuals (model - value)/noise, then u itself.

    Parameters
    ----------
    space
        Parameters and their priors.
    simulators
        Which compute the observables.
    data
        Measured numbers of those observables.
    loss
        Density of the noise: "normal", or "student" for data with outliers (see
        :mod:`ssb_model.fitting.loss`).
    """

    def __init__(
        self,
        space: ParameterSpace,
        simulators: Iterable[Simulator],
        data: Iterable[Datum],
        loss: str = "normal",
    ) -> None:
        self.loss = loss_named(loss)
        self.space, self.simulators, self.data = space, tuple(simulators), tuple(data)
        self.observables = tuple(o for s in self.simulators for o in s.observables)
        self._column = {name: k for k, name in enumerate(self.observables)}
        for datum in self.data:
            if datum.observable not in self._column:
                raise InputError(
                    f"Row {datum.id} asks for the unknown observable '{datum.observable}'."
                    f"{did_you_mean(datum.observable, self.observables)}"
                )
        self._at = np.array([self._column[d.observable] for d in self.data], dtype=int)
        self._value = np.array([d.value for d in self.data])
        self._noise = np.array([d.noise for d in self.data])
        self._side = np.array([d.side for d in self.data])

    def predictions(
        self, u: Float[np.ndarray, "batch parameters"]
    ) -> tuple[
        Float[np.ndarray, "batch observables"], Float[np.ndarray, "batch observables parameters"]
    ]:
        """All observables (batch, observables) and Jacobian (batch, observables, parameters)."""
        parts = [simulator.evaluate(self.space, u) for simulator in self.simulators]
        values, jacobians = zip(*parts, strict=True)
        return np.concatenate(values, axis=1), np.concatenate(jacobians, axis=1)

    def residuals(
        self,
        u: Float[np.ndarray, "batch parameters"],
        weights: Float[np.ndarray, "batch data"] | None = None,
    ) -> tuple[
        Float[np.ndarray, "batch residuals"], Float[np.ndarray, "batch residuals parameters"]
    ]:
        """Residuals (batch, data + parameters) and their Jacobian, priors last.

        Those of the data are the loss's: half their sum of squares is its negative log-likelihood.
        ``weights`` (batch, data), 1 or 0, leaves data out member by member.
        """
        values, jacobian = self.predictions(u)
        r, J = self.data_residuals(values, jacobian)
        r, slope = self.loss.residual(r)
        J = slope[:, :, None] * J
        if weights is not None:
            r = np.where(weights > 0, r, 0.0)
            J = np.where(weights[:, :, None] > 0, J, 0.0)
        prior = np.broadcast_to(np.eye(len(self.space)), (len(u), *([len(self.space)] * 2)))
        return np.concatenate([r, u], axis=1), np.concatenate([J, prior], axis=1)

    def data_residuals(
        self,
        values: Float[jax.Array | np.ndarray, "batch observables"],
        jacobian: Float[jax.Array | np.ndarray, "batch observables parameters"],
        xp: ModuleType = np,
    ) -> tuple[
        Float[jax.Array | np.ndarray, "batch data"],
        Float[jax.Array | np.ndarray, "batch data parameters"],
    ]:
        """(model - value)/noise of the data alone and Jacobian; a bound that is met counts zero.

        ``xp`` is numpy or jax.numpy.
        """
        r = (values[:, self._at] - self._value) / self._noise
        J = jacobian[:, self._at] / self._noise[:, None]
        met = (self._side != 0) & (r * self._side <= 0)
        return xp.where(met, 0.0, r), xp.where(met[:, :, None], 0.0, J)

    def log_likelihood(
        self,
        values: Float[np.ndarray, "... data"],
        log_noise: Float[np.ndarray, "... data"] | float = 0.0,
    ) -> Float[np.ndarray, "... data"]:
        """Natural logarithm of the likelihood of each datum (..., data).

        A bound that is met counts one. ``values`` (..., data) are those of the data's observables;
        ``log_noise`` (..., data) is added to the logarithm of the stated noise.
        """
        r = (values - self._value) / self._noise * np.exp(-np.asarray(log_noise))
        density = self.loss.log_density(r) - np.log(self._noise) - log_noise
        e, _ = self.loss.residual(np.maximum(r * self._side, 0.0))
        return np.where(self._side == 0, density, -0.5 * e**2)

    @property
    def data_columns(self) -> Int[np.ndarray, " data"]:
        """Positions of the data's observables among the predictions (data,)."""
        return self._at

    def column(self, observable: str) -> int:
        """Position of an observable among the predictions."""
        return self._column[observable]
