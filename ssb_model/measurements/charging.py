r"""How a full cell is charged before each discharge: said in words.

``full``
    each discharge starts from the charged state at rest.
``same rate``, ``C/10``, ``0.1C``
    constant current to the upper cut-off, at the rate of the discharge or at one of its own; with
    ``, constant voltage to C/20`` the voltage is then held until the current has fallen so far.

``unknown``
    at the rate of the discharge, and how long the voltage is held is one more unknown; so it is
    where nothing is said.

It is a completeness :math:`c` between 0, no hold, and 1, a hold to a hundredth of the current. The
hold ends at the share

.. math::

    s = 1 - (1 - s_1) \sqrt{c}, \qquad s_1 = 0.01,

of the charging current. Under a held voltage diffusion lets the current fall as
:math:`1 - s \propto \sqrt{t}` at first, so that what the hold adds goes as :math:`(1 - s)^2`, and
capacities are nearly straight lines in c: a fit's interval, which is linear, holds what it says.
Below 0 and above 1 counts as 0 and 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import jax.numpy as jnp
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT, CompiledModel, Tolerances
from ssb_model.errors import InputError
from ssb_model.measurements.cycled import Charging, Cycled, discharge_from
from ssb_model.measurements.names import COMPLETENESS
from ssb_model.measurements.periodic import periodic_discharge

FULL, UNKNOWN, SAME, HOLD = "full", "unknown", "same rate", "constant voltage to"
LOWEST_SHARE = 0.01  # of the charging current, at which a complete charge ends
LEAST = 1e-4  # completeness below which there is no hold: its end would be its beginning
HOW = (
    f'write "{FULL}", "{UNKNOWN}", or the rate, "{SAME}" or such as "C/10", followed by '
    f'", {HOLD} C/20" where the upper cut-off is held'
)


@dataclass(frozen=True)
class Charge:
    """A charge as stated.

    Attributes
    ----------
    text
        As it was written.
    full
        Whether every discharge starts from the charged state at rest.
    c_rate
        Of the constant current; None for that of the discharge.
    cut_off
        C-rate at which the hold of the voltage ends; None for no hold.
    """

    text: str
    full: bool = False
    c_rate: float | None = None
    cut_off: float | None = None


def charge_of(text: str | None) -> Charge | None:
    """A charge from its words; None if it is unknown, as it is where nothing is said.

    Raises InputError as :func:`read_charge` does.
    """
    return None if text in (None, UNKNOWN) else read_charge(text)


def read_charge(text: str) -> Charge:
    """A charge from its words.

    Raises
    ------
    InputError
        For words that say none, a rate that is not above zero, and a hold that would end before it
        begins.

    >>> read_charge("C/10, constant voltage to C/20").cut_off
    0.05
    """
    words = " ".join(text.split())
    if words == FULL:
        return Charge(words, full=True)
    current, held, cut_off = (part.strip(" ,") for part in words.partition(HOLD))
    if current == FULL:
        raise InputError(f'"{text}": a full charge has no hold of its own: write "{FULL}" alone.')
    if held and not current:
        raise InputError(f'"{text}": say at which rate before the hold, as in "{SAME}, {words}".')
    rate = None if current == SAME else _c_rate(current, text)
    end = _c_rate(cut_off, text) if held else None
    if rate is not None and end is not None and end >= rate:
        raise InputError(
            f'"{text}": the hold would end before it begins: its cut-off current must be below the '
            "charging current."
        )
    return Charge(words, c_rate=rate, cut_off=end)


def _c_rate(word: str, text: str) -> float:
    """C/10, 0.1C or 1C as a number."""
    found = re.fullmatch(r"C/(-?[\d.]+)|(-?[\d.]+) ?C|C", word)
    try:
        divisor, factor = found.groups() if found else ("", "")
        rate = 1 / float(divisor) if divisor else float(factor or 1.0) if found else None
    except (ValueError, ZeroDivisionError):
        rate = None
    if rate is None:
        raise InputError(f'"{text}" is no charge: {HOW}.')
    if rate <= 0:
        raise InputError(f'"{text}": a C-rate must be above zero.')
    return rate


def cycled_discharge(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    upper: float | Float[Array, " batch"],
    charge: str = FULL,
    tolerances: Tolerances | None = None,
) -> Cycled:
    """A discharge after the charge before it, of a cell that is cycled so for long; pure JAX.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] of the discharge is one of them.
    c_rate
        Of the discharge.
    upper
        Upper cut-off [V].
    charge
        In the words of :func:`charge_of`; of an unknown one the completeness is among the inputs.
    tolerances
        Of the local error: of a discharge from a full charge, and of one among cycles whose
        derivatives are taken.
    """
    stated = charge_of(charge)
    if stated and stated.full:
        return discharge_from(compiled, inputs, c_rate, None, tolerances)
    own = charging(inputs, inputs[CURRENT], c_rate, upper, stated)
    return periodic_discharge(compiled, inputs, c_rate, own, tolerances)


def charging(
    inputs: Mapping[str, Float[Array, " batch"]],
    current: Float[Array, "*cycles batch"],
    c_rate: Float[Array, "*cycles batch"],
    upper: float | Float[Array, " batch"],
    charge: Charge | None,
) -> Charging:
    """Currents and voltage of the charges before discharges at ``current`` [A]."""
    one_c = current / c_rate
    if charge is None:
        own, cut_off = current, held_to(inputs[COMPLETENESS]) * current
    else:
        own = current if charge.c_rate is None else charge.c_rate * one_c
        none = jnp.full_like(one_c, jnp.inf)
        cut_off = none if charge.cut_off is None else charge.cut_off * one_c
    return Charging(own, cut_off, jnp.broadcast_to(upper, own.shape))


def held_to(completeness: Float[Array, " batch"]) -> Float[Array, " batch"]:
    """Share of the charging current at which a hold ends; infinite where there is none."""
    c = jnp.clip(completeness, LEAST, 1.0)
    share = 1 - (1 - LOWEST_SHARE) * jnp.sqrt(c)
    return jnp.where(completeness > LEAST, share, jnp.inf)
