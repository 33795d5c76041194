"""Lay the members of a protocol (temperatures, currents, rates) out beside a batch of fits."""

from collections.abc import Mapping, Sequence

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Shaped

#: inputs of a compiled model that each parameter sets, by the parameter's label
InputsByLabel = Mapping[str, Sequence[str]]
#: values of parameters for a batch, by label
ValuesByLabel = Mapping[str, Float[Array, " batch"]]

LANES = 8  # solves that one call of the compiled step does for little more than the price of one


def member_inputs(
    defaults: Mapping[str, float],
    mapping: InputsByLabel,
    theta: ValuesByLabel,
    fixed: Mapping[str, Sequence[float] | Float[np.ndarray, " members"]],
    members: int,
    factors: Sequence[ValuesByLabel] = (),
) -> dict[str, Float[Array, " members*batch"]]:
    """Inputs of a compiled model for every (member, fit) pair, member by member.

    Parameters
    ----------
    defaults
        Every input's default.
    mapping
        Inputs that each parameter sets.
    theta
        Parameter values.
    fixed
        Inputs that the protocol sets.
    members
        Their number.
    factors
        For each member what parameters are multiplied by there, by label.
    """
    batch = next(iter(theta.values())).shape[0]
    inputs = {name: jnp.full(members * batch, value) for name, value in defaults.items()}
    for label, names in mapping.items():
        for name in names:
            inputs[name] = jnp.tile(theta[label], members) * _factor(label, theta, factors)
    for name, values in fixed.items():
        inputs[name] = jnp.repeat(jnp.asarray(values, dtype=float), batch)
    return inputs


def _factor(
    label: str, theta: ValuesByLabel, factors: Sequence[ValuesByLabel]
) -> Float[Array, " members*batch"] | float:
    """Of a parameter in every member."""
    if not any(label in own for own in factors):
        return 1.0
    return jnp.concatenate([own.get(label, jnp.ones_like(theta[label])) for own in factors])


def chunk_for(members: int) -> int:
    """Parameter sets in one call of a simulator, so that its members fill the lanes."""
    return max(1, -(-LANES // members))


def by_member(
    values: Shaped[Array, "*numbers members*batch"], members: int
) -> Shaped[Array, "*numbers members batch"]:
    """(..., members * batch) -> (..., members, batch)."""
    return values.reshape(*values.shape[:-1], members, -1)
