"""What the pure function of a solve returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import jax
    from jaxtyping import Bool, Float, Int


class Trajectory(NamedTuple):
    """Result of the pure function :meth:`~ssb_model.compiled.CompiledModel.trajectory`; batch last.

    Outputs, their times [s] and segments, of which each member has ``filled`` as many slots;
    outputs and state at the end; the time of the end [s], the number of the
    :class:`~ssb_model.compiled.Outcome` there, and of the event that it was ``ended_by`` (-1
    where none was); accepted and tried steps; whether a limit, and not its duration, ended the
    last segment.
    """

    outputs: Float[jax.Array, "outputs slots batch"]
    t: Float[jax.Array, "slots batch"]
    segment: Int[jax.Array, "slots batch"]
    filled: Int[jax.Array, " batch"]
    final: Float[jax.Array, "outputs batch"]
    final_state: Float[jax.Array, "states batch"]
    t_end: Float[jax.Array, " batch"]
    outcome: Int[jax.Array, " batch"]
    ended_by: Int[jax.Array, " batch"]
    accepted: Int[jax.Array, " batch"]
    tried: Int[jax.Array, " batch"]
    limited: Bool[jax.Array, " batch"]


Tangents = tuple[np.ndarray, np.ndarray, np.ndarray]  # of outputs, final outputs, end times
