"""Free parameters of a fit: priors from the parameter sets, unit-normal coordinates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, Self

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError
from ssb_model.fitting.bijection import NORMAL_95, SCALES


class Prior(Protocol):
    """The central 95 % range of a quantity, and the scale on which it is even."""

    @property
    def lower(self) -> float: ...

    @property
    def upper(self) -> float: ...

    @property
    def scale(self) -> Literal["log", "linear", "logit"]: ...


class Quantity(Protocol):
    """What is read of a quantity of a parameter set."""

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def value(self) -> float: ...

    @property
    def prior(self) -> Prior | None: ...


@dataclass(frozen=True)
class FreeParameter:
    """One free parameter.

    Attributes
    ----------
    label
        Its name in the fit, "coated: layer ionic conductivity".
    unit
        SI unit in PyBaMM's notation, "-" for a number.
    value
        Centre of the prior.
    lower, upper
        Central 95 % range of the prior.
    scale
        "log", "linear" or "logit".
    """

    label: str
    unit: str
    value: float
    lower: float
    upper: float
    scale: Literal["log", "linear", "logit"]

    @classmethod
    def from_quantity(cls, label: str, quantity: Quantity) -> Self:
        """From a quantity of a parameter set; it must have a range."""
        if quantity.prior is None:
            raise InputError(
                f"'{quantity.name}' cannot be fitted: its parameter set gives no range; "
                "add range = [lower, upper] to it."
            )
        prior = quantity.prior
        return cls(label, quantity.unit, quantity.value, prior.lower, prior.upper, prior.scale)

    @property
    def centre(self) -> float:
        """Coordinate of the prior's centre."""
        return float(SCALES[self.scale].forward(self.value))

    @property
    def widths(self) -> tuple[float, float]:
        """Standard deviations of the prior below and above its centre, in the coordinate."""
        forward = SCALES[self.scale].forward
        below = self.centre - float(forward(self.lower))
        above = float(forward(self.upper)) - self.centre
        return below / NORMAL_95, above / NORMAL_95


class ParameterSpace:
    """The free parameters together, as standard-normal coordinates u under the prior.

    u = 0 is the value of the parameter set, u = -1.96 and 1.96 are the ends of its range: two
    half normals that meet at the value. ``values`` maps u (parameters, batch) to physical
    values; it is a pure JAX function. Of a value that is an end of its range, as full contact is,
    all coordinates beyond 0 are that value.
    """

    def __init__(self, parameters: Iterable[FreeParameter]) -> None:
        self.parameters = tuple(parameters)
        self.labels = tuple(p.label for p in self.parameters)
        if len(set(self.labels)) < len(self.labels):
            raise InputError(f"Free parameters must have different labels: {self.labels}.")

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def limits(self) -> Float[np.ndarray, "parameters 2"]:
        """Between which coordinates a minimum lies, infinite where it may lie anywhere: beyond an
        end of the range that is the value itself only the prior changes."""
        reach = np.array([p.widths for p in self.parameters]).reshape(-1, 2)
        return np.where(reach > 0, np.inf, 0.0) * np.array([-1.0, 1.0])

    def values(
        self, u: Float[jax.Array | np.ndarray, "parameters ..."]
    ) -> dict[str, Float[jax.Array, "..."]]:
        """Physical values by label, arrays shaped like ``u[0]``."""
        return {p.label: _value(p, u[k]) for k, p in enumerate(self.parameters)}

    def numbers(self, u: Float[np.ndarray, " parameters"]) -> dict[str, float]:
        """Physical values by label as floats, for one point ``u`` (parameters,)."""
        return {label: float(value) for label, value in self.values(jnp.asarray(u)).items()}


def _value(
    parameter: FreeParameter, u: Float[jax.Array | np.ndarray, "..."]
) -> Float[jax.Array, "..."]:
    below, above = parameter.widths
    right = u >= 0 if above else u > 0  # at 0 with the slope of a half that there is
    x = parameter.centre + jnp.where(right, above, below) * u
    return SCALES[parameter.scale].inverse(jnp.asarray(x))
