"""A sampled posterior: draws, their intervals, and whether they can be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.errors import InputError
from ssb_model.fitting.bayes.diagnostics import effective_sample_size, r_hat

if TYPE_CHECKING:
    from ssb_model.fitting.fit import Fit, ParameterRow

R_HAT, ENOUGH = 1.01, 400  # limits of R-hat and effective sample size (Vehtari and others 2021)
CENTRAL_95 = (0.025, 0.975)
MOST = 1000  # draws that are pushed through the model again


class Diagnostics(TypedDict):
    """Whether draws can be trusted: R-hat, effective sample size of the bulk and of the tails."""

    r_hat: float
    ess_bulk: float
    ess_tail: float


class Row(Diagnostics):
    """A parameter, as tables and files have it."""

    parameter: str
    unit: str
    median: float
    lower95: float
    upper95: float
    laplace_lower95: float
    laplace_upper95: float
    posterior_over_prior_width: float


class NoiseRow(Diagnostics):
    """An estimated noise, over the fit's estimate."""

    noise: str
    median: float
    lower95: float
    upper95: float


@dataclass(frozen=True, eq=False)
class Posterior:
    """Result of :func:`ssb_model.fitting.posterior`.

    Attributes
    ----------
    fit
        The optimum it was sampled about.
    u
        Prior-normal coordinates.
    log_noise
        Logarithms of estimated noises over the fit's estimate.
    groups
        Observables that share each estimated noise, by name.
    divergent
        Whether each transition diverged.
    steps
        Gradients in each transition.
    failures
        Points that the sampler tried and the model failed at.
    """

    fit: "Fit"
    u: Float[np.ndarray, "chains draws parameters"]
    log_noise: Float[np.ndarray, "chains draws groups"]
    groups: Mapping[str, Sequence[str]]
    divergent: Bool[np.ndarray, "chains draws"]
    steps: Int[np.ndarray, "chains draws"]
    failures: int

    @cached_property
    def values(self) -> dict[str, Float[np.ndarray, "chains draws"]]:
        """Physical values (chains, draws) by label."""
        values = self.fit.problem.space.values(np.moveaxis(self.u, -1, 0))
        return {label: np.asarray(value) for label, value in values.items()}

    @cached_property
    def table(self) -> list[Row]:
        """For each parameter: median, 95 % interval, that of Laplace, R-hat, effective samples."""
        return [self._row(k, row) for k, row in enumerate(self.fit.parameter_table())]

    def _row(self, k: int, laplace: "ParameterRow") -> Row:
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
            **_diagnostics(self.u[..., k]),
        }

    @cached_property
    def noise_table(self) -> list[NoiseRow]:
        """For each estimated noise: median and 95 % interval over the fit's estimate."""
        return [self._noise_row(k, name) for k, name in enumerate(self.groups)]

    def _noise_row(self, k: int, name: str) -> NoiseRow:
        lower, upper = np.exp(np.quantile(self.log_noise[..., k], CENTRAL_95))
        median = np.exp(np.median(self.log_noise[..., k]))
        return {
            "noise": name,
            "median": float(median),
            "lower95": float(lower),
            "upper95": float(upper),
            **_diagnostics(self.log_noise[..., k]),
        }

    @property
    def covariance(self) -> Float[np.ndarray, "parameters parameters"]:
        """Of u (parameters, parameters)."""
        return np.cov(self.u.reshape(-1, self.u.shape[-1]), rowvar=False).reshape(
            2 * (self.u.shape[-1],)
        )

    def warnings(self) -> list[str]:
        """Sentences on what in the draws cannot be trusted."""
        rows = [*self.table, *self.noise_table]
        high = [row for row in rows if not row["r_hat"] <= R_HAT]
        few = [row for row in rows if not min(row["ess_bulk"], row["ess_tail"]) >= ENOUGH]
        sentences = []
        if high:
            sentences.append(
                f"The chains do not agree on {_names(high)} (R-hat above {R_HAT}): take more draws."
            )
        if few:
            sentences.append(
                f"Fewer than {ENOUGH} effective draws of {_names(few)}: take more draws."
            )
        if self.divergent.any():
            sentences.append(
                f"{int(self.divergent.sum())} of {self.divergent.size} transitions diverged: there "
                "the posterior turns more sharply than the sampler follows, and intervals that "
                "reach so far may be too short."
            )
        if self.failures:
            sentences.append(
                f"The model failed at {self.failures} points that the sampler tried; they count as "
                "impossible."
            )
        return sentences

    def predictive(self, names: Sequence[str], most: int = MOST) -> dict[str, tuple[float, float]]:
        """95 % intervals of observables from the draws, without measurement noise."""
        values = self.observables(names, most)
        ends = np.quantile(values.reshape(-1, len(names)), CENTRAL_95, axis=0).T
        return {name: (float(a), float(b)) for name, (a, b) in zip(names, ends, strict=True)}

    def observables(
        self, names: Sequence[str], most: int = MOST
    ) -> Float[np.ndarray, "chains draws names"]:
        """Values of observables (chains, draws, names) at evenly spaced draws, at most ``most``.

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

    def log_likelihood(self, most: int = MOST) -> Float[np.ndarray, "chains draws data"]:
        """Natural logarithm of the likelihood of each datum (chains, draws, data) at such draws."""
        from ssb_model.fitting.bayes.potential import memberships

        problem = self.fit.problem
        shared = memberships(problem, self.groups.values())
        values = self.observables([d.observable for d in problem.data], most)
        return problem.log_likelihood(values, self.log_noise[:, self.spaced(most)] @ shared.T)

    def spaced(self, most: int) -> Int[np.ndarray, " draws"]:
        """Positions of evenly spaced draws, the same in each chain, at most ``most`` in all."""
        chains, draws = self.u.shape[:2]
        return np.unique(np.linspace(0, draws - 1, min(draws, max(most // chains, 1))).astype(int))


def _diagnostics(draws: Float[np.ndarray, "chains draws"]) -> Diagnostics:
    return {
        "r_hat": r_hat(draws),
        "ess_bulk": effective_sample_size(draws, "bulk"),
        "ess_tail": effective_sample_size(draws, "tail"),
    }


def _names(rows: Iterable[Row | NoiseRow]) -> str:
    return ", ".join(row["parameter"] if "parameter" in row else row["noise"] for row in rows)
