"""What is watched during a solve: outputs, events, voltage and current, from a few states.

They read a small part of the state, so they are a program of their own whose state is that
part; the integrator interpolates no more than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.program import Program, needed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jax
    from jaxtyping import Float, Int


@dataclass(frozen=True, eq=False)
class Observer:
    """Named groups of values as functions of ``rows`` of the state.

    program : over the observed part of the state
    rows : which states that part is, (observed,)
    groups : dict of name -> node of ``program``
    """

    program: Program
    rows: Int[np.ndarray, " observed"]
    groups: dict[str, int]

    def __call__(
        self,
        group: str,
        t: Float[jax.Array, " batch"],
        part: Float[jax.Array, "observed batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "values batch"]:
        """Values of a group, (values, batch), from the observed part (observed, batch)."""
        value = evaluate(self.program, [self.groups[group]], t, part, inputs)[0]
        return jnp.broadcast_to(value, (value.shape[0], part.shape[1]))

    def size(self, group: str) -> int:
        return self.program.size(self.groups[group])

    @property
    def everything(self) -> int:
        """The node of all groups, one after the other."""
        return self.program.concatenate(list(self.groups.values()))

    def place(self, group: str) -> slice:
        """Which rows of ``everything`` a group's values are."""
        before = list(self.groups)[: list(self.groups).index(group)]
        start = sum(map(self.size, before))
        return slice(start, start + self.size(group))


def observer_of(program: Program, groups: Mapping[str, int], states: int = 0) -> Observer:
    """An :class:`Observer` of nodes of ``program``; of the first ``states``, read or not."""
    nodes = needed(program, list(groups.values()))
    read = [program.nodes[n].data for n in nodes if program.nodes[n].op == "state"]
    rows = np.unique(np.concatenate([*read, np.arange(states)]))
    own, numbers = Program(), {}
    for n in nodes:
        node = program.nodes[n]
        if node.op == "state":
            numbers[n] = own.state(np.searchsorted(rows, node.data))
        else:
            numbers[n] = own.copy(node, [numbers[a] for a in node.args])
    return Observer(own, rows, {name: numbers[n] for name, n in groups.items()})
