"""The impedance of a cell."""

from collections.abc import Mapping

from jaxtyping import Array, Complex, Float

from ssb_model.compiled import CompiledModel


def spectrum(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    frequencies: Float[Array, " frequencies"],
    state: Float[Array, "states batch"] | None = None,
) -> Complex[Array, "frequencies batch"]:
    """Impedance [Ohm] about a state and the bias current among the inputs; pure JAX.

    Parameters
    ----------
    compiled
        Any cell.
    inputs
        Every input by name.
    frequencies
        Hz.
    state
        Of the cell; by default it is new and at rest.
    """
    return compiled.spectrum(inputs, frequencies, state)
