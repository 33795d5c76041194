"""Lay the members of a protocol (temperatures, currents, rates) out beside a batch of fits."""

import jax.numpy as jnp

LANES = 8  # solves that one call of the compiled step does for little more than the price of one


def member_inputs(defaults, mapping, theta, fixed, members):
    """Inputs of a compiled model for every (member, fit) pair, member by member.

    Parameters
    ----------
    defaults : dict of str to float
        Every input's default.
    mapping : dict of str to tuple of str
        Inputs that each parameter label sets.
    theta : dict of str to array (batch,)
        Parameter values by label.
    fixed : dict of str to sequence (members,)
        Inputs that the protocol sets.
    members : int

    Returns
    -------
    dict of str to array (members * batch,)
    """
    batch = next(iter(theta.values())).shape[0]
    inputs = {name: jnp.full(members * batch, value) for name, value in defaults.items()}
    for label, names in mapping.items():
        for name in names:
            inputs[name] = jnp.tile(theta[label], members)
    for name, values in fixed.items():
        inputs[name] = jnp.repeat(jnp.asarray(values, dtype=float), batch)
    return inputs


def chunk_for(members):
    """Parameter sets in one call of a simulator, so that its members fill the lanes."""
    return max(1, -(-LANES // members))


def by_member(values, members):
    """(..., members * batch) -> (..., members, batch)."""
    return values.reshape(*values.shape[:-1], members, -1)
