"""What each variable of a model carries of its impedance.

Around a state at rest the voltage is linear in the states x and the current I, counted positive on
discharge: V = c x + d I with i w M x = J x + b I. So

    Z = -dV/dI = -d - sum_v c_v x_v/I,

a sum over the variables v that the voltage reads, exact at every frequency. Where a cell is a series
of mechanisms, each with its own voltage as a state, the term of v is the impedance of its mechanism;
-d is what follows the current at once.
"""

import jax.numpy as jnp
import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from ssb_model.compiled.control import CURRENT, SHARES
from ssb_model.errors import InputError

AT_ONCE = ""  # what no state carries
NEGLIGIBLE = 1e-12  # of |Z|: such terms are rounding


def contributions(compiled, inputs, frequencies):
    """Impedance by variable, at the model's state at rest.

    Parameters
    ----------
    compiled : CompiledModel
        With a controlled current.
    inputs : dict of str to array (B,)
        Parameter sets, at least one input; what is left out has its default, the current 0.
    frequencies : array (F,)
        Hz.

    Returns
    -------
    dict of str to complex array (B, F)
        Ohm, by the variable's PyBaMM name; what follows the current at once under ``""``. Their
        sum is the impedance.

    Raises
    ------
    InputError
        If the model's current is not controlled, as it is in battery models.
    """
    system = compiled.system
    if not system.controlled:
        raise InputError("This model has no current to perturb, and so no impedance.")
    jacobians = _jacobians(compiled, system.defaults | {CURRENT: 0.0} | inputs)
    shape = (system.states, system.states)
    M = csc_matrix((system.mass, (system.rows, system.columns)), shape)
    current, names = int(system.last[0]), np.array(system.state_names)
    names[current] = AT_ONCE
    rows = []
    for entries in jacobians:
        J = csc_matrix((entries, (system.rows, system.columns)), shape)
        rows.append([_terms(J, M, current, 2j * np.pi * f) for f in frequencies])
    return _by_name(np.array(rows), names)


def _jacobians(compiled, inputs):
    """df/dy at rest on the pattern (B, entries), its last equation the voltage's."""
    batch = jnp.broadcast_shapes(*(jnp.shape(v) for v in inputs.values()))
    one = jnp.ones(batch)
    values = {name: one * inputs[name] for name in compiled.system.inputs}
    y, used = compiled.rest(values)
    by_voltage = used | dict(zip(SHARES, (one, 0 * one, 0 * one), strict=True))
    return np.asarray(compiled.system.jacobian_values(0 * one, y, by_voltage)).T


def _terms(J, M, current, s):
    """-c_v x_v of every state at a current of 1 A, and -d in the place of the current."""
    others = np.arange(J.shape[0]) != current
    A = (s * M - J).tocsc()[others]
    x = np.ones(J.shape[0], dtype=complex)
    x[others] = splu(A[:, others]).solve(-A[:, [current]].toarray()[:, 0])
    return -J[[current]].toarray()[0] * x


def _by_name(terms, names):
    """Sums over the states (B, F, states) of each variable that the voltage reads."""
    smallest = NEGLIGIBLE * np.abs(terms.sum(axis=-1))
    sums = {name: terms[..., names == name].sum(axis=-1) for name in dict.fromkeys(names.tolist())}
    return {name: term for name, term in sums.items() if (np.abs(term) > smallest).any()}
