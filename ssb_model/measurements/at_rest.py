"""What a cell has before any current flows: its resistances, its critical current density."""

from collections.abc import Mapping

from jaxtyping import Array, Float

from ssb_model.compiled import CompiledModel
from ssb_model.measurements.names import RESISTANCES


def at_rest(
    compiled: CompiledModel, inputs: Mapping[str, Float[Array, " batch"]]
) -> dict[str, Float[Array, " batch"]]:
    """Every output at the consistent initial state, by name; pure JAX.

    Parameters
    ----------
    compiled
        Any cell.
    inputs
        Every input by name.
    """
    return compiled.by_name(compiled.at_rest(inputs))


def resistances_at_rest(
    compiled: CompiledModel, inputs: Mapping[str, Float[Array, " batch"]]
) -> dict[str, Float[Array, " batch"]]:
    """Area resistances [Ohm.m2] of a symmetric cell: "interface" (both faces), "garnet", "cell"."""
    outputs = at_rest(compiled, inputs)
    return {quantity: outputs[name] for quantity, name in RESISTANCES.items()}
