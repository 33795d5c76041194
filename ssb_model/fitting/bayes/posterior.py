"""A sampled posterior: draws, their intervals, and whether they can be trusted."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting.bayes.diagnostics import effective_sample_size, r_hat

R_HAT, ENOUGH = 1.01, 400  # limits of R-hat and effective sample size (Vehtari and others 2021)
CENTRAL_95 = (0.025, 0.975)
MOST = 1000  # draws that are pushed through the model again


@dataclass(frozen=True, eq=False)
class Posterior:
    """Result of :func:`ssb_model.fitting.posterior`.

    Attributes
    ----------
    fit : Fit
        The optimum it was sampled about.
    u : array (chains, draws, parameters)
        Prior-normal coordinates.
    log_noise : array (chains, draws, groups)
        Logarithms of estimated noises over the fit's estimate.
    groups : dict of str to sequence of str
        Observables that share each estimated noise, by name.
    divergent : bool array (chains, draws)
    steps : int array (chains, draws)
        Gradients in each transition.
    failures : int
        Points that the sampler tried and the model failed at.
    """

    fit: object
    u: np.ndarray
    log_noise: np.ndarray
    groups: dict
    divergent: np.ndarray
    steps: np.ndarray
    failures: int

    @cached_property
    def values(self):
        """Physical values (chains, draws) by label."""
        values = self.fit.problem.space.values(np.moveaxis(self.u, -1, 0))
        return {label: np.asarray(value) for label, value in values.items()}

    @cached_property
    def table(self):
        """For each parameter: median, 95 % interval, that of Laplace, R-hat, effective samples."""
        return [self._row(k, row) for k, row in enumerate(self.fit.parameter_table())]

    def _row(self, k, laplace):
        draws = self.values[laplace["parameter"]]
        lower, upper = np.quantile(draws, CENTRAL_95)
        return {
            "parameter": laplace["parameter"],
            "unit": laplace["unit"],
            "median": float(np.median(draws)),
            "lower95": float(lower),
            "upper95": float(upper),
            "laplace_lower95": laplace["lower95"],
            "laplace_upper95": laplace["upper95"],
            "posterior_over_prior_width": float(np.std(self.u[..., k])),
        } | _diagnostics(self.u[..., k])

    @cached_property
    def noise_table(self):
        """For each estimated noise: median and 95 % interval over the fit's estimate."""
        return [self._noise_row(k, name) for k, name in enumerate(self.groups)]

    def _noise_row(self, k, name):
        lower, upper = np.exp(np.quantile(self.log_noise[..., k], CENTRAL_95))
        median = np.exp(np.median(self.log_noise[..., k]))
        row = {"noise": name, "median": float(median), "lower95": float(lower)}
        return row | {"upper95": float(upper)} | _diagnostics(self.log_noise[..., k])

    @property
    def covariance(self):
        """Of u (parameters, parameters)."""
        return np.cov(self.u.reshape(-1, self.u.shape[-1]), rowvar=False).reshape(
            2 * (self.u.shape[-1],)
        )

    def warnings(self):
        """Sentences on what in the draws cannot be trusted."""
        rows = [*self.table, *self.noise_table]
        high = [row for row in rows if not row["r_hat"] <= R_HAT]
        few = [row for row in rows if not min(row["ess_bulk"], row["ess_tail"]) >= ENOUGH]
        told = []
        if high:
            told.append(
                f"The chains do not agree on {_names(high)} (R-hat above {R_HAT}): take more draws."
            )
        if few:
            told.append(f"Fewer than {ENOUGH} effective draws of {_names(few)}: take more draws.")
        if self.divergent.any():
            told.append(
                f"{int(self.divergent.sum())} of {self.divergent.size} transitions diverged: there "
                "the posterior turns more sharply than the sampler follows, and intervals that "
                "reach so far may be too short."
            )
        if self.failures:
            told.append(
                f"The model failed at {self.failures} points that the sampler tried; they count as "
                "impossible."
            )
        return told

    def predictive(self, names, most=MOST):
        """95 % intervals of observables from the draws, without measurement noise.

        Returns
        -------
        dict of str to (lower, upper)
        """
        values = self.observables(names, most)
        ends = np.quantile(values.reshape(-1, len(names)), CENTRAL_95, axis=0).T
        return {name: (float(a), float(b)) for name, (a, b) in zip(names, ends, strict=True)}

    def observables(self, names, most=MOST):
        """Values of observables (chains, draws, names) at evenly spaced draws, at most so many.

        Raises
        ------
        InputError
            If the model gives one of them no finite value at some draw.
        """
        u = self.u[:, self.spaced(most)]
        found = np.empty((*u.shape[:2], len(names)))
        for simulator in self.fit.problem.simulators:
            own = [k for k, name in enumerate(names) if name in simulator.observables]
            if own:
                values = simulator.values(self.fit.problem.space, u.reshape(-1, u.shape[-1]))
                at = [simulator.observables.index(names[k]) for k in own]
                found[..., own] = values[:, at].reshape(*u.shape[:2], -1)
        for k, name in enumerate(names):
            if not np.isfinite(found[..., k]).all():
                failed = np.mean(~np.isfinite(found[..., k]))
                raise InputError(
                    f"The model gives '{name}' no value at {100 * failed:.2g} % of the posterior's "
                    "draws: it has no interval; narrow the priors or leave it out."
                )
        return found

    def log_likelihood(self, most=MOST):
        """Natural logarithm of the likelihood of each datum (chains, draws, data) at such draws."""
        from ssb_model.fitting.bayes.potential import memberships

        problem = self.fit.problem
        shared = memberships(problem, self.groups.values())
        values = self.observables([d.observable for d in problem.data], most)
        return problem.log_likelihood(values, self.log_noise[:, self.spaced(most)] @ shared.T)

    def spaced(self, most):
        """Positions of evenly spaced draws, the same in each chain, at most so many in all."""
        chains, draws = self.u.shape[:2]
        return np.unique(np.linspace(0, draws - 1, min(draws, max(most // chains, 1))).astype(int))


def _diagnostics(draws):
    return {
        "r_hat": r_hat(draws),
        "ess_bulk": effective_sample_size(draws, "bulk"),
        "ess_tail": effective_sample_size(draws, "tail"),
    }


def _names(rows):
    return ", ".join(row.get("parameter") or row["noise"] for row in rows)
