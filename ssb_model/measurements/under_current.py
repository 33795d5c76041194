r"""The impedance of a cell that carries a direct current (galvanostatic impedance).

A new cell carries the current for a time; the impedance is that of small signals about the state it
has reached. So it separates what a spectrum at rest adds up: constriction and the garnet do not
depend on the current, charge transfer does. Its kinetics,
:math:`J = 2 \theta j_0 \sinh (F \eta / 2 R T)`, give [derived]

.. math::

    R_\mathrm{ct}(J) = \frac{\mathrm{d} \eta}{\mathrm{d} J}
    = \frac{2 R T}{F \theta} \, \frac{1}{\sqrt{(2 j_0)^2 + (J/\theta)^2}},

which falls with the current unless contact :math:`\theta` is lost.

A spectrum takes time, and is one only if the cell does not change meanwhile. A state counts as
steady if the polarisation goes on to change by at most :data:`STEADY` of itself in the time of the
sweep; else there is none, and the status says so.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Complex, Float, Int

from ssb_model.compiled import CompiledModel, Outcome, Tolerances
from ssb_model.measurements.names import POLARISATION
from ssb_model.measurements.spectrum import spectrum

STEADY = 0.02  # largest change of the polarisation during a sweep


class UnderCurrent(NamedTuple):
    """Impedances of cells under current.

    Attributes
    ----------
    impedance
        Ohm, NaN for members without a steady state.
    change
        Of the polarisation while the spectrum is measured, over itself.
    outcome
        How each member's time under current ended.
    """

    impedance: Complex[Array, "frequencies batch"]
    change: Float[Array, " batch"]
    outcome: Int[Array, " batch"]

    @property
    def status(self) -> tuple[str, ...]:
        """A sentence for each member."""
        pairs = zip(np.asarray(self.change), np.asarray(self.outcome), strict=True)
        return tuple(_sentence(float(change), Outcome(int(outcome))) for change, outcome in pairs)


def spectrum_under_current(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    frequencies: Float[Array, " frequencies"],
    duration: Float[Array, " batch"],
    sweep: Float[Array, " batch"],
    tolerances: Tolerances | None = None,
) -> UnderCurrent:
    """Impedance [Ohm] of a symmetric cell that carries the current among the inputs; pure JAX.

    Parameters
    ----------
    compiled
        With the polarisation among its outputs.
    inputs
        Every input by name; the current [A] is one of them.
    frequencies
        Hz.
    duration
        How long the current has flowed when the sweep begins [s].
    sweep
        How long the sweep takes [s].
    tolerances
        Of the local error.
    """
    reached = compiled.trajectory(inputs, duration[None], tolerances)
    later = compiled.trajectory(inputs, sweep[None], tolerances, reached.final_state)
    before, after = (compiled.by_name(one.final)[POLARISATION] for one in (reached, later))
    change = jnp.abs(after - before) / jnp.maximum(jnp.abs(before), jnp.finfo(float).tiny)
    outcome = jnp.where(reached.outcome == Outcome.FINAL_TIME, later.outcome, reached.outcome)
    steady = (outcome == Outcome.FINAL_TIME) & (change <= STEADY)
    z = spectrum(compiled, inputs, frequencies, reached.final_state)
    return UnderCurrent(jnp.where(steady, z, jnp.nan), change, outcome)


def _sentence(change: float, outcome: Outcome) -> str:
    if outcome != Outcome.FINAL_TIME:
        return f"no state under this current: {outcome.sentence}"
    if change <= STEADY:
        return "steady"
    return (
        f"no steady state: the polarisation changes by {100 * change:.2g} % while the spectrum is "
        f"measured, and {100 * STEADY:g} % is the limit"
    )
