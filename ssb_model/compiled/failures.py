"""Why members of a batch failed: the equation that is worst off, the input furthest from usual."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.chunks import in_chunks
from ssb_model.compiled.outcome import SUCCEEDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System

SMALL = 1e-6  # beside which a differential state counts as large
NOTABLE = 1e-9  # relative; an input so close to its default is its default


def explained(
    system: System,
    outcomes: Int[np.ndarray, " batch"],
    t: Float[np.ndarray, " batch"],
    state: Float[np.ndarray, "states batch"],
    inputs: Mapping[str, Float[np.ndarray, " batch"]],
) -> dict[int, str]:
    """By number of each member that failed how it ended, when, and what stands out there.

    Parameters
    ----------
    system
        The model.
    outcomes, t, state
        Of each member at its end; of one without a consistent state where it was to start.
    inputs
        All but those of the control.
    """
    failed = np.flatnonzero(~np.isin(outcomes, SUCCEEDED))
    if not len(failed):
        return {}
    columns = {name: value[failed] for name, value in inputs.items()}
    columns |= {name: np.zeros(len(failed)) for name in system.inputs if name not in columns}
    columns |= {"t": t[failed], "state": state[:, failed]}
    residuals, events = in_chunks(partial(_at_end, system), columns)
    return {
        int(n): "; ".join(
            [
                _ending(Outcome(outcomes[n]), float(t[n])),
                *_event(system, Outcome(outcomes[n]), events[:, k]),
                *_equation(system, Outcome(outcomes[n]), residuals[:, k], state[:, n]),
                *_input(system, {name: float(value[n]) for name, value in inputs.items()}),
            ]
        )
        for k, n in enumerate(failed)
    }


@partial(jax.jit, static_argnums=0)
def _at_end(
    system: System, columns: dict[str, jax.Array]
) -> tuple[Float[jax.Array, "states batch"], Float[jax.Array, "events batch"]]:
    """The equations' right-hand sides, and the events."""
    inputs = dict(columns)
    t, y = inputs.pop("t"), inputs.pop("state")
    events = jnp.zeros((0, len(t)))
    if "events" in system.observer.groups:
        events = system.observe("events", t, system.observed(y), inputs)
    return system.f(t, y, inputs), events


def _ending(outcome: Outcome, t: float) -> str:
    """How and when; at the start goes without saying."""
    return outcome.at(t) if outcome.timed or not t else f"{outcome.sentence} at t = {t:.6g} s"


def _event(system: System, outcome: Outcome, events: Float[np.ndarray, " events"]) -> list[str]:
    """The event that is met at the start."""
    if outcome != Outcome.EVENT_AT_START or not len(events):
        return []
    return [f'it is "{system.event_names[int(np.argmin(events))]}"']


def _equation(
    system: System,
    outcome: Outcome,
    residual: Float[np.ndarray, " states"],
    state: Float[np.ndarray, " states"],
) -> list[str]:
    """The equation that is not finite, or has the largest residual, or else moves fastest."""
    if outcome == Outcome.EVENT_AT_START:
        return []
    counted = ~_control(system)
    lost = counted & ~np.isfinite(residual)
    if lost.any():
        return [f"{_named(system, int(np.argmax(lost)))} is not finite"]
    algebraic = counted & system.algebraic
    if outcome in (Outcome.NO_CONSISTENT_STATE, Outcome.SINGULAR) and algebraic.any():
        worst = int(np.argmax(np.where(algebraic, np.abs(residual), -1.0)))
        return [f"the largest residual, {residual[worst]:.3g}, is that of {_named(system, worst)}"]
    rate = np.abs(residual) / (SMALL + np.abs(state))
    fastest = int(np.argmax(np.where(counted & ~system.algebraic, rate, -1.0)))
    return [f"{_named(system, fastest)} changes fastest"]


def _control(system: System) -> Bool[np.ndarray, " states"]:
    """The equation of a current that a protocol controls, which is no equation of the model."""
    mask = np.zeros(system.states, dtype=bool)
    if system.controlled:
        mask[system.last] = True
    return mask


def _named(system: System, place: int) -> str:
    return f'"{system.state_names[place]}"'


def _input(system: System, inputs: Mapping[str, float]) -> list[str]:
    """The input furthest from its default, as a ratio."""
    ratios = {
        name: value / system.defaults[name]
        for name, value in inputs.items()
        if system.defaults.get(name) and abs(value / system.defaults[name] - 1) > NOTABLE
    }
    if not ratios:
        return []
    with np.errstate(divide="ignore"):
        name = max(ratios, key=lambda n: abs(np.log(abs(np.float64(ratios[n])))))
    return [f'"{name}" is {ratios[name]:.3g} times its default']
