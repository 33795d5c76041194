"""What a user gives for a batch, checked: inputs, times, states, tolerances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.chunks import CHUNK
from ssb_model.compiled.integration import Tolerances
from ssb_model.compiled.protocols import CURRENT, VOLTAGE
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import jax
    from jaxtyping import Float
    from numpy.typing import ArrayLike

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.protocols import Plan

MOST_BYTES = 1 << 30  # of the outputs of one chunk


def read_batch(
    inputs: Mapping[str, ArrayLike] | None, system: System, but: Collection[str] = ()
) -> tuple[dict[str, Float[np.ndarray, " batch"]], int | None]:
    """Complete and check inputs; those ``but`` which need no number."""
    inputs = {} if inputs is None else inputs
    if not isinstance(inputs, Mapping):
        raise InputError(f"Inputs must be a dictionary of names and numbers, not {inputs!r}.")
    needed = [name for name in system.input_names if name not in but]
    _check_names(inputs, system.input_names, needed, system)
    given = {name: _input(name, value) for name, value in inputs.items()}
    lengths = {value.shape[0] for value in given.values() if value.ndim}
    if len(lengths) > 1:
        sizes = ", ".join(f'"{n}": {v.shape[0]}' for n, v in given.items() if v.ndim)
        raise InputError(f"Inputs must have one common length; these differ: {sizes}.")
    batch = lengths.pop() if lengths else None
    values = {**dict.fromkeys(but, 0.0), **system.defaults, **given}
    return {n: np.broadcast_to(values[n], (batch or 1,)) * 1.0 for n in system.input_names}, batch


def _check_names(
    given: Collection[str], known: Collection[str], needed: Iterable[str], system: System
) -> None:
    """Refuse names that are not ``known``, and where what is ``needed`` has no number at all."""
    for name in given:
        if name not in known:
            raise InputError(
                f'"{name}" is not an input of this compiled model{_why(name, system)}.'
                f"{did_you_mean(name, system.input_names)}"
            )
    missing = [name for name in needed if name not in given and name not in system.defaults]
    if missing:
        listed = " and ".join(f'"{name}"' for name in missing)
        raise InputError(
            f"Give {listed} among the inputs: the parameter values have no number for it."
        )


def _why(name: str, system: System) -> str:
    """Why a current is no input."""
    if name != CURRENT or VOLTAGE not in system.output_names:
        return ""
    return ", whose current follows from its own equations or parameters"


def completed(
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    system: System,
    batch: int,
    but: Collection[str] = (),
) -> dict[str, Float[jax.Array, " batch"]]:
    """``inputs`` with the defaults of those left out, all but those ``but`` which; pure JAX."""
    needed = [name for name in system.input_names if name not in but]
    _check_names(inputs, system.inputs, needed, system)
    own = {n: jnp.full(batch, system.defaults[n]) for n in needed if n not in inputs}
    return {**inputs, **own}


def _input(name: str, value: ArrayLike) -> Float[np.ndarray, ...]:
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f'Input "{name}" must be a number or a list of numbers.') from None
    if array.ndim > 1 or array.size == 0:
        raise InputError(f'Input "{name}" must be a number or a list, not shape {array.shape}.')
    if not np.isfinite(array).all():
        raise InputError(f'Input "{name}" contains a value that is not finite.')
    return array


def read_times(t_eval: ArrayLike | None, batch: int | None) -> Float[np.ndarray, "times batch"]:
    """Output times as (times, batch); refuses a grid that is not rising from zero."""
    if t_eval is None:
        raise InputError("Give t_eval: the output times in seconds; the last one ends the solve.")
    times = as_floats(t_eval, "t_eval")
    if times.size == 0:
        raise InputError("t_eval is empty; give at least the time at which the solve ends.")
    if times.ndim == 1:
        times = np.broadcast_to(times[:, None], (times.size, batch or 1))
    elif times.ndim == 2 and times.shape[0] == batch:
        times = times.T
    else:
        raise InputError(f"t_eval must be (T,) or (B, T) with B = {batch}, not {times.shape}.")
    if not np.isfinite(times).all() or (times < 0).any() or (np.diff(times, axis=0) <= 0).any():
        raise InputError("t_eval must be finite, not negative, and rise from entry to entry.")
    if (times[-1] <= 0).any():
        raise InputError("t_eval must end after time zero.")
    return times


def as_floats(value: ArrayLike, name: str) -> Float[np.ndarray, ...]:
    """``value`` as an array of floats; refuses text."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be numbers, not {value!r}.") from None


def read_state(
    state: ArrayLike, system: System, batch: int | None
) -> Float[np.ndarray, "states batch"]:
    """A state (states,) or (B, states) as (states, batch); refuses any other shape."""
    array = np.atleast_2d(as_floats(state, "The state"))
    if array.shape[1] != system.states or array.shape[0] not in (1, batch or 1):
        raise InputError(
            f"The state must be ({system.states},) or (B, {system.states}) for this model, "
            f"not {np.shape(state)}."
        )
    if not np.isfinite(array).all():
        raise InputError("The state contains a value that is not finite.")
    return np.broadcast_to(array.T, (system.states, batch or 1)) * 1.0


def read_tolerances(rtol: float, atol: float, max_steps: int) -> Tolerances:
    """Checked :class:`Tolerances`."""
    for name, value in (("rtol", rtol), ("atol", atol), ("max_steps", max_steps)):
        number = as_floats(value, name)
        if number.ndim or not np.isfinite(number) or number <= 0:
            raise InputError(f"{name} must be one positive number, not {value!r}.")
    return Tolerances(float(rtol), float(atol), int(max_steps))


def read_period(period: float | None) -> float | None:
    """Checked time between outputs [s], or None."""
    if period is None:
        return None
    number = as_floats(period, "The period")
    if number.ndim or not np.isfinite(number) or number <= 0:
        raise InputError(f"The period must be one positive number of seconds, not {period!r}.")
    return float(number)


def output_slots(plan: Plan, outputs: int) -> int:
    """Slots for the outputs of a protocol; refuses more than memory should hold."""
    count = plan.slots
    if count * outputs * CHUNK * 8 > MOST_BYTES:
        raise InputError(
            f"This experiment would keep {count} outputs for each set of inputs; give a longer "
            "period, or shorter durations to steps that a limit ends."
        )
    return count
