"""Numbers of a protocol that may depend on the model's inputs: one affine function a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols.protocol import OfInput
from ssb_model.errors import InputError, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from jaxtyping import Float


class Affine(NamedTuple):
    """base + sum of factors times inputs; all (segments,)."""

    base: Float[np.ndarray | jax.Array, " segments"]
    factors: dict[str, Float[np.ndarray | jax.Array, " segments"]]

    def of(
        self, inputs: Mapping[str, Float[jax.Array, " batch"]], batch: int
    ) -> Float[jax.Array, "segments batch"]:
        """Its values for a batch of inputs."""
        value = jnp.broadcast_to(jnp.asarray(self.base)[:, None], (len(self.base), batch))
        for name, factor in self.factors.items():
            value = value + jnp.asarray(factor)[:, None] * inputs[name]
        return value


def affine(numbers: Sequence[float | OfInput], known: Collection[str]) -> Affine:
    """One number a segment, which may be an input of the model, one of ``known``, times a factor.

    Raises
    ------
    InputError
        For an input that the model has not.
    """
    of = [number.name if isinstance(number, OfInput) else None for number in numbers]
    factors = [number.factor if isinstance(number, OfInput) else 0.0 for number in numbers]
    names = sorted({name for name in of if name is not None})
    for name in names:
        if name not in known:
            raise InputError(
                f'A step is controlled by "{name}", which is not an input of this compiled '
                f"model. {suggestion(name, known)}"
            )
    return Affine(
        base=np.array([0.0 if isinstance(n, OfInput) else float(n) for n in numbers]),
        factors={
            name: np.array([f * (o == name) for f, o in zip(factors, of, strict=True)])
            for name in names
        },
    )
