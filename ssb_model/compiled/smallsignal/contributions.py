"""What each variable of a model carries of its impedance.

Around a state at rest the voltage is linear in the states x and the current I, counted positive on
discharge: V = c x + d I with i w M x = J x + b I. So

    Z = -dV/dI = -d - sum_v c_v x_v/I,

a sum over the variables v that the voltage reads, exact at every frequency. Where a cell is a
series of mechanisms, each with its own voltage as a state, the term of v is the impedance of its
mechanism; -d is what follows the current at once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols import CURRENT, SHARES
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Complex, Float
    from numpy.typing import ArrayLike

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.model import CompiledModel

AT_ONCE = ""  # what no state carries
NEGLIGIBLE = 1e-12  # of |Z|: such terms are rounding


def contributions(
    compiled: CompiledModel,
    inputs: Mapping[str, ArrayLike],
    frequencies: Float[np.ndarray, " frequencies"],
) -> dict[str, Complex[np.ndarray, "batch frequencies"]]:
    """Impedance by variable, at the model's state at rest.

    Parameters
    ----------
    compiled
        With a controlled current.
    inputs
        Parameter sets, at least one input; what is left out has its default, the current 0.
    frequencies
        Hz.

    Returns
    -------
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
    jacobians = _jacobians(compiled, {**system.defaults, CURRENT: 0.0, **inputs})
    terms = _small_signals(system)
    names = np.array(system.state_names)
    names[system.last] = AT_ONCE
    rows = [[terms(entries, 2j * np.pi * f) for f in frequencies] for entries in jacobians]
    return _by_name(np.array(rows), names)


def _jacobians(
    compiled: CompiledModel, inputs: Mapping[str, ArrayLike]
) -> Float[np.ndarray, "batch entries"]:
    """df/dy at rest on the pattern (B, entries), its last equation the voltage's."""
    batch = np.broadcast_shapes(*(np.shape(v) for v in inputs.values()))
    values = {
        name: jnp.broadcast_to(jnp.asarray(inputs[name]), batch)
        for name in compiled.system.inputs
        if name in inputs
    }
    return np.asarray(_entries(compiled, values)).T


@partial(jax.jit, static_argnums=0)
def _entries(
    compiled: CompiledModel, values: dict[str, Float[jax.Array, " batch"]]
) -> Float[jax.Array, "entries batch"]:
    y, used = compiled.rest(values)
    zero = jnp.zeros(y.shape[1])
    by_voltage = {**used, **dict(zip(SHARES, (zero + 1, zero, zero), strict=True))}
    return compiled.system.jacobian_values(zero, y, by_voltage)


def _small_signals(
    system: System,
) -> Callable[[Float[np.ndarray, " entries"], complex], Complex[np.ndarray, " states"]]:
    """Function of J's entries and s = i w to -c_v x_v of every state at a current of 1 A.

    In the place of the current it gives -d. The pattern is sorted once, for all frequencies.
    """
    from scipy.sparse import csc_matrix  # here, since a saved model runs without scipy
    from scipy.sparse.linalg import splu

    rows, columns, current = system.rows, system.columns, system.last[0]
    order = np.lexsort((rows, columns))
    inner = order[(rows[order] != current) & (columns[order] != current)]
    by_current = np.flatnonzero((columns == current) & (rows != current))
    voltage = np.flatnonzero(rows == current)
    others = np.arange(system.states) != current
    place = np.cumsum(others) - 1
    ends = np.cumsum(np.bincount(place[columns[inner]], minlength=system.states - 1))
    pattern = (place[rows[inner]], np.concatenate([[0], ends]))

    def terms(entries: Float[np.ndarray, " entries"], s: complex) -> Complex[np.ndarray, " states"]:
        A = csc_matrix((s * system.mass[inner] - entries[inner], *pattern))
        b = np.zeros(system.states, dtype=complex)
        b[rows[by_current]] = entries[by_current] - s * system.mass[by_current]
        x = np.ones(system.states, dtype=complex)
        x[others] = splu(A).solve(b[others])
        terms = np.zeros(system.states, dtype=complex)
        terms[columns[voltage]] = -entries[voltage] * x[columns[voltage]]
        return terms

    return terms


def _by_name(
    terms: Complex[np.ndarray, "batch frequencies states"], names: np.ndarray
) -> dict[str, Complex[np.ndarray, "batch frequencies"]]:
    """Sums over the states (B, F, states) of each variable that the voltage reads."""
    smallest = NEGLIGIBLE * np.abs(terms.sum(axis=-1))
    sums = {name: terms[..., names == name].sum(axis=-1) for name in dict.fromkeys(names.tolist())}
    return {name: term for name, term in sums.items() if (np.abs(term) > smallest).any()}
