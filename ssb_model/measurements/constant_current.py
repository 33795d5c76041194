"""A cell held at constant current: its voltage, its resistance, and how that grew."""

from collections.abc import Mapping

from jaxtyping import Array, Float

from ssb_model.compiled import CompiledModel, Tolerances
from ssb_model.measurements.at_rest import resistances_at_rest
from ssb_model.measurements.names import INTERFACE, POLARISATION
from ssb_model.measurements.outcome import Measured, until_the_end


def constant_current(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    times: Float[Array, "times batch"],
    output: str,
    tolerances: Tolerances | None = None,
) -> Measured:
    """An output (times, batch) at times [s] under the current among the inputs; pure JAX.

    Parameters
    ----------
    compiled
        Any cell.
    inputs
        Every input by name; the current [A] is one of them.
    times
        Rising from 0; a member that passes a cut-off before the last one has no numbers.
    output
        Name of an output of the compiled model.
    tolerances
        Of the local error.
    """
    result = compiled.trajectory(inputs, times, tolerances)
    values = compiled.by_name(result.outputs)[output]
    return until_the_end(values, result.outcome)


def polarisation(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    times: Float[Array, "times batch"],
    tolerances: Tolerances | None = None,
) -> Measured:
    """Polarisation [V] (times, batch) of a symmetric cell; see :func:`constant_current`."""
    return constant_current(compiled, inputs, times, POLARISATION, tolerances)


def growth(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    times: Float[Array, "times batch"],
    tolerances: Tolerances | None = None,
) -> Measured:
    """Rise [Ohm.m2] (times, batch) of both faces' resistance over that at rest."""
    reached, outcome = constant_current(compiled, inputs, times, INTERFACE, tolerances)
    return Measured(reached - resistances_at_rest(compiled, inputs)["interface"], outcome)
