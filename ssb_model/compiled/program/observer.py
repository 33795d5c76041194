"""What is watched during a solve: outputs, events, voltage and current, from a few states.

They read a small part of the state, so they are a program of their own whose state is that
part; the integrator interpolates no more than this.
"""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.program import Program, needed


@dataclass(frozen=True, eq=False)
class Observer:
    """Named groups of values as functions of ``rows`` of the state.

    program : over the observed part of the state
    rows : which states that part is, (observed,)
    groups : dict of name -> node of ``program``
    """

    program: Program
    rows: np.ndarray
    groups: dict

    def __call__(self, group, t, part, inputs):
        """Values of a group, (values, batch), from the observed part (observed, batch)."""
        value = evaluate(self.program, [self.groups[group]], t, part, inputs)[0]
        return jnp.broadcast_to(value, (value.shape[0], part.shape[1]))

    def size(self, group):
        return self.program.size(self.groups[group])

    @property
    def everything(self):
        """The node of all groups, one after the other."""
        return self.program.concatenate(list(self.groups.values()))

    def place(self, group):
        """Which rows of ``everything`` a group's values are."""
        before = list(self.groups)[: list(self.groups).index(group)]
        start = sum(map(self.size, before))
        return slice(start, start + self.size(group))


def observer_of(program, groups):
    """An :class:`Observer` of nodes of ``program``."""
    nodes = needed(program, list(groups.values()))
    read = [program.nodes[n].data for n in nodes if program.nodes[n].op == "state"]
    rows = np.unique(np.concatenate([*read, np.zeros(0, dtype=int)]))
    own, numbers = Program(), {}
    for n in nodes:
        node = program.nodes[n]
        if node.op == "state":
            numbers[n] = own.state(np.searchsorted(rows, node.data))
        else:
            numbers[n] = own.copy(node, [numbers[a] for a in node.args])
    return Observer(own, rows, {name: numbers[n] for name, n in groups.items()})
